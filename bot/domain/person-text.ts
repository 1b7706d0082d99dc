const NAME_MAX = 64

/** A number of any country: its code, which no zero begins, and 8 to 15 digits in all. Those of +7 have eleven. */
const INTERNATIONAL = /^\+(?:7\d{10}|[1-68-9]\d{7,14})$/

/** A phone number as it is kept: `+` and digits. Ten digits are a Russian number, and so is an 8 before ten. */
export function normalPhone(text: string): string | undefined {
  if (!/^\+?[\d\s()\-–.]+$/.test(text.trim())) return undefined
  const digits = text.replaceAll(/\D/g, '')
  // `+8 916 …` is a Russian number by mistake: no country's code begins with 89.
  if (/^89\d{9}$/.test(digits) || (digits.length === 11 && /^[78]/.test(digits) && !text.includes('+')))
    return `+7${digits.slice(1)}`
  const whole = text.trim().startsWith('+') || digits.length > 11 ? `+${digits}` : `+7${digits}`
  return INTERNATIONAL.test(whole) ? whole : undefined
}

/** Control characters, and those that turn the direction of what is written after them. */
const UNWRITTEN = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu
/** Blank, whatever Unicode counts them among. */
const BLANK = /[\p{Z}\p{C}\p{M}\u115f\u1160\u2800\u3164\uffa0]/gu

/** A name of Telegram's as others are to read it: it cannot turn their line around; null where nothing would be seen. */
export function readableName(text: string): string | null {
  const name = text.replaceAll(UNWRITTEN, '').trim()
  return name.replaceAll(BLANK, '') === '' ? null : name
}

const GIVEN_NAME_MAX = 100

/** What somebody wants to be called: with a letter in it, without control characters; undefined for anything else. */
export function readGivenName(text: string): string | undefined {
  const name = text.replaceAll(/\s+/g, ' ').trim()
  if ([...name].length > GIVEN_NAME_MAX || !/\p{L}/u.test(name)) return undefined
  return name.replaceAll(UNWRITTEN, '') === name ? name : undefined
}

export interface TypedPerson {
  name: string
  phone: string | undefined
  /** Digits that are no whole number: the end of one, to look for. */
  digits: string | undefined
}

/** A name and a phone number in one line, in either order: `Анна 8 916 123-45-67`. */
export function readPerson(text: string): TypedPerson {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  const run = /\+?\d[\d\s()\-–.]*\d/.exec(line)?.[0]
  const phone = run === undefined ? undefined : normalPhone(run)
  const rest = phone === undefined || run === undefined ? line : line.replace(run, ' ')
  const digits = /^\d[\d\s-]{2,}$/.test(line) && phone === undefined ? line.replaceAll(/\D/g, '') : undefined
  const name = rest
    .replaceAll(/[,;:]+/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
  return { name: digits === undefined ? [...name].slice(0, NAME_MAX).join('') : '', phone, digits }
}
