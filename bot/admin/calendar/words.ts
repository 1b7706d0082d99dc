import { whenOptions } from '../../dialogue/screen.ts'
import { customerLink, dateWords, serviceName, whenWords } from '../../dialogue/words.ts'
import { formatRanges, type HoursRange } from '../../domain/hours-text.ts'
import { dayBounds, type Interval, type IsoDate, localDate, localTime } from '../../domain/time.ts'
import { escapeHtml, type Html, shorten, type Texts } from '../../i18n/texts.ts'
import type { Turn } from '../../runtime/turn.ts'
import type { ComingBooking } from '../../storage/coming.ts'

/** With the rest of a screen below Telegram's 4096 characters. */
const BOOKINGS_SHOWN = 20
const NAME_MAX = 30

/** `чт, 26 ноября, весь день`, `чт, 26 ноября, 12:00–15:00`, or both ends with their days. */
export function intervalWords(
  turn: Turn,
  { start, end }: Interval,
  month: 'long' | 'short' = 'long',
): string {
  const { timeZone } = turn.settings
  const options = { ...whenOptions(turn), month }
  const [first, last] = [localDate(start, timeZone), localDate(end - 1, timeZone)]
  const days = dateWords(start, options)
  const until = dateWords(end - 1, options)
  if (start === dayBounds(first, timeZone).start && end === dayBounds(last, timeZone).end)
    return `${first === last ? days : `${days} – ${until}`}, ${turn.texts.plain('calendar-all-day')}`
  if (first === last) return `${days}, ${localTime(start, timeZone)}–${endTime(end, timeZone)}`
  return `${days}, ${localTime(start, timeZone)} – ${until}, ${endTime(end, timeZone)}`
}

/** The end belongs to the day before: midnight is its 24:00. */
function endTime(end: number, timeZone: string): string {
  const time = localTime(end, timeZone)
  return time === '00:00' ? '24:00' : time
}

/** `09:00–13:00, 14:00–18:00`, or that it is a day off. */
export function hoursWords(texts: Texts, ranges: readonly HoursRange[]): string {
  return ranges.length === 0 ? texts.plain('calendar-closed') : formatRanges(ranges)
}

/** Bookings as lines, each after a line break, as many as fit: when, what, who, with whom. */
export function bookingLines(turn: Turn, bookings: readonly ComingBooking[]): Html {
  const lines = bookings.slice(0, BOOKINGS_SHOWN).map((booking) => {
    const when = whenWords(booking.startsAt, booking.endsAt, whenOptions(turn))
    const what = escapeHtml(shorten(serviceName(booking), NAME_MAX)).html
    const staff = escapeHtml(shorten(booking.staffName, NAME_MAX)).html
    return `• ${when} · ${what} · ${staff}\n   ${contactOf(booking).html}`
  })
  const more = bookings.length - lines.length
  if (more > 0) lines.push(turn.texts.html('calendar-more-bookings', { count: more }))
  return { html: lines.map((line) => `\n${line}`).join('') }
}

/** The customer with everything that helps to reach them. */
function contactOf({ customer }: ComingBooking): Html {
  const name = customerLink({
    ...customer,
    firstName: customer.firstName && shorten(customer.firstName, NAME_MAX),
    lastName: customer.lastName && shorten(customer.lastName, NAME_MAX),
  }).html
  return { html: customer.phone ? `${name}, ${escapeHtml(shorten(customer.phone, NAME_MAX)).html}` : name }
}

/** `23 февр.` */
export function shortDay({ texts }: Turn, date: IsoDate): string {
  const locale = texts.language === 'ru' ? 'ru-RU' : 'en-GB'
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  )
}
