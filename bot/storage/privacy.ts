import type { Tx } from './database.ts'
import { IS_BOOKING, releaseHoldsOf } from './holds.ts'
import { dropUnasked } from './unsent.ts'
import { endAllWaiting } from './waitlist.ts'

/** Everything that a client's tables hold about one customer, as it is given to that customer. */
export interface PersonalData {
  customer: unknown
  bookings: unknown[]
  /** Times that were kept for the customer and never confirmed. */
  holds: unknown[]
  /** Days on which the customer waits, or waited, for a free time. */
  waitlist: unknown[]
  feedback: unknown[]
}

export async function collectPersonalData(tx: Tx, customerId: number): Promise<PersonalData> {
  const one = async (sql: string) =>
    (await tx.query<{ data: unknown }>(sql, [customerId])).rows.map((row) => row.data)
  const [customer] = await one(
    `select jsonb_build_object(
              'telegramId', telegram_id, 'username', username, 'firstName', first_name, 'lastName', last_name,
              'givenName', given_name, 'phone', phone, 'language', language, 'tags', tags, 'notes', notes,
              'bookingRule', booking_rule, 'consents', consents,
              'since', created_at, 'lastSeen', last_seen_at) as data
       from users
      where id = $1`,
  )
  return {
    customer,
    bookings: await one(
      `select jsonb_build_object(
                'date', local_date, 'time', to_char(local_time, 'HH24:MI'), 'timeZone', time_zone, 'services', lines,
                'staff', (select s.name from staff s where s.id = b.staff_id), 'priceMinor', price_minor,
                'currency', currency, 'status', status, 'note', note, 'cancelReason', cancel_reason,
                'booked', created_at, 'history', (
                  select coalesce(jsonb_agg(jsonb_build_object(
                           'at', h.at, 'action', h.action, 'by', h.actor, 'from', coalesce(h.old_status, h.old_starts_at::text),
                           'to', coalesce(h.new_status, h.new_starts_at::text)) order by h.id), '[]')
                    from booking_history h
                   where h.booking_id = b.id)) as data
         from bookings b
        where customer_id = $1
          and ${IS_BOOKING}
        order by starts_at, id`,
    ),
    holds: await one(
      `select jsonb_build_object(
                'date', local_date, 'time', to_char(local_time, 'HH24:MI'), 'timeZone', time_zone, 'services', lines,
                'keptUntil', hold_expires_at) as data
         from bookings b
        where customer_id = $1
          and busy is not null
          and not (${IS_BOOKING})
        order by starts_at, id`,
    ),
    waitlist: await one(
      `select jsonb_build_object('date', local_date, 'services', lines, 'status', status, 'since', created_at) as data
         from bookings b
        where customer_id = $1
          and busy is null
        order by starts_at, id`,
    ),
    feedback: await one(
      `select jsonb_build_object('booking', booking_id, 'rating', rating, 'comment', comment, 'at', created_at) as data
         from feedback
        where customer_id = $1
        order by id`,
    ),
  }
}

/**
 * Takes everything personal out of customers' rows. What stays are visits of nobody, for the business's statistics;
 * who writes again is a new customer. The caller has made sure that nothing is booked. What the client's role may not
 * change (history, the admins' actions) holds nothing of a customer but the number of the booking.
 */
export async function erasePersonalData(
  tx: Tx,
  clientId: string,
  customerIds: readonly number[],
  now: number,
): Promise<void> {
  await dropUnasked(tx, clientId, customerIds)
  for (const customerId of customerIds) {
    await releaseHoldsOf(tx, customerId, now)
    await endAllWaiting(tx, customerId, now)
  }
  await tx.query(
    `update bookings
        set note = '', cancel_reason = null
      where customer_id = any($1::bigint[])
        and (note <> '' or cancel_reason is not null)`,
    [customerIds],
  )
  await tx.query(`update feedback set comment = '' where customer_id = any($1::bigint[]) and comment <> ''`, [
    customerIds,
  ])
  await tx.query(
    `update users
        set telegram_id = null, username = null, first_name = null, last_name = null, phone = null,
            given_name = null, booking_rule = null, tags = '{}', notes = '', consents = '{}', language_chosen = false,
            gone_at = $2
      where id = any($1::bigint[])`,
    [customerIds, new Date(now)],
  )
}
