import { quoteIdentifier } from '../fleet/names.ts'
import type { AdminDb } from '../postgres/admin.ts'

/** Exact row counts of every table of a schema, by name; all in one statement, so in one snapshot. */
export async function countRows(db: AdminDb, schema: string): Promise<Record<string, number>> {
  const { rows: tables } = await db.query<{ name: string }>(
    `select relname as name
       from pg_class
      where relnamespace = to_regnamespace($1) and relkind = 'r'
      order by relname`,
    [quoteIdentifier(schema)],
  )
  if (tables.length === 0) return {}
  const counts = tables.map(
    (table, index) =>
      `select $${index + 1}::text as name, count(*) as rows from ${quoteIdentifier(schema)}.${quoteIdentifier(table.name)}`,
  )
  const { rows } = await db.query<{ name: string; rows: number }>(
    counts.join('\nunion all\n'),
    tables.map((table) => table.name),
  )
  return Object.fromEntries(rows.map((row) => [row.name, row.rows]))
}
