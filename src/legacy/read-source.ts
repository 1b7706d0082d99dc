import { createReadStream } from 'node:fs'
import type { Engine } from '../engines/engine.ts'
import { BookctlError } from '../errors.ts'
import { type LegacyData, LegacyFileError } from './data.ts'
import { requireKind } from './file-kind.ts'
import { missingParts } from './ledger.ts'
import { readArchive } from './read-archive.ts'
import { readPlainDump } from './read-plain-dump.ts'
import { readSqlite } from './read-sqlite.ts'

/** Where a client's old data lies. `schema` tells which client's, where a file may hold several. */
export type LegacySource =
  | { kind: 'sqlite'; file: string; schema?: undefined }
  | { kind: 'sql'; file: string; schema?: string | undefined }
  | { kind: 'dump'; file: string; schema: string }

/** A client's old data, and the schema that it lay in. */
export interface LegacyRead {
  data: LegacyData
  schema: string | null
}

/**
 * Reads a client's old data, from whatever it lies in.
 * @throws BookctlError exit 10 for a file that is none of the predecessor's, exit 14 for a damaged one, exit 2 when it
 * must be said which schema is meant.
 */
export async function readSource(source: LegacySource, engine: Engine): Promise<LegacyRead> {
  try {
    const found = await read(source, engine)
    const missing = missingParts(found.data)
    if (missing.length > 0) throw unknownForm(source, found.data, missing)
    return found
  } catch (error) {
    throw translated(source, error)
  }
}

async function read(source: LegacySource, engine: Engine) {
  if (source.kind === 'sqlite') return { data: await readSqlite(source.file), schema: null }
  if (source.kind === 'dump') return choose(source, await readArchive(source.file, source.schema, engine))
  await requireKind(source.file, 'sql')
  return choose(source, await readPlainDump(createReadStream(source.file), source.schema))
}

/** The schema that was named; else the only one that holds bookings. */
function choose({ file, schema }: LegacySource, found: Map<string, LegacyData>) {
  if (schema !== undefined) {
    const data = found.get(schema)
    if (data) return { data, schema }
    throw new LegacyFileError(
      'file',
      `there is no schema ${schema} with tables in it`,
      'Is the name as in PG_SCHEMA?',
    )
  }
  const candidates = [...found].filter(([, { tables }]) => tables.some(({ name }) => name === 'bookings'))
  const [only] = candidates
  if (only && candidates.length === 1) return { data: only[1], schema: only[0] }
  if (!only) return { data: { tables: [...found.values()].flatMap(({ tables }) => tables) }, schema: null }
  throw new BookctlError(
    'legacy-schema-ambiguous',
    'usage',
    `${file} holds the bookings of several clients: ${candidates.map(([name]) => name).join(', ')}`,
    { hint: 'Say whose to import with: --schema NAME' },
  )
}

function unknownForm(
  { file }: LegacySource,
  { tables }: LegacyData,
  missing: readonly string[],
): BookctlError {
  const names = tables.map(({ name }) => name)
  return new BookctlError(
    'legacy-form-unknown',
    'configuration',
    `${file} is not the predecessor's: it lacks ${missing.join(', ')}`,
    {
      hint:
        names.length > 0
          ? `Its tables: ${names.join(', ')}. What is recognised: docs/import.md`
          : 'It has no tables.',
    },
  )
}

function translated({ file }: LegacySource, error: unknown): unknown {
  if (error instanceof LegacyFileError)
    return error.kind === 'file'
      ? new BookctlError('legacy-file', 'configuration', `${file}: ${error.message}`, {
          hint: error.hint,
          cause: error,
        })
      : new BookctlError('legacy-file-damaged', 'verification', `${file}: ${error.message}`, {
          hint: `Nothing was changed. ${error.hint}`,
          cause: error,
        })
  const { code, syscall } = error as { code?: string; syscall?: string }
  if (syscall === undefined || code === undefined) return error
  return new BookctlError('legacy-file-unreadable', 'usage', `Cannot read ${file}: ${code}`, { cause: error })
}
