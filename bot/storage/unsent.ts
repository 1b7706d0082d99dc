import type { Tx } from './database.ts'

/** Messages that come without being asked for: answers and notices to admins are none. */
const UNASKED = ['reminder', 'feedback', 'waitlist-offer', 'broadcast']

/** What the bot was still about to write to these customers of its own accord is not sent. */
export async function dropUnasked(tx: Tx, clientId: string, customerIds: readonly number[]): Promise<void> {
  await tx.query(
    `delete from fleet.outbox o
      using users u
      where u.id = any($2::bigint[])
        and o.client_id = $1
        and o.chat_id = u.telegram_id
        and o.kind = any($3::text[])
        and o.state = 'queued'`,
    [clientId, customerIds, UNASKED],
  )
}

/** The key under which the offer of a held time is sent once. */
export function offerKey(holdId: number): string {
  return `waitlist:${holdId}`
}

/**
 * Offers that have waited for Telegram until their time was not kept any more. They are not sent, and count as never
 * made: whoever has not read of a time may be offered it again.
 */
export async function forgetStaleOffers(tx: Tx, clientId: string, now: number): Promise<void> {
  await tx.query(
    `with unread as (
       delete from fleet.outbox o
        where o.client_id = $1
          and o.kind = 'waitlist-offer'
          and o.state = 'queued'
          and not exists (
                select from bookings b
                 where b.status = 'hold'
                   and b.hold_expires_at > $2
                   and o.dedupe_key = 'waitlist:' || b.id)
       returning o.dedupe_key
     )
     update bookings b
        set waiting_id = null
       from unread
      where b.waiting_id is not null
        and b.status in ('hold', 'expired')
        and unread.dedupe_key = 'waitlist:' || b.id`,
    [clientId, new Date(now)],
  )
}

/** The key under which a reminder is sent once; it says of which booking, and of which start. */
export function reminderKey(booking: { id: number; startsAt: number }, hours: number): string {
  return `reminder:${booking.id}:${booking.startsAt}:${hours}`
}

/**
 * Reminders that have waited for Telegram until they were no longer true: the booking was cancelled or moved, or has
 * begun. They are not sent.
 */
export async function dropStaleReminders(tx: Tx, clientId: string, now: number): Promise<void> {
  await tx.query(
    `delete from fleet.outbox o
      where o.client_id = $1
        and o.kind = 'reminder'
        and o.state = 'queued'
        and not exists (
              select from bookings b
               where b.starts_at > $2
                 and b.status in ('booked', 'confirmed')
                 and o.dedupe_key like 'reminder:' || b.id || ':' || (extract(epoch from b.starts_at) * 1000)::bigint || ':%')`,
    [clientId, new Date(now)],
  )
}
