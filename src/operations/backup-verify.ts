import type { ProofLevel } from '../backup/proof.ts'
import { readProof } from '../backup/proof.ts'
import type { AnySet } from '../backup/sets.ts'
import { verifyBackup } from '../backup/verify.ts'
import type { Context } from '../context.ts'
import { BookctlError } from '../errors.ts'
import { parseClientId } from '../fleet/names.ts'
import { findIdentity } from '../secrets/identity-file.ts'
import type { Watcher } from './backup.ts'
import { type FoundSet, findBackup, gatherSets, listBackedUpIds, listSetsOf } from './backup-find.ts'
import { backupParts } from './backup-one.ts'
import { eachClient } from './each-client.ts'
import type { Services } from './services.ts'

export interface VerifyResult {
  id: string
  name: string
  level: ProofLevel
}

/** pg_restore keeps one core busy; the server's other work must not wait for proofs. */
export const PROVED_AT_ONCE = 2

/**
 * Proves backups: of each of these clients the newest, or the one that is named; with `every`, all they have.
 * @throws BookctlError exit 14 for a single damaged backup, exit 3 naming the clients when it is one of several.
 */
export async function verifyBackups(
  context: Context,
  services: Services,
  wish: {
    ids: readonly string[]
    all: boolean
    every: boolean
    backup?: string
    level: ProofLevel
    identity: string | undefined
  },
  watcher: Watcher<VerifyResult> = {},
): Promise<VerifyResult[]> {
  const { fleet } = services
  const ids = wish.all ? await listBackedUpIds(fleet) : wish.ids.map(parseClientId)
  const sets = await gatherSets(ids, async (id) => {
    const found =
      wish.backup === undefined
        ? await listSetsOf(fleet, id)
        : [await findBackup(fleet, id, { backup: wish.backup, now: context.now() })]
    if (found.length === 0 && !wish.all) await findBackup(fleet, id, { now: context.now() })
    return wish.every ? found : found.slice(0, 1)
  })
  return await proveEach(context, services, { sets, ...wish, level: () => wish.level }, watcher)
}

/**
 * Really restores the newest backup of as many clients as the time allows, those first whose last restore is oldest, so
 * that a daily drill gets round to all of them. Of an encrypted backup only the hash is proved where the key is kept
 * elsewhere: `level` of the result says so.
 * @throws as `verifyBackups`.
 */
export async function drillBackups(
  context: Context,
  services: Services,
  wish: { ids: readonly string[]; seconds: number; identity: string | undefined },
  watcher: Watcher<VerifyResult> = {},
): Promise<{ drilled: VerifyResult[]; left: number }> {
  const { fleet } = services
  const ids = wish.ids.length > 0 ? wish.ids.map(parseClientId) : await listBackedUpIds(fleet)
  const restoredAt = new Map<string, number>()
  const found = await gatherSets(ids, async (id) => {
    const all = await listSetsOf(fleet, id)
    restoredAt.set(id, await lastRestore(all))
    return all.slice(0, 1)
  })
  const waited = ({ id }: FoundSet) => restoredAt.get(id) ?? 0
  const sets = new Map([...found].toSorted(([, one], [, other]) => waited(one) - waited(other)))
  const until = Date.now() + wish.seconds * 1000
  const keyless = (await findIdentity(wish.identity ?? fleet.paths.identity)) === undefined
  const level = ({ data }: AnySet): ProofLevel =>
    keyless && data.archive.encryption !== undefined ? 'hash' : 'restore'
  let skipped = 0
  const wanted = () => {
    if (Date.now() < until) return true
    skipped += 1
    return false
  }
  const work = { sets, level, wanted, identity: wish.identity }
  const drilled = await proveEach(context, services, work, watcher)
  return { drilled, left: skipped }
}

/** When a backup of this client was last restored for proof; 0 for never. */
export async function lastRestore(sets: readonly AnySet[]): Promise<number> {
  let last = 0
  for (const set of sets) {
    const proof = await readProof(set)
    if (proof?.level === 'restore') last = Math.max(last, Date.parse(proof.at))
  }
  return last
}

async function proveEach(
  context: Context,
  services: Services,
  options: {
    sets: ReadonlyMap<string, FoundSet>
    level: (set: AnySet) => ProofLevel
    wanted?: () => boolean
    identity: string | undefined
  },
  watcher: Watcher<VerifyResult>,
): Promise<VerifyResult[]> {
  const { sets, wanted = () => true, identity } = options
  const parts = backupParts(services)
  const key = identity === undefined ? parts.key : { file: identity }
  watcher.total?.(sets.size)
  const results = await eachClient<VerifyResult | undefined>(
    [...sets.keys()],
    { limit: PROVED_AT_ONCE, signal: context.signal },
    async (name) => {
      const one = sets.get(name)
      if (!one || !wanted()) return undefined
      if ('error' in one) throw one.error
      const level = options.level(one.set)
      await verifyBackup({ ...parts, key, set: one.set, level })
      return { id: one.id, name, level }
    },
    (result) => {
      if (!result.ok) watcher.done?.(result)
      else if (result.result) watcher.done?.({ ...result, result: result.result })
    },
  )
  return results.filter((one) => one !== undefined)
}

/** @throws BookctlError (exit 2) for a level that there is not. */
export function parseLevel(typed: string): ProofLevel {
  if (typed === 'hash' || typed === 'read' || typed === 'restore') return typed
  throw new BookctlError('level-unknown', 'usage', `There is no level ${typed}`, {
    hint: 'Name hash, read or restore.',
  })
}
