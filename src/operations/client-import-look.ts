import { resolve } from 'node:path'
import { hashFile } from '../backup/durable.ts'
import type { Context } from '../context.ts'
import { BookctlError } from '../errors.ts'
import type { ImportReport } from '../legacy/plan.ts'
import type { LegacySource } from '../legacy/read-source.ts'
import type { AdminDb } from '../postgres/admin.ts'
import type { ClientRow } from './client-rows.ts'

export interface ImportFlags {
  sqlite?: string
  sql?: string
  dump?: string
  schema?: string
  dryRun?: true
}

/** An import whose rows are in the client's tables, as the journal keeps it. */
export interface WrittenImport {
  kind: LegacySource['kind']
  file: string
  schema: string | null
  sha256: string
  /** ISO 8601. */
  at: string
  report: ImportReport
}

/** @throws BookctlError (exit 2) unless one file is named, and for an archive its schema. */
export function sourceOf({ cwd }: Context, { sqlite, sql, dump, schema }: ImportFlags): LegacySource {
  const refuse = (what: string) =>
    new BookctlError('import-source', 'usage', what, {
      hint: 'Give one of --sqlite FILE, --sql FILE, --dump FILE --schema NAME.',
    })
  const given = [sqlite, sql, dump].filter((file) => file !== undefined)
  if (given.length !== 1)
    throw refuse(given.length === 0 ? 'No file was named' : 'More than one file was named')
  const file = resolve(cwd, given[0] ?? '')
  if (sqlite !== undefined) {
    if (schema !== undefined) throw refuse('An SQLite database has no schemas')
    return { kind: 'sqlite', file }
  }
  if (sql !== undefined) return { kind: 'sql', file, schema }
  if (schema === undefined) throw refuse('Whose data is meant? --dump wants --schema')
  return { kind: 'dump', file, schema }
}

/** SHA-256 of the file. @throws BookctlError (exit 2) when it cannot be read. */
export async function hashOf(file: string): Promise<string> {
  try {
    return (await hashFile(file)).sha256
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new BookctlError(
      'legacy-file-unreadable',
      'usage',
      `Cannot read ${file}: ${code ?? 'unreadable'}`,
      {
        cause: error,
      },
    )
  }
}

/** The newest import whose rows are in the client's tables; one that is not done has still to be finished. */
export async function findImport(
  db: AdminDb,
  { uuid }: ClientRow,
): Promise<{ written: WrittenImport; isDone: boolean } | undefined> {
  const { rows } = await db.query<{ written: WrittenImport; isDone: boolean }>(
    `select details -> 'written' as written, state = 'done' as "isDone"
       from fleet.operations
      where client_uuid = $1 and kind = 'client import' and details ? 'written'
      order by id desc limit 1`,
    [uuid],
  )
  return rows[0]
}

/** @throws BookctlError (exit 5) with the counts, and with the import that they may stem from. */
export function refuseOccupied(
  id: string,
  { customers, bookings }: { customers: number; bookings: number },
  before?: WrittenImport,
): void {
  if (customers === 0 && bookings === 0) return
  throw new BookctlError(
    'client-not-empty',
    'conflict',
    `${id} has ${customers} customers and ${bookings} bookings${before ? `: ${before.file} was imported at ${before.at}` : ''}`,
    {
      hint: `An import does not merge. For a new start: bookctl client remove ${id}, client add ${id} --new, then this command.`,
      details: { customers, bookings },
    },
  )
}
