import type { Engine } from '../engines/engine.ts'
import { type ArchiveKey, openArchive } from './archive-file.ts'
import type { AnySet } from './sets.ts'

/** A backup, and what opens its archive where that is encrypted. */
export interface Openable {
  set: AnySet
  key: ArchiveKey
}

/**
 * Feeds an archive to pg_restore, decrypted on the way, and compares what it held with the manifest. Owners and rights
 * are left out: provisioning gives them.
 * @throws BookctlError as `openArchive`; what the engine says when pg_restore failed.
 */
export async function pgRestore(
  engine: Engine,
  { set, key }: Openable,
  args: readonly string[],
  options: Omit<Parameters<Engine['pgTool']>[2], 'stdin'>,
): Promise<void> {
  const archive = await openArchive(set, key)
  await engine.pgTool('pg_restore', ['--no-owner', '--no-acl', ...args], {
    ...options,
    stdin: archive.stream,
  })
  await archive.compare()
}
