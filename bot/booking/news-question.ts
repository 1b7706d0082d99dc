import { chatOf, customerOf } from '../dialogue/screen.ts'
import type { Texts } from '../i18n/texts.ts'
import type { BotContext } from '../runtime/turn.ts'
import { markAskedForNews, wantsNews } from '../storage/news-consent.ts'
import { button, type InlineButton, inline } from '../telegram/keyboards.ts'

/** Asks once in a lifetime, with neither answer given beforehand; who has decided is not asked. */
export async function askForNewsOnce(ctx: BotContext): Promise<void> {
  const { tx, texts, settings, now, effects } = ctx.turn
  if (!(await markAskedForNews(tx, customerOf(ctx).id, now))) return
  effects.send(chatOf(ctx), {
    kind: 'news-question',
    repeatIfUnknown: false,
    html: texts.html('news-ask', { title: settings.title }),
    keyboard: inline([
      button(texts.plain('news-yes'), { to: 'news', want: 'yes', from: 'question' }),
      button(texts.plain('news-no'), { to: 'news', want: 'no', from: 'question' }),
    ]),
  })
}

/** The switch among the customer's own settings. */
export async function newsSwitch(
  { turn: { tx, texts } }: BotContext,
  customerId: number,
): Promise<InlineButton[]> {
  const want = (await wantsNews(tx, customerId)) ? 'no' : 'yes'
  return [button(texts.plain(`news-switch-${want}`), { to: 'news', want, from: 'settings' })]
}

/** The way out under each message of the business. */
export function unsubscribeRow(texts: Texts): InlineButton[] {
  return [button(texts.plain('news-unsubscribe'), { to: 'news', want: 'no', from: 'message' })]
}
