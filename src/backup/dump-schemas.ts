import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Engine } from '../engines/engine.ts'
import { BookctlError } from '../errors.ts'
import { ArchiveUnsplittable } from './archive/unsplittable.ts'
import { withDumpFolder } from './dump-folder.ts'
import { type DumpItem, type DumpResult, dumpGroup } from './dump-group.ts'

export type { Dumped, DumpItem, DumpResult } from './dump-group.ts'

/** Each pg_dump reads the whole catalogue first: as many groups as can run at once, and no more. */
const MOST_WORKERS = 4
/** A group of at most so many that failed is dumped one by one; a larger one in two halves. */
const ONE_BY_ONE = 16

interface Options {
  engine: Engine
  database: string
  /** Exported by a session that stays open until this ends. */
  snapshot: string
  items: readonly DumpItem[]
  /** Where the dumps of whole groups lie for a while, in a folder of their own. */
  workFolder: string
  /** age recipients of every archive; none: they are not encrypted. */
  recipients?: readonly string[] | undefined
  /** Hears the pid of each pg_dump, for the journal. */
  onPid?: ((pid: number) => void) | undefined
  signal?: AbortSignal | undefined
  /** Hears of each archive that is finished, or that failed for good. */
  onDone?: ((result: DumpResult) => void) | undefined
}

/**
 * Dumps schemas into archives of their own that stock pg_restore reads, with a pg_dump for a whole group of them. A
 * group that fails (a table is locked, a schema is gone) is tried once more and then in smaller parts, so that no
 * schema costs the others their archive. `fellBack` says why that was needed.
 * Results are in the order of the items; a failure is a result, too.
 */
export async function dumpSchemas(
  options: Options,
): Promise<{ results: DumpResult[]; fellBack: string | undefined }> {
  const { items, signal } = options
  const workers = Math.min(availableParallelism(), MOST_WORKERS)
  const inTurn = turns(workers)
  const results = new Map<string, DumpResult>()
  let fellBack: string | undefined
  let files = 0
  const done = (result: DumpResult) => {
    results.set(result.schema, result)
    if (result.ok) fellBack ??= result.whole
    options.onDone?.(result)
  }
  const fail = (group: readonly DumpItem[], error: unknown) => {
    for (const { schema } of group)
      if (!results.has(schema)) done({ schema, ok: false, error: explained(schema, error, signal) })
  }

  return await withDumpFolder(options.workFolder, async (folder) => {
    const dump = async (group: readonly DumpItem[], attempts: number): Promise<void> => {
      try {
        await inTurn(async () => {
          signal?.throwIfAborted()
          await dumpGroup({ ...options, items: group, file: join(folder, `${++files}.dump`), onDone: done })
          signal?.throwIfAborted()
        })
      } catch (error) {
        if (signal?.aborted || !mayBeOneClients(error)) return fail(group, error)
        const known = !(error instanceof ArchiveUnsplittable && error.kind === 'unknown')
        if (known && attempts > 1) return await dump(group, attempts - 1)
        if (group.length === 1) return fail(group, error)
        fellBack ??= `${group.length} clients could not be dumped at once: ${(error as Error).message}`
        const parts = known && group.length > ONE_BY_ONE ? 2 : group.length
        await Promise.all(partsOf(group, parts).map((part) => dump(part, 1)))
      }
    }
    await Promise.all(partsOf(items, workers).map((group) => dump(group, 2)))
    return { results: items.flatMap(({ schema }) => results.get(schema) ?? []), fellBack }
  })
}

/** Other failures (no Docker, a full disk) would be those of every smaller part as well. */
function mayBeOneClients(error: unknown): boolean {
  return !(error instanceof BookctlError) || error.code === 'program-failed' || error.code === 'docker-failed'
}

function explained(schema: string, error: unknown, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted)
    return new BookctlError('interrupted', 'interrupted', `${schema}: stopped, as you asked`, {
      hint: 'Run the same command again.',
    })
  if (error instanceof ArchiveUnsplittable)
    return new BookctlError(
      'dump-damaged',
      'verification',
      `${schema}: pg_dump ended well, but ${error.message}`,
      {
        hint: 'Nothing was kept of it. Run the same command again.',
        cause: error,
      },
    )
  return error
}

/** As equal as can be, and none of them empty. */
function partsOf<T>(all: readonly T[], count: number): T[][] {
  const size = Math.ceil(all.length / count)
  return Array.from({ length: size && Math.ceil(all.length / size) }, (_, part) =>
    all.slice(part * size, (part + 1) * size),
  )
}

/** Lets so many work at a time; the others wait for their turn. */
function turns(count: number) {
  const waiting: (() => void)[] = []
  let free = count
  return async (work: () => Promise<void>): Promise<void> => {
    if (free > 0) free -= 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else free += 1
    }
  }
}
