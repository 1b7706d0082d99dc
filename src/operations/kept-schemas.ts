import type { Context } from '../context.ts'
import { BookctlError } from '../errors.ts'
import { dropKeptSchemas } from '../postgres/kept-schemas.ts'
import { withClientLock } from './client-lock.ts'
import type { Services } from './services.ts'

/**
 * Drops what restores have replaced once its time is over. A client that somebody holds is left to the next time.
 * Answers with the names of what is gone.
 */
export async function dropExpiredSchemas(context: Context, { db }: Services): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    'select distinct client_id as id from fleet.kept_schemas where keep_until <= $1 order by 1',
    [context.now()],
  )
  const dropped: string[] = []
  for (const { id } of rows)
    try {
      dropped.push(...(await withClientLock(db, id, () => dropKeptSchemas(db, id, context.now()))))
    } catch (error) {
      if (!(error instanceof BookctlError) || error.code !== 'client-locked') throw error
    }
  for (const name of dropped) context.ui.note(`dropped ${name}, which a restore had replaced`)
  return dropped
}
