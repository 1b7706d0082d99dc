import type { Audience } from '../domain/broadcast.ts'
import type { Tx } from './database.ts'
import { WANTS_NEWS } from './news-consent.ts'
import type { Language } from './users.ts'

const DAY_MS = 86_400_000

/** Everybody whom a broadcast may reach: has agreed, is there, and belongs to the audience as it was `at` that time. */
const REACHED = `
       from users u
      where u.telegram_id is not null
        and u.gone_at is null
        and ${WANTS_NEWS}
        and ($1::timestamptz is null or u.last_seen_at >= $1)
        and ($2::text is null or exists (select from unnest(u.tags) as tag where lower(tag) = lower($2)))`

function argumentsOf(audience: Audience, at: number): [Date | null, string | null] {
  return [
    audience.kind === 'active' ? new Date(at - audience.days * DAY_MS) : null,
    audience.kind === 'tag' ? audience.tag : null,
  ]
}

/** How many there are, of those behind a customer. */
export async function countAudience(
  tx: Tx,
  audience: Audience,
  { at, after = 0 }: { at: number; after?: number },
): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(`select count(*) as count ${REACHED} and u.id > $3`, [
    ...argumentsOf(audience, at),
    after,
  ])
  return rows[0]?.count ?? 0
}

export interface Recipient {
  id: number
  telegramId: number
  language: Language
}

/** The next of them behind a customer, in the order of their ids. */
export async function nextRecipients(
  tx: Tx,
  audience: Audience,
  { at, after, limit }: { at: number; after: number; limit: number },
): Promise<Recipient[]> {
  const { rows } = await tx.query<{ id: number; telegram_id: number; language: Language }>(
    `select u.id, u.telegram_id, u.language ${REACHED} and u.id > $3 order by u.id limit $4`,
    [...argumentsOf(audience, at), after, limit],
  )
  return rows.map((row) => ({ id: row.id, telegramId: row.telegram_id, language: row.language }))
}
