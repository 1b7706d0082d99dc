import type { StartRefusal } from '../domain/availability.ts'
import { adminMayChange, type BookingChange, mayChange, statusAfterMove } from '../domain/policy.ts'
import { moveBooking } from '../storage/booking-changes.ts'
import type { Author } from '../storage/booking-history.ts'
import { type Booking, findBooking, findBookingByIntent } from '../storage/booking-lookup.ts'
import { findBookingRule } from '../storage/booking-rules.ts'
import { cancelBooking, insertBooking, lockCustomer, lockStaff } from '../storage/bookings.ts'
import type { Tx } from '../storage/database.ts'
import { findUnconfirmed, type Hold } from '../storage/holds.ts'
import {
  giveUpHolds,
  judge,
  judgeNew,
  placeOf,
  soldOf,
  type TimeRefusal,
  type TimeRequest,
  termsMark,
} from './judge.ts'
import { openMoveOffer, policyOf, type Shop } from './offer.ts'

export interface BookRequest extends TimeRequest {
  /** One per confirmation shown; used again, it gives back the booking that it made. */
  intent: string
  author: Author
  /** The terms that whoever decided was shown (termsMark): on others nothing is booked. */
  terms?: string | undefined
}

export type BookOutcome =
  | { ok: true; booking: Booking; again: boolean }
  | TimeRefusal
  | { ok: false; reason: 'terms-changed' }

const CHANGE_REFUSALS = ['not-yours', 'not-active', 'already-started', 'deadline-passed', 'changed'] as const
export type ChangeRefusal = (typeof CHANGE_REFUSALS)[number]

/** Refused because of the booking itself, and not of the time it was to get. */
export function isChangeRefusal(reason: string): reason is ChangeRefusal {
  return (CHANGE_REFUSALS as readonly string[]).includes(reason)
}

export type MoveOutcome =
  | { ok: true; booking: Booking; old: { startsAt: number; staffId: number }; again: boolean }
  | { ok: false; reason: ChangeRefusal | StartRefusal; booking?: Booking }

export type CancelOutcome =
  | { ok: true; booking: Booking }
  | { ok: false; reason: ChangeRefusal; booking?: Booking }

/**
 * Books a time, or says why not. Runs in the caller's transaction. Locks: the customer (so that parallel
 * confirmations cannot exceed the limit), then staff ascending; only then are the facts read and judged. The
 * constraint of the database has the last word. What the customer holds becomes the booking; they may confirm another
 * time than that, or without any hold, for all is judged again.
 */
export async function bookTime(tx: Tx, shop: Shop, request: BookRequest): Promise<BookOutcome> {
  const { customerId, intent } = request
  await lockCustomer(tx, shop.clientId, customerId)
  const made = await findBookingByIntent(tx, customerId, intent)
  if (made) return { ok: true, booking: made, again: true }
  // A customer's own choice is not the business's to use up.
  const held = shop.admin ? undefined : await findUnconfirmed(tx, customerId)
  return bookHeld(tx, shop, request, held)
}

/** The same for whoever has the customer's lock already; `held` is the row that becomes the booking. */
export async function bookHeld(
  tx: Tx,
  shop: Shop,
  request: BookRequest,
  held: Hold | undefined,
): Promise<BookOutcome> {
  const { customerId, startsAt, intent } = request
  const judged = await judgeNew(tx, shop, request, held)
  if (!judged.ok) return judged
  const { terms } = request
  const agreed = judged.candidates.filter(
    (one) => terms === undefined || termsMark(one.terms.minutes, one) === terms,
  )
  if (agreed.length === 0) return { ok: false, reason: 'terms-changed' }
  for (const candidate of agreed) {
    const place = placeOf(shop, candidate, startsAt)
    const written = await insertBooking(
      tx,
      {
        customerId,
        ...place,
        ...soldOf(candidate),
        intent,
        source: shop.admin ? 'admin' : 'bot',
        status: judged.status,
        waitingId: held?.waitingId ?? null,
      },
      request.author,
      shop.now,
      held?.id,
    )
    if (written.ok) return { ok: true, booking: await getBooking(tx, customerId, written.id), again: false }
    // Intents carry the customer's id, whose lock is held: one that is used and not found is not this customer's.
    if (written.reason === 'intent-used') return { ok: false, reason: 'not-on-offer' }
  }
  return { ok: false, reason: 'taken' }
}

