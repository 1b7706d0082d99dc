import { ACTIVE_STATUSES, type BookingStatus, OCCUPYING_STATUSES } from '../domain/policy.ts'
import type { Interval, IsoDate } from '../domain/time.ts'
import { UNMARKED_STATUSES, VISIT_STATUSES } from '../domain/visits.ts'
import type { BookingLine } from './booking-lookup.ts'
import type { Tx } from './database.ts'
import { IS_BOOKING } from './holds.ts'
import { asVisitCustomer, CUSTOMER_COLUMNS, type CustomerRow, type VisitCustomer } from './visit-customer.ts'

/** A booking with its customer, for the people of the business. */
export interface Visit {
  id: number
  customer: VisitCustomer
  staffId: number
  staffName: string
  status: BookingStatus
  startsAt: number
  endsAt: number
  lines: BookingLine[]
  priceMinor: number | null
  currency: string
  note: string
  /** When somebody last said how it went. */
  markedAt: number | null
}

interface VisitRow extends CustomerRow {
  id: number
  staff_id: number
  staff_name: string
  status: BookingStatus
  starts_at: Date
  ends_at: Date
  lines: BookingLine[]
  price_minor: number | null
  currency: string
  note: string
  marked_at: Date | null
}

const VISITS = `
  select b.id, ${CUSTOMER_COLUMNS}, b.staff_id, s.name as staff_name, b.status, b.starts_at, b.ends_at,
         b.lines, b.price_minor, b.currency, b.note,
         (select max(h.at) from booking_history h where h.booking_id = b.id and h.action = 'status') as marked_at
    from bookings b
    join users u on u.id = b.customer_id
    join staff s on s.id = b.staff_id`

/** More than any business has on one day. */
const MOST = 500

/** What starts within a span, soonest first; `staffId` null: of everybody. */
export async function listVisits(tx: Tx, span: Interval, staffId: number | null): Promise<Visit[]> {
  const { rows } = await tx.query<VisitRow>(
    `${VISITS}
      where b.starts_at >= $1
        and b.starts_at < $2
        and b.status = any($3::text[])
        and ($4::bigint is null or b.staff_id = $4)
      order by b.starts_at, b.id
      limit ${MOST}`,
    [new Date(span.start), new Date(span.end), VISIT_STATUSES, staffId],
  )
  return rows.map(asVisit)
}

/** Bookings of a member of staff that touch a span, soonest first. */
export async function listVisitsOf(
  tx: Tx,
  staffId: number,
  span: Interval,
  statuses: readonly BookingStatus[] = ACTIVE_STATUSES,
): Promise<Visit[]> {
  const { rows } = await tx.query<VisitRow>(
    `${VISITS}
      where b.staff_id = $1
        and b.starts_at < $3
        and b.ends_at > $2
        and b.status = any($4::text[])
      order by b.starts_at, b.id`,
    [staffId, new Date(span.start), new Date(span.end), statuses],
  )
  return rows.map(asVisit)
}

/** Further ahead than anybody books. */
const FAR_MS = 5 * 366 * 24 * 3_600_000

/** What is still to come of a member of staff, with what goes on at this moment. */
export function listUpcomingVisits(tx: Tx, staffId: number, now: number): Promise<Visit[]> {
  return listVisitsOf(tx, staffId, { start: now, end: now + FAR_MS })
}

/** What has begun within a span and nobody has said how it went. */
export async function listUnmarked(tx: Tx, span: Interval, now: number): Promise<Visit[]> {
  const visits = await listVisits(tx, { start: span.start, end: Math.min(span.end, now + 1) }, null)
  return visits.filter(({ status }) => (UNMARKED_STATUSES as readonly BookingStatus[]).includes(status))
}

export async function findVisit(tx: Tx, bookingId: number): Promise<Visit | undefined> {
  const { rows } = await tx.query<VisitRow>(`${VISITS} where b.id = $1 and ${IS_BOOKING}`, [bookingId])
  return rows[0] && asVisit(rows[0])
}

