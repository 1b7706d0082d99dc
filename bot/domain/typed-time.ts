import { addDays, type IsoDate, instantOf, isIsoDate, localDate } from './time.ts'

export type TypedTime =
  | { ok: true; startsAt: number }
  | { ok: false; reason: 'not-understood' | 'no-such-day' }

const TODAY = new Set(['сегодня', 'today'])
const TOMORROW = new Set(['завтра', 'tomorrow'])

/**
 * A day and a time as people type them: `26.11 14:30`, `26.11.2026 14.30`, `завтра 9:00`. Without a year the next such
 * day is meant, for nobody plans the past; without a day, today.
 */
export function readTypedTime(text: string, now: number, timeZone: string): TypedTime {
  const match = /^(?:(?:на\s+)?(\S+?),?\s+(?:в\s+|at\s+)?)?(\d{1,2})[:.](\d{2})$/.exec(
    text.trim().toLowerCase(),
  )
  if (!match) return { ok: false, reason: 'not-understood' }
  const [, day, hours = '', minutes = ''] = match
  if (Number(hours) > 23 || Number(minutes) > 59) return { ok: false, reason: 'not-understood' }
  const date = dateOf(day, localDate(now, timeZone))
  if (date === undefined) return { ok: false, reason: 'not-understood' }
  if (!isIsoDate(date)) return { ok: false, reason: 'no-such-day' }
  return { ok: true, startsAt: instantOf(date, `${hours.padStart(2, '0')}:${minutes}`, timeZone) }
}

/** What may be a day of the calendar; undefined for what is no date at all. */
function dateOf(day: string | undefined, today: IsoDate): IsoDate | undefined {
  if (day === undefined || TODAY.has(day)) return today
  if (TOMORROW.has(day)) return addDays(today, 1)
  const match = /^(\d{1,2})\.(\d{1,2})(?:\.(\d{2}|\d{4}))?$/.exec(day)
  if (!match) return undefined
  const [, dayOfMonth = '', month = '', year] = match
  const inYear = (fullYear: number) => `${fullYear}-${month.padStart(2, '0')}-${dayOfMonth.padStart(2, '0')}`
  if (year !== undefined) return inYear(Number(year.length === 2 ? `20${year}` : year))
  const thisYear = Number(today.slice(0, 4))
  // 29 February waits for its year.
  const next = [0, 1, 2, 3, 4].map((ahead) => inYear(thisYear + ahead))
  return next.find((date) => isIsoDate(date) && date >= today) ?? inYear(thisYear)
}
