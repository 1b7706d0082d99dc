import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { hashFile, nameFinished, partialOf } from '../backup/durable.ts'
import { findManifest } from '../backup/manifest.ts'
import { type AnySet, filesOf, MANIFEST_ENDING, setOf } from '../backup/sets.ts'
import { isOurName } from '../backup/stored.ts'
import { SHARED } from '../backup/subject.ts'
import type { Context } from '../context.ts'
import { BookctlError } from '../errors.ts'
import type { Fleet } from '../fleet/fleet.ts'
import { CLIENT_ID_FORM } from '../fleet/names.ts'
import type { Watcher } from './backup.ts'
import { eachClient } from './each-client.ts'
import { idOf, type Offsite, type OffsiteResult, reaching, withOffsite } from './offsite.ts'

export interface FetchWish {
  /** None: everybody's. */
  id: string | undefined
  /** A backup's name; without it the newest. `every`: all of them. */
  backup: string | undefined
  every: boolean
}

/**
 * Brings backups back from off site that are not here: the newest of a client, the one that is named, or all. Each is
 * compared with its manifest before it has its name here. Needs no server.
 * @throws BookctlError exit 4 when there is none such; exit 3 for what could not be read, or was changed there.
 */
export async function fetchBackups(
  context: Context,
  fleet: Fleet,
  wish: FetchWish,
  watcher: Watcher<OffsiteResult> = {},
): Promise<OffsiteResult[]> {
  return await withOffsite(fleet, async (offsite) => {
    const wanted = await reaching(offsite.place, 'Looking for backups', () => choose(offsite, wish))
    if (wanted.length === 0)
      throw new BookctlError('backup-not-found', 'notFound', `There is no such backup in ${offsite.place}`, {
        hint: 'Names end in the time at which a backup was made, as client_anna-20260301T030000000Z.',
      })
    const missing = wanted.filter(
      ({ id, name }) => !existsSync(join(fleet.paths.clientBackups(id), `${name}${MANIFEST_ENDING}`)),
    )
    const byName = new Map(missing.map((one) => [one.name, one]))
    watcher.total?.(byName.size)
    return await eachClient<OffsiteResult>(
      [...byName.keys()],
      { limit: 1, signal: context.signal },
      async (name) => {
        const id = byName.get(name)?.id ?? ''
        await reaching(offsite.place, name, () => fetchOne(fleet, offsite, id, name))
        return { id, name, place: offsite.place }
      },
      (result) => watcher.done?.(result),
    )
  })
}

/** Names come from elsewhere: only those of our own form are taken. */
async function choose({ target }: Offsite, wish: FetchWish): Promise<{ id: string; name: string }[]> {
  const ids =
    wish.id === undefined
      ? (await target.list('')).filter((one) => CLIENT_ID_FORM.test(one) || one === SHARED)
      : [idOf(wish.id)]
  const found: { id: string; name: string }[] = []
  for (const id of ids) {
    const names = (await target.list(id))
      .filter((file) => file.endsWith(MANIFEST_ENDING))
      .map((file) => file.slice(0, -MANIFEST_ENDING.length))
      .filter((name) => name.startsWith(`${id}-`) && /^\d{8}T\d{9}Z$/.test(name.slice(id.length + 1)))
      .toSorted()
      .toReversed()
    const { backup } = wish
    const chosen = backup !== undefined ? names.filter((name) => name === backup) : names
    found.push(...(wish.every ? chosen : chosen.slice(0, 1)).map((name) => ({ id, name })))
  }
  return found
}

async function fetchOne(fleet: Fleet, { target, place }: Offsite, id: string, name: string): Promise<void> {
  const folder = fleet.paths.clientBackups(id)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const get = (file: string) => target.get(`${id}/${file}`, partialOf(join(folder, file)))
  const manifest = `${name}${MANIFEST_ENDING}`
  await get(manifest)
  const data = await findManifest(partialOf(join(folder, manifest)))
  const set: AnySet | undefined = data && setOf(folder, manifest, data)
  if (!set || !isOurName(fleet, id, set)) throw changed(place, manifest, 'is no manifest of this fleet')
  for (const { file, bytes, sha256 } of [set.data.archive, ...(set.data.keys ? [set.data.keys] : [])]) {
    await get(file)
    const found = await hashFile(partialOf(join(folder, file)))
    if (found.bytes !== bytes || found.sha256 !== sha256)
      throw changed(place, file, 'was changed there (SHA-256 differs)')
  }
  await get(set.data.secrets.file)
  await nameFinished(
    folder,
    filesOf(set).map((path) => basename(path)),
  )
}

function changed(place: string, file: string, what: string): BookctlError {
  return new BookctlError('offsite-differs', 'partly', `${file} in ${place} ${what}`, {
    hint: 'Nothing of it is used. Fetch an older backup by its name.',
  })
}
