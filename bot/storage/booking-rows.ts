import type { FirstStatus } from '../domain/policy.ts'
import type { Interval } from '../domain/time.ts'
import type { BookingLine } from './booking-lookup.ts'
import { savepoint, type Tx, violates } from './database.ts'

/** Where a booking lies: whose time it takes, and when. */
export interface Place {
  staffId: number
  startsAt: number
  endsAt: number
  busy: Interval
  localDate: string
  localTime: string
  timeZone: string
}

/** What was sold, and for how much. */
export interface Sold {
  lines: BookingLine[]
  priceMinor: number | null
  currency: string
}

/** A row that takes time: a booking, or the hold that may become one. */
export interface TakingRow extends Place, Sold {
  customerId: number
  status: 'hold' | FirstStatus
  /** One per confirmation shown; null for a hold, which nobody has confirmed. */
  intent: string | null
  /** By whose hand it came in. */
  source: 'bot' | 'admin'
  holdExpiresAt: number | null
  /** The place on the waitlist for which it is offered. */
  waitingId: number | null
}

export type WriteRefusal = 'taken' | 'intent-used'

const COLUMNS = `customer_id, staff_id, status, starts_at, ends_at, busy, local_date, local_time, time_zone, lines,
                 price_minor, currency, intent, source, hold_expires_at, waiting_id, created_at, updated_at`
const VALUES = `$1, $2, $3, $4, $5, tstzrange($6, $7, '[)'), $8, $9, $10, $11,
                $12, $13, $14, $15, $16, $17, $18, $18`

/**
 * Writes a row inside a savepoint, so that a refusal by the database does not undo the rest of the transaction: a new
 * one, or in place of a hold (`unconfirmedId`). The caller holds the locks of the customer and of the member of staff.
 * `taken`: the time is not free any more. `intent-used`: this confirmation has booked before.
 */
export async function writeTaking(
  tx: Tx,
  row: TakingRow,
  now: number,
  unconfirmedId?: number,
): Promise<{ ok: true; id: number } | { ok: false; reason: WriteRefusal }> {
  const values = [
    row.customerId,
    row.staffId,
    row.status,
    new Date(row.startsAt),
    new Date(row.endsAt),
    new Date(row.busy.start),
    new Date(row.busy.end),
    row.localDate,
    row.localTime,
    row.timeZone,
    JSON.stringify(row.lines),
    row.priceMinor,
    row.currency,
    row.intent,
    row.source,
    row.holdExpiresAt === null ? null : new Date(row.holdExpiresAt),
    row.waitingId,
    new Date(now),
  ]
  try {
    const { rows } = await savepoint(tx, () =>
      unconfirmedId === undefined
        ? tx.query<{ id: number }>(
            `insert into bookings (${COLUMNS}) values (${VALUES}) returning id`,
            values,
          )
        : tx.query<{ id: number }>(
            `update bookings
                set (${COLUMNS}) = (${VALUES})
              where id = $19
                and status in ('hold', 'expired')
             returning id`,
            [...values, unconfirmedId],
          ),
    )
    const [written] = rows
    if (!written) throw new Error(`hold ${unconfirmedId} was changed by somebody who holds no lock`)
    return { ok: true, id: written.id }
  } catch (error) {
    return { ok: false, reason: refusalOf(error) }
  }
}

/** Constraint names are the contract with the schema; any other error is not a refusal. */
function refusalOf(error: unknown): WriteRefusal {
  if (violates(error, 'bookings_no_overlap')) return 'taken'
  if (violates(error, 'bookings_intent_key')) return 'intent-used'
  throw error
}
