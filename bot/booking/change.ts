import { openAround } from '../domain/availability.ts'
import { MINUTE_MS } from '../domain/time.ts'
import { changeBooking } from '../storage/booking-changes.ts'
import type { Author } from '../storage/booking-history.ts'
import type { Booking, BookingLine } from '../storage/booking-lookup.ts'
import type { Place, Sold } from '../storage/booking-rows.ts'
import { lockStaff } from '../storage/bookings.ts'
import { findServices, listStaff, staffOffering } from '../storage/catalogue.ts'
import type { Tx } from '../storage/database.ts'
import { expireHolds } from '../storage/holds.ts'
import { readWorkingHours } from '../storage/schedule.ts'
import { type Hindrances, hindrancesOf } from '../storage/visits.ts'
import { type ChangeRefusal, getBooking, lockChangeable } from './claim.ts'
import { placeOf, soldOf } from './judge.ts'
import type { Candidate, Shop } from './offer.ts'
import { candidateFor } from './visit-offer.ts'

/** What a booking is to become, at the time that it has. `serviceId` null keeps what was sold. */
export interface WantedChange {
  serviceId: number | null
  staffId: number
}

/** A booking as it would be after a change, and what speaks against it. */
export interface PlannedChange {
  to: Place & Sold
  staffName: string
  outsideHours: boolean
  hindrances: Hindrances
}

export type ChangeOutcome =
  | { ok: true; before: Booking; booking: Booking; again: boolean }
  | { ok: false; reason: ChangeRefusal | 'not-on-offer' | 'taken'; booking?: Booking }

/** What would become of a booking on the terms of that member of staff; undefined where they do not give the service. */
export async function planChange(
  tx: Tx,
  shop: Shop,
  booking: Booking,
  wanted: WantedChange,
): Promise<PlannedChange | undefined> {
  const member = (await listStaff(tx)).find(({ id }) => id === wanted.staffId)
  const sold = member && (await soldBy(tx, shop, booking, wanted.serviceId, member))
  if (!sold) return undefined
  const place = placeOf(shop, sold, booking.startsAt)
  const rows = await readWorkingHours(tx, shop.workHours)
  const span = { start: place.startsAt, end: place.endsAt }
  return {
    to: { ...place, ...soldOf(sold) },
    staffName: member.name,
    outsideHours: openAround(rows, place.staffId, span, shop.settings.timeZone).length === 0,
    hindrances: await hindrancesOf(tx, place.staffId, place.busy, shop.now, booking.id),
  }
}

/**
 * Gives a booking another service or member of staff; the locks of moving, and the last word is the constraint's.
 * `isAsShown`: is it still what was shown to whoever decided?
 */
export async function changeWhat(
  tx: Tx,
  shop: Shop,
  request: {
    customerId: number
    bookingId: number
    seen: number
    wanted: WantedChange
    isAsShown: (before: Booking, planned: PlannedChange) => boolean
    author: Author
  },
): Promise<ChangeOutcome> {
  const { customerId, wanted, author } = request
  const found = await lockChangeable(tx, shop, 'move', request)
  if (!found.ok) return found
  const { booking: before } = found
  if (isSo(before, wanted)) return { ok: true, before, booking: before, again: true }
  await lockStaff(tx, shop.clientId, [...new Set([before.staffId, wanted.staffId])])
  await expireHolds(tx, [wanted.staffId], shop.now)
  const planned = await planChange(tx, shop, before, wanted)
  if (!planned) return { ok: false, reason: 'not-on-offer', booking: before }
  if (!request.isAsShown(before, planned)) return { ok: false, reason: 'changed', booking: before }
  if (planned.hindrances.length > 0) return { ok: false, reason: 'taken', booking: before }
  const what = differenceOf(before, planned)
  const written = await changeBooking(tx, before, planned.to, what, author, shop.now)
  if (!written.ok) return { ok: false, reason: written.reason, booking: before }
  return { ok: true, before, booking: await getBooking(tx, customerId, before.id), again: false }
}

function isSo({ lines, staffId }: Booking, wanted: WantedChange): boolean {
  const sameService =
    wanted.serviceId === null || (lines.length === 1 && lines[0]?.serviceId === wanted.serviceId)
  return sameService && staffId === wanted.staffId
}

/** `Стрижка → Маникюр; Анна → Вера`: names only, which need no language. */
export function differenceOf(
  before: Pick<Booking, 'lines' | 'staffName'>,
  planned: Pick<PlannedChange, 'staffName'> & { to: Sold },
): string {
  const names = (lines: readonly BookingLine[]) => lines.map(({ name }) => name).join(' + ')
  const pairs = [
    [names(before.lines), names(planned.to.lines)],
    [before.staffName, planned.staffName],
  ]
  return pairs.flatMap(([was, is]) => (was === is ? [] : [`${was} → ${is}`])).join('; ')
}

/** What is to be done, as this member sells it. Where something of it has left the catalogue, all stays as it was sold. */
export async function soldBy(
  tx: Tx,
  { settings }: Shop,
  booking: Booking,
  serviceId: number | null,
  member: Candidate['member'],
): Promise<Candidate | undefined> {
  const serviceIds = serviceId === null ? booking.lines.map((line) => line.serviceId) : [serviceId]
  const services = await findServices(tx, serviceIds)
  if (staffOffering([member], ...services.map(({ id }) => id)).length === 0) return undefined
  const [first, ...others] = services
  if (first && services.length === serviceIds.length)
    return candidateFor([first, ...others], member, settings.slotStepMinutes)
  if (serviceId !== null) return undefined
  const { lines, priceMinor, currency, bufferBeforeMinutes, bufferAfterMinutes } = booking
  const minutes = Math.round((booking.endsAt - booking.startsAt) / MINUTE_MS)
  const terms = { minutes, stepMinutes: settings.slotStepMinutes, bufferBeforeMinutes, bufferAfterMinutes }
  return { member, terms, lines, priceMinor, currency }
}
