import { botProfile } from '../booking/profile.ts'
import { reasonOf } from '../log.ts'
import { readSettings } from '../storage/settings.ts'
import type { ClientContext } from './turn.ts'

/** Gives Telegram the bot's commands and descriptions. A bot works without them, so a failure is only logged. */
export async function showProfile({ api, db, defaults, log }: ClientContext): Promise<void> {
  try {
    const { settings } = await readSettings(db, defaults.settings)
    for (const { language, commands, description, shortDescription } of botProfile(settings)) {
      const forLanguage = language === undefined ? {} : { language_code: language }
      await api.setMyCommands(commands, forLanguage)
      await api.setMyDescription(description, forLanguage)
      await api.setMyShortDescription(shortDescription, forLanguage)
    }
  } catch (error) {
    log.warn({ event: 'profile_not_set', reason: reasonOf(error) })
  }
}
