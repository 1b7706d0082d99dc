import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type AnyManifest,
  findManifest,
  type Manifest,
  passOverUnreadable,
  type SharedManifest,
} from './manifest.ts'

/** A complete backup. The paths are absolute when the folder is. */
export interface SetOf<M extends AnyManifest> {
  /** Its name among all backups: `client_001-20260131T095959123Z`. */
  name: string
  folder: string
  archive: string
  manifest: string
  secrets: string
  /** Keys in Redis, where the backup was asked for them. */
  keys: string | undefined
  data: M
}
/** A backup of one client. */
export type BackupSet = SetOf<Manifest>
/** A backup of schema `fleet`. */
export type SharedSet = SetOf<SharedManifest>
export type AnySet = SetOf<AnyManifest>

export const MANIFEST_ENDING = '.manifest.json'

/**
 * Names of the files of a backup: `client_001-20260131T095959123Z.dump` and `….keys` (`….dump.age` and `….keys.age` for
 * an encrypted one), `….manifest.json`, `….secrets.age`.
 */
export function backupFiles(
  id: string,
  at: Date,
  encrypted = false,
): { archive: string; keys: string; manifest: string; secrets: string } {
  const base = `${id}-${at.toISOString().replaceAll(/[-:.]/g, '')}`
  const sealed = encrypted ? '.age' : ''
  return {
    archive: `${base}.dump${sealed}`,
    keys: `${base}.keys${sealed}`,
    manifest: `${base}${MANIFEST_ENDING}`,
    secrets: `${base}.secrets.age`,
  }
}

/** Paths of all its files, in the order in which they get their names: the manifest last. */
export function filesOf({ archive, keys, secrets, manifest }: AnySet): string[] {
  return [archive, ...(keys === undefined ? [] : [keys]), secrets, manifest]
}

/** The other files of the set whose manifest this is; none for any other file. */
export function filesOfManifest(file: string): string[] {
  if (!file.endsWith(MANIFEST_ENDING)) return []
  const base = file.slice(0, -MANIFEST_ENDING.length)
  return ['.dump', '.dump.age', '.keys', '.keys.age', '.secrets.age'].map((ending) => `${base}${ending}`)
}

/**
 * Clients' backups in a folder, newest first. The manifest is written last, so what has none (a run that was killed)
 * does not exist; foreign files and sets whose archive is gone are passed over. No folder: no backups.
 * @throws BookctlError for a manifest that is damaged or newer than this bookctl.
 */
export async function listBackups(folder: string): Promise<BackupSet[]> {
  return (await listSets(folder)).filter(isOfClient)
}

/** Backups of schema `fleet` in a folder, newest first; otherwise as `listBackups`. */
export async function listSharedBackups(folder: string): Promise<SharedSet[]> {
  return (await listSets(folder)).filter((set): set is SharedSet => set.data.kind === 'shared')
}

/**
 * The newest backup of a client that can be used. Reads one manifest, however many there are; one that is damaged or
 * newer than this bookctl is passed over, so that it does not keep `status` from telling the rest.
 */
export async function findNewestBackup(folder: string): Promise<BackupSet | undefined> {
  for (const file of await manifestsOf(folder)) {
    const set = await findSet(folder, file).catch(passOverUnreadable)
    if (set && isOfClient(set)) return set
  }
  return undefined
}

/** The backup whose manifest this is; undefined for a file that is no manifest, or has no archive beside it. */
export async function findSet(folder: string, file: string): Promise<AnySet | undefined> {
  const data = await findManifest(join(folder, file))
  const set = data && setOf(folder, file, data)
  return set && existsSync(set.archive) ? set : undefined
}

export function setOf<M extends AnyManifest>(folder: string, manifestFile: string, data: M): SetOf<M> {
  return {
    name: manifestFile.slice(0, -MANIFEST_ENDING.length),
    folder,
    archive: join(folder, data.archive.file),
    manifest: join(folder, manifestFile),
    secrets: join(folder, data.secrets.file),
    keys: data.keys && join(folder, data.keys.file),
    data,
  }
}

export function isOfClient(set: AnySet): set is BackupSet {
  return set.data.kind === 'client'
}

/** Whose backup it is, for messages. */
export function ownerOf(set: { data: AnyManifest }): string {
  return set.data.kind === 'client' ? set.data.client.id : 'fleet'
}

async function listSets(folder: string): Promise<AnySet[]> {
  const sets: AnySet[] = []
  for (const file of await manifestsOf(folder)) {
    const set = await findSet(folder, file)
    if (set) sets.push(set)
  }
  return sets
}

/** The names hold the time, so their order is that of the backups. */
async function manifestsOf(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return []
  const files = await readdir(folder)
  return files
    .filter((file) => file.endsWith(MANIFEST_ENDING))
    .toSorted()
    .toReversed()
}
