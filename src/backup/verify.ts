import { Writable } from 'node:stream'
import type { Engine } from '../engines/engine.ts'
import { BookctlError } from '../errors.ts'
import { serverDiskFull, tellsOfFullDisk } from '../files/disk-full.ts'
import type { AdminDb } from '../postgres/admin.ts'
import { requireKey, type SealedPart, sealedPart } from './archive-file.ts'
import { damaged } from './damaged.ts'
import { hashFile } from './durable.ts'
import { type Openable, pgRestore } from './pg-restore.ts'
import { type ProofLevel, removeProof, writeProof } from './proof.ts'
import { readKeys } from './redis-keys.ts'
import { countRows } from './row-counts.ts'
import { withScratchDatabase } from './scratch-database.ts'
import { type AnySet, ownerOf } from './sets.ts'

/** The key is for all but the hash of an encrypted archive. */
export interface VerifyOptions extends Openable {
  db: AdminDb
  openAdmin: (database: string) => Promise<AdminDb>
  engine: Engine
  /** The archive alone counts, whatever the keys beside it are like. */
  archiveAlone?: boolean
  onPid?: (pid: number) => void
  now?: () => Date
}

/** A damaged archive can make pg_restore spin without end: a minute, and more for every MB. */
const LIMIT_MS = 60_000
const LIMIT_MS_PER_MB = 2000
/** What an engine says of a program that ended badly. */
const FAILED = new Set(['program-failed', 'docker-failed'])

/**
 * Proves a backup up to a level, and notes the proof beside it: `hash` compares size and SHA-256 of archive and keys;
 * `read` also reads all of both, the archive by pg_restore; `restore` (which includes the hash) really restores it into a scratch database and
 * compares every table's rows with the manifest. The scratch database is dropped in any case.
 * @throws BookctlError `backup-damaged` (exit 14) naming what differs; what was proved before counts no more then.
 * Exit 12 without the key to an encrypted archive.
 */
export async function verifyBackup(options: VerifyOptions & { level: ProofLevel }): Promise<void> {
  if (options.level === 'restore') {
    await withRestored(options, async () => undefined)
    return
  }
  await proving(options, options.level, async () => {
    await compareHashes(options)
    if (options.level === 'read') await readAll(options)
  })
}

/**
 * Proves a backup by restoring it (level `restore`), and lets `work` look at the scratch database, which holds exactly
 * what the manifest says. @throws as `verifyBackup`.
 */
export async function withRestored<T>(
  options: VerifyOptions,
  work: (scratch: AdminDb, database: string) => Promise<T>,
): Promise<T> {
  return await proving(options, 'restore', async (proved) => {
    // Before pg_restore sees the file: a flipped bit can make it spin without end.
    await compareHashes(options)
    await requireKey(options.set, options.key)
    await readAllKeys(options)
    return await withScratchDatabase(options, async (scratch, database) => {
      await restoreInto(options, scratch, database)
      await compareRows(options.set, scratch)
      await proved()
      return await work(scratch, database)
    })
  })
}

/** Runs a proof; notes it, or takes the earlier one away where the backup turns out damaged. */
async function proving<T>(
  { set, now }: VerifyOptions,
  level: ProofLevel,
  prove: (proved: () => Promise<void>) => Promise<T>,
): Promise<T> {
  let noted = false
  const proved = async () => {
    await writeProof(set, level, (now ?? (() => new Date()))())
    noted = true
  }
  try {
    const result = await prove(proved)
    if (!noted) await proved()
    return result
  } catch (error) {
    if (error instanceof BookctlError && error.code === 'backup-damaged') await removeProof(set)
    throw error
  }
}

async function compareHashes({ set, archiveAlone }: VerifyOptions): Promise<void> {
  await compareHash(set, 'archive')
  if (set.keys !== undefined && !archiveAlone) await compareHash(set, 'keys')
}

/** @throws BookctlError `backup-damaged` (exit 14) for a file that is not as the manifest says. */
export async function compareHash(set: AnySet, part: SealedPart): Promise<void> {
  const { path, bytes, sha256 } = sealedPart(set, part)
  const wrong = (what: string, cause?: unknown) => damaged(set, what, cause, path)
  const found = await hashFile(path).catch((error: unknown) => {
    throw wrong(`it cannot be read (${(error as { code?: string }).code ?? 'unknown'})`, error)
  })
  if (found.bytes !== bytes) throw wrong(`it has ${found.bytes} bytes, the manifest says ${bytes}`)
  if (found.sha256 !== sha256) throw wrong('it was changed (SHA-256 differs)')
}

async function readAll(options: VerifyOptions): Promise<void> {
  const stdout = new Writable({ write: (_chunk, _encoding, done) => done() })
  await restoring(options, ['--file=-'], { stdout })
  await readAllKeys(options)
}

/** They are not put into a Redis: there is none beside that of all. */
async function readAllKeys({ set, key, archiveAlone }: VerifyOptions): Promise<void> {
  if (set.keys === undefined || archiveAlone) return
  for await (const _ of readKeys(set, key)) continue
}

/** Loads the archive into an empty database, in one transaction. */
async function restoreInto(options: VerifyOptions, scratch: AdminDb, database: string): Promise<void> {
  await scratch.query('create extension btree_gist')
  await restoring(options, ['--exit-on-error', '--single-transaction'], { database })
}

async function restoring(
  options: VerifyOptions,
  args: readonly string[],
  to: { database: string } | { stdout: Writable },
): Promise<void> {
  const { db, engine, set, onPid } = options
  const limit = LIMIT_MS + (set.data.archive.bytes / 1_000_000) * LIMIT_MS_PER_MB
  const signal = AbortSignal.timeout(Math.round(limit))
  try {
    await pgRestore(engine, options, args, { ...to, signal, ...(onPid ? { onStart: onPid } : {}) })
  } catch (error) {
    if (error instanceof BookctlError && !FAILED.has(error.code)) throw error
    // The archive is as good as it was.
    if (tellsOfFullDisk(error)) throw serverDiskFull(ownerOf(set), error)
    // A server that went away says nothing about the archive, and this question then says so.
    await db.query('select')
    throw damaged(
      set,
      signal.aborted
        ? `pg_restore did not end within ${Math.round(limit / 1000)} s`
        : `pg_restore refused it: ${(error as Error).message}`,
      error,
    )
  }
}

async function compareRows(set: AnySet, scratch: AdminDb): Promise<void> {
  const { rows: expected, schema } = set.data
  const found = await countRows(scratch, schema.name)
  const tables = [...new Set([...Object.keys(expected), ...Object.keys(found)])].sort()
  const differing = tables.filter((table) => found[table] !== expected[table])
  if (differing.length > 0)
    throw damaged(
      set,
      `rows differ after the restore: ${differing
        .map((table) => `${table} ${found[table] ?? 'missing'} instead of ${expected[table] ?? 'none'}`)
        .join(', ')}`,
    )
}
