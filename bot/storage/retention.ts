import type { Tx } from './database.ts'

/** Who counts as away: not seen and nothing booked since, and those of whom nothing personal is left are done with. */
const AWAY = `
  u.last_seen_at < $1
  and (num_nonnulls(u.telegram_id, u.username, u.first_name, u.last_name, u.phone, u.given_name) > 0
       or u.notes <> '' or u.tags <> '{}' or u.consents <> '{}')
  and not exists (select from bookings b where b.customer_id = u.id and (b.ends_at >= $1 or b.created_at >= $1))
  and not coalesce(u.telegram_id = any($2::bigint[]), false)
  and not exists (select from admins a where a.telegram_id = u.telegram_id)
  and not exists (select from staff s where s.telegram_id = u.telegram_id)`

/** The business's own people, who may read for years without writing, are no customers who have gone. */
export interface Away {
  since: number
  staticAdminIds: readonly number[]
}

export async function countAway(tx: Tx, { since, staticAdminIds }: Away): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(`select count(*) as count from users u where ${AWAY}`, [
    new Date(since),
    staticAdminIds,
  ])
  return rows[0]?.count ?? 0
}

/**
 * Some of them, locked against everybody who would write to them or book for them. Whoever is being written to now is
 * left for another time.
 */
export async function lockAway(tx: Tx, { since, staticAdminIds }: Away, limit: number): Promise<number[]> {
  const given = [new Date(since), staticAdminIds]
  const locked = await tx.query<{ id: number }>(
    `select u.id from users u where ${AWAY} order by u.last_seen_at, u.id limit $3 for update of u skip locked`,
    [...given, limit],
  )
  if (locked.rows.length === 0) return []
  // A booking may have come in between the look and the lock; now none can.
  const { rows } = await tx.query<{ id: number }>(
    `select u.id from users u where ${AWAY} and u.id = any($3::bigint[]) order by u.id`,
    [...given, locked.rows.map(({ id }) => id)],
  )
  return rows.map(({ id }) => id)
}
