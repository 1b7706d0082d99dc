import type { AdminDb } from '../postgres/admin.ts'

/** The instance that wrote the client's last heartbeat: each start of a bot has a new one. */
export async function readInstance(db: AdminDb, id: string): Promise<string | undefined> {
  const { rows } = await db.query<{ instance: string }>(
    'select instance::text from fleet.heartbeats where client_id = $1',
    [id],
  )
  return rows[0]?.instance
}
