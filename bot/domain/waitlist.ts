import { type QuietHours, quietAround } from './reminders.ts'
import { type IsoDate, localDate } from './time.ts'

/** So many days one customer may wait for at once. */
export const PLACES_AT_MOST = 3

/** So many offers has one place: who has let all of them go by is not written to any more. */
export const OFFERS_AT_MOST = 3

/** What somebody waits for: these services on this day. */
export interface Wish {
  localDate: IsoDate
  lines: readonly { serviceId: number }[]
}

/** The same day and the same services, in whatever order. */
export function isSameWish(one: Wish, other: Wish): boolean {
  const services = ({ lines }: Wish) =>
    lines
      .map(({ serviceId }) => serviceId)
      .toSorted((a, b) => a - b)
      .join()
  return one.localDate === other.localDate && services(one) === services(other)
}

/** Whose turn it is: who has had fewer offers, then who came first. */
export function inTurn<T extends { id: number; offered: readonly number[] }>(places: readonly T[]): T[] {
  return places.toSorted((a, b) => a.offered.length - b.offered.length || a.id - b.id)
}

/** Nothing more is offered for a place: it has had all its offers, and none of them waits for an answer. */
export function isSpent({ asked, isOffered }: { asked: number; isOffered: boolean }): boolean {
  return asked >= OFFERS_AT_MOST && !isOffered
}

/** Nobody is woken for another day's time; for today's the morning may be too late. */
export function mayOfferNow(
  date: IsoDate,
  now: number,
  { quiet, timeZone }: { quiet: QuietHours; timeZone: string },
): boolean {
  return date === localDate(now, timeZone) || !quietAround(now, quiet, timeZone)
}
