import type { DateSpan } from './dates-text.ts'
import type { HoursRange } from './hours-text.ts'
import { openIntervals, type WorkingHoursRow } from './schedule.ts'
import { addDays, type IsoDate, localDate, mergeIntervals } from './time.ts'

/** Days of a member of staff with hours of their own; without ranges: off. */
export interface SpecialDays extends DateSpan {
  ranges: readonly HoursRange[]
  note: string
}

/**
 * What is left of special days when a span gets other hours: the newest word about a day replaces the older ones, which
 * keep the days around it.
 */
export function without(existing: readonly SpecialDays[], { from, to }: DateSpan): SpecialDays[] {
  return existing.flatMap((days) => {
    if (days.to < from || to < days.from) return [days]
    return [
      ...(days.from < from ? [{ ...days, to: addDays(from, -1) }] : []),
      ...(to < days.to ? [{ ...days, from: addDays(to, 1) }] : []),
    ]
  })
}

/** Bookings of these days that the new hours would leave outside. They stay; somebody must move or cancel them. */
export function leftOutside<T extends { startsAt: number; endsAt: number }>(
  bookings: readonly T[],
  days: DateSpan & { ranges: readonly HoursRange[] },
  hours: { rows: readonly WorkingHoursRow[]; staffId: number; timeZone: string },
): T[] {
  const { staffId, timeZone } = hours
  const changed: WorkingHoursRow[] = (
    days.ranges.length > 0 ? days.ranges : [{ opens: null, closes: null }]
  ).map(({ opens, closes }) => ({
    kind: 'exception',
    staffId,
    fromDate: days.from,
    toDate: days.to,
    opens,
    closes,
  }))
  const openOn = (date: IsoDate) =>
    openIntervals(days.from <= date && date <= days.to ? changed : hours.rows, staffId, date, timeZone)
  return bookings.filter(({ startsAt, endsAt }) => {
    const date = localDate(startsAt, timeZone)
    if (date < days.from || days.to < date) return false
    // Hours that close after midnight belong to the date before, and those of the next day may go on where they end.
    const open = mergeIntervals([addDays(date, -1), date, addDays(date, 1)].flatMap(openOn))
    return !open.some(({ start, end }) => start <= startsAt && endsAt <= end)
  })
}
