import { ACTIVE_STATUSES } from '../domain/policy.ts'
import type { Interval } from '../domain/time.ts'
import { VISIT_STATUSES } from '../domain/visits.ts'
import { asBooking, BOOKING_COLUMNS, type Booking, type BookingRow } from './booking-lookup.ts'
import type { Tx } from './database.ts'
import { asVisitCustomer, CUSTOMER_COLUMNS, type CustomerRow, type VisitCustomer } from './visit-customer.ts'

/** A booking with whom to tell about it; where nothing else is said, it is still to come. */
export interface ComingBooking extends Booking {
  customer: VisitCustomer
}

export type ComingRow = BookingRow & CustomerRow

/** What `asComing` reads, of the tables in `COMING_FROM`: bookings `b`, their members of staff `s` and customers `u`. */
export const COMING_COLUMNS = `${BOOKING_COLUMNS}, ${CUSTOMER_COLUMNS}`
export const COMING_FROM = `bookings b
       join staff s on s.id = b.staff_id
       join users u on u.id = b.customer_id`

export function asComing(row: ComingRow): ComingBooking {
  return { ...asBooking(row), customer: asVisitCustomer(row) }
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
  const { rows } = await tx.query<ComingRow>(
    `select ${COMING_COLUMNS}
       from ${COMING_FROM}
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
  return rows.map(asComing)
}

/** What starts within a span, soonest first, at most `limit`: also what has begun, and whose end somebody has marked. */
export async function listStarting(
  tx: Tx,
  span: Interval,
  staffId: number | null,
  limit: number,
): Promise<ComingBooking[]> {
  const { rows } = await tx.query<ComingRow>(
    `select ${COMING_COLUMNS}
       from ${COMING_FROM}
      where b.starts_at >= $1
        and b.starts_at < $2
        and b.status = any($3::text[])
        and ($4::bigint is null or b.staff_id = $4)
      order by b.starts_at, b.id
      limit $5`,
    [new Date(span.start), new Date(span.end), VISIT_STATUSES, staffId, limit],
  )
  return rows.map(asComing)
}
