import { Composer } from 'grammy'
import { chatOf, customerOf, onButton, show } from '../dialogue/screen.ts'
import type { BotContext } from '../runtime/turn.ts'
import { agreeToNews, withdrawNews } from '../storage/news-consent.ts'
import { showPreferences } from './preferences.ts'

/** Any customer: whether the business may write to them of its own accord. */
export function newsScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'news', async (ctx, { want, from }) => {
    const { tx, texts, now, client, effects } = ctx.turn
    const customerId = customerOf(ctx).id
    if (want === 'yes') await agreeToNews(tx, customerId, now)
    else await withdrawNews(tx, { customerId, clientId: client.clientId }, now)
    const answer = { kind: 'screen', html: texts.html(`news-said-${want}`) }
    if (from === 'settings') await showPreferences(ctx)
    else if (from === 'question') show(ctx, answer)
    // The message of the business stays as it is.
    else effects.send(chatOf(ctx), answer)
    return from === 'question' ? undefined : texts.plain(`news-toast-${want}`)
  })
  return screen
}
