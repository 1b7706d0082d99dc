import { BookctlError } from '../errors.ts'
import { quoteIdentifier } from '../fleet/names.ts'
import type { AdminDb } from '../postgres/admin.ts'
import { listTables } from '../postgres/catalogue.ts'

const LOCK_TIMEOUT = '5s'

/** Exact row counts of every table of a schema, by name; all in one statement, so in one snapshot. */
export async function countRows(db: AdminDb, schema: string): Promise<Record<string, number>> {
  const tables = await listTables(db, schema)
  if (tables.length === 0) return {}
  const counts = tables.map(
    (table, index) =>
      `select $${index + 1}::text as name, count(*) as rows from ${quoteIdentifier(schema)}.${quoteIdentifier(table)}`,
  )
  const { rows } = await db.query<{ name: string; rows: number }>(counts.join('\nunion all\n'), tables)
  return Object.fromEntries(rows.map((row) => [row.name, row.rows]))
}

/**
 * As `countRows`, for one schema of many in a transaction that goes on. A table that somebody has locked costs this
 * schema alone its counts; and no lock is kept, for there would be no room for those of a thousand clients.
 * @throws BookctlError `schema-busy` (exit 124).
 */
export async function countRowsApart(tx: AdminDb, schema: string): Promise<Record<string, number>> {
  await tx.query('savepoint counting')
  try {
    await tx.query(`set local lock_timeout = '${LOCK_TIMEOUT}'`)
    return await countRows(tx, schema)
  } catch (error) {
    if ((error as { code?: string }).code !== '55P03') throw error
    throw new BookctlError(
      'schema-busy',
      'timeout',
      `${schema}: its rows could not be counted: somebody has held a lock on its tables for more than ${LOCK_TIMEOUT}`,
      {
        hint: 'Run the same command again when that work is done. Who it is: pg_locks, pg_stat_activity.',
        cause: error,
      },
    )
  } finally {
    await tx.query('rollback to savepoint counting')
  }
}
