import { GrammyError, HttpError } from 'grammy'
import { reasonOf } from '../log.ts'
import { markGone } from '../storage/users.ts'
import { finish, type OutboxRow, requeue } from './outbox.ts'
import type { ClientContext } from './turn.ts'

/** After so many tries a message is given up: about half a day with the longest pauses. */
const ATTEMPTS_MAX = 150
const LONGEST_PAUSE_SECONDS = 300

/** Codes of failures before a connection stood: Telegram has certainly not got the message. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])

export type SendState = 'sent' | 'failed' | 'unknown' | 'queued'

/** Sends one claimed message and writes down how it went. */
export async function sendRow(
  client: ClientContext,
  row: OutboxRow,
  signal: AbortSignal,
): Promise<SendState> {
  const { db } = client
  let error: unknown
  try {
    const answer = await call(client, row, signal)
    await finish(db, row.id, 'sent', answer)
    return 'sent'
  } catch (caught) {
    error = caught
  }
  if (error instanceof GrammyError) return refused(client, row, error)
  if (!(error instanceof HttpError)) throw error
  const reason = reasonOf(error.error)
  const unknown = !NEVER_SENT.has(String((error.error as { code?: unknown }).code))
  if (unknown && !row.repeat_if_unknown && row.method === 'sendMessage') {
    client.log.warn({ event: 'send_unknown', kind: row.kind, chat: row.chat_id, reason })
    await finish(db, row.id, 'unknown', { error: reason })
    return 'unknown'
  }
  return again(client, row, pauseSeconds(row.attempts), reason)
}

async function call(
  client: ClientContext,
  row: OutboxRow,
  signal: AbortSignal,
): Promise<{ messageId?: number }> {
  const { raw } = client.api
  const answer =
    row.method === 'sendMessage'
      ? await raw.sendMessage(row.payload as Parameters<typeof raw.sendMessage>[0], signal as never)
      : await raw.editMessageText(row.payload as Parameters<typeof raw.editMessageText>[0], signal as never)
  return answer === true ? {} : { messageId: answer.message_id }
}

/** Telegram has answered, with a refusal. */
async function refused(client: ClientContext, row: OutboxRow, error: GrammyError): Promise<SendState> {
  const { db, log } = client
  const reason = reasonOf(error.description)
  if (error.error_code === 429) return again(client, row, error.parameters.retry_after ?? 1, reason)
  if (error.error_code >= 500) return again(client, row, pauseSeconds(row.attempts), reason)
  // The poller notices a token that was revoked; until then nothing is lost.
  if (error.error_code === 401) return again(client, row, 60, reason)
  if (row.method === 'editMessageText' && error.error_code === 400) {
    if (reason.includes('message is not modified')) {
      await finish(db, row.id, 'sent')
      return 'sent'
    }
    if (/message to edit not found|message can't be edited/i.test(reason)) {
      const { message_id: _, ...payload } = row.payload
      await requeue(db, row, 0, reason, { method: 'sendMessage', payload })
      return 'queued'
    }
  }
  if (error.error_code === 403) {
    if (row.chat_id > 0) await markGone(db, row.chat_id, client.now())
    log.info({ event: 'customer_gone', chat: row.chat_id })
  } else log.error({ event: 'send_failed', kind: row.kind, chat: row.chat_id, reason })
  await finish(db, row.id, 'failed', { error: reason })
  return 'failed'
}

async function again(
  client: ClientContext,
  row: OutboxRow,
  seconds: number,
  reason: string,
): Promise<SendState> {
  if (row.attempts >= ATTEMPTS_MAX) {
    client.log.error({
      event: 'send_given_up',
      kind: row.kind,
      chat: row.chat_id,
      attempts: row.attempts,
      reason,
    })
    await finish(client.db, row.id, 'failed', { error: reason })
    return 'failed'
  }
  client.log.info({ event: 'send_later', kind: row.kind, chat: row.chat_id, seconds, reason })
  await requeue(client.db, row, seconds, reason)
  return 'queued'
}

function pauseSeconds(attempts: number): number {
  return Math.min(LONGEST_PAUSE_SECONDS, 2 ** Math.min(attempts - 1, 10))
}
