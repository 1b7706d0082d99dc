import type { Context } from '../context.ts'
import { isUp } from '../engines/engine.ts'
import { readEnvFile, requireEnv } from '../env/env-file.ts'
import { BookctlError } from '../errors.ts'
import { getDeclaration } from '../fleet/clients.ts'
import { type ClientNames, clientNames, parseClientId, quoteIdentifier } from '../fleet/names.ts'
import type { AdminDb } from '../postgres/admin.ts'
import { listTables } from '../postgres/catalogue.ts'
import {
  ASIDE_LOCK_TIMEOUT,
  asideName,
  dropUnsentStatement,
  type KeptSchema,
  listKeptSchemas,
  putAsideStatements,
} from '../postgres/kept-schemas.ts'
import { migrateClient, noteVersionStatement } from '../postgres/migrate-client.ts'
import { disableLogin, ensureRole } from '../postgres/provision.ts'
import { purgePrefix } from '../redis/admin.ts'
import { withClientLock } from './client-lock.ts'
import { type ClientRow, clientNotFound, findLivingClient, setClientState } from './client-rows.ts'
import { confirmName } from './confirm.ts'
import { finishHint } from './finish-hint.ts'
import { audit, type Operation, withOperation } from './journal.ts'
import { KEEP_MS, settle } from './restore-swap.ts'
import type { Services } from './services.ts'
import { readyAfter } from './wait-ready.ts'

export interface UndoResult {
  id: string
  /** `swapped`: the data from before the restore is live again. `put-back`: the restore had not got so far. */
  outcome: 'swapped' | 'put-back'
  /** When the data that is live again was replaced. */
  replacedAt: string | null
}

/**
 * Puts back what the newest restore of a client has replaced; what is live now is kept in turn, so that this can be
 * undone, too. A restore that was cut off before it changed anything is ended.
 * @throws BookctlError exit 4 when nothing is kept; exit 5 for a client in the middle of something else.
 */
export async function undoRestore(
  context: Context,
  services: Services,
  wish: { id: string; confirmed: readonly string[] },
): Promise<UndoResult> {
  const { db } = services
  const id = parseClientId(wish.id)
  const client = await findLivingClient(db, id)
  if (!client) throw await clientNotFound(db, id)
  if (client.state !== 'active' && client.state !== 'restoring')
    throw new BookctlError('client-unfinished', 'conflict', `${id} is in the state '${client.state}'`, {
      hint: finishHint(id, client.state),
    })
  const kept = await whatToPutBack(db, client)
  await confirmName(
    context,
    {
      name: id,
      what: kept
        ? `${id} (${client.title}) goes back to the data that was replaced at ${kept.replaced_at.toISOString()}; what is there now is kept for 7 days.`
        : `The restore of ${id} (${client.title}) is ended; its data was not changed.`,
    },
    wish.confirmed.map(parseClientId),
  )
  const again = `bookctl restore ${id} --undo --confirm ${id}`
  return await withClientLock(db, id, async () => {
    const now = (await findLivingClient(db, id)) ?? client
    const start = { kind: 'restore undo' as const, clientId: id, clientUuid: client.uuid, again }
    return await withOperation(context, db, start, (operation) => carryOut(context, services, now, operation))
  })
}

