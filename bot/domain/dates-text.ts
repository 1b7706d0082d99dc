import { addDays, daysBetween, type IsoDate, isIsoDate } from './time.ts'

/** Days as typed, both ends included. */
export interface DateSpan {
  from: IsoDate
  to: IsoDate
}

export type DatesRefusal = 'unreadable' | 'past' | 'reversed' | 'too-long' | 'too-far'

const SPAN_DAYS_MAX = 366
const AHEAD_DAYS_MAX = 730
/** A span without a year may have begun already, but not long ago: then its ends were typed the wrong way round. */
const BEGUN_DAYS_MAX = 60
/** A last day whose year was left out, but that of the first was not, is at most so far from it. */
const GUESSED_END_DAYS_MAX = 183
/** Until 29 February comes again. */
const YEARS_TO_TRY = 8

const RELATIVE = new Map([
  ['сегодня', 0],
  ['today', 0],
  ['завтра', 1],
  ['tomorrow', 1],
  ['послезавтра', 2],
])
const MONTHS = [
  /^(?:янв|jan)/,
  /^(?:фев|feb)/,
  /^(?:мар|mar)/,
  /^(?:апр|apr)/,
  /^(?:май|мая|may)/,
  /^(?:июн|jun)/,
  /^(?:июл|jul)/,
  /^(?:авг|aug)/,
  /^(?:сен|sep)/,
  /^(?:окт|oct)/,
  /^(?:ноя|nov)/,
  /^(?:дек|dec)/,
]
const IN_NUMBERS = /^(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d{2}))?$/
const IN_WORDS = /^(\d{1,2}) ([a-zа-яё]{3,8})\.?(?: (\d{4}))?$/
const DAY_ALONE = /^\d{1,2}$/

/**
 * Reads a date or a span as people type them: `25.12`, `25 декабря`, `tomorrow`, `25.12-08.01`, `1-8 января`,
 * `с 25.12 по 31.12`. Without a year the next such days are meant, and of a span those that are not over yet. With
 * `firstDay`, that is the first day, and only the last one is read.
 */
export function parseDates(
  text: string,
  today: IsoDate,
  firstDay?: IsoDate,
): { ok: true; span: DateSpan } | { ok: false; reason: DatesRefusal } {
  const [first, last, ...more] = plainOf(firstDay === undefined ? text : `${firstDay} - ${text}`).split('-')
  if (!first || more.length > 0 || last === '') return { ok: false, reason: 'unreadable' }
  const end = dayOf(last ?? first, today)
  // In `1-8 января` the first day has the month of the last.
  const begin =
    last === undefined
      ? end
      : DAY_ALONE.test(first)
        ? end && { ...end, day: Number(first) }
        : dayOf(first, today)
  if (!begin || !end) return { ok: false, reason: 'unreadable' }
  const to =
    end.year === undefined
      ? nextFrom(end, begin.year === undefined ? today : dateIn(begin, begin.year))
      : dateIn(end, end.year)
  const from =
    to === undefined
      ? undefined
      : last === undefined
        ? to
        : begin.year === undefined
          ? lastBefore(begin, to)
          : dateIn(begin, begin.year)
  if (from === undefined || to === undefined) return { ok: false, reason: 'unreadable' }
  if (begin.year !== undefined && end.year === undefined && daysBetween(from, to) > GUESSED_END_DAYS_MAX)
    return { ok: false, reason: 'reversed' }
  return judged({ from, to }, today, begin.year === undefined)
}

function judged(
  span: DateSpan,
  today: IsoDate,
  yearWasGuessed: boolean,
): { ok: true; span: DateSpan } | { ok: false; reason: DatesRefusal } {
  if (yearWasGuessed && daysBetween(span.from, today) > BEGUN_DAYS_MAX)
    return { ok: false, reason: 'reversed' }
  const reason = refuseDates(span, today)
  return reason === undefined ? { ok: true, span } : { ok: false, reason }
}

/** Why nobody can plan anything for these days; undefined where they can. Days that have begun are not over. */
export function refuseDates({ from, to }: DateSpan, today: IsoDate): DatesRefusal | undefined {
  if (from > to) return 'reversed'
  if (to < today) return 'past'
  if (daysBetween(today, to) > AHEAD_DAYS_MAX) return 'too-far'
  return daysBetween(from, to) >= SPAN_DAYS_MAX ? 'too-long' : undefined
}

interface Day {
  day: number
  month: number
  year?: number
}

function plainOf(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/(\d{4})-(\d{2})-(\d{2})/g, '$3.$2.$1')
    .replaceAll(/[–—−‒]/g, '-')
    .replaceAll(/(?<![a-zа-яё])(?:по|до|to|till|until)(?![a-zа-яё])/g, '-')
    .replaceAll(/(?<![a-zа-яё])(?:со|с|from)(?![a-zа-яё])/g, ' ')
    .replaceAll(/(?<=\d)\s*(?:года|г)\.?(?![a-zа-яё])/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ?- ?/g, '-')
    .trim()
}

function dayOf(text: string, today: IsoDate): Day | undefined {
  const days = RELATIVE.get(text)
  if (days !== undefined) {
    const [year, month, day] = addDays(today, days).split('-').map(Number)
    return { day: day ?? 0, month: month ?? 0, year: year ?? 0 }
  }
  const numbers = IN_NUMBERS.exec(text)
  const words = IN_WORDS.exec(text)
  const [, day, month, year] = numbers ?? words ?? []
  if (day === undefined || month === undefined) return undefined
  const number = numbers ? Number(month) : MONTHS.findIndex((form) => form.test(month)) + 1
  if (number === 0) return undefined
  return {
    day: Number(day),
    month: number,
    ...(year === undefined ? {} : { year: Number(year) + (year.length === 2 ? 2000 : 0) }),
  }
}

function dateIn({ day, month }: Day, year: number): IsoDate | undefined {
  const two = (value: number) => String(value).padStart(2, '0')
  const date = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`
  return isIsoDate(date) ? date : undefined
}

function nextFrom(day: Day, earliest: IsoDate | undefined): IsoDate | undefined {
  return yearsOf(earliest, 1)
    .map((year) => dateIn(day, year))
    .find((date) => date !== undefined && earliest !== undefined && date >= earliest)
}

function lastBefore(day: Day, latest: IsoDate): IsoDate | undefined {
  return yearsOf(latest, -1)
    .map((year) => dateIn(day, year))
    .find((date) => date !== undefined && date <= latest)
}

function yearsOf(date: IsoDate | undefined, step: 1 | -1): number[] {
  if (date === undefined) return []
  return Array.from({ length: YEARS_TO_TRY + 1 }, (_, n) => Number(date.slice(0, 4)) + n * step)
}
