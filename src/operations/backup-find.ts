import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import { readOffsite } from '../backup/offsite-note.ts'
import { type Proof, readProof } from '../backup/proof.ts'
import {
  type AnySet,
  type BackupSet,
  findSet,
  listBackups,
  listSharedBackups,
  MANIFEST_ENDING,
} from '../backup/sets.ts'
import { SHARED } from '../backup/subject.ts'
import { BookctlError } from '../errors.ts'
import type { Fleet } from '../fleet/fleet.ts'
import { CLIENT_ID_FORM } from '../fleet/names.ts'
import { placeOf } from '../offsite/target.ts'

/** A backup as `list` and `show` tell it. */
export interface BackupView {
  id: string
  name: string
  createdAt: string
  reason: string
  title: string | null
  uuid: string | null
  bytes: number
  rows: Record<string, number>
  schemaVersion: number
  serverVersion: string
  keepUntil: string | null
  /** Backups of one moment have the same. */
  snapshot: string | null
  proof: { level: string; at: string } | null
  encrypted: boolean
  /** When it was found whole in the place off site that fleet.yml names. */
  offsiteAt: string | null
  archive: string
  manifest: string
  secrets: string
  /** Null where the backup was not asked for them. */
  keys: { file: string; count: number; bytes: number } | null
}

/** Ids that have backups: of living clients and of removed ones; with `fleet`, what they share. Sorted. */
export async function listBackedUpIds(fleet: Fleet): Promise<string[]> {
  if (!existsSync(fleet.paths.backups)) return []
  const folders = await readdir(fleet.paths.backups, { withFileTypes: true })
  return folders
    .filter((one) => one.isDirectory() && (CLIENT_ID_FORM.test(one.name) || one.name === SHARED))
    .map((one) => one.name)
    .toSorted()
}

/** All backups of a client, or those of what clients share, newest first. */
export async function listSetsOf(fleet: Fleet, id: string): Promise<AnySet[]> {
  return id === SHARED
    ? await listSharedBackups(fleet.paths.sharedBackups)
    : await listBackups(fleet.paths.clientBackups(id))
}

/** A backup to be worked on, or why those of its client cannot be listed. */
export type FoundSet = { id: string; set: AnySet } | { id: string; error: BookctlError }

/**
 * The backups that `list` answers with for each client, by their names. A client whose backups cannot be listed (a
 * manifest is damaged) costs the others nothing: its error stands in their place, under its id.
 */
export async function gatherSets(
  ids: Iterable<string>,
  list: (id: string) => Promise<readonly AnySet[]>,
): Promise<Map<string, FoundSet>> {
  const found = new Map<string, FoundSet>()
  for (const id of new Set(ids))
    try {
      for (const set of await list(id)) found.set(set.name, { id, set })
    } catch (error) {
      if (!(error instanceof BookctlError)) throw error
      found.set(id, { id, error })
    }
  return found
}

/** What `list` and `show` tell of a backup. */
export async function viewOf({ settings }: Fleet, id: string, set: AnySet): Promise<BackupView> {
  const { data } = set
  const { offsite } = settings.backup
  const copied = offsite === null ? undefined : await readOffsite(set, placeOf(offsite))
  const proof: Proof | undefined = await readProof(set)
  return {
    id,
    name: set.name,
    createdAt: data.createdAt,
    reason: data.reason,
    title: data.kind === 'client' ? data.client.title : null,
    uuid: data.kind === 'client' ? data.client.uuid : null,
    bytes: data.archive.bytes,
    rows: data.rows,
    schemaVersion: data.schema.version,
    serverVersion: data.versions.server,
    keepUntil: data.keepUntil ?? null,
    snapshot: data.snapshot ?? null,
    proof: proof ? { level: proof.level, at: proof.at } : null,
    encrypted: data.archive.encryption !== undefined,
    offsiteAt: copied?.at ?? null,
    archive: set.archive,
    manifest: set.manifest,
    secrets: set.secrets,
    keys: data.keys && set.keys ? { file: set.keys, count: data.keys.count, bytes: data.keys.bytes } : null,
  }
}

/** Which backup of a client is meant. */
export interface BackupChoice {
  /** `latest` (of those that no restore has made), a backup's name, or the path of its manifest or archive. */
  backup?: string | undefined
  /** The newest that is not younger than this moment. */
  at?: Date | undefined
  /** Where only backups of this client count, not of another that once had the id. A name or path is taken as it is. */
  uuid?: string | undefined
  /** A backup that seems to be made later (by a clock that was wrong) is not the latest. */
  now: Date
}

/** Clocks of two machines may differ by so much. */
const CLOCK_MS = 300_000

/**
 * The backup of a client that is meant; without a choice its newest.
 * @throws BookctlError (exit 4) when there is none such.
 */
export async function findBackup(fleet: Fleet, id: string, choice: BackupChoice): Promise<BackupSet> {
  const { backup = 'latest', at, uuid, now } = choice
  const folder = fleet.paths.clientBackups(id)
  if (backup !== 'latest') {
    const named = await findNamed(folder, backup)
    if (named?.data.kind === 'client') return named as BackupSet
    throw notFound(fleet, id, `${id} has no backup ${backup}`)
  }
  const found = findLatest(await listBackups(folder), { at, uuid, now })
  if (found) return found
  const which = at ? ` that is as old as ${at.toISOString()}` : ''
  throw notFound(fleet, id, `${id} has no backup${which}`)
}

/** Of backups that are sorted newest first, the one that `latest` means. Pure. */
export function findLatest(
  sets: readonly BackupSet[],
  { at, uuid, now }: Omit<BackupChoice, 'backup'>,
): BackupSet | undefined {
  return sets.find(
    (set) =>
      // What a restore has put aside is what it was to get away from: that one must be named.
      set.data.reason !== 'before-restore' &&
      Date.parse(set.data.createdAt) <= now.getTime() + CLOCK_MS &&
      (at === undefined || Date.parse(set.data.createdAt) <= at.getTime()) &&
      (uuid === undefined || set.data.client.uuid === uuid),
  )
}

async function findNamed(folder: string, named: string): Promise<AnySet | undefined> {
  const base = basename(named).replace(/(\.manifest\.json|\.(dump|keys)(\.age)?|\.secrets\.age)$/, '')
  const at = /[/\\]/.test(named) ? dirname(resolve(named)) : folder
  return existsSync(`${at}/${base}${MANIFEST_ENDING}`)
    ? await findSet(at, `${base}${MANIFEST_ENDING}`)
    : undefined
}

function notFound(fleet: Fleet, id: string, what: string): BookctlError {
  return new BookctlError('backup-not-found', 'notFound', `${what} in ${fleet.paths.clientBackups(id)}`, {
    hint: `See what there is: bookctl backup list ${id}`,
  })
}
