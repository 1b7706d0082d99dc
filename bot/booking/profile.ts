import type { BotCommand } from 'grammy/types'
import type { ClientSettings } from '../contract/settings.ts'
import { shorten, textsFor } from '../i18n/texts.ts'

export interface ProfileOfLanguage {
  /** Undefined: what people see whose language has no entry of its own. */
  language: 'ru' | 'en' | undefined
  commands: BotCommand[]
  description: string
  shortDescription: string
}

/** Telegram's limits for the texts of a bot's profile. */
const DESCRIPTION_MAX = 512
const SHORT_DESCRIPTION_MAX = 120

/** What Telegram itself shows of the bot: its commands and descriptions. Russian is the default, English beside it. */
export function botProfile(settings: ClientSettings): ProfileOfLanguage[] {
  return ([undefined, 'en'] as const).map((language) => {
    const texts = textsFor(language ?? 'ru')
    return {
      language,
      commands: (['book', 'my', 'about', 'help', 'settings', 'privacy', 'cancel'] as const).map(
        (command) => ({
          command,
          description: texts.plain(`command-${command}`),
        }),
      ),
      description: shorten(texts.plain('profile-description', { title: settings.title }), DESCRIPTION_MAX),
      shortDescription: shorten(
        texts.plain('profile-short-description', { title: settings.title }),
        SHORT_DESCRIPTION_MAX,
      ),
    }
  })
}