/**
 * Moves a customer's booking; the same rules and locks as for booking, and the customer's deadline for changes. `seen`:
 * the start that was shown to whoever decided, for somebody may have moved the booking since.
 */
export async function moveTime(
  tx: Tx,
  shop: Shop,
  request: { customerId: number; bookingId: number; startsAt: number; seen?: number; author: Author },
): Promise<MoveOutcome> {
  const { seen, ...rest } = request
  const { customerId, startsAt } = request
  // Where it is wanted already, whatever was shown: a second tap of the same button.
  const found = await lockChangeable(tx, shop, 'move', rest)
  if (!found.ok) return found
  const { booking } = found
  if (booking.startsAt === startsAt) return { ok: true, booking, old: booking, again: true }
  if (seen !== undefined && booking.startsAt !== seen) return { ok: false, reason: 'changed', booking }
  const offer = await openMoveOffer(tx, shop, booking)
  const own = shop.admin ? offer : { ...offer, customerId }
  const judged = await judge(tx, shop, own, startsAt, booking.staffId)
  if (!judged.ok) return { ...judged, booking }
  if (!shop.admin) await giveUpHolds(tx, shop, customerId, judged.candidates, startsAt)
  const rule = await findBookingRule(tx, customerId)
  const status = statusAfterMove(booking.status, rule, shop.admin ? 'admin' : 'customer')
  for (const candidate of judged.candidates) {
    const to = { ...placeOf(shop, candidate, startsAt), status }
    const moved = await moveBooking(tx, booking, to, request.author, shop.now)
    if (moved.ok) {
      const after = await getBooking(tx, customerId, booking.id)
      return { ok: true, booking: after, old: booking, again: false }
    }
    if (moved.reason === 'not-active') return { ok: false, reason: 'not-active', booking }
  }
  return { ok: false, reason: 'taken', booking }
}

/** Cancels a customer's booking while it may be changed. `seen` as for moving. */
export async function cancelTime(
  tx: Tx,
  shop: Shop,
  request: { customerId: number; bookingId: number; seen?: number; reason?: string; author: Author },
): Promise<CancelOutcome> {
  const found = await lockChangeable(tx, shop, 'cancel', request)
  if (!found.ok) return found
  await lockStaff(tx, shop.clientId, [found.booking.staffId])
  const cancelled = await cancelBooking(tx, request.bookingId, request.author, shop.now, request.reason)
  return cancelled ? found : { ok: false, reason: 'not-active', booking: found.booking }
}

/** The booking, if whoever asks may change it now; read under its customer's lock, which is held from then on. */
export async function lockChangeable(
  tx: Tx,
  shop: Shop,
  change: BookingChange,
  { customerId, bookingId, seen }: { customerId: number; bookingId: number; seen?: number },
): Promise<CancelOutcome> {
  await lockCustomer(tx, shop.clientId, customerId)
  const booking = await findBooking(tx, customerId, bookingId)
  if (!booking) return { ok: false, reason: 'not-yours' }
  const allowed = shop.admin
    ? adminMayChange(booking)
    : mayChange(booking, change, policyOf(shop.settings), shop.now)
  if (!allowed.ok) return { ...allowed, booking }
  if (seen !== undefined && booking.startsAt !== seen) return { ok: false, reason: 'changed', booking }
  return { ok: true, booking }
}

export async function getBooking(tx: Tx, customerId: number, bookingId: number): Promise<Booking> {
  const booking = await findBooking(tx, customerId, bookingId)
  if (!booking) throw new Error(`booking ${bookingId} is gone within its own transaction`)
  return booking
}
