import type { IsoDate } from './time.ts'

/** Public holidays of Russia: article 112 of its Labour Code. Days off that a decree moves are not known here. */
const HOLIDAYS = [
  ['01-01', 'new-year'],
  ['01-02', 'new-year'],
  ['01-03', 'new-year'],
  ['01-04', 'new-year'],
  ['01-05', 'new-year'],
  ['01-06', 'new-year'],
  ['01-07', 'christmas'],
  ['01-08', 'new-year'],
  ['02-23', 'defenders'],
  ['03-08', 'women'],
  ['05-01', 'spring'],
  ['05-09', 'victory'],
  ['06-12', 'russia'],
  ['11-04', 'unity'],
] as const

export type HolidayName = (typeof HOLIDAYS)[number][1]

export interface Holiday {
  date: IsoDate
  name: HolidayName
}

export function holidaysOf(year: number): Holiday[] {
  return HOLIDAYS.map(([day, name]) => ({ date: `${year}-${day}`, name }))
}

export function findHoliday(date: IsoDate): Holiday | undefined {
  return holidaysOf(Number(date.slice(0, 4))).find((holiday) => holiday.date === date)
}
