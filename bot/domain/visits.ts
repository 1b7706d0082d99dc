import { ACTIVE_STATUSES, type BookingStatus } from './policy.ts'
import { type Interval, localDate, subtractIntervals } from './time.ts'

/** What an admin says of a booking: it is sure, it took place, nobody came. */
export type Mark = 'confirmed' | 'came' | 'no_show'

/** How long what a visit consists of takes together, in minutes. */
export function totalMinutes(lines: readonly { minutes: number }[]): number {
  return lines.reduce((sum, { minutes }) => sum + minutes, 0)
}

/** Nobody has said yet how these ended. */
export const UNMARKED_STATUSES = ACTIVE_STATUSES

/** What a schedule shows: everything that takes or took time, but holds. */
export const VISIT_STATUSES = [
  ...UNMARKED_STATUSES,
  'came',
  'no_show',
] as const satisfies readonly BookingStatus[]

export type MarkDecision =
  | { ok: true }
  | { ok: false; reason: 'already-so' | 'not-begun' | 'already-begun' | 'too-late' | 'not-active' }

/**
 * May this be said of the booking now? Came and no-show are known from the start on, and can be put right until the end
 * of the day on which the visit was, or on which it was marked (`markedAt`).
 */
export function decideMark(
  booking: { status: BookingStatus; startsAt: number; markedAt: number | null },
  mark: Mark,
  now: number,
  timeZone: string,
): MarkDecision {
  const { status, startsAt, markedAt } = booking
  if (status === mark) return { ok: false, reason: 'already-so' }
  const open = (UNMARKED_STATUSES as readonly BookingStatus[]).includes(status)
  const begun = now >= startsAt
  if (mark === 'confirmed') {
    if (!open) return { ok: false, reason: 'not-active' }
    return begun ? { ok: false, reason: 'already-begun' } : { ok: true }
  }
  if (open) return begun ? { ok: true } : { ok: false, reason: 'not-begun' }
  if (status !== 'came' && status !== 'no_show') return { ok: false, reason: 'not-active' }
  const today = localDate(now, timeZone)
  const sameDay = [startsAt, markedAt ?? startsAt].some((instant) => localDate(instant, timeZone) === today)
  return sameDay ? { ok: true } : { ok: false, reason: 'too-late' }
}

/** Can it be moved, changed, cancelled? */
export function isActive(status: BookingStatus): boolean {
  return (ACTIVE_STATUSES as readonly BookingStatus[]).includes(status)
}

/** How full a day is, in words. `little`: less than a quarter of the working time is left. */
export type DayLoad = 'closed' | 'free' | 'some' | 'little' | 'full'

/** One entry for each member of staff: when they work, and what of it is taken. */
export function loadOf(
  members: readonly { open: readonly Interval[]; busy: readonly Interval[] }[],
): DayLoad {
  let whole = 0
  let left = 0
  for (const { open, busy } of members) {
    whole += lengthOf(open)
    left += lengthOf(subtractIntervals(open, busy))
  }
  if (whole === 0) return 'closed'
  if (left === 0) return 'full'
  if (left === whole) return 'free'
  return left * 4 < whole ? 'little' : 'some'
}

function lengthOf(intervals: readonly Interval[]): number {
  return intervals.reduce((sum, { start, end }) => sum + end - start, 0)
}
