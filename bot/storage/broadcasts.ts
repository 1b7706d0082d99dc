import { type Audience, type Counts, totalOf } from '../domain/broadcast.ts'
import type { Tx } from './database.ts'

export type BroadcastState = 'draft' | 'running' | 'stopped' | 'done'

export interface BroadcastContent {
  /** In Telegram's HTML. */
  text: string
  /** Telegram's file_id. */
  photo?: string
}

export interface Broadcast extends Omit<Counts, 'left'> {
  id: number
  createdBy: number
  audience: Audience
  content: BroadcastContent
  state: BroadcastState
  total: number
  /** Customers up to this id have been seen to. */
  lastCustomerId: number
  /** The message that shows how far it is. */
  messageId: number | null
  startedAt: number | null
  finishedAt: number | null
}

interface Row extends Record<string, unknown> {
  id: number
  created_by: number
  audience: Audience
  content: BroadcastContent
  state: BroadcastState
  total: number
  delivered: number
  blocked: number
  failed: number
  last_customer_id: number
  message_id: number | null
  started_at: Date | null
  finished_at: Date | null
}

const COLUMNS = `id, created_by, audience, content, state, total, delivered, blocked, failed, last_customer_id,
                 message_id, started_at, finished_at`

/** A message that is not sent yet. An admin has one at a time: a new one takes the place of the one before. */
export async function draftBroadcast(
  tx: Tx,
  clientId: string,
  draft: { createdBy: number; audience: Audience; content: BroadcastContent },
  now: number,
): Promise<Broadcast> {
  await tx.query(
    `delete from fleet.broadcasts where client_id = $1 and state = 'draft' and created_by = $2`,
    [clientId, draft.createdBy],
  )
  const { rows } = await tx.query<Row>(
    `insert into fleet.broadcasts (client_id, created_by, audience, content, created_at)
     values ($1, $2, $3, $4, $5)
     returning ${COLUMNS}`,
    [clientId, draft.createdBy, JSON.stringify(draft.audience), JSON.stringify(draft.content), new Date(now)],
  )
  const row = rows[0]
  if (!row) throw new Error('insert of a broadcast returned no row')
  return asBroadcast(row)
}

export async function findBroadcast(tx: Tx, clientId: string, id: number): Promise<Broadcast | undefined> {
  const { rows } = await tx.query<Row>(
    `select ${COLUMNS} from fleet.broadcasts where client_id = $1 and id = $2`,
    [clientId, id],
  )
  return rows[0] && asBroadcast(rows[0])
}

/** What has been sent, or is being sent; newest first. */
export async function listBroadcasts(tx: Tx, clientId: string): Promise<Broadcast[]> {
  const { rows } = await tx.query<Row>(
    `select ${COLUMNS}
       from fleet.broadcasts
      where client_id = $1
        and state <> 'draft'
      order by id desc
      limit 200`,
    [clientId],
  )
  return rows.map(asBroadcast)
}

/** Begins a draft. False: it is none any more, or another one is under way. The caller holds the lock of broadcasts. */
export async function startBroadcast(
  tx: Tx,
  clientId: string,
  { id, startedBy, total, messageId }: { id: number; startedBy: number; total: number; messageId: number },
  now: number,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update fleet.broadcasts
        set state = 'running', created_by = $3, total = $4, message_id = $5, started_at = $6
      where client_id = $1
        and id = $2
        and state = 'draft'
        and not exists (select from fleet.broadcasts where client_id = $1 and started_at is not null and finished_at is null)`,
    [clientId, id, startedBy, total, messageId, new Date(now)],
  )
  return rowCount === 1
}

/** Sends no more of it: what waits is taken back, what is on its way arrives. False: it is not running. */
export async function stopBroadcast(tx: Tx, clientId: string, id: number): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update fleet.broadcasts set state = 'stopped' where client_id = $1 and id = $2 and state = 'running'`,
    [clientId, id],
  )
  if (rowCount === 0) return false
  await tx.query(
    `delete from fleet.outbox
      where client_id = $1
        and kind = 'broadcast'
        and state = 'queued'
        and starts_with(dedupe_key, $2)`,
    [clientId, keyPrefix(id)],
  )
  return true
}

/** What is under way, locked until the transaction ends: running, or stopped with messages still on their way. */
export async function lockOpenBroadcasts(tx: Tx, clientId: string): Promise<Broadcast[]> {
  const { rows } = await tx.query<Row>(
    `select ${COLUMNS}
       from fleet.broadcasts
      where client_id = $1
        and started_at is not null
        and finished_at is null
      order by id
        for update`,
    [clientId],
  )
  return rows.map(asBroadcast)
}

/** Writes down how far it is; `state` other than running ends it. */
export async function saveProgress(
  tx: Tx,
  clientId: string,
  id: number,
  counts: Counts,
  {
    lastCustomerId,
    ends,
  }: { lastCustomerId: number; ends: { state: BroadcastState; at: number } | undefined },
): Promise<void> {
  await tx.query(
    `update fleet.broadcasts
        set delivered = $3, blocked = $4, failed = $5, total = $6, last_customer_id = $7,
            state = coalesce($8, state), finished_at = $9
      where client_id = $1
        and id = $2`,
    [
      clientId,
      id,
      counts.delivered,
      counts.blocked,
      counts.failed,
      totalOf(counts),
      lastCustomerId,
      ends?.state ?? null,
      ends ? new Date(ends.at) : null,
    ],
  )
}

/** What became of its messages so far, by their rows in the outbox; `left` are those that are not finished with. */
export async function countMessages(tx: Tx, clientId: string, id: number): Promise<Counts> {
  const { rows } = await tx.query<{ delivered: number; blocked: number; failed: number; open: number }>(
    `select count(*) filter (where state = 'sent') as delivered,
            count(*) filter (where state = 'failed' and error like 'Forbidden%') as blocked,
            count(*) filter (where state = 'unknown' or state = 'failed' and error not like 'Forbidden%') as failed,
            count(*) filter (where state in ('queued', 'sending')) as open
       from fleet.outbox
      where client_id = $1
        and kind = 'broadcast'
        and starts_with(dedupe_key, $2)`,
    [clientId, keyPrefix(id)],
  )
  const { delivered = 0, blocked = 0, failed = 0, open = 0 } = rows[0] ?? {}
  return { delivered, blocked, failed, left: open }
}

/** What waits is not sent for so many seconds: it is night. */
export async function delayMessages(tx: Tx, clientId: string, seconds: number): Promise<void> {
  await tx.query(
    `update fleet.outbox
        set not_before = now() + make_interval(secs => $2)
      where client_id = $1
        and kind = 'broadcast'
        and state = 'queued'
        and not_before < now() + make_interval(secs => $2 - 120)`,
    [clientId, seconds],
  )
}

/** What makes a message this customer's of this broadcast: nobody gets it twice. */
export function messageKey(id: number, customerId: number): string {
  return `${keyPrefix(id)}${customerId}`
}

function keyPrefix(id: number): string {
  return `broadcast:${id}:`
}

function asBroadcast(row: Row): Broadcast {
  return {
    id: row.id,
    createdBy: row.created_by,
    audience: row.audience,
    content: row.content,
    state: row.state,
    total: row.total,
    delivered: row.delivered,
    blocked: row.blocked,
    failed: row.failed,
    lastCustomerId: row.last_customer_id,
    messageId: row.message_id,
    startedAt: row.started_at?.getTime() ?? null,
    finishedAt: row.finished_at?.getTime() ?? null,
  }
}
