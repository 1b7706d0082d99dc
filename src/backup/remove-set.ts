import { readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { syncFolder } from '../files/atomic.ts'
import type { Fleet } from '../fleet/fleet.ts'
import { findManifest, passOverUnreadable } from './manifest.ts'
import { offsiteFile } from './offsite-note.ts'
import { proofFile } from './proof.ts'
import { type AnySet, filesOf, MANIFEST_ENDING, setOf } from './sets.ts'
import { isOurName } from './stored.ts'

/** A manifest under this name is of a backup that is being removed: it lists what still has to go. */
const REMOVING = '.removing.json'

/**
 * Removes a backup. Its manifest goes first, by one rename: whatever kills us, no backup is listed that is not whole.
 */
export async function removeSet(set: AnySet): Promise<void> {
  const marker = join(set.folder, `${set.name}${REMOVING}`)
  await rename(set.manifest, marker)
  await syncFolder(set.folder)
  await removeRest(set, marker)
}

/** Ends the removals that were killed. Only what such a marker names goes; a file without one is left alone. */
export async function finishRemovals(fleet: Fleet, id: string): Promise<string[]> {
  const folder = fleet.paths.clientBackups(id)
  const finished: string[] = []
  const files = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  for (const file of files.filter((one) => one.endsWith(REMOVING))) {
    const data = await findManifest(join(folder, file)).catch(passOverUnreadable)
    const name = file.slice(0, -REMOVING.length)
    const set = data && setOf(folder, `${name}${MANIFEST_ENDING}`, data)
    if (!set || !isOurName(fleet, id, set)) continue
    await removeRest(set, join(folder, file))
    finished.push(name)
  }
  return finished
}

async function removeRest(set: AnySet, marker: string): Promise<void> {
  const rest = filesOf(set).filter((path) => path !== set.manifest)
  for (const path of [...rest, proofFile(set), offsiteFile(set), marker]) await rm(path, { force: true })
  await syncFolder(set.folder)
}
