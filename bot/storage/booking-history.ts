import type { Tx } from './database.ts'

/** Who did it, for the booking's history. */
export interface Author {
  actor: 'customer' | 'admin' | 'operator' | 'system'
  telegramId?: number
}

export interface HistoryEntry {
  bookingId: number
  action: 'created' | 'rescheduled' | 'changed' | 'cancelled' | 'status'
  author: Author
  now: number
  oldStatus?: string
  newStatus?: string
  oldStartsAt?: number
  newStartsAt?: number
  /** What was changed into what. Why it was cancelled is said by the booking itself. */
  reason?: string
}

/** One line of a booking's history; every change of a booking writes one in its own transaction. */
export async function writeHistory(tx: Tx, entry: HistoryEntry): Promise<void> {
  const instant = (ms: number | undefined) => (ms === undefined ? null : new Date(ms))
  await tx.query(
    `insert into booking_history (booking_id, at, action, actor, actor_telegram_id, old_status, new_status,
                                  old_starts_at, new_starts_at, reason)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      entry.bookingId,
      new Date(entry.now),
      entry.action,
      entry.author.actor,
      entry.author.telegramId ?? null,
      entry.oldStatus ?? null,
      entry.newStatus ?? null,
      instant(entry.oldStartsAt),
      instant(entry.newStartsAt),
      entry.reason ?? null,
    ],
  )
}

/** A line of history with the name of whoever did it, where the bot knows them. */
export interface HistoryLine {
  at: number
  action: HistoryEntry['action']
  actor: Author['actor']
  actorName: string | null
  newStatus: string | null
  oldStartsAt: number | null
  newStartsAt: number | null
  reason: string | null
}

/** How a booking came about, and the newest lines of its history; oldest first. */
export async function readHistory(tx: Tx, bookingId: number, limit: number): Promise<HistoryLine[]> {
  const { rows } = await tx.query<{
    id: number
    at: Date
    action: HistoryEntry['action']
    actor: Author['actor']
    actor_name: string | null
    new_status: string | null
    old_starts_at: Date | null
    new_starts_at: Date | null
    reason: string | null
  }>(
    `select h.id, h.at, h.action, h.actor, u.first_name as actor_name, h.new_status, h.old_starts_at, h.new_starts_at,
            coalesce(h.reason, case when h.action = 'cancelled' then b.cancel_reason end) as reason
       from booking_history h
       join bookings b on b.id = h.booking_id
       left join users u on u.telegram_id = h.actor_telegram_id
      where h.booking_id = $1
      order by h.action = 'created' desc, h.id desc
      limit $2`,
    [bookingId, limit],
  )
  return rows
    .toSorted((a, b) => a.id - b.id)
    .map((row) => ({
      at: row.at.getTime(),
      action: row.action,
      actor: row.actor,
      actorName: row.actor_name,
      newStatus: row.new_status,
      oldStartsAt: row.old_starts_at?.getTime() ?? null,
      newStartsAt: row.new_starts_at?.getTime() ?? null,
      reason: row.reason,
    }))
}
