import { createReadStream } from 'node:fs'
import type { Engine } from '../engines/engine.ts'
import { BookctlError } from '../errors.ts'
import type { AdminDb } from '../postgres/admin.ts'
import { hashFile } from './durable.ts'
import { countRows } from './row-counts.ts'
import { withScratchDatabase } from './scratch-database.ts'
import type { BackupSet } from './sets.ts'

/**
 * Proves a backup: its hash, then a real restore into a scratch database, then every table's rows against the
 * manifest. Returns the rows that were found. The scratch database is dropped in any case.
 * @throws BookctlError `backup-damaged` (exit 14) naming what differs.
 */
export async function verifyBackup(options: {
  db: AdminDb
  openAdmin: (database: string) => Promise<AdminDb>
  engine: Engine
  set: BackupSet
  onPid?: (pid: number) => void
}): Promise<Record<string, number>> {
  const { set, engine, onPid } = options
  const { archive, data } = set
  // Before pg_restore sees the file: a flipped bit can make it spin without end.
  const found = await hashFile(archive).catch((error: unknown) => {
    throw damaged(
      set,
      `the archive cannot be read (${(error as { code?: string }).code ?? 'unknown'})`,
      error,
    )
  })
  if (found.bytes !== data.archive.bytes)
    throw damaged(set, `the archive has ${found.bytes} bytes, the manifest says ${data.archive.bytes}`)
  if (found.sha256 !== data.archive.sha256) throw damaged(set, 'the archive was changed (SHA-256 differs)')
  return await withScratchDatabase(options, async (scratch, database) => {
    await scratch.query('create extension btree_gist')
    try {
      await engine.pgTool(
        'pg_restore',
        ['--no-owner', '--no-acl', '--exit-on-error', '--single-transaction'],
        { database, stdin: createReadStream(archive), ...(onPid ? { onStart: onPid } : {}) },
      )
    } catch (error) {
      throw damaged(set, `pg_restore refused it: ${(error as Error).message}`, error)
    }
    const rows = await countRows(scratch, data.schema.name)
    const tables = [...new Set([...Object.keys(data.rows), ...Object.keys(rows)])].sort()
    const differing = tables.filter((table) => rows[table] !== data.rows[table])
    if (differing.length > 0)
      throw damaged(
        set,
        `rows differ after the restore: ${differing
          .map((table) => `${table} ${rows[table] ?? 'missing'} instead of ${data.rows[table] ?? 'none'}`)
          .join(', ')}`,
      )
    return rows
  })
}

function damaged(set: BackupSet, what: string, cause?: unknown): BookctlError {
  return new BookctlError(
    'backup-damaged',
    'verification',
    `${set.data.client.id}: ${set.archive}: ${what}`,
    {
      hint: 'Nothing live was touched. Make a new backup, or use an older one of the same folder.',
      ...(cause === undefined ? {} : { cause }),
    },
  )
}