/** A customer's bookings, newest first. What was only held, or waits for a place, is none. */
export async function listVisitsOfCustomer(tx: Tx, customerId: number): Promise<Visit[]> {
  const { rows } = await tx.query<VisitRow>(
    `${VISITS}
      where b.customer_id = $1
        and ${IS_BOOKING}
      order by b.starts_at desc, b.id desc
      limit ${MOST}`,
    [customerId],
  )
  return rows.map(asVisit)
}

/** What a confirmation has booked already, whoever it was for. */
export async function findVisitByIntent(tx: Tx, intent: string): Promise<Visit | undefined> {
  const { rows } = await tx.query<VisitRow>(`${VISITS} where b.intent = $1 and ${IS_BOOKING}`, [intent])
  return rows[0] && asVisit(rows[0])
}

/** How many start on each local day of a span; days without any are not in the answer. */
export async function countByDay(
  tx: Tx,
  span: Interval,
  timeZone: string,
  staffId: number | null,
): Promise<Map<IsoDate, number>> {
  const { rows } = await tx.query<{ date: IsoDate; count: number }>(
    `select (starts_at at time zone $3)::date as date, count(*) as count
       from bookings
      where starts_at >= $1
        and starts_at < $2
        and status = any($4::text[])
        and ($5::bigint is null or staff_id = $5)
      group by 1`,
    [new Date(span.start), new Date(span.end), timeZone, VISIT_STATUSES, staffId],
  )
  return new Map(rows.map(({ date, count }) => [date, count]))
}

/**
 * What stands in the way of a span: visits and blocks of this member of staff, and what customers hold at this moment
 * (`held`), soonest first. `who` is empty for a block, whose reason is `what`.
 */
export type Hindrances = { start: number; end: number; who: string; what: string; held: boolean }[]

export async function hindrancesOf(
  tx: Tx,
  staffId: number,
  busy: Interval,
  now: number,
  exceptBookingId?: number,
): Promise<Hindrances> {
  const { rows } = await tx.query<{ start: Date; end: Date; who: string; what: string; held: boolean }>(
    `select b.starts_at as start, b.ends_at as end,
            coalesce(u.given_name, nullif(concat_ws(' ', u.first_name, u.last_name), ''), u.username, u.phone, '—') as who,
            (select string_agg(line ->> 'name', ' + ') from jsonb_array_elements(b.lines) line) as what,
            b.status = 'hold' as held
       from bookings b
       join users u on u.id = b.customer_id
      where b.staff_id = $3
        and b.busy && tstzrange($1, $2)
        and b.status = any($4::text[])
        and (b.status <> 'hold' or b.hold_expires_at > $6)
        and b.id is distinct from $5
     union all
     select lower(busy), upper(busy), '', reason, false
       from blocked_slots
      where (staff_id is null or staff_id = $3)
        and busy && tstzrange($1, $2)
      order by 1
      limit 5`,
    [
      new Date(busy.start),
      new Date(busy.end),
      staffId,
      OCCUPYING_STATUSES,
      exceptBookingId ?? null,
      new Date(now),
    ],
  )
  return rows.map(({ start, end, who, what, held }) => ({
    start: start.getTime(),
    end: end.getTime(),
    who,
    what: what ?? '',
    held,
  }))
}

/** How a customer has kept their bookings so far. */
export async function countOutcomes(
  tx: Tx,
  customerId: number,
): Promise<{ came: number; noShow: number; cancelled: number }> {
  const { rows } = await tx.query<{ came: number; no_show: number; cancelled: number }>(
    `select count(*) filter (where status = 'came') as came,
            count(*) filter (where status = 'no_show') as no_show,
            count(*) filter (where status = 'cancelled') as cancelled
       from bookings
      where customer_id = $1`,
    [customerId],
  )
  const [row] = rows
  return { came: row?.came ?? 0, noShow: row?.no_show ?? 0, cancelled: row?.cancelled ?? 0 }
}

function asVisit(row: VisitRow): Visit {
  return {
    id: row.id,
    customer: asVisitCustomer(row),
    staffId: row.staff_id,
    staffName: row.staff_name,
    status: row.status,
    startsAt: row.starts_at.getTime(),
    endsAt: row.ends_at.getTime(),
    lines: row.lines,
    priceMinor: row.price_minor,
    currency: row.currency,
    note: row.note,
    markedAt: row.marked_at?.getTime() ?? null,
  }
}
