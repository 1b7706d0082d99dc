import { GrammyError, HttpError, InputFile } from 'grammy'
import { reasonOf } from '../log.ts'
import { markGone } from '../storage/users.ts'
import { finish, type OutboxRow, requeue } from './outbox.ts'
import type { ClientContext } from './turn.ts'

/** After so many tries a message is given up: about half a day with the longest pauses. */
const ATTEMPTS_MAX = 150
const LONGEST_PAUSE_SECONDS = 300

/** Codes of failures before a connection stood: Telegram has certainly not got the message. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])

/** How a send went, and what is to become of its row. */
export type SendResult =
  | { state: 'sent'; messageId?: number }
  | { state: 'failed'; error: string; gone: boolean }
  | { state: 'unknown'; error: string }
  /** `tooFast`: Telegram has asked for a pause. */
  | {
      state: 'queued'
      error: string
      delaySeconds: number
      tooFast?: true
      as?: Pick<OutboxRow, 'method' | 'payload'>
    }

/** Sends one claimed message. Writes nothing: what came of it is the answer. */
export async function sendRow(
  client: ClientContext,
  row: OutboxRow,
  signal: AbortSignal,
): Promise<SendResult> {
  try {
    return { state: 'sent', ...(await call(client, row, signal)) }
  } catch (error) {
    if (error instanceof GrammyError) return refused(row, error)
    if (error instanceof HttpError) return unanswered(row, error)
    // Nothing was sent: the message itself cannot be used.
    return { state: 'failed', error: reasonOf(error), gone: false }
  }
}

/** Writes down how a send went; may be repeated. */
export async function writeDown(client: ClientContext, row: OutboxRow, result: SendResult): Promise<void> {
  const { db, log } = client
  const about = { kind: row.kind, chat: row.chat_id }
  switch (result.state) {
    case 'sent':
      return finish(db, row.id, 'sent', result)
    case 'queued':
      log.info({ event: 'send_later', ...about, seconds: result.delaySeconds, reason: result.error })
      return requeue(db, row, result.delaySeconds, result.error, result.as)
    case 'unknown':
      log.warn({ event: 'send_unknown', ...about, reason: result.error })
      return finish(db, row.id, 'unknown', result)
    case 'failed':
      if (result.gone) log.info({ event: 'customer_gone', chat: row.chat_id })
      else {
        log.error({ event: 'send_failed', ...about, attempts: row.attempts, reason: result.error })
        client.faults.report(new Error(result.error), { event: 'send_failed', kind: row.kind })
      }
      if (result.gone && row.chat_id > 0) await markGone(db, row.chat_id, client.now())
      return finish(db, row.id, 'failed', result)
  }
}

async function call(
  client: ClientContext,
  row: OutboxRow,
  signal: AbortSignal,
): Promise<{ messageId?: number }> {
  const { raw } = client.api
  const { method, payload } = row
  if (method === 'editMessageText') {
    const edited = await raw.editMessageText(payload, signal as never)
    return edited === true ? {} : { messageId: edited.message_id }
  }
  const sent =
    method === 'sendDocument'
      ? await raw.sendDocument(withFile(payload, 'document'), signal as never)
      : method === 'sendPhoto'
        ? await raw.sendPhoto(withFile(payload, 'photo'), signal as never)
        : await raw.sendMessage(payload as Parameters<typeof raw.sendMessage>[0], signal as never)
  return { messageId: sent.message_id }
}

/** The parameters with the file in place of what the row holds of it; what Telegram has already is named by its id. */
function withFile<Field extends 'document' | 'photo'>(payload: OutboxRow['payload'], field: Field) {
  const held = payload[field] as string | { name: string; base64: string }
  return {
    ...(payload as { chat_id: number }),
    [field]: typeof held === 'string' ? held : new InputFile(Buffer.from(held.base64, 'base64'), held.name),
  } as { chat_id: number } & Record<Field, InputFile | string>
}

/** Telegram has answered, with a refusal. */
function refused(row: OutboxRow, error: GrammyError): SendResult {
  const reason = reasonOf(error.description)
  if (error.error_code === 429) {
    const later = again(row, error.parameters.retry_after ?? 1, reason)
    return later.state === 'queued' ? { ...later, tooFast: true } : later
  }
  // A token that was revoked (401) ends the bot as soon as it polls; its successor sends what is left.
  if (error.error_code >= 500 || error.error_code === 401)
    return again(row, pauseSeconds(row.attempts), reason)
  if (row.method === 'editMessageText' && error.error_code === 400) {
    if (reason.includes('message is not modified')) return { state: 'sent' }
    if (/message to edit not found|message can't be edited/i.test(reason)) {
      const { message_id: _, ...payload } = row.payload
      return { state: 'queued', error: reason, delaySeconds: 0, as: { method: 'sendMessage', payload } }
    }
  }
  return { state: 'failed', error: reason, gone: error.error_code === 403 }
}

/** The line broke: whether Telegram has the message is known only if there never was a line. An edit may be repeated. */
function unanswered(row: OutboxRow, { error }: HttpError): SendResult {
  const reason = reasonOf(error)
  const unknown = !NEVER_SENT.has(String((error as { code?: unknown } | undefined)?.code))
  if (unknown && !row.repeat_if_unknown && row.method !== 'editMessageText')
    return { state: 'unknown', error: reason }
  return again(row, pauseSeconds(row.attempts), reason)
}

function again(row: OutboxRow, delaySeconds: number, error: string): SendResult {
  if (row.attempts >= ATTEMPTS_MAX) return { state: 'failed', error, gone: false }
  return { state: 'queued', delaySeconds, error }
}

function pauseSeconds(attempts: number): number {
  return Math.min(LONGEST_PAUSE_SECONDS, 2 ** Math.min(attempts - 1, 10))
}
