import type { Tx } from './database.ts'

/** Telegram ids of everybody who runs this client's bot: the operator's first admins and those added by the business. */
export async function listAdminIds(tx: Tx, staticIds: readonly number[]): Promise<number[]> {
  const { rows } = await tx.query<{ telegram_id: number }>('select telegram_id from admins')
  return [...new Set([...staticIds, ...rows.map((row) => row.telegram_id)])]
}
