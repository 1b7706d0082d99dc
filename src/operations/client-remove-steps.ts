import type { Context } from '../context.ts'
import { isUp } from '../engines/engine.ts'
import { readEnvFile, updateEnvFile } from '../env/env-file.ts'
import { clientNames } from '../fleet/names.ts'
import type { AdminDb } from '../postgres/admin.ts'
import { disableLogin, dropClient, enableLogin } from '../postgres/provision.ts'
import { purgePrefix, removeAclUser } from '../redis/admin.ts'
import type { TaskStep } from '../ui/output.ts'
import { backUpAndProve } from './backup-one.ts'
import type { Losses } from './client-losses.ts'
import { type ClientRow, type ClientState, setClientState } from './client-rows.ts'
import { undeclareClient } from './declare.ts'
import { audit, type Operation } from './journal.ts'
import { operationSteps } from './operation-steps.ts'
import type { Services } from './services.ts'

interface Work {
  client: ClientRow
  keepData: boolean
  operation: Operation
  /** Undefined when the schema is gone already: a removal that was killed after the drop. */
  losses: Losses | undefined
}

/**
 * The steps of a removal. Until the backup is proved a failure puts everything back as it was; afterwards nothing is
 * put back, and the same command goes on. Every run that still finds the schema makes a new backup: between a kill
 * and this run the bot may have been started and have taken bookings.
 */
export function removeSteps(context: Context, services: Services, work: Work): TaskStep[] {
  const { operation, keepData, losses } = work
  const { step, revertible } = operationSteps(context, operation, work.client.client_id, () =>
    putBack(services, work),
  )
  return [
    revertible('stop', 'Stop the bot', () => stopBot(services, work)),
    ...(losses
      ? [revertible('backup', 'Final backup, proved by a restore', () => backUp(context, services, work))]
      : []),
    ...(keepData
      ? []
      : [
          step('schema', 'Drop schema and role', () => dropClient(services.db, namesOf(work))),
          step('keys', 'Purge the Redis prefix', async () => {
            const purged = await purgePrefix(services.redis, namesOf(work).keyPrefix)
            return `${purged} keys`
          }),
        ]),
    step('redis', 'Take out the Redis user', async () => {
      await removeAclUser(services.redis, namesOf(work))
    }),
    step('bot', 'Forget the bot', () => services.engine.remove(work.client.client_id)),
    step('secrets', 'Take the entries out of .env', () => takeOutSecrets(services, work)),
    step('declaration', 'Take away the declaration', async () => {
      const removed = await undeclareClient(services, work.client.client_id)
      return removed ? `clients/${work.client.client_id}.yml` : 'not there'
    }),
    {
      title: 'Write it down',
      run: () => operation.lastStep(keepData ? 'detached' : 'removed', (tx) => writeDown(tx, work)),
    },
  ]
}

function namesOf({ client }: Work) {
  return clientNames(client.client_id)
}

async function stopBot({ engine, db }: Services, work: Work): Promise<void> {
  const { client, operation } = work
  const names = namesOf(work)
  if (operation.details['stateBefore'] === undefined || client.state !== 'removing') {
    const state = (await engine.find(names.service))?.state
    await operation.note({
      stateBefore: client.state,
      ran: isUp(state),
      keepData: work.keepData,
    })
  }
  await setClientState(db, client.uuid, 'removing')
  await engine.stop(client.client_id)
  // Whoever starts the bot by hand from here on cannot write what the backup would not hold.
  await disableLogin(db, names)
}

/** Nothing was deleted: the client is again what it was, and its bot runs if it ran. */
async function putBack({ engine, db, fleet }: Services, { client, operation }: Work): Promise<void> {
  const names = clientNames(client.client_id)
  const before = operation.details['stateBefore'] as ClientState | undefined
  if (before === undefined || before === 'removing') return
  const password = (await readEnvFile(fleet)).get(names.env.databasePassword)
  if (before !== 'detached' && password !== undefined) await enableLogin(db, names, password)
  await setClientState(db, client.uuid, before)
  if (operation.details['ran'] === true) await engine.start(client.client_id)
}

async function backUp(context: Context, services: Services, { client, operation }: Work): Promise<string> {
  const set = await backUpAndProve(services, client, {
    reason: 'removal',
    // Ctrl-C in a terminal ends pg_dump, too: it must not be begun again then.
    signal: context.signal,
    onPid: (pid) => operation.child(pid),
  })
  await operation.note({ archive: set.archive, rows: set.data.rows })
  return `${Object.values(set.data.rows).reduce((sum, count) => sum + count, 0)} rows, equal`
}

async function takeOutSecrets({ fleet }: Services, work: Work): Promise<string> {
  const ours = new Set<string>(Object.values(namesOf(work).env))
  const there = (await readEnvFile(fleet)).names().filter((name) => ours.has(name))
  if (there.length > 0) await updateEnvFile(fleet, { remove: there, heading: work.client.client_id })
  return there.length > 0 ? there.join(', ') : 'not there'
}

async function writeDown(tx: AdminDb, { client, operation, keepData }: Work): Promise<void> {
  await setClientState(tx, client.uuid, keepData ? 'detached' : 'removed')
  // The bot may serve another client from now on; Telegram's rule is one poller per bot.
  if (keepData) await tx.query('update fleet.clients set bot_id = null where uuid = $1', [client.uuid])
  await audit(tx, {
    action: keepData ? 'client detached' : 'client removed',
    clientId: client.client_id,
    clientUuid: client.uuid,
    details: { operation: operation.id, archive: operation.details['archive'] ?? null },
  })
}
