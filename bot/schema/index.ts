import { readdirSync, readFileSync } from 'node:fs'

/** One numbered SQL file. `version` is its number; files are applied in that order, each in one transaction. */
export interface Migration {
  version: number
  name: string
  sql: string
}

/**
 * Migrations of the shared schema `fleet` or of one client's schema, ascending, without gaps.
 * The files name no schema: the caller sets search_path.
 */
export function readMigrations(kind: 'fleet' | 'client'): Migration[] {
  const folder = new URL(`./${kind}/`, import.meta.url)
  const migrations = readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .toSorted()
    .map((file) => ({
      version: Number.parseInt(file, 10),
      name: file,
      sql: readFileSync(new URL(file, folder), 'utf8'),
    }))
  migrations.forEach((migration, index) => {
    if (migration.version !== index + 1)
      throw new Error(`migration ${migration.name} should have number ${index + 1}`)
  })
  return migrations
}

/** The tables of a client's schema and what the client's own role may do in each. Past bookings are never deleted. */
export const CLIENT_TABLE_GRANTS = {
  users: 'select, insert, update',
  services: 'select, insert, update, delete',
  staff: 'select, insert, update, delete',
  working_hours: 'select, insert, update, delete',
  bookings: 'select, insert, update',
  booking_history: 'select, insert',
  blocked_slots: 'select, insert, update, delete',
  feedback: 'select, insert, update',
  admins: 'select, insert, update, delete',
  admin_actions: 'select, insert',
  settings: 'select, insert, update, delete',
  text_templates: 'select, insert, update, delete',
} as const

/**
 * The plumbing in schema `fleet`, with what every client's role may do there to its own rows (column client_id). These
 * rows go when the client goes.
 */
export const PLUMBING_GRANTS = {
  schema_versions: 'select',
  updates: 'select, insert, delete',
  outbox: 'select, insert, update, delete',
  heartbeats: 'select, insert, update',
  leases: 'select, insert, update, delete',
  invites: 'select, insert, update, delete',
  broadcasts: 'select, insert, update, delete',
} as const

export const PLUMBING_TABLES = Object.keys(PLUMBING_GRANTS)
