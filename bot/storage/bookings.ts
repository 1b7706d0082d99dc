import { ACTIVE_STATUSES, type FirstStatus } from '../domain/policy.ts'
import type { Interval } from '../domain/time.ts'
import { type Author, writeHistory } from './booking-history.ts'
import type { BookingLine } from './booking-lookup.ts'
import { savepoint, type Tx, violates } from './database.ts'

export interface NewBooking {
  customerId: number
  staffId: number
  startsAt: number
  endsAt: number
  busy: Interval
  localDate: string
  localTime: string
  timeZone: string
  lines: BookingLine[]
  priceMinor: number | null
  currency: string
  /** One per confirmation shown; a second booking of the same intent is refused. */
  intent: string
  /** By whose hand it came in. */
  source: 'bot' | 'admin'
  status: FirstStatus
}

/**
 * Takes the locks that every writer of bookings takes first, in this order: the customer (for the limit of upcoming
 * bookings), then members of staff in ascending order. The exclusion constraint alone is correct, but among rivals it
 * deadlocks; the locks make them wait in line. They end with the transaction.
 */
export async function lockCustomer(tx: Tx, clientId: string, customerId: number): Promise<void> {
  await lockCustomers(tx, clientId, [customerId])
}

/** For who writes bookings of several customers at once: in ascending order, in one call, before any lock of staff. */
export async function lockCustomers(tx: Tx, clientId: string, customerIds: readonly number[]): Promise<void> {
  await takeLocks(tx, `${clientId}:customer`, customerIds)
}

/** See lockCustomer. Never call it twice in one transaction with other members of staff: order is what prevents deadlocks. */
export async function lockStaff(tx: Tx, clientId: string, staffIds: readonly number[]): Promise<void> {
  await takeLocks(tx, `${clientId}:staff`, staffIds)
}

async function takeLocks(tx: Tx, of: string, ids: readonly number[]): Promise<void> {
  const keys = [...new Set(ids)].toSorted((a, b) => a - b).map((id) => `${of}:${id}`)
  await tx.query(
    `select pg_advisory_xact_lock(hashtextextended(key, 0))
       from unnest($1::text[]) with ordinality as keys (key, position)
      order by position`,
    [keys],
  )
}

/** Holds whose time is over give way; only a writer can see to that, for a constraint knows no clock. */
export async function expireHolds(tx: Tx, staffIds: readonly number[], now: number): Promise<void> {
  await tx.query(
    `update bookings
        set status = 'expired', updated_at = $2
      where staff_id = any($1::bigint[])
        and status = 'hold'
        and hold_expires_at <= $2`,
    [staffIds, new Date(now)],
  )
}

export async function countUpcoming(tx: Tx, customerId: number, now: number): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    `select count(*) as count
       from bookings
      where customer_id = $1
        and starts_at > $2
        and status = any($3::text[])
        and (status <> 'hold' or hold_expires_at > $2)`,
    [customerId, new Date(now), ACTIVE_STATUSES],
  )
  return rows[0]?.count ?? 0
}

/** Active bookings of each member of staff that start within a span: the load by which "anyone" is chosen. */
export async function countByStaff(
  tx: Tx,
  staffIds: readonly number[],
  span: Interval,
): Promise<Map<number, number>> {
  const { rows } = await tx.query<{ staff_id: number; count: number }>(
    `select staff_id, count(*) as count
       from bookings
      where staff_id = any($1::bigint[])
        and starts_at >= $2
        and starts_at < $3
        and status = any($4::text[])
      group by staff_id`,
    [staffIds, new Date(span.start), new Date(span.end), ACTIVE_STATUSES],
  )
  return new Map(rows.map((row) => [row.staff_id, row.count]))
}

export type WriteRefusal = 'taken' | 'intent-used'

/**
 * Writes a booking inside a savepoint, so that a refusal by the database does not undo the rest of the transaction.
 * The caller holds the locks. `taken`: the time is not free any more. `intent-used`: this confirmation has booked before.
 */
export async function insertBooking(
  tx: Tx,
  booking: NewBooking,
  author: Author,
  now: number,
): Promise<{ ok: true; id: number } | { ok: false; reason: WriteRefusal }> {
  try {
    const id = await savepoint(tx, async () => {
      const { rows } = await tx.query<{ id: number }>(
        `insert into bookings (customer_id, staff_id, status, starts_at, ends_at, busy, local_date, local_time, time_zone,
                               lines, price_minor, currency, intent, source, created_at, updated_at)
         values ($1, $2, $16, $3, $4, tstzrange($5, $6, '[)'), $7, $8, $9, $10, $11, $12, $13, $14, $15, $15)
         returning id`,
        [
          booking.customerId,
          booking.staffId,
          new Date(booking.startsAt),
          new Date(booking.endsAt),
          new Date(booking.busy.start),
          new Date(booking.busy.end),
          booking.localDate,
          booking.localTime,
          booking.timeZone,
          JSON.stringify(booking.lines),
          booking.priceMinor,
          booking.currency,
          booking.intent,
          booking.source,
          new Date(now),
          booking.status,
        ],
      )
      return Number(rows[0]?.id)
    })
    await writeHistory(tx, {
      bookingId: id,
      action: 'created',
      author,
      now,
      newStatus: booking.status,
      newStartsAt: booking.startsAt,
    })
    return { ok: true, id }
  } catch (error) {
    return { ok: false, reason: refusalOf(error) }
  }
}

/** Where a booking lies: whose time it takes, and when. */
export type Place = Pick<
  NewBooking,
  'staffId' | 'startsAt' | 'endsAt' | 'busy' | 'localDate' | 'localTime' | 'timeZone'
>

/** What was sold, and for how much. */
export type Sold = Pick<NewBooking, 'lines' | 'priceMinor' | 'currency'>

/**
 * Cancels an active booking, perhaps for a reason; its row stays. The reason is at the booking alone, where it can be
 * erased with its customer's data. False when it was not active any more.
 */
export async function cancelBooking(
  tx: Tx,
  bookingId: number,
  author: Author,
  now: number,
  reason?: string,
): Promise<boolean> {
  const { rows } = await tx.query<{ old_status: string }>(
    `update bookings b
        set status = 'cancelled', cancelled_by = $2, cancel_reason = $5, updated_at = $3
       from (select id, status as old_status from bookings where id = $1 for update) before
      where b.id = before.id
        and before.old_status = any($4::text[])
     returning before.old_status`,
    [bookingId, author.actor, new Date(now), ACTIVE_STATUSES, reason || null],
  )
  const row = rows[0]
  if (!row) return false
  await writeHistory(tx, {
    bookingId,
    action: 'cancelled',
    author,
    now,
    oldStatus: row.old_status,
    newStatus: 'cancelled',
  })
  return true
}

/** Constraint names are the contract with the schema; any other error is not a refusal. */
function refusalOf(error: unknown): WriteRefusal {
  if (violates(error, 'bookings_no_overlap')) return 'taken'
  if (violates(error, 'bookings_intent_key')) return 'intent-used'
  throw error
}
