import type { BookingStatus } from '../domain/policy.ts'
import { localDate } from '../domain/time.ts'
import { UNMARKED_STATUSES } from '../domain/visits.ts'
import { isSameWish } from '../domain/waitlist.ts'
import { type Author, writeHistory } from './booking-history.ts'
import type { Booking } from './booking-lookup.ts'
import type { Place, Sold } from './booking-rows.ts'
import { savepoint, type Tx, violates } from './database.ts'
import { leaveSameWish } from './waitlist-leave.ts'

export type RewriteRefusal = 'taken' | 'not-active'

/** Moves a booking to another time, and perhaps another member of staff and status. Its lines and price stay as sold. */
export async function moveBooking(
  tx: Tx,
  booking: Booking,
  to: Place & Pick<Booking, 'status'>,
  author: Author,
  now: number,
): Promise<{ ok: true } | { ok: false; reason: RewriteRefusal }> {
  const written = await rewriteBooking(tx, booking, { ...booking, ...to }, now)
  if (!written.ok) return written
  await writeHistory(tx, {
    bookingId: booking.id,
    action: 'rescheduled',
    author,
    now,
    oldStartsAt: booking.startsAt,
    newStartsAt: to.startsAt,
    ...(to.status === booking.status ? {} : { oldStatus: booking.status, newStatus: to.status }),
  })
  return written
}

/** Gives a booking another service or another member of staff. `what` says so in its history. */
export async function changeBooking(
  tx: Tx,
  booking: Booking,
  to: Place & Sold,
  what: string,
  author: Author,
  now: number,
): Promise<{ ok: true } | { ok: false; reason: RewriteRefusal }> {
  const written = await rewriteBooking(tx, booking, { ...to, status: booking.status }, now)
  if (written.ok)
    await writeHistory(tx, { bookingId: booking.id, action: 'changed', author, now, reason: what })
  return written
}

/**
 * Only while the booking has the status that was read: somebody may have marked it since. A new start resets its
 * reminders. What the customer waited for and has got now, they wait for no longer.
 */
async function rewriteBooking(
  tx: Tx,
  booking: Booking,
  to: Place & Sold & Pick<Booking, 'status'>,
  now: number,
): Promise<{ ok: true } | { ok: false; reason: RewriteRefusal }> {
  try {
    const { rowCount } = await savepoint(tx, () =>
      tx.query(
        `update bookings
            set staff_id = $3,
                starts_at = $4,
                ends_at = $5,
                busy = tstzrange($6, $7, '[)'),
                local_date = $8,
                local_time = $9,
                time_zone = $10,
                lines = $11,
                price_minor = $12,
                currency = $13,
                reminders_sent = case when starts_at = $4 then reminders_sent else '{}' end,
                timed_at = case when starts_at = $4 then timed_at else $14 end,
                status = $15,
                updated_at = $14
          where id = $1
            and status = $2`,
        [
          booking.id,
          booking.status,
          to.staffId,
          new Date(to.startsAt),
          new Date(to.endsAt),
          new Date(to.busy.start),
          new Date(to.busy.end),
          to.localDate,
          to.localTime,
          to.timeZone,
          JSON.stringify(to.lines),
          to.priceMinor,
          to.currency,
          new Date(now),
          to.status,
        ],
      ),
    )
    if (rowCount !== 1) return { ok: false, reason: 'not-active' }
  } catch (error) {
    if (!violates(error, 'bookings_no_overlap')) throw error
    return { ok: false, reason: 'taken' }
  }
  // Who only moves within the day, or to somebody else, may wait for one more visit of the same kind.
  const before = { localDate: localDate(booking.startsAt, to.timeZone), lines: booking.lines }
  if (!isSameWish(before, to)) await leaveSameWish(tx, booking.customerId, to, now)
  return { ok: true }
}

/** Gives a booking another status, if it still has the one that was read. False: somebody was quicker. */
export async function markBooking(
  tx: Tx,
  booking: Pick<Booking, 'id' | 'status'>,
  status: BookingStatus,
  author: Author,
  now: number,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    'update bookings set status = $3, updated_at = $4 where id = $1 and status = $2',
    [booking.id, booking.status, status, new Date(now)],
  )
  if (rowCount === 0) return false
  await writeHistory(tx, {
    bookingId: booking.id,
    action: 'status',
    author,
    now,
    oldStatus: booking.status,
    newStatus: status,
  })
  return true
}

/**
 * An admin approves what a customer has asked for. The time counts as agreed from now on: reminders that were due before
 * are not sent. False: it does not wait for that any more.
 */
export async function approveBooking(
  tx: Tx,
  bookingId: number,
  author: Author,
  now: number,
): Promise<boolean> {
  if (!(await markBooking(tx, { id: bookingId, status: 'pending' }, 'booked', author, now))) return false
  await tx.query('update bookings set timed_at = $2 where id = $1', [bookingId, new Date(now)])
  return true
}

/** The business's own words on a booking; its customer never sees them. */
export async function writeNote(tx: Tx, bookingId: number, note: string, now: number): Promise<void> {
  await tx.query('update bookings set note = $2, updated_at = $3 where id = $1', [
    bookingId,
    note,
    new Date(now),
  ])
}

/** Nobody has looked at these for months; and without a lower end each run would read the whole past. */
const FORGOTTEN_DAYS = 62
const MARKED_AT_ONCE = 200

/**
 * Counts visits that nobody has marked as came, some hours after their end; oldest first, some hundred at a time. Gives
 * back how many. Rows that somebody is changing are left for the next time.
 */
export async function markUnmarkedAsCame(tx: Tx, hours: number, now: number): Promise<number> {
  const { rowCount } = await tx.query(
    `with due as (
       select id, status
         from bookings
        where status = any($1::text[])
          and ends_at <= $2
          and starts_at < $2
          and starts_at > $3
        order by starts_at
        limit ${MARKED_AT_ONCE}
          for update skip locked
     ), marked as (
       update bookings b
          set status = 'came', updated_at = $4
         from due
        where b.id = due.id
       returning b.id, due.status as old_status
     )
     insert into booking_history (booking_id, at, action, actor, old_status, new_status)
     select id, $4, 'status', 'system', old_status, 'came'
       from marked`,
    [
      UNMARKED_STATUSES,
      new Date(now - hours * 3_600_000),
      new Date(now - FORGOTTEN_DAYS * 86_400_000),
      new Date(now),
    ],
  )
  return rowCount
}
