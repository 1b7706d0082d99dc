import { busyRange, checkStart, type StartRefusal } from '../domain/availability.ts'
import {
  adminMayChange,
  type BookDecision,
  type BookingChange,
  type FirstStatus,
  mayBook,
  mayChange,
  rankStaff,
  statusAfterMove,
} from '../domain/policy.ts'
import { dayBounds, localDate, localTime, MINUTE_MS } from '../domain/time.ts'
import { moveBooking } from '../storage/booking-changes.ts'
import type { Author } from '../storage/booking-history.ts'
import { type Booking, findBooking, findBookingByIntent } from '../storage/booking-lookup.ts'
import { type Place, type Sold } from '../storage/booking-rows.ts'
import { findBookingRule, readStanding } from '../storage/booking-rules.ts'
import { cancelBooking, countByStaff, insertBooking, lockCustomer, lockStaff } from '../storage/bookings.ts'
import { listStaff } from '../storage/catalogue.ts'
import type { Tx } from '../storage/database.ts'
import { expireHolds, findUnconfirmed, type Hold, releaseHoldsOf } from '../storage/holds.ts'
import {
  type Candidate,
  type Offer,
  openMoveOffer,
  openServiceOffer,
  policyOf,
  readQuery,
  type Shop,
} from './offer.ts'

export interface BookRequest {
  customerId: number
  /** In the order of the visit. */
  serviceIds: readonly number[]
  /** Null: anyone who gives all of them. */
  staffId: number | null
  startsAt: number
  /** One per confirmation shown; used again, it gives back the booking that it made. */
  intent: string
  author: Author
}

/** Why a time cannot be booked, or held. */
export type TimeRefusal =
  | Exclude<BookDecision, { ok: true }>
  | { ok: false; reason: 'not-on-offer' | StartRefusal }

export type BookOutcome = { ok: true; booking: Booking; again: boolean } | TimeRefusal

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
  for (const candidate of judged.candidates) {
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

/** May one more booking be made for this customer, and what does it begin as? What an admin books is never in question. */
export async function mayBookNow(
  tx: Tx,
  { admin, settings, now }: Shop,
  customerId: number,
): Promise<BookDecision> {
  if (admin) return { ok: true, status: 'booked' }
  return mayBook(await readStanding(tx, customerId, now), policyOf(settings))
}

/**
 * Who can take a new booking or hold, best first: the one who holds it already before all others. What else this
 * customer holds at that time is given up. The caller has the customer's lock.
 */
export async function judgeNew(
  tx: Tx,
  shop: Shop,
  { customerId, serviceIds, staffId, startsAt }: Omit<BookRequest, 'intent' | 'author'>,
  held: Hold | undefined,
): Promise<{ ok: true; status: FirstStatus; candidates: Candidate[] } | TimeRefusal> {
  const offer = await openServiceOffer(tx, shop, serviceIds, staffId)
  if (!offer) return { ok: false, reason: 'not-on-offer' }
  const allowed = await mayBookNow(tx, shop, customerId)
  if (!allowed.ok) return allowed
  const { status } = allowed
  if (shop.admin) {
    const judged = await judge(tx, shop, offer, startsAt)
    return judged.ok ? { ...judged, status } : judged
  }
  const judged = await judge(tx, shop, { ...offer, customerId }, startsAt, held?.staffId)
  if (!judged.ok) return judged
  for (const candidate of judged.candidates)
    await releaseHoldsOf(tx, customerId, shop.now, placeOf(shop, candidate, startsAt))
  const isHeld = ({ member }: Candidate) => held?.startsAt === startsAt && held.staffId === member.id
  return {
    ok: true,
    status,
    candidates: judged.candidates.toSorted((a, b) => Number(isHeld(b)) - Number(isHeld(a))),
  }
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
  const judged = await judge(tx, shop, offer, startsAt, booking.staffId)
  if (!judged.ok) return { ...judged, booking }
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

/** Who can take this start, best first; read under the locks of all who might. */
export async function judge(
  tx: Tx,
  { clientId, now, ...shop }: Shop,
  offered: Offer,
  startsAt: number,
  alsoLock?: number,
): Promise<{ ok: true; candidates: Candidate[] } | { ok: false; reason: StartRefusal }> {
  const staffIds = offered.candidates.map(({ member }) => member.id)
  const locked = alsoLock === undefined ? staffIds : [...new Set([...staffIds, alsoLock])]
  await lockStaff(tx, clientId, locked)
  // Whoever was switched off or removed while this one waited for the locks takes no booking.
  const present = new Set((await listStaff(tx)).map(({ id }) => id))
  const offer = { ...offered, candidates: offered.candidates.filter(({ member }) => present.has(member.id)) }
  await expireHolds(tx, staffIds, now)
  const query = await readQuery(tx, { clientId, now, ...shop }, offer, { start: startsAt, end: startsAt })
  const verdicts = query.offerings.map((offering) => checkStart(query, offering, startsAt))
  const free = offer.candidates.filter((_, index) => verdicts[index]?.ok)
  if (free.length === 0) {
    const reasons = verdicts.flatMap((verdict) => (verdict.ok ? [] : [verdict.reason]))
    return { ok: false, reason: reasons.includes('taken') ? 'taken' : (reasons[0] ?? 'taken') }
  }
  const day = dayBounds(localDate(startsAt, shop.settings.timeZone), shop.settings.timeZone)
  const load = await countByStaff(tx, staffIds, day)
  const order = rankStaff(
    free.map(({ member }) => ({ staffId: member.id, bookingsThatDay: load.get(member.id) ?? 0 })),
  )
  return {
    ok: true,
    candidates: free.toSorted((a, b) => order.indexOf(a.member.id) - order.indexOf(b.member.id)),
  }
}

export function soldOf({ lines, priceMinor, currency }: Candidate): Sold {
  return { lines, priceMinor, currency }
}

export function placeOf(
  { settings: { timeZone } }: Shop,
  { member, terms }: Pick<Candidate, 'member' | 'terms'>,
  startsAt: number,
): Place {
  return {
    staffId: member.id,
    startsAt,
    endsAt: startsAt + terms.minutes * MINUTE_MS,
    busy: busyRange(startsAt, terms),
    localDate: localDate(startsAt, timeZone),
    localTime: localTime(startsAt, timeZone),
    timeZone,
  }
}

export async function getBooking(tx: Tx, customerId: number, bookingId: number): Promise<Booking> {
  const booking = await findBooking(tx, customerId, bookingId)
  if (!booking) throw new Error(`booking ${bookingId} is gone within its own transaction`)
  return booking
}
