import { Composer } from 'grammy'
import { withMenu } from '../dialogue/menu.ts'
import { customerOf, showEnd } from '../dialogue/screen.ts'
import { shorten } from '../i18n/texts.ts'
import type { BotContext } from '../runtime/turn.ts'
import { findStartTarget } from './start-link.ts'

const NAME_IN_GREETING = 64

/**
 * Anybody: the greeting, and what a link of the business led here for. Who comes for the first time is registered with
 * the update itself.
 */
export function startScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  screen.command('start', async (ctx) => {
    const { texts, settings, role } = ctx.turn
    const { isNew, firstName } = customerOf(ctx)
    const name = shorten(firstName ?? '', NAME_IN_GREETING)
    const target = await findStartTarget(ctx, ctx.match)
    const greeting = texts.html(isNew ? 'greeting-new' : 'greeting-back', { name, title: settings.title })
    const html = [
      greeting,
      ...(target === 'gone' ? [texts.html('link-gone')] : []),
      ...(role === undefined ? [] : [texts.html('greeting-admin')]),
    ].join('\n\n')
    // The greeting also when a link leads on: it brings the menu.
    showEnd(ctx, withMenu(ctx, html))
    if (target && target !== 'gone') await target.open()
  })
  return screen
}
