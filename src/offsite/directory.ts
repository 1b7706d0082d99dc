import { createReadStream } from 'node:fs'
import { mkdir, readdir, rename, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { partialOf, writeHashed } from '../backup/durable.ts'
import { syncFolder } from '../files/atomic.ts'
import type { OffsiteSettings } from '../fleet/offsite-settings.ts'
import type { OffsiteTarget } from './target.ts'

/** A folder of this host: a disk or a share that is mounted. */
export function directoryTarget({ path }: OffsiteSettings & { type: 'directory' }): OffsiteTarget {
  const at = (key: string) => join(path, key)
  return {
    async list(folder) {
      // Made by the operator: where nothing is mounted the copies would land on this very disk.
      await stat(path)
      const found = await readdir(at(folder)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return []
        throw error
      })
      return found.filter((name) => partialOf('') !== name.slice(-partialOf('').length))
    },
    async put(key, file) {
      await stat(path)
      await mkdir(dirname(at(key)), { recursive: true, mode: 0o700 })
      await writeHashed(partialOf(at(key)), createReadStream(file) as AsyncIterable<Buffer>)
      await rename(partialOf(at(key)), at(key))
      await syncFolder(dirname(at(key)))
    },
    async get(key, file) {
      await writeHashed(file, createReadStream(at(key)) as AsyncIterable<Buffer>)
    },
  }
}
