import type { Tx } from '../storage/database.ts'
import type { QueuedMessage } from './effects.ts'
import type { ClientContext } from './turn.ts'

/** A row of the outbox that this instance has claimed. */
export interface OutboxRow extends Record<string, unknown> {
  id: number
  chat_id: number
  kind: string
  method: QueuedMessage['method']
  payload: Record<string, unknown>
  repeat_if_unknown: boolean
  attempts: number
}

/** Messages to many people at once: they come after all others. */
export const BULK_KIND = 'broadcast'

/** A sending row of this age belongs to nobody any more. */
const ABANDONED_SECONDS = 120
const KEPT_DAYS = 7

/** A message and what makes it this one: of messages with one key only the first is ever sent. */
export interface KeyedMessage extends QueuedMessage {
  key: string
}

/** The messages of an update. Their keys make a repeated transaction harmless. */
export function ofUpdate(
  client: ClientContext,
  updateId: number,
  messages: readonly QueuedMessage[],
): KeyedMessage[] {
  return messages.map((message, index) => ({
    ...message,
    key: `update:${client.botInfo.id}:${updateId}:${index}`,
  }))
}

/** Puts messages into the outbox, in the transaction of what they tell of. Gives back how many were not there yet. */
export async function queueMessages(
  client: ClientContext,
  tx: Tx,
  messages: readonly KeyedMessage[],
): Promise<number> {
  let queued = 0
  for (const message of messages) {
    const { rowCount } = await tx.query(
      `insert into fleet.outbox (client_id, chat_id, kind, method, payload, dedupe_key, repeat_if_unknown)
       values ($1, $2, $3, $4, $5, $6, $7)
       on conflict do nothing`,
      [
        client.clientId,
        message.chatId,
        message.kind,
        message.method,
        JSON.stringify(message.payload),
        message.key,
        message.repeatIfUnknown,
      ],
    )
    queued += rowCount
  }
  return queued
}

/** Which of these keys the outbox has seen: what was queued before need not be written again. */
export async function seenKeys(tx: Tx, clientId: string, keys: readonly string[]): Promise<Set<string>> {
  const { rows } = await tx.query<{ dedupe_key: string }>(
    'select dedupe_key from fleet.outbox where client_id = $1 and dedupe_key = any($2::text[])',
    [clientId, keys],
  )
  return new Set(rows.map((row) => row.dedupe_key))
}

/**
 * Claims what is due: the oldest message of each chat, so that their order is kept. What goes to many people comes after
 * everything else, in each chat and among the chats, and at most `bulk` of it.
 */
export async function claimDue(
  tx: Tx,
  clientId: string,
  { limit, bulk }: { limit: number; bulk: number },
): Promise<OutboxRow[]> {
  const { rows } = await tx.query<OutboxRow>(
    `with heads as (
       select distinct on (chat_id) id, state, not_before, kind = $4 as is_bulk
         from fleet.outbox
        where client_id = $1
          and state in ('queued', 'sending')
        order by chat_id, state = 'sending' desc, kind = $4, id
     ), due as (
       (select id from heads where state = 'queued' and not_before <= now() and not is_bulk order by id limit $2)
       union all
       (select id from heads where state = 'queued' and not_before <= now() and is_bulk order by id limit $3)
     )
     update fleet.outbox o
        set state = 'sending', claimed_at = now(), attempts = o.attempts + 1
       from due
      where o.id = due.id
        and o.state = 'queued'
     returning o.id, o.chat_id, o.kind, o.method, o.payload, o.repeat_if_unknown, o.attempts`,
    [clientId, limit, bulk, BULK_KIND],
  )
  return rows.toSorted((a, b) => a.id - b.id)
}

/** Done with: the message itself is forgotten, what remains is that it was. */
export async function finish(
  tx: Tx,
  id: number,
  state: 'sent' | 'failed' | 'unknown',
  result: { messageId?: number; error?: string } = {},
): Promise<void> {
  await tx.query(
    `update fleet.outbox
        set state = $2, payload = '{}', finished_at = now(), message_id = $3, error = $4
      where id = $1`,
    [id, state, result.messageId ?? null, result.error ?? null],
  )
}

/** Back into the queue, not before some seconds have passed; perhaps by another method. */
export async function requeue(
  tx: Tx,
  row: OutboxRow,
  delaySeconds: number,
  error: string,
  as?: Pick<OutboxRow, 'method' | 'payload'>,
): Promise<void> {
  await tx.query(
    `update fleet.outbox
        set state = 'queued', not_before = now() + make_interval(secs => $2), error = $3, method = $4, payload = $5
      where id = $1`,
    [row.id, delaySeconds, error, as?.method ?? row.method, JSON.stringify(as?.payload ?? row.payload)],
  )
}

/**
 * Rows that were being sent when their sender died: whether Telegram has them is unknown. By kind they are sent again
 * (an answer missing is worse than an answer twice) or given up. `all`: also fresh ones, when no other sender can be
 * alive. `except`: rows that the caller itself is sending.
 */
export async function recoverAbandoned(
  tx: Tx,
  clientId: string,
  { all, except }: { all: boolean; except: readonly number[] },
): Promise<number> {
  const { rowCount } = await tx.query(
    `update fleet.outbox
        set state = case when repeat_if_unknown or method like 'edit%' then 'queued' else 'unknown' end,
            payload = case when repeat_if_unknown or method like 'edit%' then payload else '{}' end,
            finished_at = case when repeat_if_unknown or method like 'edit%' then null else now() end
      where client_id = $1
        and state = 'sending'
        and ($2 or claimed_at < now() - make_interval(secs => $3))
        and id <> all ($4::bigint[])`,
    [clientId, all, ABANDONED_SECONDS, except],
  )
  return rowCount
}

/**
 * Telegram forgets an update after a day; a week of both is for a person who looks for something. Messages of a broadcast
 * that is under way stay until they have been counted.
 */
export async function pruneFinished(tx: Tx, clientId: string): Promise<void> {
  await tx.query(
    `delete from fleet.outbox
      where client_id = $1
        and state in ('sent', 'failed', 'unknown')
        and finished_at < now() - make_interval(days => $2)
        and (kind <> $3
             or not exists (select from fleet.broadcasts b
                             where b.client_id = $1 and b.started_at is not null and b.finished_at is null))`,
    [clientId, KEPT_DAYS, BULK_KIND],
  )
  await tx.query(
    'delete from fleet.updates where client_id = $1 and handled_at < now() - make_interval(days => $2)',
    [clientId, KEPT_DAYS],
  )
}
