import { Temporal } from 'temporal-polyfill'

/** Half-open span of instants, [start, end), in epoch milliseconds. */
export interface Interval {
  start: number
  end: number
}

/** A local calendar day, `YYYY-MM-DD`. */
export type IsoDate = string

export const MINUTE_MS = 60_000

export function overlaps(a: Interval, b: Interval): boolean {
  return a.start < b.end && b.start < a.end
}

/** Sorted, without empty ones; touching intervals become one. */
export function mergeIntervals(list: readonly Interval[]): Interval[] {
  const merged: Interval[] = []
  for (const next of list.filter((i) => i.start < i.end).toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1)
    if (last && next.start <= last.end) last.end = Math.max(last.end, next.end)
    else merged.push({ ...next })
  }
  return merged
}

/** What is left of `from` when everything in `busy` is taken away. */
export function subtractIntervals(from: readonly Interval[], busy: readonly Interval[]): Interval[] {
  const taken = mergeIntervals(busy)
  const left: Interval[] = []
  for (const open of mergeIntervals(from)) {
    let start = open.start
    for (const hole of taken) {
      if (hole.end <= start) continue
      if (hole.start >= open.end) break
      if (hole.start > start) left.push({ start, end: hole.start })
      start = hole.end
    }
    if (start < open.end) left.push({ start, end: open.end })
  }
  return left
}

function zoned(instantMs: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(timeZone)
}

export function localDate(instantMs: number, timeZone: string): IsoDate {
  return zoned(instantMs, timeZone).toPlainDate().toString()
}

/** `HH:MM` on the wall clock of the zone. */
export function localTime(instantMs: number, timeZone: string): string {
  return zoned(instantMs, timeZone).toPlainTime().toString({ smallestUnit: 'minute' })
}

/** 1 is Monday. */
export function weekdayOf(date: IsoDate): number {
  return Temporal.PlainDate.from(date).dayOfWeek
}

export function addDays(date: IsoDate, days: number): IsoDate {
  return Temporal.PlainDate.from(date).add({ days }).toString()
}

/** The first instant from tomorrow on with the weekday and the wall-clock time of another. */
export function sameWeekdayAhead(instant: number, now: number, timeZone: string): number {
  const tomorrow = addDays(localDate(now, timeZone), 1)
  const days = (weekdayOf(localDate(instant, timeZone)) - weekdayOf(tomorrow) + 7) % 7
  return instantOf(addDays(tomorrow, days), localTime(instant, timeZone), timeZone)
}

/** Whole days from one local date to another; negative when `to` is earlier. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'days' }).days
}

/** True for `YYYY-MM-DD` that names a day of the calendar. */
export function isIsoDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text
  } catch {
    return false
  }
}

/**
 * The instant at which the wall clock of a zone shows `time` (`HH:MM`; `24:00` is the next midnight) on `date`.
 * A time that a daylight-saving change skips is moved forward by the length of the gap; of a time that comes
 * twice, the first is meant (Temporal's `compatible`).
 */
export function instantOf(date: IsoDate, time: string, timeZone: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  const day = Temporal.PlainDate.from(date).add({ days: Math.floor(hours / 24) })
  return day
    .toPlainDateTime({ hour: hours % 24, minute: minutes })
    .toZonedDateTime(timeZone, { disambiguation: 'compatible' }).epochMilliseconds
}

/** A local day whose zone has been looked at: for times of many people on it. */
export interface LocalDay {
  date: IsoDate
  /** 1 is Monday. */
  weekday: number
  /** The day after. */
  next(): LocalDay
  /** As `instantOf`; times from `24:00` on, to `48:00`, are those of the next day. */
  at(time: string): number
}

export function localDay(date: IsoDate, timeZone: string): LocalDay {
  const midnight = instantOf(date, '00:00', timeZone)
  // Asking the zone is dear. Where no clock changes on the day and the next, elapsed time is wall-clock time.
  const steady = instantOf(date, '48:00', timeZone) - midnight === 2 * 24 * 60 * MINUTE_MS
  let following: LocalDay | undefined
  return {
    date,
    weekday: weekdayOf(date),
    next: () => (following ??= localDay(addDays(date, 1), timeZone)),
    at(time) {
      if (!steady) return instantOf(date, time, timeZone)
      const [hours = 0, minutes = 0] = time.split(':').map(Number)
      return midnight + (hours * 60 + minutes) * MINUTE_MS
    },
  }
}

/** Are the clocks of the zone set back between two instants? Only then do they show a time twice. */
export function clocksSetBack(from: number, to: number, timeZone: string): boolean {
  return zoned(to, timeZone).offsetNanoseconds < zoned(from, timeZone).offsetNanoseconds
}

/** The local day as instants: 23, 24 or 25 hours; in some zones it does not begin at 00:00. */
export function dayBounds(date: IsoDate, timeZone: string): Interval {
  const day = Temporal.PlainDate.from(date)
  const startOf = (d: Temporal.PlainDate) => d.toZonedDateTime(timeZone).startOfDay().epochMilliseconds
  return { start: startOf(day), end: startOf(day.add({ days: 1 })) }
}

export function isTimeZone(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name)
    return true
  } catch {
    return false
  }
}
