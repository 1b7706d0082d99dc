import { Composer } from 'grammy'
import { withMenu } from '../dialogue/menu.ts'
import { onButton, showEnd } from '../dialogue/screen.ts'
import type { BotContext } from '../runtime/turn.ts'
import { button, inline } from '../telegram/keyboards.ts'

/** Any customer: out of a dialogue, by /cancel or by its button. Bookings stay as they are. */
export function leaveScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  screen.command('cancel', (ctx) => {
    const { texts, dialogue } = ctx.turn
    showEnd(ctx, withMenu(ctx, texts.html(dialogue ? 'dialogue-left' : 'nothing-to-leave')))
  })
  onButton(screen, 'stop', (ctx) => {
    const { texts } = ctx.turn
    showEnd(ctx, {
      kind: 'screen',
      html: texts.html('flow-cancelled'),
      keyboard: inline([button(texts.plain('button-book-again'), { to: 'services', page: 0 })]),
    })
    return undefined
  })
  return screen
}
