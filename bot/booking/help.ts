import { Composer } from 'grammy'
import { withMenu } from '../dialogue/menu.ts'
import { show } from '../dialogue/screen.ts'
import type { BotContext } from '../runtime/turn.ts'

/** Anybody: what the bot can do. */
export function helpScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  screen.command('help', (ctx) => show(ctx, withMenu(ctx, ctx.turn.texts.html('help'))))
  return screen
}
