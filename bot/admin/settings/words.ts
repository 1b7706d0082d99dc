import type { BusinessSetting } from '../../contract/settings.ts'
import type { Unit } from '../../domain/typed.ts'
import { type Html, shorten, type Texts } from '../../i18n/texts.ts'
import { boundsOf, CATALOGUE, type SettingValue } from './catalogue.ts'

/** Longer texts are shown by their beginning. */
const TEXT_SHOWN = 60

/** A value as people say it: `за 24 часа`, `30 мин`, `включено`. Without HTML. */
export function valueWords(texts: Texts, key: BusinessSetting, value: SettingValue): string {
  const entry = CATALOGUE[key]
  if (typeof value === 'boolean') return texts.plain(value ? 'settings-value-on' : 'settings-value-off')
  if (Array.isArray(value)) {
    const hours = value.map((one) => amountWords(texts, one, 'hours')).join(', ')
    return value.length === 0
      ? texts.plain('settings-value-never')
      : texts.plain('settings-value-before', { value: hours })
  }
  if (entry.kind === 'one-of') {
    const word = entry.words[String(value)]
    return word === undefined ? String(value) : texts.plain(word)
  }
  if (entry.kind === 'clock' && value === '') return texts.plain('settings-value-never')
  if (typeof value === 'string') return shorten(value, TEXT_SHOWN) || texts.plain('settings-value-empty')
  if (!('choices' in entry)) return String(value)
  if (value === null) return texts.plain(entry.none ?? 'settings-value-empty')
  if (value === 0 && entry.zero) return texts.plain(entry.zero)
  const amount = amountWords(texts, value, entry.kind)
  return entry.words ? texts.plain(entry.words, { value: amount, count: value }) : amount
}

/** In the largest unit that makes it a whole number, though a day alone is rather 24 hours. */
function amountWords(texts: Texts, value: number, unit: Unit): string {
  if (unit === 'count') return String(value)
  if (unit === 'minutes' && value >= 60 && value % 60 === 0) return amountWords(texts, value / 60, 'hours')
  if (unit === 'hours' && value >= 48 && value % 24 === 0) return amountWords(texts, value / 24, 'days')
  if (unit === 'minutes') return texts.plain('minutes', { minutes: value })
  return unit === 'hours'
    ? texts.plain('settings-hours', { hours: value })
    : texts.plain('settings-days', { days: value })
}

/** What may be typed, with an example. */
export function typingHint(texts: Texts, key: BusinessSetting): Html {
  const { kind } = CATALOGUE[key]
  return { html: texts.html(`settings-type-${kind}`, { ...boundsOf(key) }) }
}
