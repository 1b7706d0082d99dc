import { randomUUID } from 'node:crypto'
import type { Context } from '../context.ts'
import { BookctlError } from '../errors.ts'
import { inspectClient } from '../postgres/provision.ts'
import { decideAdd, type Found, lookFor } from './client-add-look.ts'
import { askForMissing } from './client-add-questions.ts'
import { addSteps } from './client-add-steps.ts'
import type { AddResult, AddWish, AddWork, Answers, BotIdentity } from './client-add-types.ts'
import { withClientLock } from './client-lock.ts'
import { nextClientId, reserveNumber } from './client-number.ts'
import {
  findClientOfBot,
  findLivingClient,
  insertPendingClient,
  setClientBot,
  setClientState,
  tokenInUse,
} from './client-rows.ts'
import { withOperation } from './journal.ts'
import type { Services } from './services.ts'
import { askTelegram, type Token } from './token.ts'
import { undoStack } from './undo.ts'

const OUTAGES = new Set(['postgres-unreachable', 'redis-unreachable', 'docker-unreachable', 'disk-full'])

/**
 * Adds a client: everything it needs, then waits until its bot is ready. Killed at any point, the same call goes on
 * where it stood; for a client that is active it does nothing.
 * @throws BookctlError exit 5 for what is taken, 6 when the bot does not get ready (what was made is undone).
 */
export async function addClient(context: Context, services: Services, wish: AddWish): Promise<AddResult> {
  const id = wish.id ?? (await idOfSameCommand(services, wish))
  const found = id === undefined ? undefined : await lookFor(services, id)
  const decide = (now: Found) => decideAdd(services.fleet, now, { ...wish, botId: wish.token?.botId })
  const mode = found ? decide(found) : 'new'
  if (found && mode === 'already') return await describe(services, found, 'already-active')

  const answers = await askForMissing(context, services, wish, found, mode)
  const owner = await findClientOfBot(services.db, answers.token.botId)
  if (owner && owner.client_id !== id) throw tokenInUse(owner.client_id)
  const bot = await checkToken(context, services, wish, answers.token)
  if (wish.dryRun) return await planned(services, id, answers, bot)

  const reserved = id === undefined
  const target =
    id ?? (await reserveNumber(services, { title: answers.title, botId: bot.id, botUsername: bot.username }))
  return await withClientLock(services.db, target, async () => {
    // Again, now that nobody else can change it: what was seen before the questions may be old.
    const now = await lookFor(services, target)
    const modeNow = reserved ? 'continue' : decide(now)
    if (modeNow === 'already') return await describe(services, now, 'already-active')
    return await carryOut(context, services, wish, { found: now, mode: modeNow, reserved, answers, bot })
  })
}

/** `client add` without an id, run again after a kill: the client that has this very token is the one meant. */
async function idOfSameCommand(services: Services, wish: AddWish): Promise<string | undefined> {
  if (!wish.token) return undefined
  const owner = await findClientOfBot(services.db, wish.token.botId)
  if (!owner || (wish.title !== undefined && wish.title !== owner.title)) return undefined
  return owner.state === 'pending' || owner.state === 'active' ? owner.client_id : undefined
}

async function checkToken(
  context: Context,
  services: Services,
  wish: AddWish,
  token: Token,
): Promise<BotIdentity> {
  let bot: BotIdentity = { id: token.botId, username: null }
  if (wish.skipTokenCheck) return bot
  await context.ui.tasks([
    {
      title: 'Ask Telegram whose token it is',
      run: async () => {
        bot = await askTelegram(services.fleet, services.env, token, context.env)
        return `@${bot.username}`
      },
    },
  ])
  return bot
}

