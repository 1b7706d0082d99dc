import { Writable } from 'node:stream'
import type { Engine } from '../engines/engine.ts'
import { BookctlError } from '../errors.ts'
import type { AdminDb } from '../postgres/admin.ts'
import { requireKey } from './archive-file.ts'
import { damaged } from './damaged.ts'
import { hashFile } from './durable.ts'
import { type Openable, pgRestore } from './pg-restore.ts'
import { type ProofLevel, removeProof, writeProof } from './proof.ts'
import { countRows } from './row-counts.ts'
import { withScratchDatabase } from './scratch-database.ts'
import type { AnySet } from './sets.ts'

/** The key is for all but the hash of an encrypted archive. */
export interface VerifyOptions extends Openable {
  db: AdminDb
  openAdmin: (database: string) => Promise<AdminDb>
  engine: Engine
  onPid?: (pid: number) => void
  now?: () => Date
}

/** A damaged archive can make pg_restore spin without end: a minute, and more for every MB. */
const LIMIT_MS = 60_000
const LIMIT_MS_PER_MB = 2000
/** What an engine says of a program that ended badly. */
const FAILED = new Set(['program-failed', 'docker-failed'])

/**
 * Proves a backup up to a level, and notes the proof beside it: `hash` compares size and SHA-256; `read` also has
 * pg_restore read all of it; `restore` (which includes the hash) really restores it into a scratch database and
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
    await compareHash(options.set)
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
    await compareHash(options.set)
    await requireKey(options.set, options.key)
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

async function compareHash(set: AnySet): Promise<void> {
  const expected = set.data.archive
  const found = await hashFile(set.archive).catch((error: unknown) => {
    throw damaged(
      set,
      `the archive cannot be read (${(error as { code?: string }).code ?? 'unknown'})`,
      error,
    )
  })
  if (found.bytes !== expected.bytes)
    throw damaged(set, `the archive has ${found.bytes} bytes, the manifest says ${expected.bytes}`)
  if (found.sha256 !== expected.sha256) throw damaged(set, 'the archive was changed (SHA-256 differs)')
}

async function readAll(options: VerifyOptions): Promise<void> {
  const stdout = new Writable({ write: (_chunk, _encoding, done) => done() })
  await restoring(options, ['--file=-'], { stdout })
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
