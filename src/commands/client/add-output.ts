import { relative } from 'node:path'
import type { AddResult } from '../../operations/client-add-types.ts'
import type { Ui } from '../../ui/output.ts'

/** What was made, for people or as one JSON document. */
export function printAdded(ui: Ui, result: AddResult): void {
  if (ui.json) return ui.document(result)
  const { id, outcome, bot } = result
  const name = bot.username ? `@${bot.username}` : `bot ${bot.id}`
  if (outcome === 'already-active') {
    ui.data(`${id} is already active: ${name}`)
    return
  }
  const planned = outcome === 'planned'
  const size = planned ? '12 tables, 16 indexes' : `${result.tables} tables, ${result.indexes} indexes`
  ui.data(
    [
      planned
        ? `${id} would be made (${result.title}, ${name}):`
        : `${id} is ready: ${name} (${result.title})`,
      `  schema  ${result.schema} (${size})`,
      `  role    ${result.role}`,
      `  Redis   prefix ${result.keyPrefix} user ${result.aclUser}`,
      `  file    ${relative(process.cwd(), result.file)}`,
    ].join('\n'),
  )
  if (!planned) ui.note(`Next: write /start to ${name}, or look at it with: bookctl client show ${id}`)
}
