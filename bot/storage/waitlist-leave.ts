import { isSameWish, type Wish } from '../domain/waitlist.ts'
import type { Tx } from './database.ts'
import { releaseOffers } from './holds.ts'
import { endWaiting, listWaiting } from './waitlist.ts'

/**
 * Takes a customer from the waitlist, with what is offered to them. False when they did not wait any more. The caller
 * has the customer's lock, so that no offer comes in between.
 */
export async function leavePlace(
  tx: Tx,
  customerId: number,
  waitingId: number,
  now: number,
): Promise<boolean> {
  const left = await endWaiting(tx, [waitingId], now)
  if (left) await releaseOffers(tx, customerId, waitingId, now)
  return left
}

/**
 * Who has got the services on the day waits for them no longer, by whoever's hand. The caller has the customer's lock.
 */
export async function leaveSameWish(tx: Tx, customerId: number, wish: Wish, now: number): Promise<void> {
  for (const place of await listWaiting(tx, customerId, now))
    if (isSameWish(place, wish)) await leavePlace(tx, customerId, place.id, now)
}
