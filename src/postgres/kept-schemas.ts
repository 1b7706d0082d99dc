import { type ClientNames, quoteIdentifier } from '../fleet/names.ts'
import type { AdminDb } from './admin.ts'

/** Data of a client as it was before a restore replaced it. */
export interface KeptSchema {
  schema_name: string
  version: number
  replaced_at: Date
  keep_until: Date
}

/**
 * The name under which a client's schema is put aside, as `client_anna__old_20260131095959`. No client's id can be the
 * same, for those have single underscores.
 */
export function asideName({ schema }: ClientNames, at: Date): string {
  return `${schema}__old_${at.toISOString().replaceAll(/\D/g, '').slice(0, 14)}`
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
