import { addMonths, type IsoMonth, monthBounds, monthGrid, monthOf } from '../domain/calendar.ts'
import type { IsoDate } from '../domain/time.ts'
import type { Language } from '../storage/users.ts'
import type { Flow } from './button-fields.ts'
import type { Button } from './callback-data.ts'
import { button, type InlineButton } from './keyboards.ts'

export interface CalendarView {
  flow: Flow
  /** The buttons that a day and an arrow are. */
  ways: { day: 'day' | 'admin-day'; month: 'month' | 'admin-month' }
  month: IsoMonth
  /** Days with free times. */
  open: readonly IsoDate[]
  /** Days whose times are all taken, and for which one may wait. */
  full?: readonly IsoDate[]
  today: IsoDate
  /** The last day on which anything may be booked. */
  last: IsoDate
  language: Language
}

const LOCALES: Record<Language, string> = { ru: 'ru-RU', en: 'en-GB' }

/** A month, Monday first: days with free times carry their number, full ones have it between dots, the others say why not. */
export function calendarRows({
  flow,
  ways,
  month,
  open,
  full = [],
  today,
  last,
  language,
}: CalendarView): InlineButton[][] {
  const free = new Set(open)
  return monthRows({
    month,
    first: monthOf(today),
    last: monthOf(last),
    language,
    turnTo: (other) => ({ to: ways.month, flow, month: other }),
    cell: (date) => {
      const number = String(Number(date.slice(8)))
      if (free.has(date)) return button(number, { to: ways.day, flow, date, part: 0 })
      if (full.includes(date)) return button(`·${number}·`, { to: ways.day, flow, date, part: 0 })
      const why = date < today ? 'past' : date > last ? 'far' : 'taken'
      return button('·', { to: 'closed-day', why })
    },
  })
}

export interface MonthView {
  month: IsoMonth
  /** Arrows lead from the first month to the last. */
  first: IsoMonth
  last: IsoMonth
  language: Language
  turnTo: (month: IsoMonth) => Button
  cell: (date: IsoDate) => InlineButton
}

/** A month as buttons, Monday first. At most 52. */
export function monthRows({ month, first, last, language, turnTo, cell }: MonthView): InlineButton[][] {
  const arrow = (label: string, there: boolean, months: number) =>
    there ? button(label, turnTo(addMonths(month, months))) : button(' ', { to: 'nothing' })
  return [
    [
      arrow('‹', month > first, -1),
      button(monthName(month, language), { to: 'nothing' }),
      arrow('›', month < last, 1),
    ],
    weekdayNames(language).map((name) => button(name, { to: 'nothing' })),
    ...monthGrid(month).map((week) =>
      week.map((date) => (date === null ? button(' ', { to: 'nothing' }) : cell(date))),
    ),
  ]
}

/** `Ноябрь 2026`: with the Russian "г." September is too long for its place between two arrows. */
export function monthName(month: IsoMonth, language: Language): string {
  const name = new Intl.DateTimeFormat(LOCALES[language], {
    month: 'long',
    timeZone: 'UTC',
  }).format(new Date(`${monthBounds(month).first}T00:00:00Z`))
  return `${name.charAt(0).toUpperCase()}${name.slice(1)} ${month.slice(0, 4)}`
}

/** Names of the days, Monday first. */
export function weekdayNames(language: Language, weekday: 'short' | 'long' = 'short'): string[] {
  const format = new Intl.DateTimeFormat(LOCALES[language], { weekday, timeZone: 'UTC' })
  // 1 January 2024 was a Monday.
  return Array.from({ length: 7 }, (_, day) => format.format(new Date(Date.UTC(2024, 0, 1 + day))))
}
