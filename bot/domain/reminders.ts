import { addDays, type IsoDate, instantOf, localDate, MINUTE_MS } from './time.ts'

/** Hours of the night in which nothing is sent unasked, as wall-clock times; equal times mean that there are none. */
export interface QuietHours {
  from: string
  to: string
}

export interface ReminderRules {
  /** How long before the start, in hours; each gives one reminder. */
  hours: readonly number[]
  quiet: QuietHours
  timeZone: string
}

export interface Reminded {
  startsAt: number
  /** When the present time was agreed: the booking, or its last move. */
  timedAt: number
  /** When it came over from the old bot, which has sent what was due until then. */
  importedAt?: number | undefined
  /** Hours of the reminders that are done with. */
  sent: readonly number[]
}

/** Who has just chosen a time needs no reminder of it. */
const JUST_CHOSEN_MINUTES = 30
/** What moved out of the night must come so long before the start, or it comes before the night. */
const USEFUL_MINUTES = 30

/** No night is longer: so far ahead of its hour a reminder may be due. */
export const REMINDER_REACH_MS = 24 * 60 * MINUTE_MS

/** When the night around an instant begins and ends; undefined by day. */
export function quietAround(
  at: number,
  { from, to }: QuietHours,
  timeZone: string,
): { start: number; end: number } | undefined {
  if (from === to) return undefined
  const date = localDate(at, timeZone)
  const night = (begins: IsoDate) => ({
    start: instantOf(begins, from, timeZone),
    end: instantOf(to <= from ? addDays(begins, 1) : begins, to, timeZone),
  })
  return [addDays(date, -1), date].map(night).find(({ start, end }) => start <= at && at < end)
}

/**
 * When a reminder goes out: so many hours before the start, but not at night. It waits for the morning where that is
 * still of use to somebody who must set out, else it comes on the evening before.
 */
export function reminderTime(startsAt: number, hours: number, { quiet, timeZone }: ReminderRules): number {
  const at = startsAt - hours * 60 * MINUTE_MS
  const night = quietAround(at, quiet, timeZone)
  if (!night) return at
  return night.end <= startsAt - USEFUL_MINUTES * MINUTE_MS ? night.end : night.start
}

/**
 * What to do about a booking now: `send` one reminder or none, and which hours are done with then. Several that are due at once
 * (the bot was down, or the night moved them together) are one message. One whose time had come before the booking
 * got its present time, or comes right after it, is not sent: the customer has just chosen it. At night nothing is sent.
 */
export function dueReminders(
  booking: Reminded,
  rules: ReminderRules,
  now: number,
): { send: boolean; done: number[] } {
  const none = { send: false, done: [] }
  if (now >= booking.startsAt) return none
  const timeOf = (hours: number) => reminderTime(booking.startsAt, hours, rules)
  const due = rules.hours.filter((hours) => !booking.sent.includes(hours) && timeOf(hours) <= now)
  const since = Math.max(booking.timedAt + JUST_CHOSEN_MINUTES * MINUTE_MS, booking.importedAt ?? 0)
  // An hour that the business adds later is not caught up on once a nearer one has been sent.
  const said = Math.max(...booking.sent.map(timeOf), Number.NEGATIVE_INFINITY)
  const wanted = due.filter((hours) => timeOf(hours) > since && timeOf(hours) >= said)
  if (wanted.length === 0) return { send: false, done: due }
  return quietAround(now, rules.quiet, rules.timeZone) && !nightBegins(now, rules)
    ? none
    : { send: true, done: due }
}

/** Reminders of the evening go out when the night begins; the bot looks a little after that. */
function nightBegins(now: number, { quiet, timeZone }: ReminderRules): boolean {
  const night = quietAround(now, quiet, timeZone)
  return night !== undefined && now - night.start < USEFUL_MINUTES * MINUTE_MS
}

/** The day of a start as people say it. */
export function dayOf(startsAt: number, now: number, timeZone: string): 'today' | 'tomorrow' | 'later' {
  const date = localDate(startsAt, timeZone)
  const today = localDate(now, timeZone)
  if (date === today) return 'today'
  return date === addDays(today, 1) ? 'tomorrow' : 'later'
}

/** When a customer is asked how it was: hours after the end, and not at night. */
export function feedbackTime(
  endsAt: number,
  hours: number,
  { quiet, timeZone }: Omit<ReminderRules, 'hours'>,
): number {
  const at = endsAt + hours * 60 * MINUTE_MS
  return quietAround(at, quiet, timeZone)?.end ?? at
}
