import { Composer } from 'grammy'
import { onButton, showEnd } from '../../dialogue/screen.ts'
import { EXPORT_PERIODS } from '../../domain/export-period.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { EXPORT_TABLES } from '../../telegram/buttons/exports.ts'
import { button, inline } from '../../telegram/keyboards.ts'

/** Who may take data along: which table, and of which time. */
export function exportsScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'exports', (ctx) => {
    const { texts } = ctx.turn
    showEnd(ctx, {
      kind: 'screen',
      html: texts.html('exports-title'),
      keyboard: inline(
        ...EXPORT_TABLES.map((table) => [
          button(texts.plain(`exports-table-${table}`), { to: 'export-period', table }),
        ]),
        [button(texts.plain('button-back'), { to: 'panel' })],
      ),
    })
    return undefined
  })
  onButton(screen, 'export-period', (ctx, { table }) => {
    const { texts } = ctx.turn
    showEnd(ctx, {
      kind: 'screen',
      html: texts.html(`exports-ask-${table}`),
      keyboard: inline(
        ...EXPORT_PERIODS.map((period) => [
          button(texts.plain(`exports-period-${period}`), { to: 'export-table', table, period }),
        ]),
        [button(texts.plain('button-back'), { to: 'exports' })],
      ),
    })
    return undefined
  })
  return screen
}
