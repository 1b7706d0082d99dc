/** Telegram messages hold more, but names and descriptions must fit the table. In characters as people count them. */
export const NAME_MAX = 100
export const DESCRIPTION_MAX = 500
export const CATEGORY_MAX = 40
/** What a service may last, and how far apart its starts may be. */
export const MINUTES_RANGE = { min: 5, max: 1440 } as const
export const BUFFER_RANGE = { min: 0, max: 480 } as const
/** Ten million; a longer number is a slip of the finger. */
const PRICE_MINOR_MAX = 1_000_000_000

/** A price as it is shown: `priceMinor` null shows none, 0 is free; `priceFrom`: the least that it costs. */
export interface Price {
  priceMinor: number | null
  priceFrom: boolean
}

const NOTHING = new Set(['-', '–', '—', 'нет', 'без цены', 'none', 'no price'])
const FREE = new Set(['бесплатно', 'даром', 'free'])
const FROM = /^(?:от|from)\s+|^(?:от|from)(?=[\d₽$€])/
const CURRENCY = /^[₽$€]\s*|\s*(?:₽|\$|€|р\.?|руб\.?|рубл(?:ь|я|ей)|rub\.?|roubles?|rubles?)$/g

/** A price as people type it: `1500`, `1 500,50 ₽`, `от 1500`. Undefined: that is no price. */
export function parsePrice(text: string): Price | undefined {
  const words = text.trim().toLowerCase().replaceAll(/\s+/g, ' ')
  if (NOTHING.has(words)) return { priceMinor: null, priceFrom: false }
  if (FREE.has(words)) return { priceMinor: 0, priceFrom: false }
  const priceFrom = FROM.test(words) || words.endsWith('+')
  const amount = words.replace(FROM, '').replace(/\+$/, '').trim().replaceAll(CURRENCY, '')
  const priceMinor = minorOf(amount)
  if (priceMinor === undefined || priceMinor > PRICE_MINOR_MAX) return undefined
  // "From nothing" tells a customer nothing.
  return priceFrom && priceMinor === 0 ? undefined : { priceMinor, priceFrom }
}

/** Thousands may be set apart by spaces, or by dots and commas where three digits follow; kopecks are one or two digits. */
function minorOf(amount: string): number | undefined {
  const parts = /^(\d{1,3}(?:[ .,'’]\d{3})+|\d+)(?:[.,](\d{1,2}))?$/.exec(amount)
  if (!parts) return undefined
  const whole = Number((parts[1] ?? '').replaceAll(/\D/g, ''))
  return whole * 100 + Number((parts[2] ?? '').padEnd(2, '0'))
}

/** A length of time as people type it: `90`, `90 мин`, `1 ч 30 мин`, `1,5 часа`, `1:30`. Undefined: that is none. */
export function parseMinutes(text: string): number | undefined {
  const words = text.trim().toLowerCase().replaceAll(/\s+/g, ' ')
  const clock = /^(\d{1,2}):([0-5]\d)$/.exec(words)
  if (clock) return Number(clock[1]) * 60 + Number(clock[2])
  const parts =
    /^(?:(\d{1,2})(?:[.,](\d{1,2}))? ?(?:ч|час|часа|часов|h|hours?)\.?)? ?(?:и |and )?(?:(\d{1,4}) ?(?:м|мин|минут[аы]?|min|minutes?|m)?\.?)?$/.exec(
      words,
    )
  if (!parts || words === '') return undefined
  const [, hours = '0', tenths = '0', minutes = '0'] = parts
  const total = Number(`${hours}.${tenths}`) * 60 + Number(minutes)
  return Number.isInteger(total) ? total : undefined
}

/** One line: whatever spaces and line breaks were typed become single spaces. Undefined where nothing or too much is left. */
export function parseLine(text: string, max: number): string | undefined {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length > 0 && [...line].length <= max ? line : undefined
}

export function isWithin(value: number, { min, max }: { min: number; max: number }): boolean {
  return value >= min && value <= max
}
