import type { Desk } from './desk.ts'
import type { Bookings } from './plan-bookings.ts'
import type { Customers } from './plan-customers.ts'
import type { ImportRows } from './rows.ts'
import { readId, readUsername, readWhole } from './values.ts'

/** Ratings, one for each booking (the newest), by the customer who made it: the old bot checked neither. */
export function planFeedback(desk: Desk, bookings: Bookings, customers: Customers): ImportRows['feedback'] {
  const byBooking = new Map<number, ImportRows['feedback'][number]>()
  const telegramIds = new Map(customers.rows.map(({ id, telegram_id }) => [id, telegram_id]))
  desk.ledger.each('feedback', (field) => {
    const leave = (why: string) => {
      desk.ledger.leave('feedback', why, `booking #${field('bookingId') ?? '?'}`)
      return false
    }
    const booking = bookings.ofOld(field('bookingId'))
    if (!booking) return leave('its booking is not there any more')
    const rating = readWhole(field('rating'))
    if (rating === undefined || rating < 1 || rating > 5) return leave('its rating is not 1 to 5')
    const by = readId(field('userId'))
    if (by !== undefined && by !== telegramIds.get(booking.customer_id))
      return leave('it is not by the customer who booked')
    const before = byBooking.get(booking.id)
    const createdAt = desk.at('feedback', field('at'))
    if (before && before.created_at > createdAt) return leave('a later rating of the same booking stands')
    const row = {
      booking_id: booking.id,
      customer_id: booking.customer_id,
      rating,
      comment: field('comment') ?? '',
      created_at: createdAt,
    }
    byBooking.set(booking.id, row)
    if (!before) return true
    // This row takes the place of an earlier one, which is the one left out.
    return leave('a later rating of the same booking stands')
  })
  return [...byBooking.values()]
}

/** Admins that were added in the bot. Those of its ADMIN_IDS stand in `.env` here as they did there. */
export function planAdmins(desk: Desk): ImportRows['admins'] {
  const byId = new Map<number, ImportRows['admins'][number]>()
  desk.ledger.each('admins', (field) => {
    const telegramId = readId(field('userId'))
    if (telegramId === undefined || byId.has(telegramId)) {
      const why =
        telegramId === undefined ? 'user_id is no number of a person in Telegram' : 'stands there twice'
      desk.ledger.leave('admins', why)
      return false
    }
    const role = field('role') ?? 'moderator'
    const isKnown = role === 'super_admin' || role === 'moderator'
    if (!isKnown) desk.changed(`admins: the role '${role}' is not known; 'moderator' stands for it`)
    byId.set(telegramId, {
      telegram_id: telegramId,
      username: readUsername(field('username')) ?? null,
      role: isKnown ? role : 'moderator',
      added_by: readId(field('addedBy')) ?? null,
      added_at: desk.at('admins', field('addedAt')),
    })
    return true
  })
  return [...byId.values()]
}

/** What the admins of the old bot did. */
export function planAdminActions(desk: Desk): ImportRows['admin_actions'] {
  const rows: ImportRows['admin_actions'] = []
  desk.ledger.each('audit_log', (field) => {
    const action = field('action')
    if (action === null) {
      desk.ledger.leave('audit_log', 'it names no action')
      return false
    }
    rows.push({
      at: desk.at('audit_log', field('at')),
      actor: 'admin',
      actor_telegram_id: readId(field('adminId')) ?? null,
      action,
      target: field('targetId'),
      details: field('details') === null ? {} : { text: field('details') },
    })
    return true
  })
  return rows
}