async function carryOut(
  context: Context,
  services: Services,
  client: ClientRow,
  operation: Operation,
): Promise<UndoResult> {
  const { db, engine, fleet, redis } = services
  const names = clientNames(client.client_id)
  // Of an earlier undoing, whose row of the journal this run may have taken over.
  if (client.state !== 'restoring') await operation.note({ swapped: null, ran: null })
  const kept = await whatToPutBack(db, client)
  const step = (name: string, title: string, run: () => Promise<string | void>) => ({
    title,
    run: () => operation.step(name, run),
  })
  await context.ui.tasks([
    step('stop', 'Stop the bot', async () => {
      const before = await newestRestore(db, client)
      const ran = isUp((await engine.find(names.service))?.state) || before?.ran === true
      if (operation.details['ran'] === undefined || client.state !== 'restoring')
        await operation.note({ ran })
      await setClientState(db, client.uuid, 'restoring')
      await engine.stop(names.id)
      await disableLogin(db, names)
    }),
    step('swap', 'Put the data from before in its place', async () => {
      if (operation.details['swapped'] === true) return 'done before'
      if (!kept) return 'it was not replaced'
      await swapBack(db, names, client, kept, operation)
      await migrateClient(db, names)
      await settle(services, names, await listTables(db, names.schema))
      return kept.schema_name
    }),
    step('redis', 'Forget dialogues', async () => void (await purgePrefix(redis, names.keyPrefix))),
    step('bot', 'Start the bot, and wait until it is ready', async () => {
      const env = await readEnvFile(fleet)
      await ensureRole(db, names, requireEnv(env, names.env.databasePassword))
      const { run } = await getDeclaration(fleet, names.id)
      if (!run || operation.details['ran'] !== true) return 'it did not run before'
      const options = { signal: context.signal }
      return `@${(await readyAfter(services, names, () => engine.start(names.id), options)).botUsername}`
    }),
    {
      title: 'Write it down',
      run: () =>
        operation.lastStep('active', async (tx) => {
          await setClientState(tx, client.uuid, 'active')
          // The restore that this one ends will never be gone on with.
          await tx.query(
            `update fleet.operations set state = 'undone', finished_at = now()
              where client_uuid = $1 and kind = 'restore' and state in ('running', 'failed')`,
            [client.uuid],
          )
          await audit(tx, {
            action: 'restore undone',
            clientId: names.id,
            clientUuid: client.uuid,
            details: { operation: operation.id },
          })
        }),
    },
  ])
  return {
    id: names.id,
    outcome: kept ? 'swapped' : 'put-back',
    replacedAt: kept?.replaced_at.toISOString() ?? null,
  }
}

interface LastRestore {
  swapped: { aside: string | null } | null
  ran: boolean | null
  state: string
}

async function newestRestore(db: AdminDb, client: ClientRow): Promise<LastRestore | undefined> {
  const { rows } = await db.query<LastRestore>(
    `select details->'swapped' as swapped, (details->>'ran')::boolean as ran, state
       from fleet.operations
      where client_uuid = $1 and kind = 'restore' order by id desc limit 1`,
    [client.uuid],
  )
  return rows[0]
}

/**
 * The schema to swap back; undefined for a restore that was cut off before its swap.
 * @throws BookctlError (exit 4) when there is nothing to undo.
 */
async function whatToPutBack(db: AdminDb, client: ClientRow): Promise<KeptSchema | undefined> {
  const last = await newestRestore(db, client)
  const kept = await listKeptSchemas(db, client.uuid)
  if (client.state === 'restoring' && !last?.swapped) {
    if ((await listTables(db, client.client_id)).length > 0) return undefined
  } else if (kept[0]) return kept[0]
  throw new BookctlError(
    'nothing-to-undo',
    'notFound',
    `Nothing that a restore of ${client.client_id} replaced is kept`,
    {
      hint: `Its backups: bookctl backup list ${client.client_id}`,
    },
  )
}

/** One transaction: the live schema aside, the kept one in its place, the versions with them, and a note that it is done. */
async function swapBack(
  db: AdminDb,
  names: ClientNames,
  client: ClientRow,
  kept: KeptSchema,
  operation: Operation,
): Promise<void> {
  const [schema, role] = [quoteIdentifier(names.schema), quoteIdentifier(names.role)]
  const aside = { name: asideName(names, new Date()), keepUntil: new Date(Date.now() + KEEP_MS) }
  await db.transaction(async (tx) => {
    await tx.query(`set local lock_timeout = '${ASIDE_LOCK_TIMEOUT}'`)
    const tables = await listTables(tx, names.schema)
    for (const statement of putAsideStatements(names, { uuid: client.uuid, tables, aside }))
      await tx.query(statement)
    await tx.query(`alter schema ${quoteIdentifier(kept.schema_name)} rename to ${schema}`)
    await tx.query(`grant usage on schema ${schema} to ${role}`)
    await tx.query('delete from fleet.kept_schemas where schema_name = $1', [kept.schema_name])
    await tx.query(noteVersionStatement(names, kept.version))
    await tx.query(dropUnsentStatement(names))
    await tx.query(
      `update fleet.operations set details = details || '{"swapped": true}', updated_at = now() where id = $1`,
      [operation.id],
    )
  })
  operation.details['swapped'] = true
}
