import type { Tx } from './database.ts'
import type { Language } from './users.ts'

/** A text that the business has written itself, in place of the product's text `key`. */
export interface OwnText {
  key: string
  language: Language
  body: string
}

/** All of them, also those of texts that this version of the product does not have. */
export async function listOwnTexts(tx: Tx): Promise<OwnText[]> {
  return (await tx.query<OwnText & Record<string, unknown>>('select key, language, body from text_templates'))
    .rows
}

/** Puts an own text in place; gives back the one before. */
export async function writeOwnText(
  tx: Tx,
  { key, language, body }: OwnText,
  by: number | null,
  now: number,
): Promise<string | undefined> {
  const { rows } = await tx.query<{ body: string }>(
    'select body from text_templates where key = $1 and language = $2 for update',
    [key, language],
  )
  await tx.query(
    `insert into text_templates (key, language, body, updated_at, updated_by)
     values ($1, $2, $3, $4, $5)
     on conflict (key, language) do update
       set body = excluded.body, updated_at = excluded.updated_at, updated_by = excluded.updated_by`,
    [key, language, body, new Date(now), by],
  )
  return rows[0]?.body
}

/** Back to the product's text; gives back the own one, if there was one. */
export async function deleteOwnText(tx: Tx, key: string, language: Language): Promise<string | undefined> {
  const { rows } = await tx.query<{ body: string }>(
    'delete from text_templates where key = $1 and language = $2 returning body',
    [key, language],
  )
  return rows[0]?.body
}
