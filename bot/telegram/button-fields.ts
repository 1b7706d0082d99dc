import { isIsoDate, MINUTE_MS } from '../domain/time.ts'

/** How one value of a button is written into its callback_data, without colons; `read` gives undefined for anything else. */
export interface Field<T> {
  write(value: T): string
  read(text: string): T | undefined
  /** A text that it reads, for whoever walks over all buttons. */
  example: string
}

/**
 * What is being arranged: a new booking (staff null: anyone; `more`: what follows the service in the same visit), or
 * another time for an existing one.
 */
export type Flow =
  | { kind: 'book'; serviceId: number; staffId: number | null; more?: readonly number[] }
  | { kind: 'move'; bookingId: number }

/** So many services fit one visit, and the 64 bytes of a button. */
export const SERVICES_IN_VISIT = 5

/** Everything that a new booking is to hold, in the order of the visit. */
export function wantedServices({ serviceId, more = [] }: Flow & { kind: 'book' }): number[] {
  return [serviceId, ...more]
}

/** Ids, pages and counts: whole numbers from 0, in base 36. */
export const number: Field<number> = { write: (value) => value.toString(36), read: numberOf, example: '1' }

/** An id, or nothing. */
export const optionalNumber: Field<number | null> = {
  write: (value) => (value === null ? '' : number.write(value)),
  read: (text) => (text === '' ? null : numberOf(text)),
  example: '1',
}

/** A local day, `YYYY-MM-DD`. */
export const date: Field<string> = {
  write: (value) => value,
  read: (text) => (isIsoDate(text) ? text : undefined),
  example: '2026-12-01',
}

/** A month, `YYYY-MM`. */
export const month: Field<string> = {
  write: (value) => value,
  read: (text) => (isIsoDate(`${text}-01`) ? text : undefined),
  example: '2026-12',
}

/** An instant in epoch milliseconds, kept to the minute. */
export const instant: Field<number> = {
  write: (value) => number.write(value / MINUTE_MS),
  // Dates of JavaScript end at 8.64e15 ms; a forged button must not make an invalid one.
  read: (text) => {
    const minutes = numberOf(text)
    return minutes === undefined || minutes > 100_000_000 ? undefined : minutes * MINUTE_MS
  },
  example: 'hr9zk',
}

/** One of some words. */
export function oneOf<const T extends string>(words: readonly [T, ...T[]]): Field<T> {
  return { write: (value) => value, read: (text) => words.find((one) => one === text), example: words[0] }
}

/** A word of this form, which must not allow a colon. */
export function word(form: RegExp, example: string): Field<string> {
  return { write: (value) => value, read: (text) => (form.test(text) ? text : undefined), example }
}

export const flow: Field<Flow> = {
  write: (value) =>
    value.kind === 'move'
      ? `m${number.write(value.bookingId)}`
      : [
          `b${number.write(value.serviceId)}`,
          optionalNumber.write(value.staffId),
          ...(value.more ?? []).map((id) => number.write(id)),
        ].join('.'),
  read(text) {
    if (text.startsWith('m')) {
      const bookingId = numberOf(text.slice(1))
      return bookingId === undefined ? undefined : { kind: 'move', bookingId }
    }
    if (!text.startsWith('b')) return undefined
    const [service = '', staff = '', ...others] = text.slice(1).split('.')
    const serviceId = numberOf(service)
    const staffId = optionalNumber.read(staff)
    if (serviceId === undefined || staffId === undefined || others.length >= SERVICES_IN_VISIT)
      return undefined
    const more = others.flatMap((other) => numberOf(other) ?? [])
    const isWhole = more.length === others.length && new Set([serviceId, ...more]).size === more.length + 1
    if (!isWhole) return undefined
    return { kind: 'book', serviceId, staffId, ...(more.length > 0 ? { more } : {}) }
  },
  example: 'b1.',
}

function numberOf(text: string): number | undefined {
  if (!/^[0-9a-z]{1,11}$/.test(text)) return undefined
  const value = Number.parseInt(text, 36)
  return Number.isSafeInteger(value) ? value : undefined
}
