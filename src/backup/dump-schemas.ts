import type { Engine } from '../engines/engine.ts'
import { hashFile, streamTo, writeSynced } from './durable.ts'

export interface DumpItem {
  schema: string
  /** Where the archive goes. A failure may leave a part of it there. */
  path: string
}

export type DumpResult =
  | { schema: string; ok: true; sha256: string; bytes: number }
  | { schema: string; ok: false; error: unknown }

/** More than the cores of the server brings nothing: one pg_dump keeps one busy. */
const WORKERS = 2

/**
 * Dumps schemas inside one snapshot, each into an archive of its own that stock pg_restore reads. A failure of one does
 * not stop the others. Owners and rights are left out: provisioning gives them.
 */
export async function dumpSchemas(options: {
  engine: Engine
  database: string
  /** Exported by a transaction that stays open until this has ended. */
  snapshot: string
  items: readonly DumpItem[]
  signal?: AbortSignal
  onPid?: (pid: number) => void
  onDone?: (result: DumpResult) => void
}): Promise<DumpResult[]> {
  const waiting = [...options.items]
  const results: DumpResult[] = []
  const worker = async () => {
    for (let item = waiting.shift(); item; item = waiting.shift()) {
      const { schema } = item
      const result = await dumpOne(options, item).then(
        (file): DumpResult => ({ schema, ok: true, ...file }),
        (error: unknown): DumpResult => ({ schema, ok: false, error }),
      )
      results.push(result)
      options.onDone?.(result)
    }
  }
  await Promise.all(Array.from({ length: WORKERS }, worker))
  return results
}

async function dumpOne(
  options: Parameters<typeof dumpSchemas>[0],
  { schema, path }: DumpItem,
): Promise<{ sha256: string; bytes: number }> {
  const { engine, database, snapshot, signal, onPid } = options
  signal?.throwIfAborted()
  await writeSynced(path, (file) =>
    engine.pgTool(
      'pg_dump',
      [
        '--format=custom',
        `--schema=${schema}`,
        '--strict-names',
        '--no-owner',
        '--no-acl',
        `--snapshot=${snapshot}`,
        '--lock-wait-timeout=10000',
      ],
      {
        database,
        stdout: streamTo(file),
        ...(signal ? { signal } : {}),
        ...(onPid ? { onStart: onPid } : {}),
      },
    ),
  )
  return await hashFile(path)
}
