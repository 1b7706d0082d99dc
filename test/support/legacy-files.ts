import { writeFileSync } from 'node:fs'
import initSqlJs from 'sql.js'
import { LEGACY_COLUMNS, type LegacyTables } from './legacy.ts'

/** Writes an SQLite database that these statements make. */
export async function writeSqlite(path: string, sql: string): Promise<Buffer> {
  const { Database } = await initSqlJs()
  const db = new Database()
  db.exec(sql)
  const bytes = Buffer.from(db.export())
  db.close()
  writeFileSync(path, bytes)
  return bytes
}

/** Statements that make the predecessor's 12 tables, in a schema where one is named, and fill them with these rows. */
export function legacySql(tables: LegacyTables, schema?: string): string {
  const named = (table: string) => (schema === undefined ? table : `${schema}.${table}`)
  return Object.entries(LEGACY_COLUMNS)
    .flatMap(([table, columns]) => {
      const list = columns.map((column) => `"${column}"`)
      const form = columns.map((column) => `"${column}" ${TYPES[column] ?? 'text'}`)
      const rows = (tables[table] ?? []).map(
        (row) =>
          `insert into ${named(table)} (${list.join(', ')}) values (${columns.map((column) => literal(row[column] ?? null)).join(', ')})`,
      )
      return [`create table ${named(table)} (${form.join(', ')})`, ...rows]
    })
    .join(';\n')
}

/** Dates and times of bookings are text in both databases; so are prices. */
const TYPES: Readonly<Record<string, string>> = {
  id: 'integer primary key',
  user_id: 'bigint',
  service_id: 'integer',
  duration_minutes: 'integer',
  rating: 'integer',
  is_active: 'boolean',
  first_seen: 'timestamp',
  created_at: 'timestamp',
  updated_at: 'timestamp',
  timestamp: 'timestamp',
}

function literal(value: string | number | boolean | null): string {
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value)
}
