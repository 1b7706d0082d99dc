import type { BookingStatus } from '../domain/policy.ts'
import type { Interval } from '../domain/time.ts'
import type { Tx } from './database.ts'

/** A booking as a line of a table. Somebody whose data were erased has neither name nor contacts. */
export interface ExportedBooking {
  id: number
  startsAt: number
  endsAt: number
  services: string
  staffName: string
  customerName: string
  phone: string | null
  username: string | null
  status: BookingStatus
  priceMinor: number | null
  currency: string
  source: string
  note: string
  cancelReason: string | null
  createdAt: number
}

/** Times that are only held, places on the waitlist and what expired were never bookings. */
const WHICH = `b.starts_at >= $1 and b.starts_at < $2 and b.status not in ('hold', 'waiting', 'expired')`

const NAME = `coalesce(u.given_name, nullif(concat_ws(' ', u.first_name, u.last_name), ''), '')`

export async function countBookings(tx: Tx, span: Interval): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    `select count(*) as count from bookings b where ${WHICH}`,
    [new Date(span.start), new Date(span.end)],
  )
  return rows[0]?.count ?? 0
}

/** Bookings whose visits begin within a span, in their order, one page: those behind `after`. */
export async function pageOfBookings(
  tx: Tx,
  span: Interval,
  after: { startsAt: number; id: number } | undefined,
  size: number,
): Promise<ExportedBooking[]> {
  const { rows } = await tx.query<{
    id: number
    starts_at: Date
    ends_at: Date
    services: string | null
    staff_name: string
    customer_name: string
    phone: string | null
    username: string | null
    status: BookingStatus
    price_minor: number | null
    currency: string
    source: string
    note: string
    cancel_reason: string | null
    created_at: Date
  }>(
    `select b.id, b.starts_at, b.ends_at,
            (select string_agg(line ->> 'name', ' + ') from jsonb_array_elements(b.lines) as line) as services,
            coalesce(s.name, '') as staff_name, ${NAME} as customer_name, u.phone, u.username, b.status,
            b.price_minor, b.currency, b.source, b.note, b.cancel_reason, b.created_at
       from bookings b
       join users u on u.id = b.customer_id
       left join staff s on s.id = b.staff_id
      where ${WHICH}
        and (b.starts_at, b.id) > ($3, $4)
      order by b.starts_at, b.id
      limit $5`,
    [new Date(span.start), new Date(span.end), new Date(after?.startsAt ?? span.start), after?.id ?? 0, size],
  )
  return rows.map((row) => ({
    id: row.id,
    startsAt: row.starts_at.getTime(),
    endsAt: row.ends_at.getTime(),
    services: row.services ?? '',
    staffName: row.staff_name,
    customerName: row.customer_name,
    phone: row.phone,
    username: row.username,
    status: row.status,
    priceMinor: row.price_minor,
    currency: row.currency,
    source: row.source,
    note: row.note,
    cancelReason: row.cancel_reason,
    createdAt: row.created_at.getTime(),
  }))
}

/** A customer as a line of a table, with what they did within a span. */
export interface ExportedCustomer {
  id: number
  name: string
  phone: string | null
  username: string | null
  since: number
  lastVisitAt: number | null
  visits: number
  noShows: number
  cancelled: number
  spentMinor: number
  currency: string
  tags: string
  notes: string
}

/** Customers with bookings within a span, and those who came to know the bot in it; nobody whose data were erased. */
const CUSTOMERS = `
  from users u
  left join lateral (
    select count(*) as bookings,
           count(*) filter (where b.status = 'came') as visits,
           count(*) filter (where b.status = 'no_show') as no_shows,
           count(*) filter (where b.status = 'cancelled') as cancelled,
           max(b.starts_at) filter (where b.status = 'came') as last_visit,
           coalesce(sum(b.price_minor) filter (where b.status = 'came'), 0)::bigint as spent,
           max(b.currency) as currency
      from bookings b
     where b.customer_id = u.id
       and ${WHICH}
  ) own on true
 where (own.bookings > 0 or (u.created_at >= $1 and u.created_at < $2))
   and (u.telegram_id is not null or u.phone is not null or ${NAME} <> '')`

export async function countCustomers(tx: Tx, span: Interval): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(`select count(*) as count ${CUSTOMERS}`, [
    new Date(span.start),
    new Date(span.end),
  ])
  return rows[0]?.count ?? 0
}

export async function pageOfCustomers(
  tx: Tx,
  span: Interval,
  afterId: number,
  size: number,
): Promise<ExportedCustomer[]> {
  const { rows } = await tx.query<{
    id: number
    name: string
    phone: string | null
    username: string | null
    created_at: Date
    last_visit: Date | null
    visits: number
    no_shows: number
    cancelled: number
    spent: number
    currency: string | null
    tags: string[]
    notes: string
  }>(
    `select u.id, ${NAME} as name, u.phone, u.username, u.created_at, own.last_visit, own.visits, own.no_shows,
            own.cancelled, own.spent, own.currency, u.tags, u.notes
     ${CUSTOMERS}
        and u.id > $3
      order by u.id
      limit $4`,
    [new Date(span.start), new Date(span.end), afterId, size],
  )
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    phone: row.phone,
    username: row.username,
    since: row.created_at.getTime(),
    lastVisitAt: row.last_visit?.getTime() ?? null,
    visits: row.visits,
    noShows: row.no_shows,
    cancelled: row.cancelled,
    spentMinor: row.spent,
    currency: row.currency ?? '',
    tags: row.tags.join(', '),
    notes: row.notes,
  }))
}
