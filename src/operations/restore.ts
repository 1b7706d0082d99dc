import { requireKey } from '../backup/archive-file.ts'
import type { LoadedKeys } from '../backup/redis-keys.ts'
import type { BackupSet } from '../backup/sets.ts'
import { type Context } from '../context.ts'
import { BookctlError } from '../errors.ts'
import { clientNames, parseClientId } from '../fleet/names.ts'
import { readServerVersion } from '../postgres/catalogue.ts'
import { type BackupChoice, findBackup } from './backup-find.ts'
import { askToken } from './client-add-questions.ts'
import { withClientLock } from './client-lock.ts'
import { type ClientRow, findLivingClient, findTombstone } from './client-rows.ts'
import { confirmName } from './confirm.ts'
import { formatAge } from './fleet-health.ts'
import { withOperation } from './journal.ts'
import {
  compareWithLive,
  describeDifference,
  openSecrets,
  type RestoreDifference,
  type RestoredSecrets,
  requireFreeBot,
  requireRestorable,
} from './restore-plan.ts'
import { type RestoreWork, restoreSteps } from './restore-steps.ts'
import type { Services } from './services.ts'
import type { Token } from './token.ts'

const READY_SECONDS = 60

export interface RestoreWish {
  id: string
  choice: Omit<BackupChoice, 'now' | 'uuid'>
  /** The id, typed a second time. */
  confirmed: readonly string[]
  dryRun: boolean
  /** The bot's token, for a client whose secrets cannot be opened. */
  token: Token | undefined
  /** File with the age identity, where it is not the fleet's own. */
  identity: string | undefined
  /** Brings the keys in Redis back, too. */
  keys: boolean
  timeoutSeconds?: number
}

export interface RestoreResult {
  id: string
  outcome: 'planned' | 'restored'
  backup: string
  createdAt: string
  difference: RestoreDifference
  /** Where the data that was live before is: a backup, and a schema that --undo puts back. */
  before: { backup: string; schema: string } | null
  /** Of the backup's keys; null where they were not asked for. */
  keys: LoadedKeys | null
}

/**
 * Brings one client to the state of a backup; the others are not touched. A removed client, or one whose data is lost,
 * comes back with everything it had. Live data is put aside by the same transaction that loads the backup, and kept.
 * Killed at any point, the same call goes on.
 * @throws BookctlError exit 4 for no such client or backup, 5 for one that may not be restored here, 12 for a wrong key,
 * 14 for a damaged backup; live data is as it was then. Exit 6 when the data is restored and the bot does not get ready.
 */
export async function restoreClient(
  context: Context,
  services: Services,
  wish: RestoreWish,
): Promise<RestoreResult> {
  const { db, fleet } = services
  const id = parseClientId(wish.id)
  const names = clientNames(id)
  const living = await findLivingClient(db, id)
  const uuid = living?.uuid ?? (await findTombstone(db, id))?.uuid
  const begun = await findBegun(services, living, wish.choice)
  const choice = { ...wish.choice, now: context.now(), ...(begun === undefined ? {} : { backup: begun }) }
  const set = await findBackup(fleet, id, { ...choice, ...(uuid === undefined ? {} : { uuid }) })
  if (set.data.client.id !== id) throw ofAnother(id, set)
  await check(services, set, living)
  if (wish.keys && set.keys === undefined) throw withoutKeys(id, set)
  const key = { file: wish.identity ?? fleet.paths.identity }
  await requireKey(set, key)
  const difference = await compareWithLive(db, names, set)
  const told = { id, backup: set.name, createdAt: set.data.createdAt, difference }
  if (wish.dryRun) return { ...told, outcome: 'planned', before: null, keys: null }
  await confirm(context, set, difference, wish.confirmed.map(parseClientId))
  const secrets = await secretsFor(context, services, set, living, wish)
  const keyFlag = wish.identity === undefined ? '' : ` --identity ${wish.identity}`
  const keysFlag = wish.keys ? ' --keys' : ''
  const again = `bookctl restore ${id} ${set.name} --confirm ${id}${keysFlag}${keyFlag}`
  return await withClientLock(db, id, async () => {
    // Again, now that nobody else can change it.
    const now = await findLivingClient(db, id)
    await check(services, set, now)
    const start = { kind: 'restore' as const, clientId: id, clientUuid: set.data.client.uuid, again }
    return await withOperation(context, db, start, async (operation) => {
      // Of an earlier restore of the same backup, whose row of the journal this run may have taken over.
      if (now?.state !== 'restoring') await operation.note({ swapped: null, before: null, stateBefore: null })
      await operation.note({ backup: set.name, keys: null })
      const seconds = wish.timeoutSeconds ?? READY_SECONDS
      const work: RestoreWork = {
        set,
        names,
        declaration: set.data.declaration,
        copy: false,
        living: now,
        secrets,
        key,
        keys: wish.keys,
        operation,
        again,
        seconds,
      }
      await context.ui.tasks(restoreSteps(context, services, work))
      const { swapped, before, keys } = operation.details as {
        swapped?: { aside: string | null }
        before?: string
        keys: LoadedKeys | null
      }
      return {
        ...told,
        outcome: 'restored' as const,
        before: before !== undefined && swapped?.aside ? { backup: before, schema: swapped.aside } : null,
        keys,
      }
    })
  })
}

