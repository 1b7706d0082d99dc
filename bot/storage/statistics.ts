import type { MemberTime } from '../domain/statistics.ts'
import type { Interval, IsoDate } from '../domain/time.ts'
import { UNMARKED_STATUSES, VISIT_STATUSES } from '../domain/visits.ts'
import type { Tx } from './database.ts'

/** An amount in minor units. */
export interface Sum {
  currency: string
  minor: number
}

/** Bookings whose visits begin within a span. Holds, the waitlist and what expired are none. */
export interface Totals {
  /** All but the cancelled ones. */
  bookings: number
  cancelled: number
  noShows: number
  /** Customers of visits that took place: those who had never been here before, and the others. */
  newCustomers: number
  returning: number
  /** What visits cost that took place; by currency, the most frequent first. */
  revenue: Sum[]
}

/**
 * Did the visit of a booking `b` take place at `$3`? Somebody has said that its customer came, or it is over and nobody
 * has said otherwise. `$4`: the statuses of visits that nobody has marked.
 */
const TOOK_PLACE = `(b.status = 'came' or (b.status = any($4::text[]) and b.ends_at <= $3))`

export async function readTotals(tx: Tx, span: Interval, now: number): Promise<Totals> {
  const when = [new Date(span.start), new Date(span.end)]
  const { rows } = await tx.query<{
    bookings: number
    cancelled: number
    no_shows: number
    new_customers: number
    returning: number
  }>(
    `with spanned as (
       select b.status, b.customer_id, ${TOOK_PLACE} as took_place
         from bookings b
        where b.starts_at >= $1
          and b.starts_at < $2
     ), guests as (
       select distinct customer_id
         from spanned
        where took_place
     ), known as (
       select customer_id,
              exists (select
                        from bookings b
                       where b.customer_id = guests.customer_id
                         and b.starts_at < $1
                         and ${TOOK_PLACE}) as been_here
         from guests
     )
     select (select count(*) from spanned where status = any($5::text[])) as bookings,
            (select count(*) from spanned where status = 'cancelled') as cancelled,
            (select count(*) from spanned where status = 'no_show') as no_shows,
            (select count(*) from known where not been_here) as new_customers,
            (select count(*) from known where been_here) as returning`,
    [...when, new Date(now), UNMARKED_STATUSES, VISIT_STATUSES],
  )
  const { rows: revenue } = await tx.query<{ currency: string; minor: number }>(
    `select b.currency, sum(b.price_minor)::bigint as minor
       from bookings b
      where b.starts_at >= $1
        and b.starts_at < $2
        and b.price_minor is not null
        and ${TOOK_PLACE}
      group by b.currency
      order by count(*) desc, b.currency`,
    [...when, new Date(now), UNMARKED_STATUSES],
  )
  const [row] = rows
  return {
    bookings: row?.bookings ?? 0,
    cancelled: row?.cancelled ?? 0,
    noShows: row?.no_shows ?? 0,
    newCustomers: row?.new_customers ?? 0,
    returning: row?.returning ?? 0,
    revenue,
  }
}

/** Bookings that nobody has marked and whose visits begin within a span: how many, and what they will bring. */
export async function readExpected(tx: Tx, span: Interval): Promise<{ bookings: number; sums: Sum[] }> {
  const { rows } = await tx.query<{ currency: string; minor: number | null; count: number }>(
    `select currency, sum(price_minor)::bigint as minor, count(*) as count
       from bookings
      where starts_at >= $1
        and starts_at < $2
        and status = any($3::text[])
      group by currency
      order by count(*) desc, currency`,
    [new Date(span.start), new Date(span.end), UNMARKED_STATUSES],
  )
  return {
    bookings: rows.reduce((sum, { count }) => sum + count, 0),
    sums: rows.flatMap(({ currency, minor }) => (minor === null ? [] : [{ currency, minor }])),
  }
}

