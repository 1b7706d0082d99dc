import type { Context } from '../context.ts'
import { isUp } from '../engines/engine.ts'
import { readEnvFile, requireEnv, updateEnvFile } from '../env/env-file.ts'
import { getDeclaration } from '../fleet/clients.ts'
import { type ClientNames, quoteIdentifier } from '../fleet/names.ts'
import { type InitialValues, initialValuesSchema } from '../fleet/schema.ts'
import type { AdminDb } from '../postgres/admin.ts'
import { readClientSettings } from '../postgres/client-settings.ts'
import { disableLogin, dropClient, inspectClient, provisionClient } from '../postgres/provision.ts'
import { ensureAclUser, hasAclUser, purgePrefix, removeAclUser } from '../redis/admin.ts'
import { generatePassword } from '../secrets/generate.ts'
import { registerSecret } from '../secrets/redact.ts'
import type { TaskStep } from '../ui/output.ts'
import type { AddWish, AddWork } from './client-add-types.ts'
import { setClientBot, setClientState } from './client-rows.ts'
import { declareClient, redeclareClient, undeclareClient } from './declare.ts'
import { readInstance } from './instance.ts'
import { audit, type Operation } from './journal.ts'
import type { Services } from './services.ts'
import type { UndoStack } from './undo.ts'
import { waitReady } from './wait-ready.ts'

interface Run extends AddWork {
  uuid: string
  operation: Operation
  undo: UndoStack
  /** What goes on after an interruption, once `.env` holds the token. */
  again: string
}

const READY_SECONDS = 60

/**
 * The steps of an add, in the order of the design: secrets first, because nothing may depend on a password that
 * a kill could lose. Each looks, acts and can be repeated; each says how it is undone before it acts.
 */
export function addSteps(context: Context, services: Services, wish: AddWish, run: Run): TaskStep[] {
  const step = (name: string, title: string, work: () => Promise<string | void>): TaskStep => ({
    title,
    run: () => run.operation.step(name, work),
  })
  return [
    step('secrets', 'Secrets into .env', async () => {
      const done = await secrets(services, run)
      await run.operation.note({ again: run.again })
      return done
    }),
    step('declaration', `Declaration clients/${run.found.names.id}.yml`, () => declare(services, wish, run)),
    step('schema', 'Role, schema, tables and indexes', () => provision(services, run)),
    step('redis', 'Redis user', () => aclUser(services, run)),
    step('bot', 'Start the bot', () => startBot(services, run)),
    step('ready', 'Wait until the bot is ready', () => untilReady(context, services, wish, run)),
    {
      title: 'Write it down as active',
      run: () => run.operation.lastStep('active', (tx) => activate(tx, run)),
    },
  ]
}

async function secrets({ fleet }: Services, { found, answers, undo }: Run): Promise<string> {
  const { env } = found.names
  const file = await readEnvFile(fleet)
  // An entry may be there and empty: a client without admins.
  const before = new Map(file.names().map((name) => [name, file.get(name) ?? '']))
  const wanted: Record<string, string | undefined> = {
    [env.token]: answers.token.value,
    [env.adminIds]: answers.admins?.join(',') ?? before.get(env.adminIds) ?? '',
    [env.databasePassword]: before.get(env.databasePassword) || generatePassword(),
    [env.redisPassword]: before.get(env.redisPassword) || generatePassword(),
  }
  const set = Object.fromEntries(
    Object.entries(wanted).flatMap(([name, value]) =>
      value === undefined || before.get(name) === value ? [] : [[name, value]],
    ),
  )
  const names = Object.keys(set)
  if (names.length === 0) return 'already there'
  for (const name of [env.token, env.databasePassword, env.redisPassword]) registerSecret(wanted[name] ?? '')
  undo.push('entries in .env', async () => {
    const old = names.flatMap((name) => {
      const value = before.get(name)
      return value === undefined ? [] : [[name, value] as const]
    })
    await updateEnvFile(fleet, {
      set: Object.fromEntries(old),
      remove: names.filter((name) => !before.has(name)),
      heading: found.names.id,
    })
  })
  await updateEnvFile(fleet, { set, heading: found.names.id })
  return names.join(', ')
}

