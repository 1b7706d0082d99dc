import { parseHtml } from '../../../../sandbox/html-entities.ts'
import { plainSpaces, type Salon } from '../pretend.ts'

/** A message that a job has left. */
export interface Left {
  chatId: number
  kind: string
  text: string
  buttons: { label: string; data: string }[]
}

/** Takes what jobs have left in the outbox, of these kinds or of all, in the order in which it was queued. */
export async function takeOutbox(salon: Salon, ...kinds: string[]): Promise<Left[]> {
  const rows = await salon.sql<{
    id: string
    chat_id: string
    kind: string
    payload: {
      text: string
      reply_markup?: { inline_keyboard: { text: string; callback_data?: string }[][] }
    }
  }>(
    'delete from fleet.outbox where cardinality($1::text[]) = 0 or kind = any($1) returning id, chat_id::text, kind, payload',
    [kinds],
  )
  return rows
    .toSorted((a, b) => Number(a.id) - Number(b.id))
    .map((row) => ({
      chatId: Number(row.chat_id),
      kind: row.kind,
      text: plainSpaces(parseHtml(row.payload.text).text),
      buttons: (row.payload.reply_markup?.inline_keyboard ?? [])
        .flat()
        .map((one) => ({ label: plainSpaces(one.text), data: one.callback_data ?? '' })),
    }))
}
