import { existsSync } from 'node:fs'
import { restoreByHandLines } from '../backup/restore-by-hand.ts'
import { type BackupSet, findNewestBackup, listBackups } from '../backup/sets.ts'
import { type Context, openFleet } from '../context.ts'
import { BookctlError } from '../errors.ts'
import { clientNames, parseClientId } from '../fleet/names.ts'
import { withClientLock } from './client-lock.ts'
import { countLosses, describeLosses, type Losses } from './client-losses.ts'
import { removeSteps } from './client-remove-steps.ts'
import { type ClientRow, clientNotFound, findLivingClient, findTombstone } from './client-rows.ts'
import { confirmName } from './confirm.ts'
import { eachClient, tellFailure } from './each-client.ts'
import { withOperation } from './journal.ts'
import { type Services, withServices } from './services.ts'

export interface RemoveWish {
  ids: readonly string[]
  /** Ids that the operator has typed a second time. */
  confirmed: readonly string[]
  keepData: boolean
}

export interface RemoveResult {
  id: string
  outcome: 'removed' | 'detached' | 'already-removed'
  losses: Losses | null
  archive: string | null
  manifest: string | null
  secrets: string | null
  restoreByHand: string[]
}

export interface Doomed {
  client: ClientRow
  losses: Losses | undefined
}

/**
 * What is to be removed, and what goes with it; a client that is removed already is left out.
 * @throws BookctlError (exit 4) for an id that never was.
 */
export async function planRemoval(services: Services, ids: readonly string[]): Promise<Doomed[]> {
  const doomed: Doomed[] = []
  for (const id of ids) {
    const client = await findLivingClient(services.db, id)
    if (client) doomed.push({ client, losses: await countLosses(services.db, clientNames(id)) })
    else if (!(await findTombstone(services.db, id))) throw await clientNotFound(services.db, id)
  }
  return doomed
}

/**
 * Lets the operator type the id of each client that will go. A removal that had begun is confirmed already.
 * @throws BookctlError (exit 2) naming `--confirm ID` where there is nobody to ask.
 */
export async function confirmRemoval(
  context: Context,
  doomed: readonly Doomed[],
  wish: RemoveWish,
): Promise<void> {
  for (const { client, losses } of doomed) {
    const id = client.client_id
    if (client.state === 'removing' && !losses) continue
    const fate = wish.keepData
      ? 'stops and leaves the fleet; its data stays'
      : 'goes, after a verified backup'
    const doom = {
      name: id,
      what: `${id} (${client.title}) ${fate}: ${losses ? describeLosses(losses) : 'no data'}.`,
      details: { client: id, losses: losses ?? null },
    }
    await confirmName(context, doom, wish.confirmed)
  }
}

/**
 * Removes each of the clients in turn, after all of them are confirmed; `done` hears of each that is removed. One that
 * fails does not stop the others.
 * @throws BookctlError exit 3 naming those that failed; with a single client its own error.
 */
export async function removeClients(
  context: Context,
  typed: RemoveWish,
  done: (result: RemoveResult) => void,
): Promise<RemoveResult[]> {
  const ids = [...new Set(typed.ids.map(parseClientId))]
  const wish = { ...typed, ids, confirmed: typed.confirmed.map(parseClientId) }
  const fleet = await openFleet(context)
  return await withServices(
    context,
    fleet,
    async (services) => {
      await confirmRemoval(context, await planRemoval(services, ids), wish)
      return await eachClient(
        ids,
        { limit: 1, signal: context.signal },
        (id) => removeClient(context, services, id, wish.keepData),
        (one) => {
          if (one.ok) done(one.result)
          else if (ids.length > 1) tellFailure(context.ui, one)
        },
      )
    },
    `bookctl client remove ${ids.join(' ')}`,
  )
}

/**
 * Stops the bot, proves a final backup, and only then deletes. Killed at any point, the same call finishes.
 * @throws BookctlError exit 14 when the archive does not hold what the client has: nothing is deleted then.
 */
export async function removeClient(
  context: Context,
  services: Services,
  id: string,
  keepData: boolean,
): Promise<RemoveResult> {
  return await withClientLock(services.db, id, async () => {
    const client = await findLivingClient(services.db, id)
    if (!client) return await removedBefore(services, id)
    if (keepData && client.state === 'detached')
      return { ...(await removedBefore(services, id)), outcome: 'detached' as const }
    if (keepData && client.state === 'removing' && !(await countLosses(services.db, clientNames(id))))
      throw new BookctlError('data-gone', 'conflict', `The data of ${id} is deleted already`, {
        hint: `Finish the removal: bookctl client remove ${id} --confirm ${id}`,
      })
    const again = `bookctl client remove ${id} --confirm ${id}${keepData ? ' --keep-data' : ''}`
    const start = { kind: 'client remove' as const, clientId: id, clientUuid: client.uuid, again }
    return await withOperation(context, services.db, start, async (operation) => {
      const work = { client, keepData, operation, losses: await countLosses(services.db, clientNames(id)) }
      await context.ui.tasks(removeSteps(context, services, work))
      const archive = operation.details['archive']
      const set = (await listBackups(services.fleet.paths.clientBackups(id))).find(
        (candidate) => candidate.archive === archive,
      )
      return resultOf(services, id, keepData ? 'detached' : 'removed', set, work.losses)
    })
  })
}

async function removedBefore(services: Services, id: string): Promise<RemoveResult> {
  const newest = await findNewestBackup(services.fleet.paths.clientBackups(id))
  return resultOf(services, id, 'already-removed', newest, undefined)
}

function resultOf(
  services: Services,
  id: string,
  outcome: RemoveResult['outcome'],
  set: BackupSet | undefined,
  losses: Losses | undefined,
): RemoveResult {
  return {
    id,
    outcome,
    losses: losses ?? null,
    archive: set?.archive ?? null,
    manifest: set?.manifest ?? null,
    secrets: set && existsSync(set.secrets) ? set.secrets : null,
    restoreByHand: set
      ? restoreByHandLines(set, { identity: services.fleet.paths.identity, byHand: services.engine.byHand })
      : [],
  }
}
