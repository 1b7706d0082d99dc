import { botIdOfToken } from '../../bot/contract/env.ts'
import type { ArchiveKey } from '../backup/archive-file.ts'
import { loadKeys } from '../backup/redis-keys.ts'
import type { BackupSet } from '../backup/sets.ts'
import { compareHash, verifyBackup } from '../backup/verify.ts'
import type { Context } from '../context.ts'
import { isUp } from '../engines/engine.ts'
import { readEnvFile, requireEnv, updateEnvFile } from '../env/env-file.ts'
import { findWritten, getDeclaration } from '../fleet/clients.ts'
import type { ClientNames } from '../fleet/names.ts'
import type { ClientDeclaration } from '../fleet/schema.ts'
import type { AdminDb } from '../postgres/admin.ts'
import { listTables } from '../postgres/catalogue.ts'
import { disableLogin, ensureRole } from '../postgres/provision.ts'
import { roleExists } from '../postgres/roles.ts'
import { ensureAclUser, purgePrefix } from '../redis/admin.ts'
import { generatePassword } from '../secrets/generate.ts'
import type { TaskStep } from '../ui/output.ts'
import { backUpAndProve, backupParts } from './backup-one.ts'
import {
  type ClientRow,
  type ClientState,
  insertRestoringClient,
  setClientBot,
  setClientState,
} from './client-rows.ts'
import { declareClient } from './declare.ts'
import { audit, type Operation } from './journal.ts'
import { operationSteps } from './operation-steps.ts'
import type { RestoredSecrets } from './restore-plan.ts'
import { isSwapped, KEEP_MS, swap } from './restore-swap.ts'
import type { Services } from './services.ts'
import { tellRead } from './tell-read.ts'
import { readyAfter } from './wait-ready.ts'

export interface RestoreWork {
  set: BackupSet
  /** Of the client that gets the data. */
  names: ClientNames
  /** Its declaration, for a client without a file. */
  declaration: ClientDeclaration
  /** The client is a new one, with a copy of another's data: it has no token, so its bot does not run. */
  copy: boolean
  /** The client's row before, unless it was removed or never here. */
  living: ClientRow | undefined
  secrets: RestoredSecrets
  /** Opens the archive, where it is encrypted. */
  key: ArchiveKey
  /** The keys of the backup take the place of those that are there; otherwise dialogues are forgotten. */
  keys: boolean
  operation: Operation
  /** What goes on after an interruption. */
  again: string
  /** How long its bot may take to get ready. */
  seconds: number
}

/**
 * The steps of a restore. Until the swap, a failure leaves the client as it was, with its bot running if it ran.
 * Afterwards nothing is put back: the same command goes on, and --undo swaps back.
 */
export function restoreSteps(context: Context, services: Services, work: RestoreWork): TaskStep[] {
  const { operation, names, set, key } = work
  const { revertible: step } = operationSteps(context, operation, names.id, async () => {
    // Where PostgreSQL is away nobody can tell, and nothing can be put back.
    if (!(await isSwapped(services.db, work))) await putBack(services, work)
    else
      context.ui.note(
        `${names.id}: go on with: ${work.again}\n  Or back to what was there: bookctl restore ${names.id} --undo`,
      )
  })
  const proof = { ...backupParts(services), key, onPid: (pid: number) => operation.child(pid) }
  return [
    ...(work.copy
      ? []
      : [
          step('proof', 'Prove the backup by a restore elsewhere', async (say) => {
            if (await isSwapped(services.db, work)) return
            const onRead = tellRead(say)
            await verifyBackup({ ...proof, set, level: 'restore', archiveAlone: !work.keys, onRead })
          }),
          step('stop', 'Stop the bot', () => stopBot(services, work)),
          step('before', 'Back up what is there now', (say) => backUpBefore(context, services, work, say)),
        ]),
    step('secrets', 'Secrets into .env', () => writeSecrets(services, work)),
    step('declaration', `Declaration clients/${names.id}.yml`, () => declare(services, work)),
    step('role', 'Role', () => makeRole(services, work)),
    step('swap', work.copy ? 'Load the backup under the new id' : 'Load the backup in its place', (say) =>
      swap(services, work, tellRead(say)),
    ),
    step('redis', work.keys ? 'Redis user, keys of the backup' : 'Redis user, without old dialogues', () =>
      makeRedis(services, work),
    ),
    step('bot', work.copy ? 'Login' : 'Start the bot, and wait until it is ready', () =>
      startBot(context, services, work),
    ),
    {
      title: 'Write it down',
      run: () => operation.lastStep('active', (tx) => writeDown(tx, work)),
    },
  ]
}

async function stopBot(
  { engine, db }: Services,
  { names, living, operation }: RestoreWork,
): Promise<string | void> {
  if (!living) return 'it is not here'
  if (living.state !== 'restoring') {
    // A bot whose schema is lost does not run, however much it should.
    const lost = (await listTables(db, names.schema)).length === 0
    const ran = lost || isUp((await engine.find(names.service))?.state)
    await operation.note({ stateBefore: living.state, ran })
  }
  await setClientState(db, living.uuid, 'restoring')
  await engine.stop(names.id)
  // Whoever starts the bot by hand from here on writes nothing that the restore would take away.
  await disableLogin(db, names)
}

