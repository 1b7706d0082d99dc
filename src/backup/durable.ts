import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Writable } from 'node:stream'

/**
 * Lets `write` fill `path.partial` (mode 0600), syncs it, and only then gives it its name: a file under its final
 * name is complete, whenever the machine dies. On failure the partial file is removed.
 */
export async function writeDurably(path: string, write: (file: FileHandle) => Promise<void>): Promise<void> {
  const partial = `${path}.partial`
  try {
    const file = await open(partial, 'w', 0o600)
    try {
      await write(file)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(partial, path)
    const folder = await open(dirname(path), 'r')
    try {
      await folder.sync()
    } finally {
      await folder.close()
    }
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
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
