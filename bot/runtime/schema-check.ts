import { CLIENT_SCHEMA_VERSION } from '../contract/schema.ts'
import { type Database, sqlState } from '../storage/database.ts'

/** The schema cannot be used; only bookctl can mend that. */
export class SchemaError extends Error {}

/** SQLSTATEs of a login or a right that is not there. */
const REFUSED = new Set(['28000', '28P01', '42501', '3D000', '3F000', '42P01'])

/**
 * Looks whether the client's schema is there and fits this runtime, and counts what it really holds.
 * @throws SchemaError with one line that names the command to run. Outages are thrown as they come.
 */
export async function checkSchema(
  db: Database,
  clientId: string,
): Promise<{ tables: number; indexes: number; version: number }> {
  const hint = `Run: bookctl client add ${clientId}`
  try {
    const { rows } = await db.query<{ version: number; oldest_runtime: number }>(
      'select version, oldest_runtime from fleet.schema_versions where client_id = $1',
      [clientId],
    )
    const row = rows[0]
    if (!row) throw new SchemaError(`There is no schema for ${clientId}. ${hint}`)
    if (row.version < CLIENT_SCHEMA_VERSION)
      throw new SchemaError(
        `The schema of ${clientId} has version ${row.version}; this bot needs ${CLIENT_SCHEMA_VERSION}. Run: bookctl apply ${clientId}`,
      )
    if (row.oldest_runtime > CLIENT_SCHEMA_VERSION)
      throw new SchemaError(
        `The schema of ${clientId} has version ${row.version} and is too new for this bot. Run: bookctl client restart ${clientId}`,
      )
    const counted = await db.query<{ tables: number; indexes: number }>(
      `select (select count(*) from pg_tables where schemaname = $1) as tables,
              (select count(*)
                 from pg_index i
                 join pg_class c on c.oid = i.indexrelid
                 join pg_namespace n on n.oid = c.relnamespace
                where n.nspname = $1
                  and not exists (select from pg_constraint where conindid = i.indexrelid)) as indexes`,
      [clientId],
    )
    const { tables, indexes } = counted.rows[0] ?? { tables: 0, indexes: 0 }
    if (tables === 0) throw new SchemaError(`The schema of ${clientId} is not there. ${hint}`)
    return { tables, indexes, version: row.version }
  } catch (error) {
    if (REFUSED.has(sqlState(error) ?? ''))
      throw new SchemaError(`The database refuses ${clientId}: ${(error as Error).message}. ${hint}`)
    throw error
  }
}