async function backUpBefore(
  context: Context,
  services: Services,
  work: RestoreWork,
  say: (detail: string) => void,
): Promise<string> {
  const { living, operation, names } = work
  if (await isSwapped(services.db, work)) return 'done before'
  if (!living || (await listTables(services.db, names.schema)).length === 0) return 'there is nothing'
  const set = await backUpAndProve(services, living, {
    reason: 'before-restore',
    signal: context.signal,
    keepUntil: new Date(Date.now() + KEEP_MS),
    onPid: (pid) => operation.child(pid),
    onRead: tellRead(say),
  })
  await operation.note({ before: set.name })
  return set.name
}

/** The row that shows the restore comes before everything that is made for it. */
async function writeSecrets({ fleet, db }: Services, work: RestoreWork): Promise<string> {
  const { names, secrets, living, declaration } = work
  const env = await readEnvFile(fleet)
  if (!living) {
    const botId = botIdOfToken(secrets.token ?? env.get(names.env.token) ?? '') ?? null
    await insertRestoringClient(db, { uuid: declaration.uuid, id: names.id, title: declaration.title, botId })
  }
  const wanted: Record<string, string | undefined> = {
    [names.env.token]: secrets.token ?? env.get(names.env.token),
    [names.env.adminIds]: env.names().includes(names.env.adminIds)
      ? env.get(names.env.adminIds)
      : secrets.adminIds,
    [names.env.databasePassword]: env.get(names.env.databasePassword) ?? generatePassword(),
    [names.env.redisPassword]: env.get(names.env.redisPassword) ?? generatePassword(),
    [names.env.sentryDsn]: env.get(names.env.sentryDsn) ?? secrets.sentryDsn,
  }
  const set = Object.fromEntries(
    Object.entries(wanted).flatMap(([name, value]) =>
      value === undefined || (env.names().includes(name) && (env.get(name) ?? '') === value)
        ? []
        : [[name, value]],
    ),
  )
  if (Object.keys(set).length === 0) return 'already there'
  await updateEnvFile(fleet, { set, heading: names.id })
  return Object.keys(set).join(', ')
}

async function declare(services: Services, { names, declaration }: RestoreWork): Promise<string> {
  const written = await findWritten(services.fleet, names.id)
  if (written) return 'already there'
  await declareClient(services, declaration)
  return 'written'
}

/** It stays barred until its data is there: see `stopBot`. */
async function makeRole({ fleet, db }: Services, { names }: RestoreWork): Promise<string | void> {
  if (await roleExists(db, names)) return 'already there'
  await ensureRole(db, names, requireEnv(await readEnvFile(fleet), names.env.databasePassword))
  await disableLogin(db, names)
}

/** The bot does not run: nobody else writes under its prefix. */
async function makeRedis({ redis, fleet }: Services, work: RestoreWork): Promise<string | void> {
  const { names, set, key, operation } = work
  await ensureAclUser(redis, names, requireEnv(await readEnvFile(fleet), names.env.redisPassword))
  await purgePrefix(redis, names.keyPrefix)
  if (!work.keys) return
  await compareHash(set, 'keys')
  const loaded = await loadKeys(set, key, redis, names.keyPrefix)
  await operation.note({ keys: loaded })
  return `${loaded.restored} keys${loaded.over > 0 ? `, ${loaded.over} more whose time is over` : ''}`
}

async function startBot(context: Context, services: Services, work: RestoreWork): Promise<string> {
  const { db, fleet, engine } = services
  const { names, operation, declaration } = work
  const env = await readEnvFile(fleet)
  await ensureRole(db, names, requireEnv(env, names.env.databasePassword))
  const { run } = await getDeclaration(fleet, names.id)
  if (!run || operation.details['ran'] === false) return 'it is not to run'
  const { botUsername } = await readyAfter(services, names, () => engine.start(names.id), {
    signal: context.signal,
    timeoutSeconds: work.seconds,
  })
  const botId = botIdOfToken(env.get(names.env.token) ?? '')
  if (botId !== undefined) await setClientBot(db, declaration.uuid, { id: botId, username: botUsername })
  return `@${botUsername}`
}

async function writeDown(tx: AdminDb, work: RestoreWork): Promise<void> {
  const { set, names, operation, declaration, copy } = work
  await setClientState(tx, declaration.uuid, 'active')
  await audit(tx, {
    action: copy ? 'client copied' : 'client restored',
    clientId: names.id,
    clientUuid: declaration.uuid,
    details: { operation: operation.id, backup: set.name, before: operation.details['before'] ?? null },
  })
}

/** Nothing was changed of its data: the client is again what it was, and its bot runs if it ran. */
async function putBack({ engine, db, fleet }: Services, work: RestoreWork): Promise<void> {
  const { names, living, operation } = work
  const before = operation.details['stateBefore'] as ClientState | null | undefined
  if (!living || !before) return
  const password = (await readEnvFile(fleet)).get(names.env.databasePassword)
  if (password !== undefined) await ensureRole(db, names, password)
  await setClientState(db, living.uuid, before)
  if (operation.details['ran'] === true) await engine.start(names.id)
}
