import type { Desk } from './desk.ts'
import type { ImportRows } from './rows.ts'
import { readId, readUsername } from './values.ts'

type Customer = ImportRows['users'][number]

export interface Customers {
  rows: Customer[]
  /** Who made a booking; made anew where the old bot has no such customer (any more). */
  ofBooking(userId: string | null, username: string | null): Customer
}

/** Customers, one for each person in Telegram. */
export function planCustomers(desk: Desk): Customers {
  const rows: Customer[] = []
  const byTelegramId = new Map<number, Customer>()
  const add = (customer: Omit<Customer, 'id'>) => {
    const made = { id: rows.length + 1, ...customer }
    rows.push(made)
    if (made.telegram_id !== null) byTelegramId.set(made.telegram_id, made)
    return made
  }
  desk.ledger.each('users', (field) => {
    const telegramId = readId(field('userId'))
    if (telegramId === undefined) {
      desk.ledger.leave('users', 'user_id is no number of a person in Telegram')
      return false
    }
    const created = desk.at('users', field('firstSeen'), field('createdAt'))
    const seen = field('lastActive') === null ? created : desk.at('users', field('lastActive'))
    const names = namesOf(field('username'), field('firstName'))
    const more = { ...names, last_name: field('lastName'), phone: field('phone') }
    const known = byTelegramId.get(telegramId)
    if (!known) add({ telegram_id: telegramId, ...more, created_at: created, last_seen_at: seen })
    else {
      fillIn(known, more)
      desk.changed('users: two rows of one person have become one customer')
    }
    return true
  })
  return {
    rows,
    ofBooking(userId, username) {
      const telegramId = readId(userId) ?? null
      const known = telegramId === null ? undefined : byTelegramId.get(telegramId)
      const names = namesOf(username, null)
      if (known) {
        // Perhaps a first name that looks like a username: worth having only where there is no name at all.
        if (known.username === null && known.first_name === null) fillIn(known, names)
        return known
      }
      desk.changed(
        telegramId === null
          ? 'bookings: a customer without Telegram was made for a booking that names nobody'
          : 'bookings: a customer was made whom the table users does not have',
      )
      const at = desk.at('users')
      return add({
        telegram_id: telegramId,
        ...names,
        last_name: null,
        phone: null,
        created_at: at,
        last_seen_at: at,
      })
    },
  }
}

/** The old bot kept the first name where there was no username, and 'Guest' where there was neither. */
function namesOf(text: string | null, firstName: string | null) {
  const written = text === 'Guest' ? null : text
  const username = readUsername(written) ?? null
  return { username, first_name: firstName ?? (username === null ? written : null) }
}

function fillIn(customer: Customer, more: Partial<Customer>): void {
  for (const [key, value] of Object.entries(more) as [keyof Customer, never][]) customer[key] ??= value
}
