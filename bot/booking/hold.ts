import { totalPrice } from '../domain/money.ts'
import { MINUTE_MS } from '../domain/time.ts'
import { totalMinutes } from '../domain/visits.ts'
import type { Author } from '../storage/booking-history.ts'
import { findBooking } from '../storage/booking-lookup.ts'
import { lockCustomer } from '../storage/bookings.ts'
import type { Tx } from '../storage/database.ts'
import { findHoldById, findUnconfirmed, type Hold, writeHold } from '../storage/holds.ts'
import { type BookOutcome, type BookRequest, bookHeld } from './claim.ts'
import { judgeNew, placeOf, soldOf, type TimeRefusal, termsMark } from './judge.ts'
import type { Shop } from './offer.ts'

export interface HoldRequest extends Omit<BookRequest, 'intent' | 'author' | 'terms'> {
  expiresAt: number
  /** The place on the waitlist for which the time is offered. Left out: it is the customer's own choice. */
  waitingId?: number
}

export type HoldOutcome = { ok: true; hold: Hold } | TimeRefusal

/** Until when a time that is chosen now is kept; undefined where the business keeps none. */
export function heldUntil({ settings, now }: Pick<Shop, 'settings' | 'now'>): number | undefined {
  return settings.holdMinutes === 0 ? undefined : now + settings.holdMinutes * MINUTE_MS
}

/**
 * Keeps a time for a customer until a deadline, or says why not; the rules and locks of booking it. An own choice takes
 * the place of the one before, in the same row; an offer from the waitlist is a row of its own beside it. One
 * transaction holds the times of one customer: locks of several would come in the wrong order.
 */
export async function holdTime(tx: Tx, shop: Shop, request: HoldRequest): Promise<HoldOutcome> {
  const { customerId, startsAt, expiresAt, waitingId = null } = request
  await lockCustomer(tx, shop.clientId, customerId)
  const before = waitingId === null ? await findUnconfirmed(tx, customerId) : undefined
  const judged = await judgeNew(tx, shop, request, before)
  if (!judged.ok) return judged
  for (const candidate of judged.candidates) {
    const { lines, ...sold } = soldOf(candidate)
    const place = placeOf(shop, candidate, startsAt)
    const row = { customerId, ...place, ...sold, lines, expiresAt, waitingId }
    const written = await writeHold(tx, row, shop.now, before?.id)
    if (written.ok)
      return {
        ok: true,
        hold: { id: written.id, staffId: place.staffId, startsAt, expiresAt, lines, waitingId },
      }
  }
  return { ok: false, reason: 'taken' }
}

/**
 * Turns a hold that was offered into the booking, under the rules of today; past its deadline as well, while the time is
 * still free. Confirmed twice, it is booked once.
 */
export async function confirmHold(
  tx: Tx,
  shop: Shop,
  { customerId, holdId, author }: { customerId: number; holdId: number; author: Author },
): Promise<BookOutcome> {
  await lockCustomer(tx, shop.clientId, customerId)
  const made = await findBooking(tx, customerId, holdId)
  if (made) return { ok: true, booking: made, again: true }
  const hold = await findHoldById(tx, customerId, holdId)
  if (!hold) return { ok: false, reason: 'not-on-offer' }
  const serviceIds = hold.lines.map(({ serviceId }) => serviceId)
  const { staffId, startsAt } = hold
  // The offer was for what was said in it.
  const minutes = totalMinutes(hold.lines)
  const { currency = '' } = hold.lines[0] ?? {}
  const { priceMinor } = totalPrice(hold.lines)
  const terms = termsMark(minutes, { lines: hold.lines, priceMinor, currency })
  const request = { customerId, serviceIds, staffId, startsAt, intent: `hold:${holdId}`, author, terms }
  return bookHeld(tx, shop, request, hold)
}
