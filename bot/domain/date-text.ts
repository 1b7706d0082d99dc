import { addDays, daysBetween, type IsoDate, isIsoDate } from './time.ts'

/** Days from one to another, both of them included. */
export interface DateSpan {
  from: IsoDate
  to: IsoDate
}

export type DatesRefusal = 'unreadable' | 'past' | 'reversed' | 'far' | 'long'

/** So far ahead the business plans, and so long is one entry at most. */
const AHEAD_DAYS = 730
const LENGTH_DAYS = 366

const DAY = /^(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d{2}))?$/
const WORDS: Readonly<Record<string, number>> = {
  сегодня: 0,
  today: 0,
  завтра: 1,
  tomorrow: 1,
  послезавтра: 2,
}

/**
 * Reads a day or several as people type them: `31.12`, `31.12.2026`, `30.12–08.01`, `завтра`. Without a year the next
 * such day is meant. With `first`, that is the first day, and only the last one is read.
 */
export function parseDates(
  text: string,
  today: IsoDate,
  first?: IsoDate,
): { ok: true; span: DateSpan } | { ok: false; reason: DatesRefusal } {
  const plain = text.toLowerCase().replaceAll(/[–—−]/g, '-').trim()
  // 2026-12-31 has dashes of its own.
  const words = isIsoDate(plain) ? [plain] : plain.split(/\s*-\s*|\s+(?:по|to|until)\s+/)
  const [start, end, ...rest] = first === undefined ? words : [first, ...words]
  const from = dayOf(start?.replace(/^(?:с|from)\s+/, '') ?? '', today)
  const to = from && (end === undefined ? from : dayOf(end, from))
  if (from === undefined || to === undefined || rest.length > 0) return { ok: false, reason: 'unreadable' }
  // `30.12-29.12` is a slip and not a year.
  if (!/\d{4}|\.\d+\.\d/.test(end ?? '') && daysBetween(from, to) > LENGTH_DAYS / 2)
    return { ok: false, reason: 'reversed' }
  const refusal = judgeSpan({ from, to }, today)
  return refusal === undefined ? { ok: true, span: { from, to } } : { ok: false, reason: refusal }
}

/** Why nobody can plan anything for these days; undefined where they can. */
export function judgeSpan({ from, to }: DateSpan, today: IsoDate): DatesRefusal | undefined {
  if (to < from) return 'reversed'
  if (from < today) return 'past'
  if (daysBetween(today, to) > AHEAD_DAYS) return 'far'
  return daysBetween(from, to) >= LENGTH_DAYS ? 'long' : undefined
}

/** A day; without a year the first one that is not before `earliest`. */
function dayOf(text: string, earliest: IsoDate): IsoDate | undefined {
  if (isIsoDate(text)) return text
  const ahead = WORDS[text]
  if (ahead !== undefined) return addDays(earliest, ahead)
  const [, day = '', month = '', typedYear] = DAY.exec(text) ?? []
  const inYear = (year: number) => `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const thisYear = Number(earliest.slice(0, 4))
  if (typedYear !== undefined) {
    const date = inYear(Number(typedYear) + (typedYear.length === 2 ? 2000 : 0))
    return isIsoDate(date) ? date : undefined
  }
  // 29 February may be years away.
  return [0, 1, 2, 3, 4].map((years) => inYear(thisYear + years)).find((d) => isIsoDate(d) && d >= earliest)
}
