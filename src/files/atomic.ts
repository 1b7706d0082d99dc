import { randomBytes } from 'node:crypto'
import { open, readFile, realpath, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { writing } from './disk-full.ts'

/** What a kill in the middle of a write leaves: see `fleet/file-lock.ts`, which takes it away. */
export const TEMPORARY = /^\..+\.[0-9a-f]{12}\.tmp$/

/**
 * Writes a file so that a kill at any moment leaves either the old or the new content: temporary name, fsync, rename,
 * fsync of the folder. An existing file keeps its mode and owner, and a symbolic link to it stays one; `mode` is for
 * a new file.
 * @throws BookctlError `disk-full` (exit 13): then the old content stands.
 */
export async function writeFileAtomic(
  named: string,
  content: string | Uint8Array,
  options: { mode?: number } = {},
): Promise<void> {
  const path = (await realpath(named).catch(ignoreMissing)) ?? named
  const before = await stat(path).catch(ignoreMissing)
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`)
  const mode = before ? before.mode & 0o777 : (options.mode ?? 0o644)
  try {
    await writing(path, async () => {
      const file = await open(temporary, 'wx', mode)
      try {
        await file.writeFile(content)
        // The mode given to open() is cut by umask.
        await file.chmod(mode)
        if (before && process.getuid?.() === 0) await file.chown(before.uid, before.gid)
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(temporary, path)
    })
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  await syncFolder(dirname(path))
}

/** Makes a rename or removal inside a folder survive a power cut. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** The text of a file; undefined where there is none. */
export function readIfExists(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(ignoreMissing)
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined
  throw error
}
