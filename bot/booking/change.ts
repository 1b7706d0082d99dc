import { openAround } from '../domain/availability.ts'
import { MINUTE_MS } from '../domain/time.ts'
import { changeBooking } from '../storage/booking-changes.ts'
import type { Author } from '../storage/booking-history.ts'
import type { Booking, BookingLine } from '../storage/booking-lookup.ts'
import { expireHolds, lockStaff, type Place, type Sold } from '../storage/bookings.ts'
import { findService, listStaff, staffOffering, termsOf } from '../storage/catalogue.ts'
import type { Tx } from '../storage/database.ts'
import { readWorkingHours } from '../storage/schedule.ts'
import { type Hindrances, hindrancesOf } from '../storage/visits.ts'
import { type ChangeRefusal, getBooking, lockChangeable, placeOf } from './claim.ts'
import type { Candidate, Shop } from './offer.ts'

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
  const place = placeOf(shop, sold.candidate, booking.startsAt)
  const rows = await readWorkingHours(tx, shop.workHours)
  const span = { start: place.startsAt, end: place.endsAt }
  return {
    to: {
      ...place,
      lines: sold.lines,
      priceMinor: sold.candidate.priceMinor,
      currency: sold.lines[0]?.currency ?? booking.currency,
    },
    staffName: sold.candidate.member.name,
    outsideHours: openAround(rows, place.staffId, span, shop.settings.timeZone).length === 0,
    hindrances: await hindrancesOf(tx, place.staffId, place.busy, shop.now, booking.id),
  }
}

/** Gives a booking another service or member of staff; the locks of moving, and the last word is the constraint's. */
export async function changeWhat(
  tx: Tx,
  shop: Shop,
  request: { customerId: number; bookingId: number; seen: number; wanted: WantedChange; author: Author },
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

/** The lines as this member sells them. What left the catalogue, or is several things at once, stays as it was sold. */
export async function soldBy(
  tx: Tx,
  { settings }: Shop,
  booking: Booking,
  serviceId: number | null,
  member: Candidate['member'],
): Promise<{ candidate: Candidate; lines: BookingLine[] } | undefined> {
  const wantedId = serviceId ?? booking.lines[0]?.serviceId ?? 0
  const service = await findService(tx, wantedId)
  if (serviceId !== null && !service) return undefined
  if (service && staffOffering([member], service.id).length === 0) return undefined
  if (!service || (serviceId === null && booking.lines.length > 1)) {
    const terms = {
      minutes: Math.round((booking.endsAt - booking.startsAt) / MINUTE_MS),
      stepMinutes: settings.slotStepMinutes,
      bufferBeforeMinutes: booking.bufferBeforeMinutes,
      bufferAfterMinutes: booking.bufferAfterMinutes,
    }
    return { candidate: { member, terms, priceMinor: booking.priceMinor }, lines: booking.lines }
  }
  const { terms, priceMinor } = termsOf(service, member, settings.slotStepMinutes)
  const line = {
    serviceId: service.id,
    name: service.name,
    minutes: terms.minutes,
    priceMinor,
    ...(service.priceFrom ? { priceFrom: true as const } : {}),
    currency: service.currency,
  }
  return { candidate: { member, terms, priceMinor }, lines: [line] }
}
