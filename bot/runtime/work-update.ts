import { Context, type MiddlewareFn } from 'grammy'
import type { Update } from 'grammy/types'
import type { ClientSettings } from '../contract/settings.ts'
import { type Bucket, takeToken } from '../domain/rate-limit.ts'
import { textsFor } from '../i18n/texts.ts'
import { reasonOf } from '../log.ts'
import { findRole } from '../storage/admins.ts'
import { isOutage, savepoint, sqlState, type Tx } from '../storage/database.ts'
import type { OwnText } from '../storage/own-texts.ts'
import type { RateKind } from '../storage/sessions.ts'
import { readSettingsAndTexts } from '../storage/settings.ts'
import { findMemberOf } from '../storage/staff.ts'
import { languageOf, upsertCustomer } from '../storage/users.ts'
import { type Collected, collectEffects } from './effects.ts'
import { ofUpdate, queueMessages } from './outbox.ts'
import { textsWith } from './own-texts.ts'
import type { BotContext, ClientContext, DialogueState, Turn } from './turn.ts'

export type Outcome = 'done' | 'failed' | 'ignored' | 'seen'

export interface Worked {
  outcome: Outcome
  collected: Collected
  /** The sender's bucket without the token that this update took; undefined where it took none. */
  bucket?: Bucket
}

/** What does not change between tries of one update. */
export interface Prepared {
  dialogue: DialogueState | undefined
  bucket: Bucket | undefined
  at: number
}

/** Messages and taps that anybody may send at once, before the limit per minute counts. */
const BURST = 5

/** Reads what Redis knows of the sender; once for each update, not for each try. */
export async function prepareUpdate(client: ClientContext, update: Update): Promise<Prepared> {
  const at = client.now()
  const from = senderOf(update)
  if (from === undefined) return { dialogue: undefined, bucket: undefined, at }
  const [dialogue, bucket] = await Promise.all([
    client.sessions.readDialogue(from.id),
    client.sessions.readBucket(from.id, rateKindOf(update)),
  ])
  return { dialogue, bucket, at }
}

/** Takes a token of the sender's bucket, under the business's limits of this moment. */
function judgeRate(update: Update, { bucket, at }: Prepared, settings: ClientSettings) {
  if (senderOf(update) === undefined) return undefined
  const perMinute =
    rateKindOf(update) === 'callback' ? settings.rateTapsPerMinute : settings.rateMessagesPerMinute
  return takeToken(bucket, { perTokenMs: 60_000 / perMinute, burst: BURST }, at)
}

export function rateKindOf(update: Update): RateKind {
  return update.callback_query ? 'callback' : 'message'
}

/**
 * Works one update in a transaction of its own. When the transaction itself cannot succeed (deadlocks without end, a
 * lock that is not released), a second one marks the update as failed. @throws where neither could be done; the update
 * must then be tried again, for it is not confirmed.
 */
export async function settleUpdate(
  client: ClientContext,
  update: Update,
  prepared: Prepared,
  features: MiddlewareFn<BotContext>,
): Promise<Worked> {
  try {
    return await client.db.transaction((tx) => workUpdate(client, tx, update, prepared, features))
  } catch (error) {
    if (isOutage(error)) throw error
    logFailure(client, update, error)
    return await client.db.transaction((tx) => fail(client, tx, update))
  }
}

/**
 * One update inside its transaction: its id first (a row that is there already means: worked before), then the work,
 * then the messages. A fault of a handler undoes the handler's work and nothing else, so that the update is not
 * delivered for ever; an outage leaves as an error, and the update is tried again as a whole.
 */
