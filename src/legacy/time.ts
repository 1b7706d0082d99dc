import { Temporal } from 'temporal-polyfill'

/** A local date and time of the predecessor (`2026-03-29`, `10:00`) as an instant, in epoch milliseconds. */
export interface LocalStart {
  instant: number
  /** What the wall clock shows then: another time than was written where a change of the clock skips that one. */
  date: string
  time: string
}

const DATE = /^\d{4}-\d{2}-\d{2}$/
const TIME = /^(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?$/
const TIMESTAMP = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?))?(Z|[+-]\d{2}(?::?\d{2})?)?$/

/**
 * When that was, or will be, in a zone. A time that a change of the clock skips is moved forward by the length of the
 * gap; of a time that comes twice the first is meant. Undefined when it cannot be read.
 */
export function readStart(
  date: string | null,
  time: string | null,
  timeZone: string,
): LocalStart | undefined {
  const [, hour, minute] = TIME.exec(time ?? '') ?? []
  if (date === null || hour === undefined || minute === undefined || !DATE.test(date)) return undefined
  return attempt(() => {
    const written = Temporal.PlainDateTime.from(`${date}T${hour.padStart(2, '0')}:${minute}`)
    const zoned = written.toZonedDateTime(timeZone, { disambiguation: 'compatible' })
    return {
      instant: zoned.epochMilliseconds,
      date: zoned.toPlainDate().toString(),
      time: zoned.toPlainTime().toString({ smallestUnit: 'minute' }),
    }
  })
}

/** A timestamp of the predecessor: with an offset it says itself when that was, without one the zone does. */
export function readTimestamp(text: string | null, timeZone: string): number | undefined {
  const [, date, clock = '00:00:00', offset] = TIMESTAMP.exec(text ?? '') ?? []
  if (date === undefined) return undefined
  return attempt(() => {
    if (offset !== undefined) return Temporal.Instant.from(`${date}T${clock}${offset}`).epochMilliseconds
    return Temporal.PlainDateTime.from(`${date}T${clock}`).toZonedDateTime(timeZone).epochMilliseconds
  })
}

/** Temporal refuses days that the calendar does not have. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
