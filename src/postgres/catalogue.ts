import type { AdminDb } from './admin.ts'

/** As `16.4 (Debian …)`: its first number is the major version. */
export async function readServerVersion(db: AdminDb): Promise<string> {
  const { rows } = await db.query<{ version: string }>(`select current_setting('server_version') as version`)
  return rows[0]?.version ?? ''
}

/** Names of the tables in a schema, sorted; none where there is no such schema. */
export async function listTables(db: AdminDb, schema: string): Promise<string[]> {
  const { rows } = await db.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = $1 and c.relkind = 'r'
      order by c.relname`,
    [schema],
  )
  return rows.map(({ name }) => name)
}
