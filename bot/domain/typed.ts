/** What people type for a number, a Telegram id, an address: read as they mean it, or undefined. */

/** Digits, perhaps with blanks between them or `id:` before. */
export function readTelegramId(text: string): number | undefined {
  const digits = text.replace(/^id\s*:?/i, '').replaceAll(/\s/g, '')
  return /^[1-9]\d{4,14}$/.test(digits) ? Number(digits) : undefined
}

/** What a number counts; `count` has no unit. */
export type Unit = 'minutes' | 'hours' | 'days' | 'count'

const MINUTES_IN: Record<Exclude<Unit, 'count'>, number> = { minutes: 1, hours: 60, days: 1440 }
/** Beginnings of the words that people write behind a number: `мин`, `часа`, `дней`, `h`, … */
const UNIT_WORDS: readonly [RegExp, Exclude<Unit, 'count'>][] = [
  [/^м(ин|$)|^m(in|$)/i, 'minutes'],
  [/^ч(ас|$)|^h(our|r|$)/i, 'hours'],
  [/^д(ен|ня|не|н|$)|^d(ay|$)/i, 'days'],
]

/** A whole number in `unit`: `30`, `30 минут`, `2 часа` (for minutes: 120). Undefined for anything else. */
export function readAmount(text: string, unit: Unit): number | undefined {
  const [, digits = '', words = ''] = /^(\d{1,7})\s*([^\d\s.]*)\.?$/.exec(text.trim()) ?? []
  if (digits === '') return undefined
  if (words === '') return Number(digits)
  const named = UNIT_WORDS.find(([form]) => form.test(words))?.[1]
  if (named === undefined || unit === 'count') return undefined
  const amount = (Number(digits) * MINUTES_IN[named]) / MINUTES_IN[unit]
  return Number.isInteger(amount) ? amount : undefined
}

const NOTHING = /^(нет|no|off|выкл|-|–|—)$/i

/** A time of day as `HH:MM`: `9:00`, `9.00`, `9`; empty for a word that means none. Undefined for anything else. */
export function readClock(text: string): string | undefined {
  const typed = text.trim()
  if (NOTHING.test(typed)) return ''
  const [, hours = '', minutes = '00'] = /^(\d{1,2})(?:[:.]([0-5]\d))?$/.exec(typed) ?? []
  return hours === '' || Number(hours) > 23 ? undefined : `${hours.padStart(2, '0')}:${minutes}`
}

/** Hours, each once, longest first: `24, 2 и 1`, `24 ч 2 ч`; none for a word that means none. Undefined for anything else. */
export function readHourList(text: string): number[] | undefined {
  const typed = text.trim()
  if (NOTHING.test(typed)) return []
  if (!/^(\d{1,3}\s*(?:ч(?:ас\p{L}*)?\.?|h(?:ours?)?)?[\s,;и]*(?:and)?\s*)+$/iu.test(typed)) return undefined
  return [...new Set((typed.match(/\d+/g) ?? []).map(Number))].toSorted((a, b) => b - a)
}

/** An address as people copy it: without its beginning it gets `https://`. Whether it may be used is not judged here. */
export function readLink(text: string): string {
  return /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`
}

/** A telephone number needs at least five digits, and nothing that no number has. */
export function isPhone(text: string): boolean {
  return (
    /^[+\d][\d\s()+,;./-]*(?:(?:доб|ext)\.?\s*\d+)?$/i.test(text) && text.replaceAll(/\D/g, '').length >= 5
  )
}
