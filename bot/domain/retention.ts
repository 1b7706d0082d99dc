import { Temporal } from 'temporal-polyfill'
import { dueDay } from './daily.ts'
import { dayBounds, localDate } from './time.ts'

/** When a business sleeps: personal data are erased from then on, in portions. */
const NIGHT = '02:00'
const NIGHT_MS = 3 * 3_600_000

/** Customers who have been away since before this instant are not kept any more; a month ends on its own last day. */
export function keptSince(months: number, now: number, timeZone: string): number {
  const today = Temporal.PlainDate.from(localDate(now, timeZone))
  return dayBounds(today.subtract({ months }).toString(), timeZone).start
}

/** Is it the hour for work that nobody should notice? */
export function isNight(now: number, timeZone: string): boolean {
  return dueDay(NIGHT, now, timeZone, NIGHT_MS) !== undefined
}
