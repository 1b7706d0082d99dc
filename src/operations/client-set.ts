import type { Context } from '../context.ts'
import { readEnvFile, updateEnvFile } from '../env/env-file.ts'
import { BookctlError } from '../errors.ts'
import { getDeclaration } from '../fleet/clients.ts'
import { type ClientNames, clientNames, quoteIdentifier } from '../fleet/names.ts'
import { type ClientDeclaration } from '../fleet/schema.ts'
import type { AdminDb } from '../postgres/admin.ts'
import { readOwnSettings, writeClientSettings, writeWeeklyHours } from '../postgres/client-settings.ts'
import { registerSecret } from '../secrets/redact.ts'
import type { TaskStep } from '../ui/output.ts'
import { withClientLock } from './client-lock.ts'
import { type ClientRow, findClientOfBot, findLivingClient, setClientBot, tokenInUse } from './client-rows.ts'
import {
  type Change,
  planSet,
  recordOf,
  type SetObserved,
  type SetPlan,
  type SetWish,
} from './client-set-plan.ts'
import { redeclareClient } from './declare.ts'
import { finishHint } from './finish-hint.ts'
import { readInstance } from './instance.ts'
import { audit, type Operation, withOperation } from './journal.ts'
import { operator } from './operator.ts'
import type { Services } from './services.ts'
import { settingDefaults } from './setting-defaults.ts'
import { warnOfAnotherBot } from './token.ts'
import { refuseToClose } from './typed-settings.ts'
import { waitReady } from './wait-ready.ts'

export interface SetResult {
  id: string
  changes: Change[]
  restarted: boolean
}

interface Work {
  client: ClientRow
  names: ClientNames
  declaration: ClientDeclaration
  plan: SetPlan
  defaults: SetObserved['defaults']
  operation: Operation
}

const READY_SECONDS = 60

/**
 * Changes one client. What is declared goes to its file, what the business owns to its tables; the bot restarts
 * only for what it reads at its start (token, first admins), once. Nothing different: nothing is done.
 * @throws BookctlError exit 6 when the bot does not get ready with the new token: the old one works again then.
 */
export async function setClient(
  context: Context,
  services: Services,
  id: string,
  wish: SetWish,
): Promise<SetResult> {
  const { db, fleet } = services
  return await withClientLock(db, id, async () => {
    const names = clientNames(id)
    const declaration = await getDeclaration(fleet, id)
    const client = await activeClient(db, id)
    const owner = wish.token && (await findClientOfBot(db, wish.token.botId))
    if (owner && owner.client_id !== id) throw tokenInUse(owner.client_id)
    const seen = await observe(services, names, declaration, client)
    const plan = planSet(wish, seen)
    refuseToClose(id, plan.settings, { ...seen.defaults, ...seen.own })
    const { restartOwed, unfinished, begun } = await leftByEarlierRun(db, client)
    const record = recordOf(begun, plan.changes, seen, wish)
    const nothing = record.length === 0 && !writesSettings(plan)
    if (nothing && !restartOwed && !unfinished) return { id, changes: [], restarted: false }
    const restart = declaration.run && (plan.token !== undefined || plan.admins !== undefined || restartOwed)
    const start = {
      kind: 'client set' as const,
      clientId: id,
      clientUuid: client.uuid,
      details: { changes: record, restart },
      again: `the same 'bookctl client set ${id} …' as before`,
    }
    await withOperation(context, db, start, async (operation) => {
      const work: Work = { client, names, declaration, plan, defaults: seen.defaults, operation }
      await context.ui.tasks(setSteps(context, services, work, restart))
    })
    if (plan.token && plan.token.botId !== client.bot_id)
      warnOfAnotherBot(context.ui, id, plan.token.username ?? plan.token.botId)
    return { id, changes: plan.changes, restarted: restart }
  })
}

export async function activeClient(db: AdminDb, id: string): Promise<ClientRow> {
  const client = await findLivingClient(db, id)
  if (client?.state === 'active') return client
  throw new BookctlError(
    'client-not-active',
    'conflict',
    client ? `${id} is ${client.state}, so nothing can be changed` : `${id} is declared, and not added yet`,
    { hint: finishHint(id, client?.state) },
  )
}

/** What a killed or failed run has noted and not done. The lock is ours, so a row that still runs was killed. */
async function leftByEarlierRun(
  db: AdminDb,
  client: ClientRow,
): Promise<{ restartOwed: boolean; unfinished: boolean; begun: Change[] }> {
  const { rows } = await db.query<{ owed: boolean; unfinished: boolean; begun: Change[] | null }>(
    `select state in ('running', 'failed') and (details ->> 'restart')::boolean as owed,
            state = 'running' as unfinished,
            case when state in ('running', 'failed') then details -> 'changes' end as begun
       from fleet.operations
      where client_uuid = $1 and kind = 'client set' order by id desc limit 1`,
    [client.uuid],
  )
  const row = rows[0]
  return { restartOwed: row?.owed === true, unfinished: row?.unfinished === true, begun: row?.begun ?? [] }
}

