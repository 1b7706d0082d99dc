import { type ClientNames, quoteIdentifier } from '../fleet/names.ts'
import type { AdminDb } from '../postgres/admin.ts'
import { inspectClient } from '../postgres/provision.ts'

/** What a removal takes away, in numbers a person can judge. */
export interface Losses {
  customers: number
  upcomingBookings: number
  bookings: number
  bytes: number
}

/** Undefined where there is no schema (any more): then there is nothing left to lose. */
export async function countLosses(db: AdminDb, names: ClientNames): Promise<Losses | undefined> {
  const { schema, tables } = await inspectClient(db, names)
  if (!schema || tables === 0) return undefined
  const quoted = quoteIdentifier(names.schema)
  const { rows } = await db.query<Losses>(
    `select (select count(*) from ${quoted}.users) as customers,
            (select count(*) from ${quoted}.bookings
              where status in ('pending', 'booked', 'confirmed') and starts_at > now()) as "upcomingBookings",
            (select count(*) from ${quoted}.bookings where hold_expires_at is null and status <> 'waiting') as bookings,
            (select coalesce(sum(pg_total_relation_size(oid)), 0)::bigint
               from pg_class where relnamespace = to_regnamespace($1) and relkind = 'r') as bytes`,
    [quoted],
  )
  return rows[0]
}

export function describeLosses(losses: Losses): string {
  const { customers, upcomingBookings, bookings, bytes } = losses
  return `${customers} customers, ${upcomingBookings} upcoming bookings, ${bookings} bookings in all, ${Math.ceil(bytes / 1024)} kB`
}
