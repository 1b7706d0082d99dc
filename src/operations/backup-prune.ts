import { finishRemovals, removeSet } from '../backup/remove-set.ts'
import { findMassRemovals, planRetention, type RetentionDecision } from '../backup/retention.ts'
import { readStored, type Stored, type StoredBackup } from '../backup/stored.ts'
import type { Context } from '../context.ts'
import { BookctlError } from '../errors.ts'
import type { Fleet } from '../fleet/fleet.ts'
import type { Watcher } from './backup.ts'
import { readAllStored } from './backup-stored.ts'
import { withClientLock } from './client-lock.ts'
import { eachClient } from './each-client.ts'
import { audit } from './journal.ts'
import { dropExpiredSchemas } from './kept-schemas.ts'
import type { Services } from './services.ts'

export type Decision = RetentionDecision<StoredBackup>

export interface PrunePlan {
  id: string
  decisions: Decision[]
}

export interface PruneResult extends PrunePlan {
  /** Names of backups whose removal an earlier run had begun. */
  finished: string[]
}

export interface PruneWish {
  ids: readonly string[]
  /** More than half of a client's backups, or of all, may go. */
  allowMass: boolean
}

/** What a prune at `now` would do with these clients' backups. Looks at the disk alone. */
export async function planPrune(fleet: Fleet, ids: readonly string[], now: Date): Promise<PrunePlan[]> {
  return (await readAllStored(fleet, ids)).map((stored) => planOne(fleet, stored, now))
}

/** The plan for one client's backups. */
export function planOne({ settings }: Fleet, { id, backups }: Stored, now: Date): PrunePlan {
  return { id, decisions: planRetention(backups, settings.backup.keep, now, settings.timeZone) }
}

/**
 * Removes what `backup.keep` of fleet.yml does not keep, client by client, each under its lock and by a plan made
 * under it; and what restores have replaced, once its time is over. One that fails does not stop the others.
 * @throws BookctlError `mass-removal` (exit 13) where more than half would go: of all before anything is touched, of
 * one client for that client.
 */
export async function pruneBackups(
  context: Context,
  services: Services,
  wish: PruneWish,
  watcher: Watcher<PruneResult> = {},
): Promise<PruneResult[]> {
  const { fleet } = services
  const stored = new Map((await readAllStored(fleet, wish.ids)).map((one) => [one.id, one]))
  const now = context.now()
  if (!wish.allowMass) refuseMass([...stored.values()].flatMap((one) => planOne(fleet, one, now).decisions))
  await dropExpiredSchemas(context, services)
  watcher.total?.(stored.size)
  return await eachClient(
    [...stored.keys()],
    { limit: 1, signal: context.signal },
    (id) => withClientLock(services.db, id, () => pruneOne(services, id, stored.get(id)?.uuid, wish, now)),
    (result) => watcher.done?.(result),
  )
}

async function pruneOne(
  { fleet, db }: Services,
  id: string,
  uuid: string | undefined,
  wish: PruneWish,
  now: Date,
): Promise<PruneResult> {
  const finished = await finishRemovals(fleet, id)
  const plan = planOne(fleet, await readStored(fleet, id, uuid), now)
  const mass = findMassRemovals(plan.decisions).find((one) => one.owner !== null)
  if (mass && !wish.allowMass) throw massRemoval(id, mass)
  const doomed = plan.decisions.filter((one) => !one.keep)
  for (const { set } of doomed) await removeSet(set.set)
  if (doomed.length > 0)
    await audit(db, {
      action: 'backups pruned',
      clientId: id,
      ...(uuid === undefined ? {} : { clientUuid: uuid }),
      details: { removed: doomed.map(({ set }) => set.name) },
    })
  return { ...plan, finished }
}

function refuseMass(decisions: readonly Decision[]): void {
  const whole = findMassRemovals(decisions).find((one) => one.owner === null)
  if (whole) throw massRemoval('all backups', whole)
}

function massRemoval(whose: string, { removed, of }: { removed: number; of: number }): BookctlError {
  return new BookctlError(
    'mass-removal',
    'preflight',
    `${whose}: ${removed} of ${of} backups would go, more than half. Nothing was removed.`,
    {
      hint:
        'See which and why: bookctl backup prune --dry-run. If backup.keep in fleet.yml and the clock are right: ' +
        'bookctl backup prune --allow-mass',
      details: { removed, of },
    },
  )
}
