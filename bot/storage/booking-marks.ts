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