async function declare(services: Services, wish: AddWish, run: Run): Promise<string> {
  const { fleet, db } = services
  const { found, answers, uuid, undo } = run
  const { id } = found.names
  const declared = found.declaration
  if (declared) {
    const { title, timeZone, run: runs } = declared
    undo.push(
      `clients/${id}.yml`,
      async () => void (await redeclareClient(services, id, { title, timeZone, run: runs })),
    )
    const changed = await redeclareClient(services, id, {
      uuid,
      title: answers.title,
      timeZone: wish.timeZone ?? timeZone,
      run: true,
    })
    return changed ? 'brought up to date' : 'already there'
  }
  undo.push(`clients/${id}.yml`, async () => void (await undeclareClient(services, id)))
  const kept = found.schema ? (await readClientSettings(db, found.names)).timeZone : undefined
  const planned = run.operation.details['timeZone']
  await declareClient(services, {
    id,
    uuid,
    title: answers.title,
    timeZone: wish.timeZone ?? kept ?? (typeof planned === 'string' ? planned : fleet.settings.timeZone),
    run: true,
    initial: initialOf(run),
  })
  return 'written'
}

/** The values of this call, or of the killed one that it continues. */
function initialOf({ operation, found }: Run): InitialValues {
  return found.declaration?.initial ?? initialValuesSchema.parse(operation.details['initial'] ?? {})
}

async function provision({ fleet, db }: Services, run: Run): Promise<string> {
  const { found, answers, undo, mode } = run
  const { names } = found
  const before = await inspectClient(db, names)
  if (!before.schema) undo.push(`schema and role ${names.schema}`, () => dropIfUnused(db, names))
  else if (mode === 'adopt') undo.push(`login of role ${names.role}`, () => disableLogin(db, names))
  const { timeZone } = await getDeclaration(fleet, names.id)
  const { tables, indexes } = await provisionClient(db, names, {
    password: requireEnv(await readEnvFile(fleet), names.env.databasePassword),
    title: answers.title,
    timeZone,
    initial: initialOf(run),
  })
  return `${tables} tables, ${indexes} indexes`
}

/** A bot that was not ready in time may have met its first customer: then nothing is thrown away. */
async function dropIfUnused(db: AdminDb, names: ClientNames): Promise<string | void> {
  if (!(await inspectClient(db, names)).schema) return await dropClient(db, names)
  const { rowCount } = await db.query(`select from ${quoteIdentifier(names.schema)}.users limit 1`)
  if (rowCount > 0)
    return 'customers have written to the bot already, so its data stays; run the same command again'
  await dropClient(db, names)
}

async function aclUser({ fleet, redis }: Services, { found, undo }: Run): Promise<string> {
  const { names } = found
  if (!(await hasAclUser(redis, names)))
    undo.push(`Redis user ${names.redisUser}`, async () => void (await removeAclUser(redis, names)))
  const changed = await ensureAclUser(
    redis,
    names,
    requireEnv(await readEnvFile(fleet), names.env.redisPassword),
  )
  return changed ? names.redisUser : 'already there'
}

async function startBot({ engine, redis, db }: Services, { found, undo, operation }: Run): Promise<string> {
  const { names } = found
  const state = (await engine.find(names.service))?.state
  const runs = isUp(state)
  // Noted once and kept over a kill: an old heartbeat must never pass for the new bot's.
  if (operation.details['instanceBefore'] === undefined)
    await operation.note({ instanceBefore: (await readInstance(db, names.id)) ?? null })
  if (!runs)
    undo.push(`bot ${names.service}`, async () => {
      await engine.remove(names.id)
      if (!found.keys) await purgePrefix(redis, names.keyPrefix)
    })
  await engine.start(names.id)
  return runs ? 'already running' : names.service
}

async function untilReady(context: Context, services: Services, wish: AddWish, run: Run): Promise<string> {
  const before = run.operation.details['instanceBefore']
  const { botUsername } = await waitReady(services, run.found.names, {
    ...(typeof before === 'string' ? { instanceBefore: before } : {}),
    timeoutSeconds: wish.timeoutSeconds ?? READY_SECONDS,
    signal: context.signal,
  })
  await setClientBot(services.db, run.uuid, { id: run.bot.id, username: botUsername })
  return `@${botUsername}`
}

async function activate(tx: AdminDb, { found, uuid, operation, answers }: Run): Promise<void> {
  await tx.query('update fleet.clients set title = $2 where uuid = $1', [uuid, answers.title])
  await setClientState(tx, uuid, 'active')
  await audit(tx, {
    // Of the operation, not of this run: one that goes on after a kill finds a client that is no longer detached.
    action: operation.details['adopts'] === true ? 'client adopted' : 'client added',
    clientId: found.names.id,
    clientUuid: uuid,
    details: { operation: operation.id },
  })
}
