import { asBooking, BOOKING_COLUMNS, type Booking, type BookingRow } from './booking-lookup.ts'
import type { Tx } from './database.ts'
import { asVisitCustomer, CUSTOMER_COLUMNS, type CustomerRow, type VisitCustomer } from './visit-customer.ts'

/** A booking that waits for an admin's approval. */
export interface Request extends Booking {
  customer: VisitCustomer
  /** When its customer asked for this time. */
  askedAt: number
}

/** Without a lower end each look would read the whole past. */
const FORGOTTEN_MS = 62 * 86_400_000

/** Requests whose visits would begin until an instant, soonest first. */
export async function listRequests(tx: Tx, until: number): Promise<Request[]> {
  const { rows } = await tx.query<BookingRow & CustomerRow & { asked_at: Date }>(
    `select ${BOOKING_COLUMNS}, ${CUSTOMER_COLUMNS}, coalesce(b.timed_at, b.created_at) as asked_at
       from bookings b
       join staff s on s.id = b.staff_id
       join users u on u.id = b.customer_id
      where b.status = 'pending'
        and b.starts_at > $1
        and b.starts_at <= $2
      order by b.starts_at, b.id
      limit 100`,
    [new Date(until - FORGOTTEN_MS), new Date(until)],
  )
  return rows.map((row) => ({
    ...asBooking(row),
    customer: asVisitCustomer(row),
    askedAt: row.asked_at.getTime(),
  }))
}
