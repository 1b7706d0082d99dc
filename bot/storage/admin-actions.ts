import type { Tx } from './database.ts'

/**
 * One thing that an admin did, or the bot of its own accord; what it was before and after stands in `before` and
 * `after`. It can never be changed: nothing of a customer but numbers of rows goes into it.
 */
export interface AdminAction {
  /** Null: the bot itself. */
  telegramId: number | null
  /** A verb and its object, as `service.edit`. */
  action: string
  /** What it was done to, as `service:7`. */
  target: string
  before?: unknown
  after?: unknown
}

export async function writeAdminAction(
  tx: Tx,
  { telegramId, action, target, before, after }: AdminAction,
  now: number,
): Promise<void> {
  await tx.query(
    `insert into admin_actions (at, actor, actor_telegram_id, action, target, details)
     values ($1, case when $2::bigint is null then 'system' else 'admin' end, $2, $3, $4, $5)`,
    [new Date(now), telegramId, action, target, JSON.stringify({ before, after })],
  )
}

/** Has anything been done to this since an instant? For targets of which there is one for each question asked. */
export async function wasDoneTo(tx: Tx, target: string, since: number): Promise<boolean> {
  const { rows } = await tx.query('select 1 from admin_actions where at >= $1 and target = $2 limit 1', [
    new Date(since),
    target,
  ])
  return rows.length > 0
}
