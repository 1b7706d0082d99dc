import { addMonths, monthBounds, monthOf } from './calendar.ts'
import { dayBounds, type Interval, type IsoDate } from './time.ts'

export const EXPORT_PERIODS = ['month', 'last-month', 'year', 'last-year', 'all'] as const
export type ExportPeriod = (typeof EXPORT_PERIODS)[number]

/** Before the first bot, and further ahead than anybody books. */
const ALL = { first: '2000-01-01', last: '2100-12-31' }

/** The days of a period (both ends included) and their instants; what is still to come of it is part of it. */
export function exportSpan(
  period: ExportPeriod,
  today: IsoDate,
  timeZone: string,
): { first: IsoDate; last: IsoDate; span: Interval } {
  const { first, last } = daysOf(period, today)
  return {
    first,
    last,
    span: { start: dayBounds(first, timeZone).start, end: dayBounds(last, timeZone).end },
  }
}

function daysOf(period: ExportPeriod, today: IsoDate): { first: IsoDate; last: IsoDate } {
  const month = monthOf(today)
  const year = Number(today.slice(0, 4)) - (period === 'last-year' ? 1 : 0)
  if (period === 'all') return ALL
  if (period === 'month') return monthBounds(month)
  if (period === 'last-month') return monthBounds(addMonths(month, -1))
  return { first: `${year}-01-01`, last: `${year}-12-31` }
}
