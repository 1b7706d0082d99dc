import { PLUMBING_TABLES, readMigrations } from '../../bot/schema/index.ts'
import { BookctlError } from '../errors.ts'
import { type ClientNames, FLEET_ROLES, quoteIdentifier } from '../fleet/names.ts'
import type { InitialValues } from '../fleet/schema.ts'
import type { AdminDb } from './admin.ts'
import { upsertSetting } from './client-settings.ts'
import { writeFirstContents } from './first-contents.ts'
import { dropKeptSchemas } from './kept-schemas.ts'
import { runClientMigrations } from './migrate-client.ts'
import { disableLogin, ensureRole, roleExists } from './roles.ts'

export { disableLogin, enableLogin, ensureRole } from './roles.ts'

export interface ClientInspection {
  schema: boolean
  role: boolean
  tables: number
  /** Named secondary indexes: those of keys, unique and exclusion constraints are not counted. */
  indexes: number
  version: number | undefined
  /** Whether fleet.clients has a living row of this id. */
  ours: boolean
}

/** What of a client is in this database. */
export async function inspectClient(db: AdminDb, names: ClientNames): Promise<ClientInspection> {
  const { rows } = await db.query<Omit<ClientInspection, 'version'> & { version: number | null }>(
    `select to_regnamespace($2) is not null as schema,
            exists (select from pg_roles where rolname = $3) as role,
            (select count(*) from pg_class where relnamespace = to_regnamespace($2) and relkind = 'r') as tables,
            (select count(*)
               from pg_class c
              where c.relnamespace = to_regnamespace($2)
                and c.relkind = 'i'
                and not exists (
                  select from pg_constraint where conindid = c.oid and contype in ('p', 'u', 'x')
                )) as indexes,
            (select version from fleet.schema_versions where client_id = $1) as version,
            exists (select from fleet.clients where client_id = $1 and state <> 'removed') as ours`,
    [names.id, quoteIdentifier(names.schema), names.role],
  )
  const found = rows[0]
  if (!found) throw new Error('a select without from gave no row')
  return { ...found, version: found.version ?? undefined }
}

/**
 * Makes a client in ONE transaction: role, schema, tables, indexes, grants on named tables, version, first contents.
 * Where it is there already only the password, title and zone are set again. `services` and the other initial
 * values are used once, by the run that makes the schema.
 * @throws BookctlError `schema-foreign` (exit 5) for a schema that bookctl did not make.
 */
export async function provisionClient(
  db: AdminDb,
  names: ClientNames,
  options: { password: string; title: string; timeZone: string; initial: InitialValues },
): Promise<{ tables: number; indexes: number }> {
  return await db.transaction(async (tx) => {
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('bookctl:provision:' || $1, 0))`, [
      names.id,
    ])
    const before = await inspectClient(tx, names)
    if (before.schema && before.version === undefined)
      throw new BookctlError(
        'schema-foreign',
        'conflict',
        `${names.id}: the database has a schema ${names.schema} that bookctl did not make`,
        { hint: 'Choose another id, or rename that schema.' },
      )
    await ensureRole(tx, names, options.password)
    if (!before.schema) {
      await createSchema(tx, names)
      await writeFirstContents(tx, names, options)
    }
    await upsertSetting(tx, names, 'title', options.title, 'operator')
    await upsertSetting(tx, names, 'timeZone', options.timeZone, 'operator')
    const { tables, indexes } = await inspectClient(tx, names)
    return { tables, indexes }
  })
}

async function createSchema(tx: AdminDb, names: ClientNames): Promise<void> {
  await tx.query(`create schema ${quoteIdentifier(names.schema)} authorization ${FLEET_ROLES.owner}`)
  await runClientMigrations(tx, names, readMigrations('client'))
}

/**
 * Takes a client out of the database: its sessions, schema with all data (also what restores have replaced), role, and its rows in the plumbing
 * tables of schema fleet. Journal, audit and tombstone stay. May be repeated.
 * @throws BookctlError `role-in-use` (exit 5) when the role has rights in another database.
 */
export async function dropClient(db: AdminDb, names: ClientNames): Promise<void> {
  // First and by itself: a bot that reconnects in between would hold locks on what is dropped.
  await disableLogin(db, names)
  await dropKeptSchemas(db, names.id)
  const role = quoteIdentifier(names.role)
  await db.transaction(async (tx) => {
    await tx.query(`set local lock_timeout = '10s'`)
    await tx.query(`drop schema if exists ${quoteIdentifier(names.schema)} cascade`)
    for (const table of PLUMBING_TABLES)
      await tx.query(`delete from fleet.${table} where client_id = $1`, [names.id])
    if (!(await roleExists(tx, names))) return
    await tx.query(`drop owned by ${role}`)
    try {
      await tx.query(`drop role ${role}`)
    } catch (error) {
      const { code, detail } = error as { code?: string; detail?: string }
      if (code !== '2BP01') throw error
      throw new BookctlError(
        'role-in-use',
        'conflict',
        `${names.id}: role ${names.role} has rights elsewhere: ${detail ?? ''}`,
        { hint: `In each database named above run: drop owned by ${names.role}`, cause: error },
      )
    }
  })
}
