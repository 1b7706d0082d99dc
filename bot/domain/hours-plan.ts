import type { DateSpan } from './dates-text.ts'
import type { HoursRange } from './hours-text.ts'
import { openIntervals, type WorkingHoursRow } from './schedule.ts'
import { addDays, type Interval, localDate, mergeIntervals } from './time.ts'

type WeeklyRow = Extract<WorkingHoursRow, { kind: 'weekly' }>
type DatesRow = Extract<WorkingHoursRow, { fromDate: string }>

/** A row of the business's own hours that is still to be written. */
export type NewHoursRow = (WeeklyRow | DatesRow) & { note: string }
/** One as it stands; `id` null: it only stands in for a week that nobody has written yet. */
export type HoursRow = NewHoursRow & { id: number | null }

/** A change of the business's hours: what goes, and what comes. */
export interface HoursPlan {
  remove: HoursRow[]
  add: NewHoursRow[]
}

/** Other hours for some days of the week; without ranges they are days off. */
export function planWeek(
  rows: readonly HoursRow[],
  weekdays: readonly number[],
  ranges: readonly HoursRange[],
): HoursPlan {
  const weekly = rows.filter((row) => row.kind === 'weekly')
  const standIn = weekly.filter((row) => row.id === null)
  const isChanged = (row: WeeklyRow) => weekdays.includes(row.weekday)
  return {
    remove: weekly.filter((row) => row.id === null || isChanged(row)),
    add: [
      // The first change writes the whole week down.
      ...standIn.filter((row) => !isChanged(row)).map(({ id: _, ...row }) => row),
      ...weekdays.flatMap((weekday) =>
        ranges.map((range) => ({
          kind: 'weekly' as const,
          staffId: null,
          weekday,
          ...range,
          note: '',
        })),
      ),
    ],
  }
}

/**
 * Other hours for some dates (none: closed), or, `as-usual`, no special ones any more. Rows of the same kind that reach
 * into these dates give way; what they say about other dates stays.
 */
export function planDates(
  rows: readonly HoursRow[],
  kind: DatesRow['kind'],
  { from, to }: DateSpan,
  hours: readonly HoursRange[] | 'as-usual',
  note = '',
): HoursPlan {
  const remove = rows.filter(
    (row): row is HoursRow & DatesRow => row.kind === kind && row.fromDate <= to && from <= row.toDate,
  )
  const left = remove.flatMap(({ id: _, ...row }) => [
    ...(row.fromDate < from ? [{ ...row, toDate: addDays(from, -1) }] : []),
    ...(row.toDate > to ? [{ ...row, fromDate: addDays(to, 1) }] : []),
  ])
  if (hours === 'as-usual') return { remove, add: left }
  const closed = { opens: null, closes: null }
  const ranges = hours.length === 0 ? [closed] : hours
  return {
    remove,
    add: [
      ...left,
      ...ranges.map((range) => ({ kind, staffId: null, fromDate: from, toDate: to, ...range, note })),
    ],
  }
}

/** Several changes as one; no two of them may concern the same rows. */
export function joinPlans(plans: readonly HoursPlan[]): HoursPlan {
  return { remove: plans.flatMap((plan) => plan.remove), add: plans.flatMap((plan) => plan.add) }
}

/** True where everything is so already. */
export function isSame({ remove, add }: HoursPlan): boolean {
  if (remove.some((row) => row.id === null)) return false
  const said = (row: NewHoursRow) =>
    row.kind === 'weekly'
      ? `${row.weekday} ${row.opens} ${row.closes}`
      : `${row.kind} ${row.fromDate} ${row.toDate} ${row.opens} ${row.closes} ${row.note}`
  return remove.map(said).toSorted().join('\n') === add.map(said).toSorted().join('\n')
}

/** The business's rows as they will be. */
export function afterPlan(rows: readonly HoursRow[], { remove, add }: HoursPlan): NewHoursRow[] {
  return [...rows.filter((row) => !remove.includes(row)), ...add]
}

/** Bookings that were within the hours of their member of staff and will not be. */
export function leftOutside<T extends { staffId: number; startsAt: number; endsAt: number }>(
  bookings: readonly T[],
  hours: { before: readonly WorkingHoursRow[]; after: readonly WorkingHoursRow[]; timeZone: string },
): T[] {
  const isOpen = (rows: readonly WorkingHoursRow[], { staffId, startsAt, endsAt }: T) =>
    opennessAround(rows, staffId, startsAt, hours.timeZone).some(
      ({ start, end }) => start <= startsAt && endsAt <= end,
    )
  return bookings.filter((booking) => isOpen(hours.before, booking) && !isOpen(hours.after, booking))
}

/** Hours that close after midnight belong to the date before, and those of the next day may go on where they end. */
function opennessAround(
  rows: readonly WorkingHoursRow[],
  staffId: number,
  instant: number,
  timeZone: string,
): Interval[] {
  const date = localDate(instant, timeZone)
  const days = [addDays(date, -1), date, addDays(date, 1)]
  return mergeIntervals(days.flatMap((day) => openIntervals(rows, staffId, day, timeZone)))
}
