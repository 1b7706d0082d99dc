import { ACTIVE_STATUSES } from '../domain/policy.ts'
import type { Interval } from '../domain/time.ts'
import { asBooking, BOOKING_COLUMNS, type Booking, type BookingRow } from './booking-lookup.ts'
import type { Tx } from './database.ts'
import { asVisitCustomer, CUSTOMER_COLUMNS, type CustomerRow, type VisitCustomer } from './visit-customer.ts'

/** A booking that is still to come, with whom to tell about it. */
export interface ComingBooking extends Booking {
  customer: VisitCustomer
}

/**
 * Active bookings that have not begun, soonest first; of one member of staff, or of everybody (null). With a span: those
 * whose visit itself reaches into it; a buffer that does costs nobody anything.
 */
export async function listComing(
  tx: Tx,
  now: number,
  { staffId, span }: { staffId: number | null; span?: Interval },
): Promise<ComingBooking[]> {
  const { rows } = await tx.query<BookingRow & CustomerRow>(
    `select ${BOOKING_COLUMNS}, ${CUSTOMER_COLUMNS}
       from bookings b
       join staff s on s.id = b.staff_id
       join users u on u.id = b.customer_id
      where b.starts_at > $1
        and b.status = any($2::text[])
        and ($3::bigint is null or b.staff_id = $3)
        and b.ends_at > coalesce($4, '-infinity'::timestamptz)
        and b.starts_at < coalesce($5, 'infinity'::timestamptz)
      order by b.starts_at, b.id`,
    [
      new Date(now),
      ACTIVE_STATUSES,
      staffId,
      span ? new Date(span.start) : null,
      span ? new Date(span.end) : null,
    ],
  )
  return rows.map((row) => ({ ...asBooking(row), customer: asVisitCustomer(row) }))
}
