import { OLDEST_RUNTIME } from '../../bot/contract/schema.ts'
import { CLIENT_TABLE_GRANTS, type Migration, readMigrations } from '../../bot/schema/index.ts'
import { BookctlError } from '../errors.ts'
import { type ClientNames, FLEET_ROLES, quoteIdentifier } from '../fleet/names.ts'
import type { AdminDb } from './admin.ts'

/** A bot's transactions last milliseconds. Whoever waits in our queue behind a longer one must not wait long. */
const LOCK_TIMEOUT = '5s'

/**
 * Brings one client's schema to the newest version, in one transaction: all of it or nothing. At that version already,
 * it does nothing, so a run over many clients that was cut off is simply run again.
 * @throws BookctlError `schema-busy` (exit 124), `schema-newer` (exit 10), `schema-missing` (exit 5).
 */
export async function migrateClient(
  db: AdminDb,
  names: ClientNames,
  migrations: readonly Migration[] = readMigrations('client'),
): Promise<{ from: number; to: number }> {
  const to = migrations.length
  try {
    return await db.transaction(async (tx) => {
      await tx.query(`set local lock_timeout = '${LOCK_TIMEOUT}'`)
      const { rows } = await tx.query<{ version: number }>(
        'select version from fleet.schema_versions where client_id = $1 for update',
        [names.id],
      )
      const from = rows[0]?.version
      if (from === undefined) throw schemaMissing(names)
      if (from > to) throw schemaNewer(names, from, to)
      if (from < to) await runClientMigrations(tx, names, migrations.slice(from))
      return { from, to }
    })
  } catch (error) {
    if ((error as { code?: string }).code !== '55P03') throw error
    throw new BookctlError(
      'schema-busy',
      'timeout',
      `${names.id}: a table of its schema is in use for too long`,
      {
        hint: `Nothing was changed. See pg_stat_activity for role ${names.role}, then run the same command again.`,
        cause: error,
      },
    )
  }
}

/** Runs migrations that follow each other, inside the caller's transaction, and writes down the version. */
export async function runClientMigrations(
  tx: AdminDb,
  names: ClientNames,
  migrations: readonly Migration[],
): Promise<void> {
  if (migrations.length === 0) return
  const { rows } = await tx.query<{ path: string }>(`select current_setting('search_path') as path`)
  for (const statement of migrationStatements(names, migrations)) await tx.query(statement)
  await tx.query(`select set_config('search_path', $1, true)`, [rows[0]?.path ?? ''])
}

/**
 * The statements of migrations that follow each other, for one transaction: with owner, rights and the version noted.
 * They leave search_path changed.
 */
export function migrationStatements(names: ClientNames, migrations: readonly Migration[]): string[] {
  const newest = migrations.at(-1)
  if (!newest) return []
  return [
    `set local role ${FLEET_ROLES.owner}`,
    `set local search_path = ${quoteIdentifier(names.schema)}`,
    ...migrations.map(({ sql }) => sql),
    grantStatements(names, Object.keys(CLIENT_TABLE_GRANTS)).join(';\n'),
    'reset role',
    noteVersionStatement(names, newest.version),
  ]
}

/** Each table by its name: `on all tables in schema` reads the whole catalogue, and grows with the fleet. */
export function grantStatements(names: ClientNames, tables: readonly string[]): string[] {
  const schema = quoteIdentifier(names.schema)
  const role = quoteIdentifier(names.role)
  const rights: Record<string, string> = CLIENT_TABLE_GRANTS
  return [
    `grant usage on schema ${schema} to ${role}`,
    ...tables.flatMap((table) =>
      rights[table] === undefined
        ? []
        : [`grant ${rights[table]} on ${schema}.${quoteIdentifier(table)} to ${role}`],
    ),
  ]
}

/** An id has no quotes: its form was checked. */
export function noteVersionStatement({ id }: ClientNames, version: number): string {
  return `insert into fleet.schema_versions (client_id, version, oldest_runtime)
     values ('${id}', ${version}, ${OLDEST_RUNTIME})
     on conflict (client_id) do update
       set version = excluded.version, oldest_runtime = excluded.oldest_runtime, migrated_at = now()`
}

export function schemaMissing({ id }: ClientNames): BookctlError {
  return new BookctlError('schema-missing', 'conflict', `The schema of ${id} is not in the database`, {
    hint: `An empty one would hide that its data is gone. Its archives are in backups/${id}/; without any, bookctl client remove ${id} makes room for a new client.`,
  })
}

export function schemaNewer({ id }: ClientNames, version: number, known: number): BookctlError {
  return new BookctlError(
    'schema-newer',
    'configuration',
    `The schema of ${id} has version ${version}, this bookctl knows ${known}`,
    { hint: 'A newer bookctl was here: use that one or a later one.' },
  )
}
