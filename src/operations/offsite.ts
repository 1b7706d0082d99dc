import { mkdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { hashFile, partialOf } from '../backup/durable.ts'
import { readOffsite, writeOffsite } from '../backup/offsite-note.ts'
import { type AnySet, filesOf, ownerOf } from '../backup/sets.ts'
import { SHARED } from '../backup/subject.ts'
import { compareHash } from '../backup/verify.ts'
import type { Context } from '../context.ts'
import { readEnvFile } from '../env/env-file.ts'
import { BookctlError } from '../errors.ts'
import { releaseLock, takeLock } from '../exec/process-lock.ts'
import type { Fleet } from '../fleet/fleet.ts'
import { parseClientId } from '../fleet/names.ts'
import { type OffsiteTarget, openTarget, placeOf } from '../offsite/target.ts'
import type { Watcher } from './backup.ts'
import { gatherSets, listBackedUpIds, listSetsOf } from './backup-find.ts'
import { eachClient } from './each-client.ts'
import { messageOf } from './message-of.ts'

export interface OffsiteResult {
  id: string
  name: string
  place: string
}

/** A place, and what it is called. */
export interface Offsite {
  place: string
  target: OffsiteTarget
}

/**
 * Copies off site what is not there yet: of these clients, or of all. A backup counts when each of its files was read
 * back and found equal; what a run before has left there is read, not sent again. Nothing is removed there.
 * @throws BookctlError exit 3 for what could not be copied or read back; exit 14 for a single one that is damaged here.
 */
export async function pushBackups(
  context: Context,
  fleet: Fleet,
  typed: readonly string[],
  watcher: Watcher<OffsiteResult> = {},
): Promise<OffsiteResult[]> {
  return await withOffsite(fleet, async ({ place, target }) => {
    const ids = typed.length > 0 ? typed.map(idOf) : await listBackedUpIds(fleet)
    const sets = await gatherSets(ids, async (id) => {
      const missing: AnySet[] = []
      for (const set of await listSetsOf(fleet, id)) if (!(await readOffsite(set, place))) missing.push(set)
      return missing
    })
    watcher.total?.(sets.size)
    const open = [...sets.values()].filter(
      (one) => 'set' in one && one.set.data.archive.encryption === undefined,
    )
    if (open.length > 0)
      context.ui.warn(
        `${open.length} archives are not encrypted: whoever reads ${place} reads customers. See backup.encryptArchives in fleet.yml.`,
      )
    return await eachClient<OffsiteResult>(
      [...sets.keys()],
      { limit: 1, signal: context.signal },
      async (name) => {
        const one = sets.get(name)
        if (!one) throw new Error(`${name} is not among what is to be copied`)
        if ('error' in one) throw one.error
        await push({ place, target }, one.id, one.set)
        await writeOffsite(one.set, place, context.now())
        return { id: one.id, name, place }
      },
      (result) => watcher.done?.(result),
    )
  })
}

/**
 * Opens the place of fleet.yml for one run at a time.
 * @throws BookctlError exit 10 where fleet.yml names none; exit 11 while another run works with it.
 */
export async function withOffsite<T>(fleet: Fleet, work: (offsite: Offsite) => Promise<T>): Promise<T> {
  const { offsite } = fleet.settings.backup
  if (offsite === null)
    throw new BookctlError('offsite-unset', 'configuration', 'fleet.yml names no place off this machine', {
      hint: 'Fill in backup.offsite; docs/offsite.md shows how.',
    })
  const target = await openTarget(offsite, await readEnvFile(fleet))
  // Backups can be fetched where there is no more of a fleet than its fleet.yml.
  await mkdir(fleet.paths.state, { recursive: true, mode: 0o700 })
  if (!takeLock(fleet.paths.offsiteLock))
    throw new BookctlError('offsite-busy', 'locked', 'Another run copies backups just now', {
      hint: 'Run the same command again when it has ended.',
    })
  try {
    return await work({ place: placeOf(offsite), target })
  } finally {
    releaseLock(fleet.paths.offsiteLock)
  }
}

/** A client's id, or `fleet`. */
export function idOf(typed: string): string {
  return typed === SHARED ? typed : parseClientId(typed)
}

/** Tells what went wrong with a place as its own failure (exit 3), whatever library it comes from. */
export async function reaching<T>(place: string, what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof BookctlError && error.code === 'offsite-differs') throw error
    throw new BookctlError('offsite-failed', 'partly', `${what}: ${place} failed: ${messageOf(error)}`, {
      hint:
        (error instanceof BookctlError ? error.hint : undefined) ??
        'The backups here are whole. Run the same command again when the place answers.',
      cause: error,
    })
  }
}

/** The manifest comes last: a backup whose manifest is there is whole there. */
async function push({ place, target }: Offsite, id: string, set: AnySet): Promise<void> {
  await compareHash(set, 'archive')
  if (set.keys !== undefined) await compareHash(set, 'keys')
  await reaching(place, set.name, async () => {
    const there = new Set(await target.list(id))
    for (const file of filesOf(set)) {
      const key = `${id}/${basename(file)}`
      if (there.has(basename(file)) && (await isEqual(target, key, file))) continue
      await target.put(key, file)
      if (!(await isEqual(target, key, file)))
        throw new BookctlError(
          'offsite-differs',
          'partly',
          `${ownerOf(set)}: ${place} gives back other bytes of ${key} than it was given`,
          {
            hint: 'This backup does not count as copied. Look at that place, then run the same command again.',
          },
        )
    }
  })
}

async function isEqual(target: OffsiteTarget, key: string, file: string): Promise<boolean> {
  const copy = partialOf(join(`${file}.readback`))
  try {
    await target.get(key, copy)
    const [here, there] = [await hashFile(file), await hashFile(copy)]
    return here.sha256 === there.sha256
  } finally {
    await rm(copy, { force: true })
  }
}
