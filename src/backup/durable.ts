import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { BookctlError } from '../errors.ts'
import { syncFolder } from '../files/atomic.ts'
import { writing } from '../files/disk-full.ts'

const PARTIAL = '.partial'

/** Where a file is written before it gets its name. */
export const partialOf = (path: string) => `${path}${PARTIAL}`

/** Lets `write` fill a new file (mode 0600), and has it on the disk when it ends. */
export async function writeSynced(path: string, write: (file: FileHandle) => Promise<void>): Promise<void> {
  await writing(path, async () => {
    const file = await open(path, 'w', 0o600)
    try {
      await write(file)
      await file.sync()
    } finally {
      await file.close()
    }
  })
}

/** Fills a new file with these parts, as `writeSynced` does. SHA-256 (hex) and size are those of what was written. */
export async function writeHashed(
  path: string,
  parts: AsyncIterable<Buffer>,
): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256')
  let bytes = 0
  await writeSynced(path, async (file) => {
    for await (const part of parts) {
      hash.update(part)
      bytes += part.length
      await file.writeFile(part)
    }
  })
  return { sha256: hash.digest('hex'), bytes }
}

/**
 * Gives finished files their names, in this order. The last one's partial file stays until all others are named, so
 * that whoever finds it knows that they belong to nobody (`removeUnfinished`).
 */
export async function nameFinished(folder: string, files: readonly string[]): Promise<void> {
  for (const file of files) await rename(partialOf(join(folder, file)), join(folder, file))
  await syncFolder(folder)
}

/**
 * Takes away what killed runs have left in a folder: partial files, and files of a set that were named already when
 * the kill came. `setOf` says which those are for the set's last file. Files that bookctl does not know are left alone.
 */
export async function removeUnfinished(
  folder: string,
  setOf: (last: string) => readonly string[],
): Promise<void> {
  const partial = (await readdir(folder)).filter((file) => file.endsWith(PARTIAL))
  const named = partial.flatMap((file) => setOf(file.slice(0, -PARTIAL.length)))
  for (const file of [...named, ...partial]) await rm(join(folder, file), { force: true })
}

/** A stream into an open file. One of the handle's own would keep `close()` waiting for it, or close before the sync. */
export function streamTo(file: FileHandle): Writable {
  return new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      file.writeFile(chunk).then(() => done(), done)
    },
  })
}

/** SHA-256 (hex) and size of a file, read from the disk. */
export async function hashFile(path: string): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(chunk)
    bytes += chunk.length
  }
  return { sha256: hash.digest('hex'), bytes }
}

/** @throws BookctlError (exit 14) where the disk gives back other bytes than it was given. `whose` stands in the error. */
export async function requireWritten(whose: string, path: string, sha256: string): Promise<void> {
  if ((await hashFile(path)).sha256 === sha256) return
  throw new BookctlError(
    'backup-damaged',
    'verification',
    `${whose}: ${path} was not written as it was dumped: the disk gives back other bytes`,
    { hint: 'Look at the disk (dmesg), and make the backup elsewhere.' },
  )
}
