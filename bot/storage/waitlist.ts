import type { Interval, IsoDate } from '../domain/time.ts'
import type { BookingLine } from './booking-lookup.ts'
import type { Sold } from './booking-rows.ts'
import type { Tx } from './database.ts'
import type { Language } from './users.ts'

/**
 * A place on the waitlist: a row of `bookings` with status `waiting` that spans a local day and takes no time (`busy` is
 * null). What is offered for it are holds with its id in `waiting_id`. Ended, it is `expired` and as little a booking as
 * before.
 */
export interface WaitingPlace {
  id: number
  customerId: number
  /** Null: anybody who gives the services. */
  staffId: number | null
  localDate: IsoDate
  /** The end of the day. */
  endsAt: number
  lines: BookingLine[]
}

/** A place with what has come of it. */
export interface AskedPlace extends WaitingPlace {
  /** How often a time was offered for it. */
  asked: number
  /** One of them waits for an answer. */
  isOffered: boolean
}

/** A place as the job sees it that offers times. */
export interface PlaceInLine extends AskedPlace {
  /** Starts that its customer was offered for that day and has not booked, also for a place that has ended. */
  offered: number[]
  /** Null: cannot be written to. */
  chatId: number | null
  language: Language
}

interface PlaceRow extends Record<string, unknown> {
  id: number
  customer_id: number
  staff_id: number | null
  local_date: IsoDate
  ends_at: Date
  lines: BookingLine[]
}

interface AskedRow extends PlaceRow {
  asked: number
  is_offered: boolean
}

const COLUMNS = 'b.id, b.customer_id, b.staff_id, b.local_date::text as local_date, b.ends_at, b.lines'
/** Rows `o`: what has been offered to the customer of `b` about that day. */
const OFFERS = `bookings o
          where o.customer_id = b.customer_id
            and o.starts_at >= b.starts_at
            and o.starts_at < b.ends_at + interval '1 day'`
/** `$1`: now. */
const ASKED_COLUMNS = `${COLUMNS},
            (select count(*) from ${OFFERS} and o.waiting_id = b.id) as asked,
            exists (select from ${OFFERS} and o.waiting_id = b.id
                       and o.status = 'hold' and o.hold_expires_at > $1) as is_offered`

/** Places of days that ended longer ago need no end any more: nobody reads them. */
const FORGOTTEN_MS = 8 * 86_400_000

export async function insertWaiting(
  tx: Tx,
  place: Sold & {
    customerId: number
    staffId: number | null
    localDate: IsoDate
    day: Interval
    timeZone: string
  },
  now: number,
): Promise<number> {
  const { customerId, staffId, day, localDate, timeZone, lines, priceMinor, currency } = place
  const { rows } = await tx.query<{ id: number }>(
    `insert into bookings (customer_id, staff_id, status, starts_at, ends_at, local_date, local_time, time_zone, lines,
                           price_minor, currency, source, created_at, updated_at)
     values ($1, $2, 'waiting', $3, $4, $5, '00:00', $6, $7, $8, $9, 'bot', $10, $10)
     returning id`,
    [
      customerId,
      staffId,
      new Date(day.start),
      new Date(day.end),
      localDate,
      timeZone,
      JSON.stringify(lines),
      priceMinor,
      currency,
      new Date(now),
    ],
  )
  if (!rows[0]) throw new Error('a place on the waitlist was not written')
  return rows[0].id
}

/** What this customer waits for, soonest first. */
export async function listWaiting(tx: Tx, customerId: number, now: number): Promise<WaitingPlace[]> {
  const { rows } = await tx.query<PlaceRow>(
    `select ${COLUMNS}
       from bookings b
      where b.customer_id = $1
        and b.status = 'waiting'
        and b.ends_at > $2
      order by b.starts_at, b.id`,
    [customerId, new Date(now)],
  )
  return rows.map(asPlace)
}

/** A place of this customer, also an ended one; undefined for anybody else's. */
export async function findPlace(
  tx: Tx,
  customerId: number,
  id: number,
  now: number,
): Promise<(AskedPlace & { isWaiting: boolean }) | undefined> {
  const { rows } = await tx.query<AskedRow & { is_waiting: boolean }>(
    `select ${ASKED_COLUMNS}, b.status = 'waiting' as is_waiting
       from bookings b
      where b.customer_id = $2
        and b.id = $3
        and b.busy is null`,
    [new Date(now), customerId, id],
  )
  return rows[0] && { ...asAsked(rows[0]), isWaiting: rows[0].is_waiting }
}

/** Everybody who waits, with what has been offered already; also for days that have just ended. */
export async function listLine(tx: Tx, now: number): Promise<PlaceInLine[]> {
  const { rows } = await tx.query<
    AskedRow & { offered: number[]; chat_id: number | null; language: Language }
  >(
    `select ${ASKED_COLUMNS}, u.language, case when u.gone_at is null then u.telegram_id end as chat_id,
            array(select extract(epoch from o.starts_at)::float8 * 1000
                    from ${OFFERS}
                     and o.status in ('hold', 'expired')
                     and (select p.local_date from bookings p where p.id = o.waiting_id) = b.local_date) as offered
       from bookings b
       join users u on u.id = b.customer_id
      where b.starts_at > $2
        and b.status = 'waiting'`,
    [new Date(now), new Date(now - FORGOTTEN_MS)],
  )
  return rows.map((row) => ({
    ...asAsked(row),
    offered: row.offered,
    chatId: row.chat_id,
    language: row.language,
  }))
}

/** How many wait for a day. */
export async function countWaiting(tx: Tx, day: Interval): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    `select count(*) as count
       from bookings
      where starts_at >= $1
        and starts_at < $2
        and status = 'waiting'`,
    [new Date(day.start), new Date(day.end)],
  )
  return rows[0]?.count ?? 0
}

/** These places are done with: taken, left, or their day is over. False when none of them waited any more. */
export async function endWaiting(tx: Tx, ids: readonly number[], now: number): Promise<boolean> {
  return (await end(tx, 'id = any($2::bigint[])', ids, now)) > 0
}

/** The same for all that a customer waits for. */
export async function endAllWaiting(tx: Tx, customerId: number, now: number): Promise<void> {
  await end(tx, 'customer_id = $2', customerId, now)
}

async function end(tx: Tx, which: string, value: unknown, now: number): Promise<number> {
  // The deadline tells it from a request that nobody approved, which was a booking.
  const { rowCount } = await tx.query(
    `update bookings
        set status = 'expired', hold_expires_at = $1, updated_at = $1
      where status = 'waiting'
        and ${which}`,
    [new Date(now), value],
  )
  return rowCount
}

function asPlace(row: PlaceRow): WaitingPlace {
  return {
    id: row.id,
    customerId: row.customer_id,
    staffId: row.staff_id,
    localDate: row.local_date,
    endsAt: row.ends_at.getTime(),
    lines: row.lines,
  }
}

function asAsked(row: AskedRow): AskedPlace {
  return { ...asPlace(row), asked: row.asked, isOffered: row.is_offered }
}
