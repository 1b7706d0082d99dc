import { starsOf } from '../../booking/feedback.ts'
import { heldUntil } from '../../booking/hold.ts'
import { heldWords } from '../../booking/summary.ts'
import type { Telling } from '../../booking/visit-messages.ts'
import { dateWords, detailLines, factsOf, plainContact, rulesText, whenWords } from '../../dialogue/words.ts'
import { addDays, instantOf, localDate, localTime, MINUTE_MS } from '../../domain/time.ts'
import { PLACES_AT_MOST } from '../../domain/waitlist.ts'
import { argsOf } from '../../i18n/default-body.ts'
import type { EditableKey } from '../../i18n/editable.ts'
import { escapeHtml, type Html, type TextArgs } from '../../i18n/texts.ts'
import { SERVICES_IN_VISIT } from '../../telegram/button-fields.ts'

type Example = (telling: Telling) => string | number | Html

const PRICE = { minutes: 60, priceMinor: 200_000, currency: 'RUB' }
const MORE = { minutes: 30, priceMinor: 100_000, currency: 'RUB' }
const PHONE = '+7 916 123-45-67'

/** The values of a message about a haircut tomorrow at ten, in this business, made as the real ones are. */
const EXAMPLES: Readonly<Record<string, Example>> = {
  name: ({ texts }) => texts.plain('texts-example-name'),
  title: ({ settings }) => settings.title,
  service: ({ texts }) => texts.plain('texts-example-service'),
  facts: ({ texts }) => ({
    html: `\n${escapeHtml(`${factsOf(texts, PRICE)}\n${texts.plain('texts-example-description')}`).html}`,
  }),
  date: (telling) => dateWords(startOf(telling), wordsOf(telling)),
  when: (telling) => whenWords(startOf(telling), endOf(telling), wordsOf(telling)),
  old: (telling) => whenWords(startOf(telling) - 120 * MINUTE_MS, undefined, wordsOf(telling)),
  until: ({ settings, now }) => localTime(now + settings.waitlistOfferMinutes * MINUTE_MS, settings.timeZone),
  staff: ({ texts }) => ({
    html: `\n${texts.html('line-staff', { name: texts.plain('texts-example-staff') })}`,
  }),
  details: ({ texts, settings }) =>
    detailLines(texts, settings, { staffName: texts.plain('texts-example-staff'), ...PRICE }),
  rules: ({ texts, settings }) => rulesText(texts, settings),
  held: (telling) => heldWords(telling, heldUntil(telling)),
  contact: ({ texts, settings }) => plainContact(texts, settings),
  how: ({ settings: { phone, address } }) => phone || address || PHONE,
  phone: () => PHONE,
  lines: ({ texts }) => ({
    html: [
      `• ${texts.plain('texts-example-service')} · ${factsOf(texts, PRICE)}`,
      `• ${texts.plain('texts-example-service-more')} · ${factsOf(texts, MORE)}`,
    ].join('\n'),
  }),
  total: ({ texts }) =>
    factsOf(texts, {
      ...PRICE,
      minutes: PRICE.minutes + MORE.minutes,
      priceMinor: PRICE.priceMinor + MORE.priceMinor,
    }),
  hours: ({ settings }) => settings.cancellationHours || 24,
  days: ({ settings }) => settings.horizonDays,
  limit: ({ settings }) => settings.maxBookingsPerUser,
  stars: () => starsOf(5),
  why: ({ texts }) => ({
    html: `\n${texts.html('schedule-tell-why', { reason: texts.plain('texts-example-reason') })}`,
  }),
  reason: ({ texts }) => ({
    html: `\n${texts.html('calendar-line-reason', { reason: texts.plain('texts-example-reason') })}`,
  }),
}

const tomorrow: Example = (telling) => {
  const [from, to] = [startOf(telling), endOf(telling)].map((at) => localTime(at, telling.settings.timeZone))
  return { html: telling.texts.html('reminder-tomorrow', { when: `${from}–${to}` }) }
}
const late: Example = ({ texts, settings: { phone, address } }) => {
  const contact = phone || address
  return { html: contact ? texts.html('contact-given', { how: contact }) : texts.html('contact-told') }
}
const moveHours: Example = ({ settings }) => settings.rescheduleHours || settings.cancellationHours || 24

/** Where a name stands for something else than usual. */
const OTHERWISE: Partial<Record<EditableKey, Readonly<Record<string, Example>>>> = {
  reminder: { when: tomorrow },
  'reminder-thanks': { when: tomorrow },
  'feedback-ask': { when: (telling) => whenWords(startOf(telling), undefined, wordsOf(telling)) },
  'deadline-passed': { contact: late },
  'deadline-passed-move': { contact: late, hours: moveHours },
  'rules-move': { hours: moveHours },
  'choose-service-of': { title: ({ texts }) => texts.plain('texts-example-category') },
  'several-full': { limit: () => SERVICES_IN_VISIT },
  'summary-held': {
    until: (telling) => localTime(heldUntil(telling) ?? telling.now, telling.settings.timeZone),
  },
  'waitlist-too-many': { limit: () => PLACES_AT_MOST },
}

/** Values as a customer could see them in this message. */
export function exampleArgs(key: EditableKey, telling: Telling): TextArgs {
  return Object.fromEntries(
    argsOf(key).map((name) => {
      const example = OTHERWISE[key]?.[name] ?? EXAMPLES[name]
      if (!example) throw new Error(`text '${key}': there is no example of '${name}'`)
      return [name, example(telling)]
    }),
  )
}

function startOf({ settings: { timeZone }, now }: Telling): number {
  return instantOf(addDays(localDate(now, timeZone), 1), '10:00', timeZone)
}

function endOf(telling: Telling): number {
  return startOf(telling) + PRICE.minutes * MINUTE_MS
}

function wordsOf({ texts, settings: { timeZone }, now }: Telling) {
  return { language: texts.language, timeZone, now }
}
