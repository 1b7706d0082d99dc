import { createReadStream } from 'node:fs'
import { PassThrough } from 'node:stream'
import { listArchive } from '../backup/list-archive.ts'
import type { Engine } from '../engines/engine.ts'
import { BookctlError } from '../errors.ts'
import { type LegacyData, LegacyFileError } from './data.ts'
import { requireKind } from './file-kind.ts'
import { readPlainDump } from './read-plain-dump.ts'

/**
 * Reads one schema of a `pg_dump -Fc`. pg_restore only turns it into text, which `readPlainDump` reads: no database
 * sees anything of it. It ends with us: we are where it reads from.
 * @throws LegacyFileError for another kind of file, or a damaged one; BookctlError (exit 13) for one of a newer PostgreSQL.
 */
export async function readArchive(
  path: string,
  schema: string,
  engine: Engine,
): Promise<Map<string, LegacyData>> {
  await requireKind(path, 'dump')
  const text = new PassThrough()
  const [restored, read] = await Promise.allSettled([
    engine
      .pgTool('pg_restore', ['--file=-', '--strict-names', `--schema=${schema}`], {
        stdin: createReadStream(path),
        stdout: text,
      })
      .catch((error: unknown) => {
        // One that could not even start leaves the text open for ever.
        text.destroy()
        throw error
      }),
    readPlainDump(text, schema),
  ])
  if (read.status === 'rejected' && read.reason instanceof LegacyFileError && read.reason.kind === 'file')
    throw read.reason
  // What pg_restore has to say comes first: a text that it breaks off is cut off, too.
  if (restored.status === 'rejected') throw await refusal(path, schema, engine, restored.reason)
  if (read.status === 'rejected') throw read.reason
  return read.value
}

async function refusal(path: string, schema: string, engine: Engine, error: unknown): Promise<unknown> {
  const said = error instanceof Error ? error.message : ''
  // Whatever else could not run it has its own words.
  if (!/pg_restore: error: /.test(said)) return error
  if (/unsupported version/.test(said))
    return new BookctlError(
      'dump-too-new',
      'preflight',
      `${path} is of a newer PostgreSQL than this fleet's\n${said}`,
      {
        hint: 'Make a plain one instead (pg_dump -n client_x, without -Fc) and give it by --sql.',
        cause: error,
      },
    )
  if (/schema ".*" not found/.test(said))
    return new LegacyFileError(
      'file',
      `there is no schema ${schema} in it`,
      `It has: ${(await schemasOf(path, engine)).join(', ')}`,
    )
  return new LegacyFileError(
    'damaged',
    `pg_restore cannot read it\n${said}`,
    'Make it again, with -T behind exec: docker-compose exec -T postgres pg_dump -Fc …',
  )
}

/** Names of the schemas that an archive lists. */
async function schemasOf(path: string, engine: Engine): Promise<string[]> {
  const list = await listArchive(engine, path)
  return [...list.matchAll(/^\d+; \d+ \d+ SCHEMA - (\S+)/gm)].map(([, name]) => name ?? '')
}
