import { shortHash } from '../../dialogue/short-hash.ts'
import type { Interval } from '../../domain/time.ts'
import { findSameBlock, insertBlock } from '../../storage/blocks.ts'
import type { Author } from '../../storage/booking-history.ts'
import { cancelBooking, lockCustomers, lockStaff } from '../../storage/bookings.ts'
import { listStaffIds } from '../../storage/catalogue.ts'
import { type ComingBooking, listComing } from '../../storage/coming.ts'
import type { Tx } from '../../storage/database.ts'
import { releaseHoldsWithin } from '../../storage/holds.ts'

/** What is to be closed: time of one member of staff, or of everybody (`staffId` null). */
export interface Closing extends Interval {
  staffId: number | null
}

export type CloseOutcome =
  | { kind: 'closed'; blockId: number; cancelled: ComingBooking[]; kept: ComingBooking[] }
  /** Not the bookings that the admin was shown: nothing has been done. */
  | { kind: 'changed' }

/** Bookings that a block would hit. What has begun is left alone: its customer is there. */
export function listHit(tx: Tx, closing: Closing, now: number): Promise<ComingBooking[]> {
  return listComing(tx, now, { staffId: closing.staffId, span: closing })
}

/** Short for a list of bookings with their times, to see whether it is still the one that was shown. */
export function sealOf(bookings: readonly ComingBooking[]): string {
  return shortHash(bookings.map(({ id, startsAt, endsAt }) => `${id}@${startsAt}-${endsAt}`).join())
}

/**
 * Closes time and cancels what it hits, or keeps it, as the admin decided on what was shown. Runs in the caller's
 * transaction. Locks, in the order of all writers of bookings: the customers whom it would hit, then all members of
 * staff concerned; only then is it known whether anything has changed since.
 */
export async function closeTime(
  tx: Tx,
  { clientId, now }: { clientId: string; now: number },
  request: { closing: Closing; bookings: 'cancel' | 'keep'; seen: string; reason: string; author: Author },
): Promise<CloseOutcome> {
  const { closing, seen, reason, author } = request
  const expected = await listHit(tx, closing, now)
  if (sealOf(expected) !== seen) return { kind: 'changed' }
  await lockCustomers(
    tx,
    clientId,
    expected.map(({ customerId }) => customerId),
  )
  const staffIds = closing.staffId === null ? await listStaffIds(tx) : [closing.staffId]
  await lockStaff(tx, clientId, staffIds)
  const hit = await listHit(tx, closing, now)
  if (sealOf(hit) !== seen) return { kind: 'changed' }
  // Whoever is just confirming a time in there learns that it is gone, and which ones are free.
  await releaseHoldsWithin(tx, staffIds, closing, now)
  const same = await findSameBlock(tx, closing)
  const blockId =
    same?.id ?? (await insertBlock(tx, { ...closing, reason, createdBy: author.telegramId ?? 0 }, now))
  const closed = { kind: 'closed' as const, blockId }
  if (request.bookings === 'keep') return { ...closed, cancelled: [], kept: hit }
  for (const booking of hit) {
    const cancelled = await cancelBooking(tx, booking.id, author, now, reason)
    if (!cancelled) throw new Error(`booking ${booking.id} was changed by somebody who holds no lock`)
  }
  return { ...closed, cancelled: hit, kept: [] }
}
