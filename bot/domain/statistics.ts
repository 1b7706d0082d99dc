import { addMonths, monthBounds, monthOf } from './calendar.ts'
import type { DateSpan } from './dates-text.ts'
import {
  addDays,
  dayBounds,
  daysBetween,
  type Interval,
  instantOf,
  localDate,
  localTime,
  MINUTE_MS,
  mergeIntervals,
  subtractIntervals,
  weekdayOf,
} from './time.ts'

export const PERIODS = ['day', 'week', 'month'] as const
export type Period = (typeof PERIODS)[number]

/** Local days, and the instants of them that count. */
export interface Stretch {
  days: DateSpan
  span: Interval
}

/** A period as far as it has gone, the same part of the one before it, and what is still to come of it. */
export interface Comparison {
  present: Stretch
  before: Stretch
  ahead: Stretch
}

/**
 * Both stretches have the same number of days and end at the same time of the day: Monday to Wednesday at noon is
 * compared with Monday to Wednesday at noon. Days of a month that the month before has not got (31 March) make its
 * stretch begin earlier.
 */
export function comparePeriods(period: Period, now: number, timeZone: string): Comparison {
  const minute = Math.floor(now / MINUTE_MS) * MINUTE_MS
  const today = localDate(minute, timeZone)
  const whole = wholePeriod(period, today)
  const previous = daysBefore(period, { from: whole.from, to: today })
  return {
    present: {
      days: { from: whole.from, to: today },
      span: { start: dayBounds(whole.from, timeZone).start, end: minute },
    },
    before: {
      days: previous,
      span: {
        start: dayBounds(previous.from, timeZone).start,
        end: instantOf(previous.to, localTime(minute, timeZone), timeZone),
      },
    },
    ahead: {
      days: { from: today, to: whole.to },
      span: { start: minute, end: dayBounds(whole.to, timeZone).end },
    },
  }
}

function wholePeriod(period: Period, today: string): DateSpan {
  if (period === 'day') return { from: today, to: today }
  if (period === 'week') {
    const monday = addDays(today, 1 - weekdayOf(today))
    return { from: monday, to: addDays(monday, 6) }
  }
  const { first, last } = monthBounds(monthOf(today))
  return { from: first, to: last }
}

function daysBefore(period: Period, { from, to }: DateSpan): DateSpan {
  if (period === 'day') return { from: addDays(from, -1), to: addDays(to, -1) }
  if (period === 'week') return { from: addDays(from, -7), to: addDays(to, -7) }
  const following = daysBetween(from, to)
  const month = monthBounds(addMonths(monthOf(from), -1))
  const last = addDays(month.first, following)
  const end = last > month.last ? month.last : last
  return { from: addDays(end, -following), to: end }
}

/** By how many percent something has grown (or shrunk, below 0); undefined where there was nothing to grow from. */
export function changePercent(present: number, before: number): number | undefined {
  return before === 0 ? undefined : Math.round(((present - before) / before) * 100)
}

/** One member of staff: working hours, visits, time that they took (with its buffers), time that was closed. */
export interface MemberTime {
  open: readonly Interval[]
  visits: readonly Interval[]
  booked: readonly Interval[]
  blocked: readonly Interval[]
}

/**
 * Which share of the working time within a span was booked, in whole percent; undefined where nobody worked. Closed
 * time is no working time. Whatever the hours say, time in which there was a visit is: nobody remembers what the hours
 * were before they were changed.
 */
export function loadPercent(members: readonly MemberTime[], span: Interval): number | undefined {
  let worked = 0
  let taken = 0
  for (const { open, visits, booked, blocked } of members) {
    const hours = within([...open, ...visits], span)
    const free = subtractIntervals(hours, booked)
    taken += lengthOf(hours) - lengthOf(free)
    worked += lengthOf(hours) - lengthOf(free) + lengthOf(subtractIntervals(free, blocked))
  }
  return worked === 0 ? undefined : Math.round((taken / worked) * 100)
}

function within(intervals: readonly Interval[], { start, end }: Interval): Interval[] {
  return mergeIntervals(
    intervals.map((one) => ({ start: Math.max(one.start, start), end: Math.min(one.end, end) })),
  )
}

function lengthOf(intervals: readonly Interval[]): number {
  return intervals.reduce((sum, { start, end }) => sum + end - start, 0)
}

/** How often each number of stars was given, five stars first, and their mean; undefined without any. */
export interface Ratings {
  counts: readonly { stars: number; count: number }[]
  total: number
  mean: number | undefined
}

export function ratingsOf(given: ReadonlyMap<number, number>): Ratings {
  const counts = [5, 4, 3, 2, 1].map((stars) => ({ stars, count: given.get(stars) ?? 0 }))
  const total = counts.reduce((sum, { count }) => sum + count, 0)
  const sum = counts.reduce((all, { stars, count }) => all + stars * count, 0)
  return { counts, total, mean: total === 0 ? undefined : sum / total }
}

const BAR = '▇'
const BAR_MAX = 10

/** A bar of text: the greatest has ten cells, and whatever is there at all has one. */
export function textBar(value: number, greatest: number): string {
  return value <= 0 ? '' : BAR.repeat(Math.max(1, Math.round((value / greatest) * BAR_MAX)))
}
