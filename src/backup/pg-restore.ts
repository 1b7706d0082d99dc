import { Readable } from 'node:stream'
import type { Engine } from '../engines/engine.ts'
import { type ArchiveKey, openArchive, sealedPart } from './archive-file.ts'
import type { AnySet } from './sets.ts'

/** Hears how many bytes pg_restore has taken, of how many. */
export type OnRead = (read: number, of: number) => void

/** A backup, and what opens its archive where that is encrypted. */
export interface Openable {
  set: AnySet
  key: ArchiveKey
  onRead?: OnRead | undefined
}

/**
 * Feeds an archive to pg_restore, decrypted on the way, and compares what it held with the manifest. Owners and rights
 * are left out: provisioning gives them.
 * @throws BookctlError as `openArchive`; what the engine says when pg_restore failed.
 */
export async function pgRestore(
  engine: Engine,
  { set, key, onRead }: Openable,
  args: readonly string[],
  options: Omit<Parameters<Engine['pgTool']>[2], 'stdin'>,
): Promise<void> {
  const archive = await openArchive(set, key)
  await engine.pgTool('pg_restore', ['--no-owner', '--no-acl', ...args], {
    ...options,
    stdin: onRead ? watched(archive.stream, sizeOf(set), onRead) : archive.stream,
  })
  await archive.compare()
}

function sizeOf(set: AnySet): number {
  const { plain, bytes } = sealedPart(set, 'archive')
  return plain?.bytes ?? bytes
}

function watched(stream: Readable, of: number, onRead: OnRead): Readable {
  let read = 0
  async function* parts() {
    for await (const part of stream as AsyncIterable<Buffer>) {
      yield part
      // Asked for more: that one is taken.
      read += part.length
      onRead(read, of)
    }
  }
  // A generator that nobody has begun to read closes nothing.
  return Readable.from(parts(), { objectMode: false }).once('close', () => stream.destroy())
}
