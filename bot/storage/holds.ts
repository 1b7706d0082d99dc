import type { Interval } from '../domain/time.ts'
import type { BookingLine } from './booking-lookup.ts'
import type { TakingRow } from './booking-rows.ts'
import { type WriteRefusal, writeTaking } from './booking-rows.ts'
import type { Tx } from './database.ts'

/**
 * A time that is kept for a customer who has not confirmed yet: a row of `bookings` with status `hold` and a deadline. It
 * takes time as a booking does until then, and is none: no list, count or message knows it. Confirmed it becomes the
 * booking itself; given up, or overtaken by its deadline, it is `expired`. What must happen before a confirmation – a
 * prepayment, say – happens while the row is a hold.
 */
export interface Hold {
  id: number
  staffId: number
  startsAt: number
  expiresAt: number
  lines: BookingLine[]
  /** The place on the waitlist for which it is offered; null: the customer's own choice, of which there is one at most. */
  waitingId: number | null
}

/** Rows `b` that are, or were, bookings: neither a place on the waitlist nor a hold that nobody has confirmed. */
export const IS_BOOKING = `b.status not in ('waiting', 'hold') and (b.status <> 'expired' or b.hold_expires_at is null)`

const HOLDS = `
  select id, staff_id, starts_at, hold_expires_at, lines, waiting_id
    from bookings
   where status in ('hold', 'expired')
     and busy is not null
     and hold_expires_at is not null`

interface HoldRow extends Record<string, unknown> {
  id: number
  staff_id: number
  starts_at: Date
  hold_expires_at: Date
  lines: BookingLine[]
  waiting_id: number | null
}

/** What this customer holds by own choice now; undefined once its deadline has passed. */
export async function findHold(tx: Tx, customerId: number, now: number): Promise<Hold | undefined> {
  const { rows } = await tx.query<HoldRow>(
    `${HOLDS}
     and customer_id = $1
     and waiting_id is null
     and status = 'hold'
     and hold_expires_at > $2`,
    [customerId, new Date(now)],
  )
  return rows[0] && asHold(rows[0])
}

/**
 * The customer's row that the next hold, or a confirmation, is written into: what they hold now, or held last. Who
 * looks at many times leaves one row, and not one for each tap. Read it under the customer's lock.
 */
export async function findUnconfirmed(tx: Tx, customerId: number): Promise<Hold | undefined> {
  const { rows } = await tx.query<HoldRow>(
    `${HOLDS}
     and customer_id = $1
     and waiting_id is null
   order by id desc
   limit 1`,
    [customerId],
  )
  return rows[0] && asHold(rows[0])
}

/** A hold of this customer, also an expired one and one from the waitlist; undefined for anybody else's. */
export async function findHoldById(tx: Tx, customerId: number, holdId: number): Promise<Hold | undefined> {
  const { rows } = await tx.query<HoldRow>(
    `${HOLDS}
     and customer_id = $1
     and id = $2`,
    [customerId, holdId],
  )
  return rows[0] && asHold(rows[0])
}

/** Until when the waitlist keeps this time for the customer; undefined where it offers them another one, or none. */
export async function findOfferDeadline(
  tx: Tx,
  customerId: number,
  startsAt: number,
  now: number,
): Promise<number | undefined> {
  const { rows } = await tx.query<{ until: Date | null }>(
    `select max(hold_expires_at) as until
       from bookings
      where customer_id = $1
        and status = 'hold'
        and waiting_id is not null
        and starts_at = $2
        and hold_expires_at > $3`,
    [customerId, new Date(startsAt), new Date(now)],
  )
  return rows[0]?.until?.getTime()
}

/** Writes a hold, or the present one anew; the caller holds the locks (see writeTaking). It has no history: nothing was agreed. */
export async function writeHold(
  tx: Tx,
  hold: Omit<TakingRow, 'status' | 'intent' | 'source' | 'holdExpiresAt'> & { expiresAt: number },
  now: number,
  unconfirmedId?: number,
): Promise<{ ok: true; id: number } | { ok: false; reason: WriteRefusal }> {
  const { expiresAt, ...row } = hold
  return writeTaking(
    tx,
    { ...row, status: 'hold', intent: null, source: 'bot', holdExpiresAt: expiresAt },
    now,
    unconfirmedId,
  )
}

/**
 * Gives a hold back before its deadline. False when it was none any more. Needs no lock: time becomes free, and whoever
 * writes the row at the same time waits for it.
 */
export async function releaseHold(tx: Tx, holdId: number, now: number): Promise<boolean> {
  return (await release(tx, 'id = $2', [holdId], now)) > 0
}

/** The same for what is offered to a customer for a place on the waitlist. */
export async function releaseOffers(
  tx: Tx,
  customerId: number,
  waitingId: number,
  now: number,
): Promise<void> {
  await release(tx, 'customer_id = $2 and waiting_id = $3', [customerId, waitingId], now)
}

/** The same for what the customer holds by own choice; an offer from the waitlist stays. */
export async function releaseChosen(tx: Tx, customerId: number, now: number): Promise<void> {
  await release(tx, 'customer_id = $2 and waiting_id is null', [customerId], now)
}

/** The same for everything of a customer's that lies in a member's span, or anywhere. */
export async function releaseHoldsOf(
  tx: Tx,
  customerId: number,
  now: number,
  where?: { staffId: number; busy: Interval },
): Promise<void> {
  if (!where) await release(tx, 'customer_id = $2', [customerId], now)
  else
    await release(
      tx,
      'customer_id = $2 and staff_id = $3 and busy && tstzrange($4, $5)',
      [customerId, where.staffId, new Date(where.busy.start), new Date(where.busy.end)],
      now,
    )
}

/**
 * Holds of these members of staff within a span give way to what the business itself does with the time. The caller
 * holds their locks; customers learn of it when they confirm.
 */
export async function releaseHoldsWithin(
  tx: Tx,
  staffIds: readonly number[],
  span: Interval,
  now: number,
): Promise<void> {
  await release(
    tx,
    'staff_id = any($2::bigint[]) and busy && tstzrange($3, $4)',
    [staffIds, new Date(span.start), new Date(span.end)],
    now,
  )
}

/** Holds whose deadline has passed give way; only a writer can see to that, for a constraint knows no clock. */
export async function expireHolds(tx: Tx, staffIds: readonly number[], now: number): Promise<void> {
  await release(tx, 'staff_id = any($2::bigint[]) and hold_expires_at <= $1', [staffIds], now)
}

const EXPIRED_AT_ONCE = 500

/** The same for everybody, without waiting for anyone: rows that somebody writes are left for the next time. */
export function expireAllHolds(tx: Tx, now: number): Promise<number> {
  return release(
    tx,
    `id in (select id
              from bookings
             where status = 'hold'
               and hold_expires_at <= $1
             limit $2
               for update skip locked)`,
    [EXPIRED_AT_ONCE],
    now,
  )
}

async function release(tx: Tx, which: string, values: readonly unknown[], now: number): Promise<number> {
  const { rowCount } = await tx.query(
    `update bookings
        set status = 'expired', updated_at = $1
      where status = 'hold'
        and ${which}`,
    [new Date(now), ...values],
  )
  return rowCount
}

function asHold(row: HoldRow): Hold {
  return {
    id: row.id,
    staffId: row.staff_id,
    startsAt: row.starts_at.getTime(),
    expiresAt: row.hold_expires_at.getTime(),
    lines: row.lines,
    waitingId: row.waiting_id,
  }
}
