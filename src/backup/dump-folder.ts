import { randomBytes } from 'node:crypto'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { writing } from '../files/disk-full.ts'
import { isGone } from '../fleet/file-lock.ts'
import { partialOf } from './durable.ts'

/** `dump.4711@host.0123456789ab.partial`: whose it is stands in the name, so a dead one's can be told. */
const FORM = /^dump\.(\d+@.+)\.[0-9a-f]{12}\.partial$/

/**
 * Gives `work` a folder inside this one, which nobody else can read and which is gone afterwards: a dump of many
 * clients holds all of their data. What killed runs left is taken away first.
 */
export async function withDumpFolder<T>(inside: string, work: (folder: string) => Promise<T>): Promise<T> {
  await mkdir(inside, { recursive: true, mode: 0o700 })
  for (const name of await readdir(inside)) {
    const holder = FORM.exec(name)?.[1]
    const path = join(inside, name)
    if (holder !== undefined && (await isGone(path, holder))) await rm(path, { recursive: true, force: true })
  }
  const word = randomBytes(6).toString('hex')
  const folder = partialOf(join(inside, `dump.${process.pid}@${hostname()}.${word}`))
  await writing(folder, () => mkdir(folder, { mode: 0o700 }))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
