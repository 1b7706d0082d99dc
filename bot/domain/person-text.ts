const NAME_MAX = 64

/** A phone number as it is kept: `+` and digits. Ten digits are a Russian number, and so is an 8 before ten. */
export function normalPhone(text: string): string | undefined {
  if (!/^\+?[\d\s()\-–.]+$/.test(text.trim())) return undefined
  const digits = text.replaceAll(/\D/g, '')
  if (text.trim().startsWith('+')) return digits.length >= 8 && digits.length <= 15 ? `+${digits}` : undefined
  if (digits.length === 10) return `+7${digits}`
  if (digits.length === 11 && /^[78]/.test(digits)) return `+7${digits.slice(1)}`
  return digits.length > 11 && digits.length <= 15 ? `+${digits}` : undefined
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
