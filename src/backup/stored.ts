import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { BookctlError } from '../errors.ts'
import { mapLimited } from '../files/map-limited.ts'
import type { Fleet } from '../fleet/fleet.ts'
import { placeOf } from '../offsite/target.ts'
import { type SealedPart, sealedPart } from './archive-file.ts'
import { findManifest } from './manifest.ts'
import { readOffsite } from './offsite-note.ts'
import { proofFile, readProof } from './proof.ts'
import type { RetentionFacts } from './retention.ts'
import { type AnySet, backupFiles, filesOf, MANIFEST_ENDING, setOf } from './sets.ts'
import { SHARED } from './subject.ts'

/** A backup as the disk shows it, with all that is judged of it. */
export interface StoredBackup extends RetentionFacts {
  set: AnySet
  /** When it was last really restored for proof. */
  restoredAt: Date | null
  /** It was found whole in the place that fleet.yml names. */
  offsite: boolean
}

/** A file that is not as bookctl leaves its files. */
export interface StoredProblem {
  name: string
  what: string
  hint?: string
}

export interface Stored {
  id: string
  /** The client that has this id now; undefined when it was removed. */
  uuid: string | undefined
  backups: StoredBackup[]
  problems: StoredProblem[]
}

const OPEN_AT_ONCE = 16

/**
 * Everything that lies in the folder of one client (`fleet`: of what all share). Nothing of it makes this fail: what
 * cannot be read is a problem, and what is not ours is passed over.
 */
export async function readStored(fleet: Fleet, id: string, uuid: string | undefined): Promise<Stored> {
  const folder = fleet.paths.clientBackups(id)
  const there = await listFolder(folder)
  const files = [...there.keys()]
  const manifests = files.filter((file) => file.endsWith(MANIFEST_ENDING))
  const place = { id, uuid, folder, there }
  const looked = await mapLimited(manifests, OPEN_AT_ONCE, (file) => look(fleet, place, file))
  const known = new Set(manifests.map((file) => file.slice(0, -MANIFEST_ENDING.length)))
  const lonely = files.filter(
    (file) => isOwnDump(id, file) && !known.has(file.replace(/\.dump(\.age)?$/, '')),
  )
  return {
    id,
    uuid,
    backups: looked.flatMap((one) => one.backup ?? []),
    problems: [
      ...looked.flatMap((one) => one.problem ?? []),
      ...lonely.map((name) => ({ name, what: 'has no manifest, so it counts as no backup' })),
    ],
  }
}

/**
 * The newest proved backup of a client; without a uuid, of whoever has or had the id. Stops at the first that is good:
 * mostly it reads one manifest, however many there are.
 */
export async function findNewestProved(
  fleet: Fleet,
  id: string,
  uuid: string | undefined,
  now: Date,
): Promise<StoredBackup | undefined> {
  const folder = fleet.paths.clientBackups(id)
  const there = await listFolder(folder)
  // The names hold the time, so their order is that of the backups.
  const manifests = [...there.keys()].filter((file) => file.endsWith(MANIFEST_ENDING)).toSorted()
  for (const file of manifests.toReversed()) {
    const { backup } = await look(fleet, { id, uuid, folder, there }, file)
    if (backup && counts(backup, now) && backup.proof && (!uuid || backup.owner === uuid)) return backup
  }
  return undefined
}

/** What lies in a folder, by name: true for a file, false for a link or whatever else it is. No folder: nothing. */
async function listFolder(folder: string): Promise<Map<string, boolean>> {
  const found = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  return new Map(found.map((one) => [one.name, one.isFile()]))
}

/** Only what is ours and of the past says anything about a client's safety. */
export function counts(backup: StoredBackup, now: Date): boolean {
  return backup.ours && backup.createdAt <= now
}

interface Place {
  id: string
  uuid: string | undefined
  folder: string
  there: ReadonlyMap<string, boolean>
}

async function look(
  fleet: Fleet,
  { id, uuid, folder, there }: Place,
  file: string,
): Promise<{ backup?: StoredBackup; problem?: StoredProblem }> {
  const name = file.slice(0, -MANIFEST_ENDING.length)
  let set: AnySet
  try {
    const data = await findManifest(join(folder, file))
    if (data === undefined) return {}
    set = setOf(folder, file, data)
  } catch (error) {
    // Pruned between the listing and the look.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    if (!(error instanceof BookctlError)) throw error
    return { problem: { name, what: `cannot be read: ${error.code}` } }
  }
  const { data } = set
  const named = isOurName(fleet, id, set)
  const damage = named ? await damageOf(set, there) : undefined
  const proof = damage ? undefined : await readProof(set)
  const { offsite } = fleet.settings.backup
  const place = offsite === null ? undefined : placeOf(offsite)
  const owner = data.kind === 'shared' ? SHARED : data.client.uuid
  const backup: StoredBackup = {
    set,
    name: set.name,
    ours: named && damage === undefined,
    owner,
    ownerRemoved: data.kind === 'client' && owner !== uuid,
    createdAt: new Date(data.createdAt),
    atRemoval: data.reason === 'removal',
    proof: proof === undefined ? null : proof.level === 'restore' ? 'restore' : 'bytes',
    keepUntil: data.keepUntil === undefined ? null : new Date(data.keepUntil),
    restoredAt: proof?.level === 'restore' ? new Date(proof.at) : null,
    offsite: place !== undefined && (await readOffsite(set, place)) !== undefined,
  }
  if (damage !== undefined) return { backup, problem: { name, what: damage } }
  if (!named || proof) return { backup }
  const hint = `bookctl backup verify ${id === SHARED ? '--all' : `${id} ${name}`}`
  return { backup, problem: { name, what: 'was never proved', hint } }
}

/** Made by this very fleet, and all its files called as we would call them: a manifest may name any file. */
export function isOurName(fleet: Fleet, id: string, set: AnySet): boolean {
  const { data } = set
  const files = backupFiles(id, new Date(data.createdAt), data.archive.encryption !== undefined)
  return (
    data.fleet?.id === fleet.settings.id &&
    (data.kind === 'shared' ? id === SHARED : data.client.id === id) &&
    set.manifest === join(set.folder, files.manifest) &&
    data.archive.file === files.archive &&
    (data.keys === undefined || data.keys.file === files.keys) &&
    data.secrets.file === files.secrets
  )
}

async function damageOf(set: AnySet, there: ReadonlyMap<string, boolean>): Promise<string | undefined> {
  const files = [...filesOf(set), proofFile(set)].map((path) => basename(path))
  // A link leads to a file that somebody else has put there.
  if (files.some((file) => there.get(file) === false)) return 'a link stands in place of one of its files'
  return (await sizeProblem('archive', set)) ?? (set.keys && (await sizeProblem('keys', set)))
}

async function sizeProblem(part: SealedPart, set: AnySet): Promise<string | undefined> {
  const { path, bytes } = sealedPart(set, part)
  const what = part === 'archive' ? 'its archive' : 'the file of its keys'
  const file = await stat(path).catch(() => undefined)
  if (!file) return `${what} is gone`
  return file.size === bytes ? undefined : `${what} has ${file.size} bytes instead of ${bytes}`
}

function isOwnDump(id: string, file: string): boolean {
  return file.startsWith(`${id}-`) && /^\d{8}T\d{9}Z\.dump(\.age)?$/.test(file.slice(id.length + 1))
}
