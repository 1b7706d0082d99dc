import { IMPORTED_MARK } from '../contract/marks.ts'
import { asBooking, BOOKING_COLUMNS, type Booking, type BookingRow } from './booking-lookup.ts'
import type { Tx } from './database.ts'
import type { Language } from './users.ts'

/** A booking whose customer may be written to. */
export interface BookingToTell {
  booking: Booking
  chatId: number
  language: Language
}

export interface BookingToRemind extends BookingToTell {
  /** When its present time was agreed, and when it came over from the old bot: what was due before is not sent. */
  timedAt: number
  importedAt: number | undefined
  /** Hours of the reminders that are done with. */
  sent: number[]
}

interface ToTellRow extends BookingRow {
  telegram_id: number
  language: Language
  timed_at: Date
  imported_at: Date | null
  reminders_sent: Record<string, string>
}

/** Reminders of that many hours are marked under this key. */
const MARK = /^h(\d+)$/

/**
 * Bookings to come until an instant of which a reminder is still open, soonest first. Of an imported booking the old
 * bot has sent what was due until then.
 */
export async function listToRemind(
  tx: Tx,
  { now, until, hours }: { now: number; until: number; hours: readonly number[] },
): Promise<BookingToRemind[]> {
  const { rows } = await tx.query<ToTellRow>(
    `select ${BOOKING_COLUMNS}, u.telegram_id, u.language, b.reminders_sent,
            coalesce(b.timed_at, b.created_at) as timed_at, (b.reminders_sent->>$4)::timestamptz as imported_at
       from bookings b
       join staff s on s.id = b.staff_id
       join users u on u.id = b.customer_id
      where b.starts_at > $1
        and b.starts_at <= $2
        and b.status in ('booked', 'confirmed')
        and u.telegram_id is not null
        and u.gone_at is null
        and not b.reminders_sent ?& $3::text[]
      order by b.starts_at, b.id`,
    [new Date(now), new Date(until), hours.map((hour) => `h${hour}`), IMPORTED_MARK],
  )
  return rows.map((row) => ({
    ...toTell(row),
    timedAt: row.timed_at.getTime(),
    importedAt: row.imported_at?.getTime(),
    sent: Object.keys(row.reminders_sent).flatMap((mark) => {
      const hour = MARK.exec(mark)?.[1]
      return hour === undefined ? [] : [Number(hour)]
    }),
  }))
}

/**
 * Notes reminders as done with. False when the booking is another one by now: moved, cancelled, or reminded by somebody
 * else; then nothing is to be sent.
 */
export async function markReminded(
  tx: Tx,
  { id, startsAt }: Pick<Booking, 'id' | 'startsAt'>,
  hours: readonly number[],
  now: number,
): Promise<boolean> {
  const marks = hours.map((hour) => `h${hour}`)
  const { rowCount } = await tx.query(
    `update bookings
        set reminders_sent = reminders_sent || $3
      where id = $1
        and starts_at = $2
        and status in ('booked', 'confirmed')
        and not reminders_sent ?| $4::text[]`,
    [
      id,
      new Date(startsAt),
      JSON.stringify(Object.fromEntries(marks.map((mark) => [mark, new Date(now).toISOString()]))),
      marks,
    ],
  )
  return rowCount === 1
}

/**
 * Visits that ended in a span and whose customers have not been asked how they were. Visits that the old bot has seen
 * are its own to ask for.
 */
export async function listToAsk(tx: Tx, ended: { after: number; until: number }): Promise<BookingToTell[]> {
  const { rows } = await tx.query<ToTellRow>(
    `select ${BOOKING_COLUMNS}, u.telegram_id, u.language
       from bookings b
       join staff s on s.id = b.staff_id
       join users u on u.id = b.customer_id
      where b.starts_at > $1
        and b.ends_at > $1
        and b.ends_at <= $2
        and b.status in ('booked', 'confirmed', 'came')
        and b.feedback_asked_at is null
        and coalesce(b.ends_at > (b.reminders_sent->>$3)::timestamptz, true)
        and u.telegram_id is not null
        and u.gone_at is null
        and not exists (select from feedback f where f.booking_id = b.id)
      order by b.ends_at, b.id`,
    [new Date(ended.after), new Date(ended.until), IMPORTED_MARK],
  )
  return rows.map(toTell)
}

/** Notes that a visit's customer was asked. False when somebody else has done it, or the visit did not take place. */
export async function markAsked(tx: Tx, bookingId: number, now: number): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update bookings
        set feedback_asked_at = $2
      where id = $1
        and feedback_asked_at is null
        and status in ('booked', 'confirmed', 'came')`,
    [bookingId, new Date(now)],
  )
  return rowCount === 1
}

function toTell(row: ToTellRow): BookingToTell {
  return { booking: asBooking(row), chatId: row.telegram_id, language: row.language }
}
