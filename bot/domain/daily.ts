import { addDays, type IsoDate, instantOf, localDate } from './time.ts'

/**
 * The local day whose daily message is due now: from `time` (`HH:MM`) of that day on, for `lateMs` at most, so that a
 * bot which starts hours later is not a nuisance. Undefined: none is due. An empty `time` is off.
 */
export function dueDay(time: string, now: number, timeZone: string, lateMs: number): IsoDate | undefined {
  if (time === '') return undefined
  const today = localDate(now, timeZone)
  // Late in the evening the three hours reach into the next day.
  return [today, addDays(today, -1)].find((date) => {
    const at = instantOf(date, time, timeZone)
    return at <= now && now < at + lateMs
  })
}
