import { Composer } from 'grammy'
import { onButton } from '../../dialogue/screen.ts'
import { csvDate } from '../../domain/csv.ts'
import { localDate, localTime } from '../../domain/time.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { countActions, listActions, namesInLog } from '../../storage/audit-log.ts'
import { ROWS_AT_ONCE, sendTable } from '../exports/send-table.ts'
import { changeLines } from './details.ts'
import { logFilter } from './list.ts'
import { actionName, actorName, targetName } from './words.ts'

/** Who may take data along: what the log shows now, as a table. */
export function logExport(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'journal-export', async (ctx, { who, kind, period }) => {
    const { turn } = ctx
    const { tx, settings } = turn
    const filter = logFilter(turn, { who, kind, period })
    const names = await namesInLog(tx)
    return sendTable(ctx, {
      table: 'audit',
      count: await countActions(tx, filter),
      scope: { who, kind, period },
      async *rows() {
        for (let offset = 0; ; offset += ROWS_AT_ONCE) {
          const { actions, hasMore } = await listActions(tx, filter, { offset, size: ROWS_AT_ONCE })
          for (const one of actions)
            yield [
              csvDate(localDate(one.at, settings.timeZone)),
              localTime(one.at, settings.timeZone),
              actorName(turn, one),
              one.telegramId?.toString() ?? '',
              actionName(turn, one.action),
              targetName(turn, one.target, names),
              changeLines(turn, one, names).join('\n'),
            ]
          if (!hasMore) return
        }
      },
    })
  })
  return screen
}
