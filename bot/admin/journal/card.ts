import { Composer } from 'grammy'
import { onButton, showEnd, whenOptions } from '../../dialogue/screen.ts'
import { whenWords } from '../../dialogue/words.ts'
import { escapeHtml, shorten } from '../../i18n/texts.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { findAction, namesInLog } from '../../storage/audit-log.ts'
import { button, inline } from '../../telegram/keyboards.ts'
import { changeLines } from './details.ts'
import { showJournal } from './list.ts'
import { actionName, actorName, targetName } from './words.ts'

const LINES_MAX = 12
const LINE_MAX = 250

/** Who may read the audit log: one action, with what was before and after. */
export function actionScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'journal-card', async (ctx, { actionId, to: _, ...filter }) => {
    const { turn } = ctx
    const { tx, texts } = turn
    const found = await findAction(tx, actionId)
    if (!found) {
      await showJournal(ctx, filter)
      return texts.plain('journal-gone')
    }
    const names = await namesInLog(tx)
    const target = targetName(turn, found.target, names)
    const lines = changeLines(turn, found, names)
    const shown = lines.slice(0, LINES_MAX).map((line) => escapeHtml(shorten(line, LINE_MAX)).html)
    if (lines.length > shown.length) shown.push('…')
    showEnd(ctx, {
      kind: 'screen',
      html: [
        texts.html('journal-card', {
          action: actionName(turn, found.action),
          target: { html: target === '' ? '' : `\n${escapeHtml(shorten(target)).html}` },
          when: whenWords(found.at, undefined, whenOptions(turn)),
          who: actorName(turn, found),
        }),
        ...(shown.length > 0 ? ['', ...shown] : []),
      ].join('\n'),
      keyboard: inline([button(texts.plain('button-back'), { to: 'journal', ...filter })]),
    })
    return undefined
  })
  return screen
}
