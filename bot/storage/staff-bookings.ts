import { ACTIVE_STATUSES, type BookingStatus } from '../domain/policy.ts'
import type { Interval } from '../domain/time.ts'
import type { BookingLine } from './booking-lookup.ts'
import type { Tx } from './database.ts'

/** A booking as whoever gives the service needs it: when, what, and who comes. */
export interface Visit {
  id: number
  startsAt: number
  endsAt: number
  lines: BookingLine[]
  customer: {
    telegramId: number | null
    firstName: string | null
    lastName: string | null
    username: string | null
    phone: string | null
  }
}

/** Bookings of a member of staff that touch a span, soonest first. Holds of the past do not count. */
export async function listVisits(
  tx: Tx,
  staffId: number,
  span: Interval,
  now: number,
  statuses: readonly BookingStatus[] = ACTIVE_STATUSES,
): Promise<Visit[]> {
  const { rows } = await tx.query<{
    id: number
    starts_at: Date
    ends_at: Date
    lines: BookingLine[]
    telegram_id: number | null
    first_name: string | null
    last_name: string | null
    username: string | null
    phone: string | null
  }>(
    `select b.id, b.starts_at, b.ends_at, b.lines, u.telegram_id, u.first_name, u.last_name, u.username, u.phone
       from bookings b
       join users u on u.id = b.customer_id
      where b.staff_id = $1
        and b.starts_at < $3
        and b.ends_at > $2
        and b.status = any($4::text[])
        and (b.status <> 'hold' or b.hold_expires_at > $5)
      order by b.starts_at, b.id`,
    [staffId, new Date(span.start), new Date(span.end), statuses, new Date(now)],
  )
  return rows.map((row) => ({
    id: row.id,
    startsAt: row.starts_at.getTime(),
    endsAt: row.ends_at.getTime(),
    lines: row.lines,
    customer: {
      telegramId: row.telegram_id,
      firstName: row.first_name,
      lastName: row.last_name,
      username: row.username,
      phone: row.phone,
    },
  }))
}

/** Further ahead than anybody books. */
const FAR_MS = 5 * 366 * 24 * 3_600_000

/** What is still to come of a member of staff, with what goes on at this moment. */
export function listUpcomingVisits(tx: Tx, staffId: number, now: number): Promise<Visit[]> {
  return listVisits(tx, staffId, { start: now, end: now + FAR_MS }, now)
}
