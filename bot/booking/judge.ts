import { shortHash } from '../dialogue/short-hash.ts'
import { busyRange, checkStart, type StartRefusal } from '../domain/availability.ts'
import { totalPrice } from '../domain/money.ts'
import { type BookDecision, type FirstStatus, mayBook, rankStaff } from '../domain/policy.ts'
import { dayBounds, localDate, localTime, MINUTE_MS } from '../domain/time.ts'
import type { Place, Sold } from '../storage/booking-rows.ts'
import { readStanding } from '../storage/booking-rules.ts'
import { countByStaff, lockStaff } from '../storage/bookings.ts'
import { listStaff } from '../storage/catalogue.ts'
import type { Tx } from '../storage/database.ts'
import { expireHolds, type Hold, releaseHoldsOf } from '../storage/holds.ts'
import { type Candidate, type Offer, openServiceOffer, policyOf, readQuery, type Shop } from './offer.ts'

/** A time that somebody wants for a new booking. */
export interface TimeRequest {
  customerId: number
  /** In the order of the visit. */
  serviceIds: readonly number[]
  /** Null: anyone who gives all of them. */
  staffId: number | null
  startsAt: number
}

/** Why a time cannot be booked, or held. */
export type TimeRefusal =
  | Exclude<BookDecision, { ok: true }>
  | { ok: false; reason: 'not-on-offer' | StartRefusal }

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
  { customerId, serviceIds, staffId, startsAt }: TimeRequest,
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
  await giveUpHolds(tx, shop, customerId, judged.candidates, startsAt)
  const isHeld = ({ member }: Candidate) => held?.startsAt === startsAt && held.staffId === member.id
  return {
    ok: true,
    status,
    candidates: judged.candidates.toSorted((a, b) => Number(isHeld(b)) - Number(isHeld(a))),
  }
}

/** What a customer holds, or is offered, where they want something else now, is not in their own way. */
export async function giveUpHolds(
  tx: Tx,
  shop: Shop,
  customerId: number,
  candidates: readonly Candidate[],
  startsAt: number,
): Promise<void> {
  for (const candidate of candidates)
    await releaseHoldsOf(tx, customerId, shop.now, placeOf(shop, candidate, startsAt))
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

/**
 * What a customer agrees to beside the time, in four signs: how long it takes, and what it costs. A summary knows by them
 * whether it is still so.
 */
export function termsMark(minutes: number, { lines, priceMinor, currency }: Sold): string {
  const { priceFrom } = totalPrice(lines)
  return shortHash(JSON.stringify([minutes, priceMinor, priceFrom, currency])).slice(0, 4)
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
