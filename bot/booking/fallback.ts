import { Composer } from 'grammy'
import { withMenu } from '../dialogue/menu.ts'
import type { BotContext } from '../runtime/turn.ts'

/** Anybody: what no other screen understood. Nothing is left without an answer. */
export function fallbackScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  screen.on('callback_query', (ctx) => {
    const { texts, effects } = ctx.turn
    effects.toast(texts.plain('outdated'))
    effects.send(ctx.from.id, withMenu(ctx, texts.html('outdated'), 'outdated'))
    effects.dialogue(null)
  })
  screen.on('message', (ctx) => {
    const { texts, effects } = ctx.turn
    effects.send(ctx.chat.id, withMenu(ctx, texts.html('unknown'), 'unknown'))
  })
  return screen
}
