import { chatOf } from '../../dialogue/screen.ts'
import { csvFiles } from '../../domain/csv.ts'
import { localDate } from '../../domain/time.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { audit } from '../audit.ts'

/** So many rows are read at a time. */
export const ROWS_AT_ONCE = 2_000
/** More than a busy salon has in two years; a chosen period makes it less. */
const ROWS_MAX = 20_000
/** With some room below what the outbox takes for a file. */
const FILE_BYTES = 1_000_000

export interface Table {
  table: 'bookings' | 'customers' | 'audit'
  count: number
  /** What was chosen, for the audit log and the files' names. */
  scope: Readonly<Record<string, string>>
  rows: () => AsyncGenerator<string[]>
}

/** Sends a table as CSV, in several files where it is large, and writes down that it was taken. Gives back a toast. */
export async function sendTable(ctx: BotContext, { table, count, scope, rows }: Table): Promise<string> {
  const { texts, effects, now, settings } = ctx.turn
  if (count === 0) return texts.plain('exports-empty')
  if (count > ROWS_MAX) return texts.plain('exports-too-many', { count, limit: ROWS_MAX })
  const files = csvFiles(texts.plain(`exports-columns-${table}`).split(';'), FILE_BYTES)
  let written = 0
  for await (const row of rows()) {
    files.add(row)
    written += 1
  }
  const contents = files.done()
  const date = localDate(now, settings.timeZone)
  contents.forEach((content, index) => {
    const part = contents.length === 1 ? '' : `-${index + 1}-of-${contents.length}`
    effects.sendDocument(chatOf(ctx), {
      kind: 'export',
      caption: texts.html(`exports-caption-${table}`, { title: settings.title, count: written }),
      file: { name: `${table}-${date}${part}.csv`, content },
    })
  })
  await audit(ctx, `export.${table}`, table, { after: { ...scope, rows: written } })
  return texts.plain('exports-sent')
}
