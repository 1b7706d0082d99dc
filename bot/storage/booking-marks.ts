import type { Tx } from './database.ts'

/**
 * Notes that the admins were told of a change that came too late. True the first time for a booking and its present
 * start, so that a customer who taps on does not tell them again; a move resets it with the reminders.
 */
export async function markLateChangeTold(tx: Tx, bookingId: number, now: number): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update bookings
        set reminders_sent = reminders_sent || jsonb_build_object('lateChangeTold', $2::text)
      where id = $1
        and not reminders_sent ? 'lateChangeTold'`,
    [bookingId, new Date(now).toISOString()],
  )
  return rowCount > 0
}

/**
 * How often a booking has become another one for a calendar (moved, changed, cancelled, agreed to, given up): the number of
 * a calendar file's version.
 */
export async function countChanges(tx: Tx, bookingId: number): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    `select count(*) as count
       from booking_history
      where booking_id = $1
        and (action in ('rescheduled', 'changed', 'cancelled')
             or (action = 'status' and new_status in ('booked', 'expired')))`,
    [bookingId],
  )
  return rows[0]?.count ?? 0
}

/** Keeps why a customer has cancelled an own booking, once. */
export async function saveCancelReason(
  tx: Tx,
  cancelled: { bookingId: number; customerId: number; reason: string },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update bookings
        set cancel_reason = $3
      where id = $1
        and customer_id = $2
        and status = 'cancelled'
        and cancelled_by = 'customer'
        and cancel_reason is null`,
    [cancelled.bookingId, cancelled.customerId, cancelled.reason],
  )
  return rowCount === 1
}
