import { asComing, COMING_COLUMNS, COMING_FROM, type ComingBooking, type ComingRow } from './coming.ts'
import type { Tx } from './database.ts'

/** A booking that waits for an admin's approval. */
export interface Request extends ComingBooking {
  /** When its customer asked for this time. */
  askedAt: number
}

/** Without a lower end each look would read the whole past. */
const FORGOTTEN_MS = 62 * 86_400_000

/** Requests whose visits would begin until an instant, soonest first. */
export async function listRequests(tx: Tx, until: number): Promise<Request[]> {
  const { rows } = await tx.query<ComingRow & { asked_at: Date }>(
    `select ${COMING_COLUMNS}, coalesce(b.timed_at, b.created_at) as asked_at
       from ${COMING_FROM}
      where b.status = 'pending'
        and b.starts_at > $1
        and b.starts_at <= $2
      order by b.starts_at, b.id
      limit 100`,
    [new Date(until - FORGOTTEN_MS), new Date(until)],
  )
  return rows.map((row) => ({ ...asComing(row), askedAt: row.asked_at.getTime() }))
}
