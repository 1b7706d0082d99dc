import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { findManifest, type Manifest } from './manifest.ts'

/** A complete backup of one client. The paths are absolute when the folder is. */
export interface BackupSet {
  folder: string
  archive: string
  manifest: string
  secrets: string
  data: Manifest
}

export const MANIFEST_ENDING = '.manifest.json'

/** Names of the three files of a backup: `client_001-20260131T095959123Z.dump`, `….manifest.json`, `….secrets.age`. */
export function backupFiles(
  clientId: string,
  at: Date,
): { archive: string; manifest: string; secrets: string } {
  const base = `${clientId}-${at.toISOString().replaceAll(/[-:.]/g, '')}`
  return { archive: `${base}.dump`, manifest: `${base}${MANIFEST_ENDING}`, secrets: `${base}.secrets.age` }
}

/** The other files of the set whose manifest this is; none for any other file. */
export function filesOfManifest(file: string): string[] {
  if (!file.endsWith(MANIFEST_ENDING)) return []
  const base = file.slice(0, -MANIFEST_ENDING.length)
  return [`${base}.dump`, `${base}.secrets.age`]
}

/**
 * Backups in a folder, newest first. The manifest is written last, so what has none (a run that was killed) does
 * not exist; foreign files and sets whose archive is gone are passed over. No folder: no backups.
 */
export async function listBackups(folder: string): Promise<BackupSet[]> {
  if (!existsSync(folder)) return []
  const sets: BackupSet[] = []
  for (const file of await readdir(folder)) {
    if (!file.endsWith(MANIFEST_ENDING)) continue
    const data = await findManifest(join(folder, file))
    if (!data) continue
    const set = setOf(folder, file, data)
    if (existsSync(set.archive)) sets.push(set)
  }
  return sets.sort((a, b) => b.data.createdAt.localeCompare(a.data.createdAt))
}

export function setOf(folder: string, manifestFile: string, data: Manifest): BackupSet {
  return {
    folder,
    archive: join(folder, data.archive.file),
    manifest: join(folder, manifestFile),
    secrets: join(folder, data.secrets.file),
    data,
  }
}
