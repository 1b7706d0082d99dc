import { ACTIVE_STATUSES, type FirstStatus } from '../domain/policy.ts'
import type { Interval } from '../domain/time.ts'
import { type Author, writeHistory } from './booking-history.ts'
import { type TakingRow, type WriteRefusal, writeTaking } from './booking-rows.ts'
import type { Tx } from './database.ts'
import { leaveSameWish } from './waitlist-leave.ts'

/** A booking that is to be written: what takes the time, and by which confirmation. */
export type NewBooking = Omit<TakingRow, 'status' | 'holdExpiresAt' | 'waitingId'> & {
  intent: string
  status: FirstStatus
  waitingId?: number | null
}

/**
 * Takes the locks that every writer of bookings takes first, in this order: the customer (for the limit of upcoming
 * bookings), then members of staff in ascending order. The exclusion constraint alone is correct, but among rivals it
 * deadlocks; the locks make them wait in line. They end with the transaction.
 */
export async function lockCustomer(tx: Tx, clientId: string, customerId: number): Promise<void> {
  await lockCustomers(tx, clientId, [customerId])
}

/** For who writes bookings of several customers at once: in ascending order, in one call, before any lock of staff. */
export async function lockCustomers(tx: Tx, clientId: string, customerIds: readonly number[]): Promise<void> {
  await takeLocks(tx, `${clientId}:customer`, customerIds)
}

/** See lockCustomer. Never call it twice in one transaction with other members of staff: order is what prevents deadlocks. */
export async function lockStaff(tx: Tx, clientId: string, staffIds: readonly number[]): Promise<void> {
  await takeLocks(tx, `${clientId}:staff`, staffIds)
}

async function takeLocks(tx: Tx, of: string, ids: readonly number[]): Promise<void> {
  const keys = [...new Set(ids)].toSorted((a, b) => a - b).map((id) => `${of}:${id}`)
  await tx.query(
    `select pg_advisory_xact_lock(hashtextextended(key, 0))
       from unnest($1::text[]) with ordinality as keys (key, position)
      order by position`,
    [keys],
  )
}

/** Bookings that count against the limit of a customer; what they merely hold does not. */
export async function countUpcoming(tx: Tx, customerId: number, now: number): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    `select count(*) as count
       from bookings
      where customer_id = $1
        and starts_at > $2
        and status = any($3::text[])`,
    [customerId, new Date(now), ACTIVE_STATUSES],
  )
  return rows[0]?.count ?? 0
}

/** Active bookings of each member of staff that start within a span: the load by which "anyone" is chosen. */
export async function countByStaff(
  tx: Tx,
  staffIds: readonly number[],
  span: Interval,
): Promise<Map<number, number>> {
  const { rows } = await tx.query<{ staff_id: number; count: number }>(
    `select staff_id, count(*) as count
       from bookings
      where staff_id = any($1::bigint[])
        and starts_at >= $2
        and starts_at < $3
        and status = any($4::text[])
      group by staff_id`,
    [staffIds, new Date(span.start), new Date(span.end), ACTIVE_STATUSES],
  )
  return new Map(rows.map((row) => [row.staff_id, row.count]))
}

/**
 * Writes a booking and the first line of its history: a new row, or the one that was held for it until now. Its customer
 * waits for the same no longer. The caller holds the locks (see writeTaking).
 */
export async function insertBooking(
  tx: Tx,
  booking: NewBooking,
  author: Author,
  now: number,
  holdId?: number,
): Promise<{ ok: true; id: number } | { ok: false; reason: WriteRefusal }> {
  const written = await writeTaking(tx, { waitingId: null, ...booking, holdExpiresAt: null }, now, holdId)
  if (!written.ok) return written
  await writeHistory(tx, {
    bookingId: written.id,
    action: 'created',
    author,
    now,
    newStatus: booking.status,
    newStartsAt: booking.startsAt,
  })
  await leaveSameWish(tx, booking.customerId, booking, now)
  return written
}

/**
 * Cancels an active booking, perhaps for a reason; its row stays. The reason is at the booking alone, where it can be
 * erased with its customer's data. False when it was not active any more.
 */
export async function cancelBooking(
  tx: Tx,
  bookingId: number,
  author: Author,
  now: number,
  reason?: string,
): Promise<boolean> {
  const { rows } = await tx.query<{ old_status: string }>(
    `update bookings b
        set status = 'cancelled', cancelled_by = $2, cancel_reason = $5, updated_at = $3
       from (select id, status as old_status from bookings where id = $1 for update) before
      where b.id = before.id
        and before.old_status = any($4::text[])
     returning before.old_status`,
    [bookingId, author.actor, new Date(now), ACTIVE_STATUSES, reason || null],
  )
  const row = rows[0]
  if (!row) return false
  await writeHistory(tx, {
    bookingId,
    action: 'cancelled',
    author,
    now,
    oldStatus: row.old_status,
    newStatus: 'cancelled',
  })
  return true
}
