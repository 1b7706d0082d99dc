import { Temporal } from 'temporal-polyfill'
import type { IsoDate } from './time.ts'

/** A month, `YYYY-MM`. */
export type IsoMonth = string

export function monthOf(date: IsoDate): IsoMonth {
  return date.slice(0, 7)
}

export function addMonths(month: IsoMonth, months: number): IsoMonth {
  return Temporal.PlainYearMonth.from(month).add({ months }).toString()
}

export function monthBounds(month: IsoMonth): { first: IsoDate; last: IsoDate } {
  const yearMonth = Temporal.PlainYearMonth.from(month)
  return {
    first: yearMonth.toPlainDate({ day: 1 }).toString(),
    last: yearMonth.toPlainDate({ day: yearMonth.daysInMonth }).toString(),
  }
}

/** Weeks of a month, Monday first; null where a week reaches into another month. */
export function monthGrid(month: IsoMonth): (IsoDate | null)[][] {
  const yearMonth = Temporal.PlainYearMonth.from(month)
  const lead = yearMonth.toPlainDate({ day: 1 }).dayOfWeek - 1
  const cells: (IsoDate | null)[] = [
    ...Array.from({ length: lead }, () => null),
    ...Array.from({ length: yearMonth.daysInMonth }, (_, i) =>
      yearMonth.toPlainDate({ day: i + 1 }).toString(),
    ),
  ]
  while (cells.length % 7 !== 0) cells.push(null)
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7))
}
