import { readFile, stat } from 'node:fs/promises'
import type { Database } from 'sql.js'
import { type LegacyData, LegacyFileError, type LegacyRow, type LegacyTable } from './data.ts'
import { requireKind } from './file-kind.ts'
import { isRecognised } from './recognised.ts'

const WHOLE_COPY = `Stop the old bot and make a whole copy with: sqlite3 FILE ".backup copy.db"`

/**
 * Reads the database of the old SQLite bot, from a copy in memory: the file itself is never written.
 * @throws LegacyFileError for another kind of file, a damaged one, or one whose newest rows lie beside it.
 */
export async function readSqlite(path: string): Promise<LegacyData> {
  await requireKind(path, 'sqlite')
  for (const beside of ['-wal', '-journal']) {
    const size = await stat(`${path}${beside}`).then(
      (found) => found.size,
      () => 0,
    )
    if (size > 0)
      throw new LegacyFileError(
        'damaged',
        `${path}${beside} holds changes that are not in the file yet`,
        WHOLE_COPY,
      )
  }
  const bytes = await readFile(path)
  requireWhole(bytes)
  const { default: initSqlJs } = await import('sql.js')
  const { Database } = await initSqlJs()
  const db = new Database(bytes)
  try {
    return readTables(db)
  } catch (error) {
    if (error instanceof LegacyFileError) throw error
    throw new LegacyFileError('damaged', `SQLite cannot read it: ${(error as Error).message}`, WHOLE_COPY)
  } finally {
    db.close()
  }
}

/** The header says how long the file must be; SQLite itself reads what is cut off as empty or as anything. */
function requireWhole(bytes: Buffer): void {
  const pageSize = bytes.readUInt16BE(16) === 1 ? 65_536 : bytes.readUInt16BE(16)
  const expected = pageSize * bytes.readUInt32BE(28)
  if (bytes.length < Math.max(expected, 100))
    throw new LegacyFileError('damaged', `it is cut off: ${bytes.length} of ${expected} bytes`, WHOLE_COPY)
}

function readTables(db: Database): LegacyData {
  const [verdict] = db.exec('pragma integrity_check(1)')
  if (verdict?.values[0]?.[0] !== 'ok')
    throw new LegacyFileError('damaged', `it is damaged: ${String(verdict?.values[0]?.[0])}`, WHOLE_COPY)
  // Virtual tables have no page of their own, and SQLite's own tables are none of the bot's.
  const names = select(
    db,
    `select name from sqlite_schema
      where type = 'table' and rootpage > 0 and name not like 'sqlite\\_%' escape '\\'
      order by name`,
  ).map((row) => row['name'] ?? '')
  return { tables: names.map((name) => readTable(db, name)) }
}

function readTable(db: Database, name: string): LegacyTable {
  const columns = select(db, `select name from pragma_table_info(${quoted(name, "'")})`).map(
    (row) => row['name'] ?? '',
  )
  const table = quoted(name, '"')
  const count = Number(select(db, `select cast(count(*) as text) as rows from ${table}`)[0]?.['rows'])
  const lower = name.toLowerCase()
  const list = columns.map(
    (column) => `cast(${quoted(column, '"')} as text) as ${quoted(column.toLowerCase(), '"')}`,
  )
  const rows = isRecognised(lower) ? select(db, `select ${list.join(', ')} from ${table}`) : []
  return { name: lower, columns: columns.map((column) => column.toLowerCase()), count, rows }
}

function select(db: Database, sql: string): LegacyRow[] {
  const statement = db.prepare(sql)
  try {
    const rows: LegacyRow[] = []
    while (statement.step()) rows.push(withoutNul(statement.getAsObject() as LegacyRow))
    return rows
  } finally {
    statement.free()
  }
}

/** PostgreSQL has no place for the character NUL in a text. */
function withoutNul(row: LegacyRow): LegacyRow {
  return Object.fromEntries(
    Object.entries(row).map(([key, value]) => [key, value?.replaceAll('\0', '') ?? null]),
  )
}

function quoted(name: string, mark: '"' | "'"): string {
  return `${mark}${name.replaceAll(mark, mark + mark)}${mark}`
}
