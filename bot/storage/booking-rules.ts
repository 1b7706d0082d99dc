import { ACTIVE_STATUSES, type BookingRule } from '../domain/policy.ts'
import type { Tx } from './database.ts'

/** What the business has decided about a customer's bookings. */
export async function findBookingRule(tx: Tx, customerId: number): Promise<BookingRule> {
  const { rows } = await tx.query<{ booking_rule: BookingRule }>(
    'select booking_rule from users where id = $1',
    [customerId],
  )
  return rows[0]?.booking_rule ?? null
}

/** All that a customer's next booking is judged by, in one question: it is asked under locks that others wait for. */
export async function readStanding(
  tx: Tx,
  customerId: number,
  now: number,
): Promise<{ upcoming: number; rule: BookingRule }> {
  const { rows } = await tx.query<{ upcoming: number; rule: BookingRule }>(
    `select u.booking_rule as rule,
            (select count(*)
               from bookings b
              where b.customer_id = u.id
                and b.starts_at > $2
                and b.status = any($3::text[])) as upcoming
       from users u
      where u.id = $1`,
    [customerId, new Date(now), ACTIVE_STATUSES],
  )
  return rows[0] ?? { upcoming: 0, rule: null }
}

export async function setBookingRule(tx: Tx, customerId: number, rule: BookingRule): Promise<void> {
  await tx.query('update users set booking_rule = $2 where id = $1', [customerId, rule])
}
