import { addMonths, type IsoMonth, monthBounds, monthGrid, monthOf } from '../domain/calendar.ts'
import type { IsoDate } from '../domain/time.ts'
import type { Language } from '../storage/users.ts'
import type { Flow } from './button-fields.ts'
import { button, type InlineButton } from './keyboards.ts'

export interface CalendarView {
  flow: Flow
  /** The buttons that a day and an arrow are. */
  ways: { day: 'day' | 'admin-day'; month: 'month' | 'admin-month' }
  month: IsoMonth
  /** Days with free times. */
  open: readonly IsoDate[]
  today: IsoDate
  /** The last day on which anything may be booked. */
  last: IsoDate
  language: Language
}

const LOCALES: Record<Language, string> = { ru: 'ru-RU', en: 'en-GB' }

/** A month, Monday first: days with free times carry their number, the others say why not. At most 52 buttons. */
export function calendarRows(view: CalendarView): InlineButton[][] {
  const open = new Set(view.open)
  return [
    headOf(view),
    weekdayNames(view.language).map((name) => button(name, { to: 'nothing' })),
    ...monthGrid(view.month).map((week) =>
      week.map((date) => {
        if (date === null) return button(' ', { to: 'nothing' })
        if (open.has(date))
          return button(String(Number(date.slice(8))), { to: view.ways.day, flow: view.flow, date, part: 0 })
        const why = date < view.today ? 'past' : date > view.last ? 'far' : 'taken'
        return button('·', { to: 'closed-day', why })
      }),
    ),
  ]
}

/** Arrows only where there is something to see: from this month to that of the last bookable day. */
function headOf({ flow, ways, month, today, last, language }: CalendarView): InlineButton[] {
  const arrow = (label: string, there: boolean, months: number) =>
    there
      ? button(label, { to: ways.month, flow, month: addMonths(month, months) })
      : button(' ', { to: 'nothing' })
  return [
    arrow('‹', month > monthOf(today), -1),
    button(monthName(month, language), { to: 'nothing' }),
    arrow('›', month < monthOf(last), 1),
  ]
}

/** `Ноябрь 2026 г.` */
export function monthName(month: IsoMonth, language: Language): string {
  const name = new Intl.DateTimeFormat(LOCALES[language], {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(`${monthBounds(month).first}T00:00:00Z`))
  return name.charAt(0).toUpperCase() + name.slice(1)
}

/** Short names of the days, Monday first. */
export function weekdayNames(language: Language): string[] {
  const format = new Intl.DateTimeFormat(LOCALES[language], { weekday: 'short', timeZone: 'UTC' })
  // 1 January 2024 was a Monday.
  return Array.from({ length: 7 }, (_, day) => format.format(new Date(Date.UTC(2024, 0, 1 + day))))
}
