import type { BookingRule } from '../domain/policy.ts'
import type { Tx } from './database.ts'

/** What the business has decided about a customer's bookings. */
export async function findBookingRule(tx: Tx, customerId: number): Promise<BookingRule> {
  const { rows } = await tx.query<{ booking_rule: BookingRule }>(
    'select booking_rule from users where id = $1',
    [customerId],
  )
  return rows[0]?.booking_rule ?? null
}

export async function setBookingRule(tx: Tx, customerId: number, rule: BookingRule): Promise<void> {
  await tx.query('update users set booking_rule = $2 where id = $1', [customerId, rule])
}
