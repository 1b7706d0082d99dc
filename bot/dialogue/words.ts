import type { ClientSettings } from '../contract/settings.ts'
import type { DateSpan } from '../domain/dates-text.ts'
import { formatMoney } from '../domain/money.ts'
import { dayBounds, type IsoDate, localTime } from '../domain/time.ts'
import { escapeHtml, type Html, shorten, type Texts } from '../i18n/texts.ts'
import type { Language } from '../storage/users.ts'

const LOCALES: Record<Language, string> = { ru: 'ru-RU', en: 'en-GB' }

/** `чт, 26 ноября`; with the year where it is not the present one. */
export function dateWords(
  instant: number,
  { language, timeZone, now, month = 'long' }: WhenOptions & { month?: 'long' | 'short' },
): string {
  const year = (ms: number) => new Intl.DateTimeFormat('en', { year: 'numeric', timeZone }).format(ms)
  return new Intl.DateTimeFormat(LOCALES[language], {
    weekday: 'short',
    day: 'numeric',
    month,
    timeZone,
    ...(year(instant) === year(now) ? {} : { year: 'numeric' }),
  }).format(instant)
}

/** `чт, 26 ноября`: a local day. */
export function dayWords(date: IsoDate, options: WhenOptions & { month?: 'long' | 'short' }): string {
  return dateWords(dayBounds(date, options.timeZone).start, options)
}

/** `чт, 26 ноября`, or `чт, 26 ноября – сб, 28 ноября`. */
export function spanWords(
  { from, to }: DateSpan,
  options: WhenOptions & { month?: 'long' | 'short' },
): string {
  return from === to ? dayWords(from, options) : `${dayWords(from, options)} – ${dayWords(to, options)}`
}

export interface WhenOptions {
  language: Language
  timeZone: string
  now: number
}

/** `чт, 26 ноября, 10:00–11:00`; without the end where it is not known. */
export function whenWords(startsAt: number, endsAt: number | undefined, options: WhenOptions): string {
  const end = endsAt === undefined ? '' : `–${localTime(endsAt, options.timeZone)}`
  return `${dateWords(startsAt, options)}, ${localTime(startsAt, options.timeZone)}${end}`
}

/** The label of a time on a button, with its day. */
export function slotLabel(startsAt: number, options: WhenOptions): string {
  return `${dateWords(startsAt, { ...options, month: 'short' })}, ${localTime(startsAt, options.timeZone)}`
}

/** `Стрижка · 60 мин · 2 000 ₽` without HTML. */
export function factsOf(texts: Texts, item: { minutes: number } & ShownPrice): string {
  const minutes = texts.plain('minutes', { minutes: item.minutes })
  const price = priceWords(texts, item)
  return price === undefined ? minutes : `${minutes} · ${price}`
}

/** What fits a button of its own on a telephone. */
const LABEL_WIDTH = 40
const NAME_LEAST = 12

/** `Стрижка · 60 мин · 2 000 ₽` for a button: of a long name as much as leaves the facts in sight. */
export function serviceLabel(texts: Texts, item: { name: string; minutes: number } & ShownPrice): string {
  const facts = factsOf(texts, item)
  return `${shorten(item.name, Math.max(NAME_LEAST, LABEL_WIDTH - facts.length - 3))} · ${facts}`
}

export interface ShownPrice {
  priceMinor: number | null
  priceFrom?: boolean | undefined
  currency: string
}

/** `2 000 ₽`, `от 2 000 ₽`, `бесплатно`; undefined where no price is to be shown. */
export function priceWords(
  texts: Texts,
  { priceMinor, priceFrom = false, currency }: ShownPrice,
): string | undefined {
  if (priceMinor === null) return undefined
  if (priceMinor === 0) return texts.plain('price-free')
  const price = formatMoney(priceMinor, currency, texts.language)
  return priceFrom ? texts.plain('price-from', { price }) : price
}

/** `Стрижка + Маникюр`: everything that is done in one visit. */
export function serviceName(visit: { lines: readonly { name: string }[] }): string {
  return visit.lines.map((line) => line.name).join(' + ')
}

/** Lines under the time of a booking: who (where there is a choice), price, address, phone; each begins with a line break. */
export function detailLines(
  texts: Texts,
  settings: ClientSettings,
  facts: { staffName?: string | undefined } & ShownPrice,
): Html {
  const { staffName } = facts
  const price = priceWords(texts, facts)
  const lines = [
    ...(staffName === undefined ? [] : [texts.html('line-staff', { name: staffName })]),
    ...(price === undefined ? [] : [texts.html('line-price', { price })]),
    ...contactLines(texts, settings),
  ]
  return { html: lines.map((line) => `\n${line}`).join('') }
}

/** Address, map and phone: what somebody who comes must know. */
export function contactLines(texts: Texts, settings: ClientSettings): string[] {
  return [
    ...(settings.address ? [texts.html('line-address', { address: settings.address })] : []),
    ...(settings.mapUrl ? [texts.html('line-map', { url: escapeHtml(settings.mapUrl) })] : []),
    ...(settings.phone ? [texts.html('line-phone', { phone: settings.phone })] : []),
  ]
}

/** Until when a customer may cancel and move: one sentence where it is the same. */
export function rulesText(texts: Texts, settings: ClientSettings): Html {
  const hours = settings.cancellationHours
  const moveHours = settings.rescheduleHours ?? hours
  if (moveHours === hours)
    return { html: hours === 0 ? texts.html('rules-any-time') : texts.html('rules', { hours }) }
  const cancel = hours === 0 ? texts.html('rules-cancel-any-time') : texts.html('rules-cancel', { hours })
  const move =
    moveHours === 0 ? texts.html('rules-move-any-time') : texts.html('rules-move', { hours: moveHours })
  return { html: `${cancel} ${move}` }
}

/** The business's contact as a sentence, or nothing where it has none. */
export function plainContact(texts: Texts, settings: ClientSettings): Html {
  const contact = settings.phone || settings.address
  return { html: contact ? texts.html('contact-plain', { how: contact }) : '' }
}

/** A customer for the admins, with the phone number if there is one. */
export function customerContact(
  customer: Parameters<typeof customerLink>[0] & { phone?: string | null },
): Html {
  const phone = customer.phone ? `, ${escapeHtml(shorten(customer.phone, 100)).html}` : ''
  return { html: `${customerLink(customer).html}${phone}` }
}

/** A customer for the admins: name with a link to the chat, and @username. */
export function customerLink(customer: {
  telegramId: number | null
  firstName: string | null
  lastName: string | null
  username: string | null
}): Html {
  const full = [customer.firstName, customer.lastName].filter(Boolean).join(' ').trim()
  const name = escapeHtml(shorten(full || customer.username || String(customer.telegramId ?? '—'), 100)).html
  const linked =
    customer.telegramId === null ? name : `<a href="tg://user?id=${customer.telegramId}">${name}</a>`
  return { html: customer.username ? `${linked} (@${escapeHtml(customer.username).html})` : linked }
}