async function workUpdate(
  client: ClientContext,
  tx: Tx,
  update: Update,
  prepared: Prepared,
  features: MiddlewareFn<BotContext>,
): Promise<Worked> {
  const { effects, collected } = collectEffects()
  const read = await readSettingsAndTexts(tx, client.defaults.settings)
  const { settings, rejected } = read
  if (rejected.length > 0) client.log.warn({ event: 'settings_rejected', keys: rejected })
  const rate = judgeRate(update, prepared, settings)
  const bucket = rate ? { bucket: rate.bucket } : {}
  const outcome: Outcome = rate?.allowed === false ? 'ignored' : 'done'
  if (!(await claim(client, tx, update.update_id, outcome))) return { outcome: 'seen', collected }
  const from = senderOf(update)
  if (outcome === 'ignored') {
    if (rate?.firstRefusal && from && chatTypeOf(update) === 'private') {
      const text = textsFor(languageOf(from.language_code)).html('slow-down')
      effects.send(from.id, { kind: 'slow-down', html: text, repeatIfUnknown: false })
    }
    await queueMessages(client, tx, ofUpdate(client, update.update_id, collected.messages))
    return { outcome, collected, ...bucket }
  }
  try {
    await savepoint(tx, async () => {
      const context = new Context(update, client.api, client.botInfo) as BotContext
      context.turn = { ...(await turnOf(client, tx, update, prepared, read)), effects }
      await features(context, async () => undefined)
    })
  } catch (error) {
    if (mayBeTriedAgain(error)) throw error
    logFailure(client, update, error)
    // A client's role may not change rows of `updates`, only make and delete its own.
    await tx.query('delete from fleet.updates where client_id = $1 and bot_id = $2 and update_id = $3', [
      client.clientId,
      client.botInfo.id,
      update.update_id,
    ])
    return { ...(await fail(client, tx, update)), ...bucket }
  }
  await queueMessages(client, tx, ofUpdate(client, update.update_id, collected.messages))
  return { outcome, collected, ...bucket }
}

/** The claim that this update is worked here and now. False: it has been worked before. */
async function claim(client: ClientContext, tx: Tx, updateId: number, outcome: Outcome): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into fleet.updates (client_id, bot_id, update_id, outcome)
     values ($1, $2, $3, $4)
     on conflict do nothing`,
    [client.clientId, client.botInfo.id, updateId, outcome],
  )
  return rowCount === 1
}

/** Marks the update as failed, and says so kindly to the person behind it. */
async function fail(client: ClientContext, tx: Tx, update: Update): Promise<Worked> {
  const { effects, collected } = collectEffects()
  if (!(await claim(client, tx, update.update_id, 'failed'))) return { outcome: 'seen', collected }
  const from = senderOf(update)
  if (from && chatTypeOf(update) === 'private') {
    const texts = textsFor(languageOf(from.language_code))
    effects.send(from.id, { kind: 'failed', html: texts.html('failed') })
  }
  await queueMessages(client, tx, ofUpdate(client, update.update_id, collected.messages))
  return { outcome: 'failed', collected }
}

async function turnOf(
  client: ClientContext,
  tx: Tx,
  update: Update,
  prepared: Prepared,
  { settings, ownTexts }: { settings: ClientSettings; ownTexts: readonly OwnText[] },
): Promise<Omit<Turn, 'effects'>> {
  const now = client.now()
  const from = senderOf(update)
  const customer = from && !from.is_bot ? await upsertCustomer(tx, from, now) : undefined
  const textsIn = textsWith(ownTexts, client.log)
  return {
    client,
    tx,
    now,
    updateId: update.update_id,
    settings,
    customer,
    role: customer && from && (await findRole(tx, client.staticAdminIds, from.id)),
    member: customer && from && (await findMemberOf(tx, from.id)),
    texts: textsIn(customer?.language ?? 'ru'),
    textsIn,
    dialogue: prepared.dialogue,
  }
}

function senderOf(update: Update) {
  return update.message?.from ?? update.callback_query?.from
}

function chatTypeOf(update: Update) {
  return (update.message?.chat ?? update.callback_query?.message?.chat)?.type
}

/** Updates of one key are worked in order: those of one chat, else of one person. */
export function orderKey(update: Update): number {
  return (
    (update.message?.chat ?? update.callback_query?.message?.chat ?? update.callback_query?.from)?.id ?? 0
  )
}

/** The transaction as a whole may succeed another time. */
export function mayBeTriedAgain(error: unknown): boolean {
  const state = sqlState(error)
  return isOutage(error) || state === '40P01' || state === '40001'
}

function logFailure(client: ClientContext, update: Update, error: unknown): void {
  client.log.error({
    event: 'update_failed',
    update: update.update_id,
    reason: reasonOf(error),
    stack: error instanceof Error ? error.stack : undefined,
  })
  client.faults.report(error, {
    event: 'update_failed',
    update: update.update_id,
    kind: update.callback_query ? 'callback' : 'message',
  })
}