async function observe(
  { db, fleet }: Services,
  names: ClientNames,
  declaration: ClientDeclaration,
  client: ClientRow,
): Promise<SetObserved> {
  const env = await readEnvFile(fleet)
  const { rows } = await db.query<{ start: number; end: number; whole: boolean }>(
    `select distinct extract(hour from opens)::integer as start,
            case when closes = '24:00' then 24 else extract(hour from closes)::integer end as "end",
            extract(minute from opens) = 0 and extract(minute from closes) = 0 as whole
       from ${quoteIdentifier(names.schema)}.working_hours
      where kind = 'weekly' and staff_id is null`,
  )
  const only = rows.length === 1 ? rows[0] : undefined
  return {
    declared: declaration,
    own: await readOwnSettings(db, names),
    defaults: settingDefaults(declaration, env),
    workHours: only?.whole ? `${only.start}-${only.end}` : undefined,
    admins: (env.get(names.env.adminIds) ?? '').split(/[\s,]+/).filter(Boolean),
    token: env.get(names.env.token),
    bot: client.bot_username ? `@${client.bot_username}` : (client.bot_id ?? 'none'),
  }
}

function setSteps(context: Context, services: Services, work: Work, restart: boolean): TaskStep[] {
  const { plan, operation, names } = work
  const step = (name: string, title: string, run: () => Promise<string | void>): TaskStep => ({
    title,
    run: () => operation.step(name, run),
  })
  const secret = plan.token !== undefined || plan.admins !== undefined
  const declared = Object.keys(plan.declaration).length > 0
  const owned = writesSettings(plan) || plan.workHours !== undefined
  return [
    // What can fail comes first: a refused token leaves everything else as it was.
    ...(restart || secret
      ? [
          step('restart', restart ? `${names.id}: restart the bot` : `${names.id}: secrets into .env`, () =>
            applySecrets(context, services, work, restart),
          ),
        ]
      : []),
    ...(declared ? [step('declaration', `${names.id}: declaration`, () => declare(services, work))] : []),
    ...(owned ? [step('settings', `${names.id}: settings`, () => writeOwned(services, work))] : []),
    {
      title: `${names.id}: write it down`,
      run: () =>
        operation.lastStep('audit', (tx) =>
          audit(tx, {
            action: 'client changed',
            clientId: names.id,
            clientUuid: work.client.uuid,
            details: { operation: operation.id, changes: operation.details['changes'] },
          }),
        ),
    },
  ]
}

async function applySecrets(
  context: Context,
  services: Services,
  work: Work,
  restart: boolean,
): Promise<string> {
  const { fleet, engine, db } = services
  const { plan, names, client, operation } = work
  const before = await readEnvFile(fleet)
  const set: Record<string, string> = {
    ...(plan.token ? { [names.env.token]: plan.token.value } : {}),
    ...(plan.admins ? { [names.env.adminIds]: plan.admins.join(',') } : {}),
  }
  if (plan.token) {
    registerSecret(plan.token.value)
    await setClientBot(db, client.uuid, { id: plan.token.botId, username: plan.token.username })
  }
  await updateEnvFile(fleet, { set })
  if (!restart) return 'the bot is stopped: it takes effect when it is started'
  // Not `readyAfter`: an outage before the restart must not take the new token back.
  const instanceBefore = await readInstance(db, names.id)
  try {
    await engine.restart(names.id)
    const { botUsername } = await waitReady(services, names, {
      ...(instanceBefore === undefined ? {} : { instanceBefore }),
      timeoutSeconds: READY_SECONDS,
      signal: context.signal,
    })
    if (plan.token) await setClientBot(db, client.uuid, { id: plan.token.botId, username: botUsername })
    await operation.note({ restart: false })
    return `@${botUsername} is ready`
  } catch (error) {
    if (context.signal.aborted) throw error
    await takeBack(services, work, set, before)
    throw error
  }
}

/** The old token and admins again, and the bot with them: a failed rotation must not cost the business its bot. */
async function takeBack(
  { fleet, engine, db }: Services,
  { names, client, plan, operation }: Work,
  set: Record<string, string>,
  before: { get(name: string): string | undefined },
): Promise<void> {
  const changed = Object.keys(set)
  if (changed.length === 0) return
  await updateEnvFile(fleet, {
    set: Object.fromEntries(changed.flatMap((name) => [[name, before.get(name) ?? '']])),
  })
  if (plan.token && client.bot_id !== null)
    await setClientBot(db, client.uuid, { id: client.bot_id, username: client.bot_username })
  await engine.restart(names.id)
  await operation.note({ restart: false })
}

async function declare(services: Services, { names, plan, client }: Work): Promise<string> {
  const { fleet, db } = services
  const changed = await redeclareClient(services, names.id, plan.declaration)
  if (plan.declaration.title !== undefined)
    await db.query('update fleet.clients set title = $2, updated_at = now() where uuid = $1', [
      client.uuid,
      plan.declaration.title,
    ])
  return changed ? fleet.paths.clientFile(names.id) : 'already so'
}

async function writeOwned({ db }: Services, { names, plan, defaults }: Work): Promise<void> {
  const { settings, unset } = plan
  if (writesSettings(plan))
    await writeClientSettings(db, names, settings, `operator ${operator()}`, { unset, defaults })
  if (plan.workHours) await writeWeeklyHours(db, names, plan.workHours)
}

function writesSettings({ settings, unset }: SetPlan): boolean {
  return Object.keys(settings).length > 0 || unset.length > 0
}
