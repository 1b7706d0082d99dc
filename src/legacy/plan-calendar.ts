import type { Desk } from './desk.ts'
import type { Bookings } from './plan-bookings.ts'
import type { ImportRows } from './rows.ts'
import { readStart } from './time.ts'
import { iso, range, readId } from './values.ts'

/** The old bot took every blocked slot for exactly an hour. */
const BLOCK_MS = 3_600_000

/** Times that nobody can book: blocks of the whole business, and those that `planBookings` asks for. */
export function planBlocks(desk: Desk, bookings: Bookings): ImportRows['blocked_slots'] {
  const rows = [...bookings.blocks]
  desk.ledger.each('blocked_slots', (field) => {
    const start = readStart(field('date'), field('time'), desk.timeZone)
    if (!start) {
      desk.ledger.leave(
        'blocked_slots',
        'its date and time cannot be read',
        `${field('date')} ${field('time')}`,
      )
      return false
    }
    rows.push({
      staff_id: null,
      busy: range(start.instant, start.instant + BLOCK_MS),
      reason: field('reason') ?? '',
      created_by: readId(field('blockedBy')) ?? null,
      created_at: desk.at('blocked_slots', field('blockedAt')),
    })
    return true
  })
  return rows
}

const ACTIONS = { create: 'created', cancel: 'cancelled', reschedule: 'rescheduled' } as const
const ACTORS = { user: 'customer', admin: 'admin' } as const
const STATUS_AFTER = { created: 'booked', cancelled: 'cancelled', rescheduled: null } as const

/** What happened to the bookings that are still there: the old bot deleted cancelled ones. */
export function planHistory(desk: Desk, bookings: Bookings): ImportRows['booking_history'] {
  const rows: ImportRows['booking_history'] = []
  desk.ledger.each('booking_history', (field) => {
    const leave = (why: string) => {
      desk.ledger.leave('booking_history', why, `booking #${field('bookingId') ?? '?'}`)
      return false
    }
    const booking = bookings.ofOld(field('bookingId'))
    if (!booking) return leave('its booking is not there any more')
    const action = ACTIONS[field('action') as keyof typeof ACTIONS]
    if (!action) return leave('its action is not known')
    const moment = (date: string | null, time: string | null) => {
      const start = readStart(date, time, desk.timeZone)
      return start ? iso(start.instant) : null
    }
    const actor = ACTORS[field('changedByType') as keyof typeof ACTORS] ?? 'system'
    rows.push({
      booking_id: booking.id,
      at: desk.at('booking_history', field('changedAt')),
      action,
      actor,
      // History is never erased, and the booking knows its customer.
      actor_telegram_id: actor === 'admin' ? (readId(field('changedBy')) ?? null) : null,
      new_status: STATUS_AFTER[action],
      old_starts_at: moment(field('oldDate'), field('oldTime')),
      new_starts_at: moment(field('newDate'), field('newTime')),
      reason: field('reason'),
    })
    return true
  })
  return rows
}
