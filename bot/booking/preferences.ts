import { Composer } from 'grammy'
import { withMenu } from '../dialogue/menu.ts'
import { customerOf, onButton, show } from '../dialogue/screen.ts'
import type { Texts } from '../i18n/texts.ts'
import type { BotContext } from '../runtime/turn.ts'
import { setLanguage } from '../storage/users.ts'
import { button, inline } from '../telegram/keyboards.ts'
import { newsSwitch } from './news-question.ts'

const LANGUAGES = ['ru', 'en'] as const

/** Any customer: the language, and the way to the own data. */
export function preferencesScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  screen.command('settings', (ctx) => showPreferences(ctx))
  onButton(screen, 'preferences', async (ctx) => {
    await showPreferences(ctx)
    return undefined
  })
  onButton(screen, 'language', async (ctx, { language }) => {
    const { turn } = ctx
    await setLanguage(turn.tx, customerOf(ctx).id, language)
    const texts = turn.textsIn(language)
    // The menu under the input line speaks the language in which it was sent.
    if (language !== turn.texts.language && ctx.chat)
      turn.effects.send(ctx.chat.id, withMenu({ turn: { ...turn, texts } }, titleOf(texts)))
    else await showPreferences(ctx)
    return undefined
  })
  return screen
}

function titleOf(texts: Texts): string {
  return texts.html('preferences-title', { language: texts.plain('preferences-language') })
}

/** The customer's own settings as they are now. */
export async function showPreferences(ctx: BotContext): Promise<void> {
  const { texts, textsIn, settings } = ctx.turn
  show(ctx, {
    kind: 'screen',
    html: titleOf(texts),
    keyboard: inline(
      LANGUAGES.map((language) =>
        button(
          `${language === texts.language ? '• ' : ''}${textsIn(language).plain('preferences-language')}`,
          { to: 'language', language },
        ),
      ),
      settings.contactDetails === 'off' ? [] : [button(texts.plain('contact-door'), { to: 'own-contact' })],
      await newsSwitch(ctx, customerOf(ctx).id),
      [button(texts.plain('preferences-privacy'), { to: 'privacy' })],
    ),
  })
}
