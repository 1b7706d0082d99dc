import { ACTIVE_STATUSES, type BookingStatus } from '../domain/policy.ts'
import type { Tx } from './database.ts'
import { IS_BOOKING } from './holds.ts'

/** One thing that was sold. Later changes of the catalogue never change it. */
export interface BookingLine {
  serviceId: number
  name: string
  minutes: number
  priceMinor: number | null
  /** It was said that this is the least that it costs. */
  priceFrom?: true
  currency: string
}

export interface Booking {
  id: number
  customerId: number
  staffId: number
  staffName: string
  status: BookingStatus
  startsAt: number
  endsAt: number
  /** Kept free before the start and after the end, in minutes. */
  bufferBeforeMinutes: number
  bufferAfterMinutes: number
  lines: BookingLine[]
  priceMinor: number | null
  currency: string
  createdAt: number
}

/** The columns of a booking `b` with its member of staff `s`, for asBooking. */
export const BOOKING_COLUMNS = `
  b.id, b.customer_id, b.staff_id, s.name as staff_name, b.status, b.starts_at, b.ends_at,
  round(extract(epoch from b.starts_at - lower(b.busy)) / 60)::int as buffer_before,
  round(extract(epoch from upper(b.busy) - b.ends_at) / 60)::int as buffer_after,
  b.lines, b.price_minor, b.currency, b.created_at`

export interface BookingRow extends Record<string, unknown> {
  id: number
  customer_id: number
  staff_id: number
  staff_name: string
  status: BookingStatus
  starts_at: Date
  ends_at: Date
  buffer_before: number | null
  buffer_after: number | null
  lines: BookingLine[]
  price_minor: number | null
  currency: string
  created_at: Date
}

/** Has anybody ever booked here, or been booked? */
export async function hasBookings(tx: Tx): Promise<boolean> {
  const { rows } = await tx.query(`select from bookings b where ${IS_BOOKING} limit 1`)
  return rows.length > 0
}

/** A booking of this customer; undefined for anybody else's, so that a forged button learns nothing. */
export function findBooking(tx: Tx, customerId: number, bookingId: number): Promise<Booking | undefined> {
  return findOwn(tx, customerId, 'id', bookingId)
}

export function findBookingByIntent(
  tx: Tx,
  customerId: number,
  intent: string,
): Promise<Booking | undefined> {
  return findOwn(tx, customerId, 'intent', intent)
}

async function findOwn(
  tx: Tx,
  customerId: number,
  key: 'id' | 'intent',
  value: number | string,
): Promise<Booking | undefined> {
  const { rows } = await tx.query<BookingRow>(
    `select ${BOOKING_COLUMNS}
       from bookings b
       join staff s on s.id = b.staff_id
      where b.${key} = $1
        and b.customer_id = $2
        and ${IS_BOOKING}`,
    [value, customerId],
  )
  return rows[0] && asBooking(rows[0])
}

/** The customer's active bookings that are still to come, soonest first. */
export async function listUpcoming(tx: Tx, customerId: number, now: number): Promise<Booking[]> {
  const { rows } = await tx.query<BookingRow>(
    `select ${BOOKING_COLUMNS}
       from bookings b
       join staff s on s.id = b.staff_id
      where b.customer_id = $1
        and b.starts_at > $2
        and b.status = any($3::text[])
      order by b.starts_at, b.id
      limit 50`,
    [customerId, new Date(now), ACTIVE_STATUSES],
  )
  return rows.map(asBooking)
}

/** Past and cancelled bookings, newest first, one page. `hasMore`: there is another page. */
export async function listPast(
  tx: Tx,
  customerId: number,
  now: number,
  page: { offset: number; size: number },
): Promise<{ bookings: Booking[]; hasMore: boolean }> {
  const { rows } = await tx.query<BookingRow>(
    `select ${BOOKING_COLUMNS}
       from bookings b
       join staff s on s.id = b.staff_id
      where b.customer_id = $1
        and ${IS_BOOKING}
        and (b.starts_at <= $2 or b.status in ('cancelled', 'expired'))
      order by b.starts_at desc, b.id desc
      limit $3 offset $4`,
    [customerId, new Date(now), page.size + 1, page.offset],
  )
  return { bookings: rows.slice(0, page.size).map(asBooking), hasMore: rows.length > page.size }
}

export function asBooking(row: BookingRow): Booking {
  return {
    id: row.id,
    customerId: row.customer_id,
    staffId: row.staff_id,
    staffName: row.staff_name,
    status: row.status,
    startsAt: row.starts_at.getTime(),
    endsAt: row.ends_at.getTime(),
    bufferBeforeMinutes: row.buffer_before ?? 0,
    bufferAfterMinutes: row.buffer_after ?? 0,
    lines: row.lines,
    priceMinor: row.price_minor,
    currency: row.currency,
    createdAt: row.created_at.getTime(),
  }
}
