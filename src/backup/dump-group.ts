import { createReadStream } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import type { Engine } from '../engines/engine.ts'
import { writing } from '../files/disk-full.ts'
import { quoteIdentifier } from '../fleet/names.ts'
import { planPieces } from './archive/plan-pieces.ts'
import { readArchive } from './archive/read-archive.ts'
import { type Source, withSource } from './archive/source.ts'
import { ArchiveUnsplittable } from './archive/unsplittable.ts'
import { writePiece } from './archive/write-piece.ts'
import { type WrittenArchive, writeArchive } from './archive-file.ts'
import { streamTo } from './durable.ts'
import { listArchive } from './list-archive.ts'

/** A schema, and the new file that its archive goes into. */
export interface DumpItem {
  schema: string
  path: string
}

export interface Dumped extends WrittenArchive {
  /** Tables whose rows are in it; undefined for one that was not split. */
  tables: number | undefined
  /** Version of pg_dump, as the archive tells it. */
  pgDump: string
  /** Why it was not split: it is as pg_dump wrote it then, with what pg_dump says about the database. */
  whole: string | undefined
}

export type DumpResult = { schema: string } & (({ ok: true } & Dumped) | { ok: false; error: unknown })

/** How long the dump waits for a table that somebody has locked. */
const LOCK_WAIT_MS = 5_000

/**
 * Dumps some schemas with one pg_dump into `file`, which is gone afterwards, and splits it: an archive of its own for
 * each. Owners and rights are left out: provisioning gives them. The archive of a single schema is kept as a whole
 * when this bookctl does not know its form.
 * @throws ArchiveUnsplittable, or what the engine says when pg_dump failed; then nothing is written. What befalls the
 * file of one schema is that schema's result.
 */
export async function dumpGroup(options: {
  engine: Engine
  database: string
  /** Exported by a session that stays open. */
  snapshot: string
  items: readonly DumpItem[]
  file: string
  /** age recipients of every archive; none: they are not encrypted. */
  recipients?: readonly string[] | undefined
  onPid?: ((pid: number) => void) | undefined
  signal?: AbortSignal | undefined
  onDone: (result: DumpResult) => void
}): Promise<void> {
  const { file, items, onDone } = options
  try {
    await dumpInto(options)
    await withSource(file, async (source) => {
      const writers = await planWriters(source, options)
      for (const [index, write] of writers.entries()) {
        const item = items[index]
        if (!item || options.signal?.aborted) return
        onDone(await outcomeOf(item, write))
      }
    })
  } finally {
    await rm(file, { force: true })
  }
}

async function dumpInto(options: Omit<Parameters<typeof dumpGroup>[0], 'onDone'>): Promise<void> {
  const { engine, database, snapshot, items, file, onPid, signal } = options
  await writing(file, async () => {
    const target = await open(file, 'wx', 0o600)
    try {
      await engine.pgTool(
        'pg_dump',
        [
          '--format=custom',
          '--compress=1',
          '--strict-names',
          '--no-owner',
          '--no-acl',
          `--snapshot=${snapshot}`,
          `--lock-wait-timeout=${LOCK_WAIT_MS}`,
          // In quotes, for otherwise it is a pattern.
          ...items.map(({ schema }) => `--schema=${quoteIdentifier(schema)}`),
        ],
        {
          database,
          stdout: streamTo(target),
          ...(onPid ? { onStart: onPid } : {}),
          ...(signal ? { signal } : {}),
        },
      )
    } finally {
      await target.close()
    }
  })
}

type Writer = (path: string) => Promise<Dumped>

/** How the archive of each item is written, in their order. That of a single one need not be taken apart. */
async function planWriters(
  source: Source,
  { engine, items, file, recipients = [] }: Omit<Parameters<typeof dumpGroup>[0], 'onDone'>,
): Promise<Writer[]> {
  try {
    const archive = await readArchive(source)
    const schemas = items.map(({ schema }) => schema)
    return planPieces(archive, schemas).map((piece) => async (path) => ({
      ...(await writePiece(source, archive, piece, path, recipients)),
      tables: piece.tables,
      pgDump: archive.header.pgDump,
      whole: undefined,
    }))
  } catch (error) {
    if (items.length > 1 || !(error instanceof ArchiveUnsplittable) || error.kind !== 'unknown') throw error
    return [
      async (path) => ({
        ...(await writeArchive(path, createReadStream(file) as AsyncIterable<Buffer>, recipients)),
        tables: undefined,
        pgDump: await dumpedBy(engine, file),
        whole: error.message,
      }),
    ]
  }
}

async function outcomeOf({ schema, path }: DumpItem, write: Writer): Promise<DumpResult> {
  try {
    return { schema, ok: true, ...(await write(path)) }
  } catch (error) {
    // Where there is no file to remove, the first error says why.
    await rm(path, { force: true }).catch(() => undefined)
    return { schema, ok: false, error }
  }
}

/** The version of pg_dump of an archive that only pg_restore can read. */
async function dumpedBy(engine: Engine, archive: string): Promise<string> {
  const text = await listArchive(engine, archive)
  return /Dumped by pg_dump version: (\S+)/.exec(text)?.[1] ?? 'unknown'
}
