import type { Seat } from '../domain/admin-rules.ts'
import type { Role } from '../domain/permissions.ts'
import { lockByName, type Tx } from './database.ts'
import type { Language } from './users.ts'

/** Telegram ids of everybody who runs this client's bot: the operator's first admins and those added by the business. */
export async function listAdminIds(tx: Tx, staticIds: readonly number[]): Promise<number[]> {
  const { rows } = await tx.query<{ telegram_id: number }>('select telegram_id from admins')
  return [...new Set([...staticIds, ...rows.map((row) => row.telegram_id)])]
}

/** What somebody is in this business: the operator's first admins are super admins, whatever the table says. */
export async function findRole(
  tx: Tx,
  staticIds: readonly number[],
  telegramId: number,
): Promise<Role | undefined> {
  if (staticIds.includes(telegramId)) return 'super_admin'
  const { rows } = await tx.query<{ role: Role }>('select role from admins where telegram_id = $1', [
    telegramId,
  ])
  return rows[0]?.role
}

/** An admin as the list of admins shows them. */
export interface Admin extends Seat {
  username: string | null
  firstName: string | null
  lastName: string | null
  /** Who brought them in; null for the operator's. */
  addedBy: number | null
  addedAt: number | null
  /** Null: never wrote to the bot, or has blocked it, so that no message can reach them. */
  language: Language | null
}

/** All admins: the operator's first, then super admins before moderators, each by the time they came. */
export async function listAdmins(tx: Tx, staticIds: readonly number[]): Promise<Admin[]> {
  const { rows } = await tx.query<{
    telegram_id: number
    role: Role | null
    added_by: number | null
    added_at: Date | null
    username: string | null
    first_name: string | null
    last_name: string | null
    language: Language | null
  }>(
    `select telegram_id, a.role, a.added_by, a.added_at, coalesce(u.username, a.username) as username,
            coalesce(u.first_name, a.name) as first_name, u.last_name,
            case when u.gone_at is null then u.language end as language
       from (select telegram_id from admins union select unnest($1::bigint[])) as ids (telegram_id)
       left join admins a using (telegram_id)
       left join users u using (telegram_id)
      order by telegram_id <> all($1::bigint[]), a.role <> 'super_admin', a.added_at, telegram_id`,
    [staticIds],
  )
  return rows.map((row) => {
    const fixed = staticIds.includes(row.telegram_id)
    return {
      telegramId: row.telegram_id,
      role: fixed ? 'super_admin' : (row.role ?? 'moderator'),
      fixed,
      username: row.username,
      firstName: row.first_name,
      lastName: row.last_name,
      addedBy: fixed ? null : row.added_by,
      addedAt: fixed ? null : (row.added_at?.getTime() ?? null),
      language: row.language,
    }
  })
}

/** Taken before the admins are read to be changed: two who demote each other, or add a fourth, go one after the other. */
export async function lockAdmins(tx: Tx, clientId: string): Promise<void> {
  await lockByName(tx, `${clientId}:admins`)
}

export async function insertAdmin(
  tx: Tx,
  admin: { telegramId: number; role: Role; addedBy: number },
  now: number,
): Promise<void> {
  await tx.query('insert into admins (telegram_id, role, added_by, added_at) values ($1, $2, $3, $4)', [
    admin.telegramId,
    admin.role,
    admin.addedBy,
    new Date(now),
  ])
}

export async function updateAdminRole(tx: Tx, telegramId: number, role: Role): Promise<void> {
  await tx.query('update admins set role = $2 where telegram_id = $1', [telegramId, role])
}

export async function deleteAdmin(tx: Tx, telegramId: number): Promise<void> {
  await tx.query('delete from admins where telegram_id = $1', [telegramId])
}

/** Admins added since then, by whomever: by their id, and by links that were used. */
export async function countAdditions(tx: Tx, clientId: string, since: number): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    `select (select count(*) from admin_actions where action = $2 and at > $3)
          + (select count(*) from fleet.invites where client_id = $1 and kind = 'admin' and used_at > $3) as count`,
    [clientId, ADMIN_ADDED, new Date(since)],
  )
  return rows[0]?.count ?? 0
}

/** How an addition by id is called among the admins' actions. */
export const ADMIN_ADDED = 'admin.add'