/** The backup of a restore that was cut off: the same words typed again must not mean one that was made meanwhile. */
async function findBegun(
  { db }: Services,
  living: ClientRow | undefined,
  { backup, at }: RestoreWish['choice'],
): Promise<string | undefined> {
  if (living?.state !== 'restoring' || at !== undefined || (backup !== undefined && backup !== 'latest'))
    return undefined
  const { rows } = await db.query<{ backup: string | null }>(
    `select details->>'backup' as backup from fleet.operations
      where client_uuid = $1 and kind = 'restore' and state in ('running', 'failed')
      order by id desc limit 1`,
    [living.uuid],
  )
  return rows[0]?.backup ?? undefined
}

async function check(services: Services, set: BackupSet, living: ClientRow | undefined): Promise<void> {
  const names = clientNames(set.data.client.id)
  requireRestorable(set, names, { living, serverVersion: await readServerVersion(services.db) })
}

async function confirm(
  context: Context,
  set: BackupSet,
  difference: RestoreDifference,
  confirmed: readonly string[],
): Promise<void> {
  const { client, createdAt } = set.data
  const age = formatAge((context.now().getTime() - Date.parse(createdAt)) / 1000)
  await confirmName(
    context,
    {
      name: client.id,
      what: `${client.id} (${client.title}) goes back to ${createdAt} (${age} ago): ${describeDifference(difference)}.`,
      details: { client: client.id, backup: set.name, createdAt, difference },
    },
    confirmed,
  )
}

/** A client that is here keeps its own token; one that comes back has that of its backup, or the one that is given. */
async function secretsFor(
  context: Context,
  services: Services,
  set: BackupSet,
  living: ClientRow | undefined,
  wish: RestoreWish,
): Promise<RestoredSecrets> {
  const { db, env, fleet } = services
  const { id } = set.data.client
  const kept = env.get(clientNames(id).env.token)
  if (living && kept !== undefined && !wish.token)
    return { token: undefined, adminIds: '', sentryDsn: undefined }
  const opened = await openSecrets(fleet, set, wish.identity)
  // A copy that never got a bot of its own comes back as it was.
  const without = opened !== undefined && opened.token === undefined && !set.data.declaration.run
  if (without && !wish.token) return opened
  const token = wish.token?.value ?? opened?.token ?? (await askForToken(context, id)).value
  await requireFreeBot(db, id, token)
  return { adminIds: opened?.adminIds ?? '', sentryDsn: opened?.sentryDsn, token }
}

async function askForToken(context: Context, id: string): Promise<Token> {
  if (!context.ui.interactive)
    throw new BookctlError('token-missing', 'usage', `The token of ${id} cannot be read from its backup`, {
      hint: 'Give the age identity of the fleet (--identity FILE), or the token (--token-file FILE).',
    })
  return await askToken(context)
}

function withoutKeys(id: string, set: BackupSet): BookctlError {
  return new BookctlError('keys-missing', 'notFound', `${set.name} was made without the keys of ${id}`, {
    hint: `Leave --keys out, or name a backup that has some: bookctl backup list ${id}`,
  })
}

function ofAnother(id: string, set: BackupSet): BookctlError {
  return new BookctlError(
    'backup-of-another',
    'conflict',
    `${set.name} is a backup of ${set.data.client.id}`,
    {
      hint: `To make a copy of it: bookctl restore ${set.data.client.id} ${set.name} --as ${id}`,
    },
  )
}
