import type { Role } from '../domain/permissions.ts'
import type { Tx } from './database.ts'

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