/** How often each number of stars was given within a span. */
export async function readRatings(tx: Tx, span: Interval): Promise<Map<number, number>> {
  const { rows } = await tx.query<{ rating: number; count: number }>(
    `select rating, count(*) as count
       from feedback
      where created_at >= $1
        and created_at < $2
      group by rating`,
    [new Date(span.start), new Date(span.end)],
  )
  return new Map(rows.map(({ rating, count }) => [rating, count]))
}

/** No visit with its buffers is longer: what began earlier does not reach into a span. */
const LONGEST_MS = 3 * 86_400_000

/** Visits (of whoever came or did not), the time that they took, and what was closed, around a span, for each member of staff. */
export async function readTaken(
  tx: Tx,
  staffIds: readonly number[],
  span: Interval,
): Promise<Map<number, Omit<MemberTime, 'open'>>> {
  const { rows } = await tx.query<{
    staff_id: number | null
    kind: keyof Omit<MemberTime, 'open'>
    start: Date
    end: Date
  }>(
    `select staff_id, kind, lower(span) as start, upper(span) as end
       from bookings,
            lateral (values ('booked', busy), ('visits', tstzrange(starts_at, ends_at))) taken (kind, span)
      where starts_at >= $5
        and starts_at < $6
        and busy && tstzrange($2, $3)
        and staff_id = any($1::bigint[])
        and status = any($4::text[])
     union all
     select staff_id, 'blocked', lower(busy), upper(busy)
       from blocked_slots
      where busy && tstzrange($2, $3)
        and (staff_id is null or staff_id = any($1::bigint[]))`,
    [
      staffIds,
      new Date(span.start),
      new Date(span.end),
      VISIT_STATUSES,
      new Date(span.start - LONGEST_MS),
      new Date(span.end + LONGEST_MS),
    ],
  )
  const of = (id: number, kind: keyof Omit<MemberTime, 'open'>) =>
    rows
      .filter((row) => row.kind === kind && (row.staff_id === null || row.staff_id === id))
      .map(({ start, end }) => ({ start: start.getTime(), end: end.getTime() }))
  return new Map(
    staffIds.map((id) => [
      id,
      { visits: of(id, 'visits'), booked: of(id, 'booked'), blocked: of(id, 'blocked') },
    ]),
  )
}

/** A local day: all its bookings but the cancelled ones, and the revenue in one currency. */
export interface DayFigures {
  bookings: number
  minor: number
}

/** The days of a span that have any bookings; revenue in the currency that most of them have. */
export async function readDays(
  tx: Tx,
  span: Interval,
  { timeZone, now }: { timeZone: string; now: number },
): Promise<{ days: Map<IsoDate, DayFigures>; currency: string | undefined }> {
  const { rows } = await tx.query<{ date: IsoDate; currency: string; count: number; minor: number | null }>(
    `select (b.starts_at at time zone $6)::date as date, b.currency, count(*) as count,
            (sum(b.price_minor) filter (where ${TOOK_PLACE}))::bigint as minor
       from bookings b
      where b.starts_at >= $1
        and b.starts_at < $2
        and b.status = any($5::text[])
      group by 1, 2`,
    [new Date(span.start), new Date(span.end), new Date(now), UNMARKED_STATUSES, VISIT_STATUSES, timeZone],
  )
  const counts = new Map<string, number>()
  for (const { currency, count } of rows) counts.set(currency, (counts.get(currency) ?? 0) + count)
  const [currency] = [...counts].toSorted(([, a], [, b]) => b - a)[0] ?? []
  const days = new Map<IsoDate, DayFigures>()
  for (const row of rows) {
    const day = days.get(row.date) ?? { bookings: 0, minor: 0 }
    days.set(row.date, {
      bookings: day.bookings + row.count,
      minor: day.minor + (row.currency === currency ? (row.minor ?? 0) : 0),
    })
  }
  return { days, currency }
}
