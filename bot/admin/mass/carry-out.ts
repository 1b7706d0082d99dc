import type { Shop } from '../../booking/offer.ts'
import { type MassTask, orderOfWrites } from '../../domain/mass.ts'
import { wasDoneTo } from '../../storage/admin-actions.ts'
import { changeBooking, moveBooking } from '../../storage/booking-changes.ts'
import type { Author } from '../../storage/booking-history.ts'
import { cancelBooking, lockCustomers, lockStaff } from '../../storage/bookings.ts'
import { savepoint, type Tx } from '../../storage/database.ts'
import { expireHolds } from '../../storage/holds.ts'
import { type MassPlan, type Planned, planMass, sealOfPlan, wishOf } from './plan.ts'

export interface MassRequest {
  task: MassTask
  /** The seal of the plan that the admin was shown. */
  seen: string
  reason: string
  /** What the audit log calls this decision: a second tap finds it there. */
  target: string
  author: Author
}

export type MassOutcome =
  | { kind: 'done'; plan: MassPlan }
  /** Not what the admin was shown any more: nothing has been done. */
  | { kind: 'changed' }
  | { kind: 'done-before' }

/** Nobody taps a button twice with more time between. */
const SECOND_TAP_MS = 2 * 24 * 3_600_000

/**
 * Does what was shown, all of it, or nothing. Runs in the caller's transaction, which writes the decision into the audit
 * log. Locks, in the order of all writers of bookings: the customers, then the members of staff; only then is it known
 * whether anything has changed since.
 */
export async function carryOut(tx: Tx, shop: Shop, request: MassRequest): Promise<MassOutcome> {
  const { task, seen, target } = request
  if (await wasCarriedOut(tx, target, shop.now)) return { kind: 'done-before' }
  const expected = await planMass(tx, shop, task)
  if (sealOfPlan(expected) !== seen) return { kind: 'changed' }
  const bookings = expected.entries.map(({ booking }) => booking)
  const staffIds = [...new Set(bookings.map(({ staffId }) => staffId))]
  await lockCustomers(
    tx,
    shop.clientId,
    bookings.map(({ customerId }) => customerId),
  )
  await lockStaff(tx, shop.clientId, staffIds)
  if (await wasCarriedOut(tx, target, shop.now)) return { kind: 'done-before' }
  await expireHolds(tx, staffIds, shop.now)
  const plan = await planMass(tx, shop, task)
  if (sealOfPlan(plan) !== seen) return { kind: 'changed' }
  try {
    await savepoint(tx, () => writePlan(tx, shop.now, plan, request))
  } catch (error) {
    if (!(error instanceof BrokenPlan)) throw error
    return { kind: 'changed' }
  }
  return { kind: 'done', plan }
}

/** Has this decision been carried out already? */
export function wasCarriedOut(tx: Tx, target: string, now: number): Promise<boolean> {
  return wasDoneTo(tx, target, now - SECOND_TAP_MS)
}

/** A booking is not any more what it was read as: a job that takes no locks has marked it. */
class BrokenPlan extends Error {}

async function writePlan(
  tx: Tx,
  now: number,
  { entries }: MassPlan,
  { task, reason, author }: MassRequest,
): Promise<void> {
  for (const { booking, fate } of inOrder(entries)) {
    if (fate.kind === 'stays') continue
    const isWritten =
      fate.kind === 'ends'
        ? await cancelBooking(tx, booking.id, author, now, reason)
        : task.kind === 'shift'
          ? // Who waits for approval goes on waiting: nobody has looked at each of them.
            (await moveBooking(tx, booking, { ...fate.to, status: booking.status }, author, now)).ok
          : (await changeBooking(tx, booking, fate.to, fate.what, author, now)).ok
    if (!isWritten) throw new BrokenPlan(`booking ${booking.id}`)
  }
}

/** New places in an order in which each is free when it is written; what ends needs no place. */
function inOrder(entries: readonly Planned[]): Planned[] {
  const moves = entries.flatMap((entry) => wishOf(entry).map((wish) => ({ ...wish, entry })))
  return [
    ...entries.filter(({ fate }) => fate.kind === 'ends'),
    ...orderOfWrites(moves).map(({ entry }) => entry),
  ]
}
