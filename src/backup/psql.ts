import { PassThrough, Readable } from 'node:stream'
import type { Engine } from '../engines/engine.ts'
import { BookctlError } from '../errors.ts'
import { quoteIdentifier } from '../fleet/names.ts'

/** Writes SQL, as pg_restore and pg_dump make it, to the stream that it is given. */
export type SqlText = (to: NodeJS.WritableStream) => Promise<void>

/**
 * Runs SQL with psql: what stands before, the text as it comes, and what stands after, which is sent only when all of
 * the text was written. `before` begins a transaction and `after` commits it, so whatever fails, or is killed, before
 * its end changes nothing. psql that loses its input ends well: the caller must look for what the commit has noted.
 * @throws the error of psql, or that of the text.
 */
export async function runInPsql(
  engine: Engine,
  database: string,
  { before, text, after }: { before: string; text: SqlText; after: string },
  onPid?: (pid: number) => void,
): Promise<void> {
  const middle = new PassThrough()
  const writing = text(middle)
  writing.catch((error: unknown) => middle.destroy(error as Error))
  async function* script() {
    yield before
    yield* middle
    await writing
    yield after
  }
  const psql = engine.pgTool(
    'psql',
    ['--no-psqlrc', '--quiet', '--set=ON_ERROR_STOP=1', '--set=VERBOSITY=terse', '--file=-'],
    {
      database,
      stdin: Readable.from(script()),
      stdout: new PassThrough().resume(),
      ...(onPid ? { onStart: onPid } : {}),
    },
  )
  // Nobody reads on when psql has ended early, and whoever writes would wait for ever.
  const running = psql.finally(() => middle.destroy())
  const [loaded, written] = await Promise.allSettled([running, writing])
  if (
    loaded.status === 'rejected' &&
    (loaded.reason instanceof BookctlError || written.status === 'fulfilled')
  )
    throw loaded.reason
  if (written.status === 'rejected') throw written.reason
}

/** SQL that ends the transaction where a table has other rows than these. `whose` stands in the error. */
export function compareRowsText(
  schema: string,
  rows: Readonly<Record<string, number>>,
  whose: string,
): string {
  const compare = Object.entries(rows)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(
      ([table, count]) => `
  select count(*) into found from ${quoteIdentifier(schema)}.${quoteIdentifier(table)};
  if found <> ${count} then
    raise exception '${whose}: after the restore ${table.replaceAll("'", "''")} has % rows instead of ${count}', found;
  end if;`,
    )
  return `do $bookctl$ declare found bigint; begin${compare.join('')}\nend $bookctl$;`
}