async function carryOut(
  context: Context,
  services: Services,
  wish: AddWish,
  work: AddWork,
): Promise<AddResult> {
  const { found, mode, answers, bot } = work
  const { db } = services
  const id = found.names.id
  const undo = undoStack(id)
  const uuid = found.living?.uuid ?? uuidOfNewClient(found)
  if (found.declaration?.uuid !== undefined && found.declaration.uuid !== uuid)
    throw new BookctlError(
      'uuid-differs',
      'configuration',
      `clients/${id}.yml has the UUID of another client`,
      {
        hint: `Expected ${uuid}. Move the file away, then run this command again.`,
      },
    )
  if (!found.living || work.reserved)
    undo.push(`row of ${id}`, async () => {
      await db.query(`delete from fleet.clients where uuid = $1 and state = 'pending'`, [uuid])
    })
  if (!found.living)
    await insertPendingClient(db, {
      uuid,
      id,
      title: answers.title,
      botId: bot.id,
      botUsername: bot.username,
    })
  const details = {
    title: answers.title,
    ...(wish.timeZone === undefined ? {} : { timeZone: wish.timeZone }),
    ...(Object.keys(wish.initial).length === 0 ? {} : { initial: wish.initial }),
    ...(mode === 'adopt' ? { adopts: true } : {}),
  }
  const again = `bookctl client add ${id}${mode === 'adopt' ? ' --adopt' : ''}`
  // Until its first step has kept the token, nobody but the operator has it.
  const kept = services.env.get(found.names.env.token) === answers.token.value
  const start = {
    kind: 'client add' as const,
    clientId: id,
    clientUuid: uuid,
    details,
    again: kept ? again : `${again} --token-file FILE`,
  }
  return await withOperation(context, db, start, async (operation) => {
    try {
      if (mode === 'adopt')
        undo.push('state', async () => {
          await db.query(
            `update fleet.clients set state = 'detached', bot_id = null, updated_at = now() where uuid = $1`,
            [uuid],
          )
        })
      if (found.living) await setClientBot(db, uuid, bot)
      if (mode === 'adopt') await setClientState(db, uuid, 'pending')
      await context.ui.tasks(addSteps(context, services, wish, { ...work, uuid, operation, undo, again }))
    } catch (error) {
      if (context.signal.aborted || wish.keepOnFailure) throw error
      if (await goesOnLater(services, error)) {
        context.ui.note(`${id}: what was made has stayed, and the same command goes on from there.`)
        throw error
      }
      const { left } = await undo.unwind(error)
      if (left) context.ui.warn(`${id}: ${left}`)
      else if (await findLivingClient(db, id))
        context.ui.note(`${id}: what this run made is undone; what was there before has stayed.`)
      else {
        operation.markUndone()
        context.ui.note(`${id}: everything that was made is undone.`)
      }
      throw error
    }
    return await describe(services, await lookFor(services, id), 'added')
  })
}

/** A server that went away, or a full disk, is no fault of the client's, and would be in the way of an undoing, too. */
async function goesOnLater({ db }: Services, error: unknown): Promise<boolean> {
  if (error instanceof BookctlError && OUTAGES.has(error.code)) return true
  return await db.query('select').then(
    () => false,
    () => true,
  )
}

/** A declared file that a person wrote, or took from git, says who the client is. */
function uuidOfNewClient(found: Found): string {
  const declared = found.declaration?.uuid
  if (declared !== undefined && declared === found.tombstone?.uuid)
    throw new BookctlError(
      'uuid-of-removed',
      'conflict',
      `clients/${found.names.id}.yml has the UUID of the client that was removed`,
      { hint: 'A new client gets a new UUID: move the file away, then run this command again.' },
    )
  return declared ?? randomUUID()
}

async function planned(
  services: Services,
  id: string | undefined,
  answers: Answers,
  bot: BotIdentity,
): Promise<AddResult> {
  const found = await lookFor(services, id ?? (await nextClientId(services)))
  return { ...(await describe(services, found, 'planned')), title: answers.title, bot }
}

async function describe(services: Services, found: Found, outcome: AddResult['outcome']): Promise<AddResult> {
  const { names, living } = found
  const { tables, indexes } = await inspectClient(services.db, names)
  return {
    id: names.id,
    uuid: living?.uuid ?? null,
    outcome,
    title: living?.title ?? found.declaration?.title ?? names.id,
    bot: { id: living?.bot_id ?? '', username: living?.bot_username ?? null },
    schema: names.schema,
    tables,
    indexes,
    role: names.role,
    keyPrefix: names.keyPrefix,
    aclUser: names.redisUser,
    file: services.fleet.paths.clientFile(names.id),
  }
}
