import { type ClientNames, quoteIdentifier } from '../fleet/names.ts'
import type { AdminDb } from './admin.ts'

/** Data of a client as it was before a restore replaced it. */
export interface KeptSchema {
  schema_name: string
  version: number
  replaced_at: Date
  keep_until: Date
}

/** Where a schema is put, and how long it is kept there. */
export interface Aside {
  name: string
  keepUntil: Date
}

/** How long whoever puts a schema aside waits for those who still use its tables. The bot is stopped by then. */
export const ASIDE_LOCK_TIMEOUT = '5s'

/**
 * The name under which a client's schema is put aside, as `client_anna__old_20260131095959`. No client's id can be the
 * same, for those have single underscores.
 */
export function asideName({ schema }: ClientNames, at: Date): string {
  return `${schema}__old_${at.toISOString().replaceAll(/\D/g, '').slice(0, 14)}`
}

/**
 * The statements that put a client's schema aside, for one transaction; none where it has no tables. The tables are
 * locked first, for a rename does not wait for open writers. Ids and UUIDs have no quotes: their form was checked.
 */
export function putAsideStatements(
  names: ClientNames,
  { uuid, tables, aside }: { uuid: string; tables: readonly string[]; aside: Aside },
): string[] {
  if (tables.length === 0) return []
  const schema = quoteIdentifier(names.schema)
  const put = quoteIdentifier(aside.name)
  const locked = tables.toSorted().map((table) => `${schema}.${quoteIdentifier(table)}`)
  return [
    `lock table ${locked.join(', ')} in access exclusive mode`,
    `alter schema ${schema} rename to ${put}`,
    `revoke all on schema ${put} from ${quoteIdentifier(names.role)}`,
    `insert into fleet.kept_schemas (schema_name, client_id, client_uuid, version, keep_until)
       select '${aside.name}', client_id, '${uuid}', version, '${aside.keepUntil.toISOString()}'
         from fleet.schema_versions where client_id = '${names.id}'`,
  ]
}

/** Messages about bookings that are there no more. Those that were sent stay known, so that none is sent twice. */
export function dropUnsentStatement({ id }: ClientNames): string {
  return `delete from fleet.outbox where client_id = '${id}' and state in ('queued', 'sending')`
}

/** Those of a client (this UUID), newest first. */
export async function listKeptSchemas(db: AdminDb, uuid: string): Promise<KeptSchema[]> {
  const { rows } = await db.query<KeptSchema>(
    `select schema_name, version, replaced_at, keep_until
       from fleet.kept_schemas where client_uuid = $1 order by replaced_at desc, schema_name desc`,
    [uuid],
  )
  return rows
}

/** Drops kept schemas of a client, one transaction each, so that few locks are held: all, or those past their time. */
export async function dropKeptSchemas(db: AdminDb, id: string, pastAt?: Date): Promise<string[]> {
  const { rows } = await db.query<{ schema_name: string }>(
    `select schema_name from fleet.kept_schemas
      where client_id = $1 and ($2::timestamptz is null or keep_until <= $2)
      order by replaced_at`,
    [id, pastAt ?? null],
  )
  for (const { schema_name: name } of rows)
    await db.transaction(async (tx) => {
      await tx.query(`set local lock_timeout = '10s'`)
      await tx.query(`drop schema if exists ${quoteIdentifier(name)} cascade`)
      await tx.query('delete from fleet.kept_schemas where schema_name = $1', [name])
    })
  return rows.map((row) => row.schema_name)
}
