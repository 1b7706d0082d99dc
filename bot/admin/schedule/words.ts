import { serviceName } from '../../dialogue/words.ts'
import { formatMoney } from '../../domain/money.ts'
import type { BookingStatus } from '../../domain/policy.ts'
import { localTime } from '../../domain/time.ts'
import { type Html, shorten, type Texts } from '../../i18n/texts.ts'
import type { VisitCustomer } from '../../storage/visit-customer.ts'
import type { Hindrances, Visit } from '../../storage/visits.ts'

const NAME_ON_BUTTON = 20

const STATUS_SIGNS: Partial<Record<BookingStatus, string>> = {
  pending: '⏳ ',
  confirmed: '☑️ ',
  came: '✅ ',
  no_show: '🚫 ',
  cancelled: '❌ ',
  expired: '⌛ ',
}

/** What a booking's status looks like before its label. */
export function statusSign(status: BookingStatus): string {
  return STATUS_SIGNS[status] ?? ''
}

/** A customer's name for buttons, which know no links. */
export function nameOf({ firstName, lastName, username, phone }: VisitCustomer): string {
  const full = [firstName, lastName].filter(Boolean).join(' ').trim()
  return full || username || phone || '—'
}

/** A customer in a list: the name, and how to tell them from another one of that name. */
export function knownLabel(customer: VisitCustomer): string {
  const { phone, username } = customer
  const contact = phone ?? (username === null ? undefined : `@${username}`)
  return [shorten(nameOf(customer), 30), ...(contact === undefined ? [] : [contact])].join(' · ')
}

/** `☑️ 10:00 Анна · Стрижка · Вера`; the member of staff where a screen shows several. */
export function visitLabel(visit: Visit, timeZone: string, withStaff: boolean): string {
  const parts = [
    `${localTime(visit.startsAt, timeZone)} ${shorten(nameOf(visit.customer), NAME_ON_BUTTON)}`,
    shorten(serviceName(visit), NAME_ON_BUTTON),
    ...(withStaff ? [shorten(visit.staffName, NAME_ON_BUTTON)] : []),
  ]
  return `${statusSign(visit.status)}${parts.join(' · ')}`
}

/** A name in a line of its own, or nothing where nobody wants to read it. */
export function staffLine(texts: Texts, name: string | undefined): Html {
  return { html: name === undefined ? '' : `\n${texts.html('line-staff', { name })}` }
}

export function priceText(
  texts: Texts,
  { priceMinor, currency }: { priceMinor: number | null; currency: string },
): string {
  return priceMinor === null ? '' : formatMoney(priceMinor, currency, texts.language)
}

/** What stands in the way, one thing in a line; each begins with a line break. */
export function hindranceLines(texts: Texts, hindrances: Hindrances, timeZone: string): Html {
  const lines = hindrances.map(({ start, end, who, what, held }) => {
    const time = `${localTime(start, timeZone)}–${localTime(end, timeZone)}`
    if (held) return texts.html('schedule-hindrance-hold', { time })
    if (who === '')
      return texts.html('schedule-hindrance-block', { time, what: what === '' ? '' : `: ${what}` })
    return texts.html('schedule-hindrance-visit', { time, who, what })
  })
  return { html: lines.map((line) => `\n${line}`).join('') }
}

/** A line of a screen that is there in some cases only. */
export function lineIf(shown: boolean, html: string): Html {
  return { html: shown ? `${html}\n` : '' }
}
