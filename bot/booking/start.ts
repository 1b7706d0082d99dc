import { Composer } from 'grammy'
import { withMenu } from '../dialogue/menu.ts'
import { customerOf, showEnd } from '../dialogue/screen.ts'
import { shorten } from '../i18n/texts.ts'
import type { BotContext } from '../runtime/turn.ts'

const NAME_IN_GREETING = 64

/** Anybody: the greeting. Who comes for the first time is registered with the update itself. */
export function startScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  screen.command('start', (ctx) => {
    const { texts, settings } = ctx.turn
    const { isNew, firstName } = customerOf(ctx)
    const name = shorten(firstName ?? '', NAME_IN_GREETING)
    showEnd(
      ctx,
      withMenu(ctx, texts.html(isNew ? 'greeting-new' : 'greeting-back', { name, title: settings.title })),
    )
  })
  return screen
}
