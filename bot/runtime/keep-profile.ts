import { botProfile, type ProfileOfLanguage } from '../booking/profile.ts'
import { reasonOf } from '../log.ts'
import { readSettings } from '../storage/settings.ts'
import { pause } from './pause.ts'
import type { ClientContext } from './turn.ts'

/** How soon a new title reaches Telegram. */
const LOOK_MS = 5_000
/** After a failure: Telegram is strict with bots that change their descriptions often. */
const AGAIN_MS = 60_000

/**
 * Gives Telegram the bot's commands and descriptions, and again whenever the client's settings make them others, until
 * `signal` aborts. A bot works without them, so a failure is only logged.
 */
export async function keepProfile(
  { api, db, defaults, log }: ClientContext,
  signal: AbortSignal,
): Promise<void> {
  let shown: string | undefined
  while (!signal.aborted) {
    let waitMs = LOOK_MS
    try {
      const { settings } = await readSettings(db, defaults.settings)
      const profile = botProfile(settings)
      const wanted = JSON.stringify(profile)
      if (wanted !== shown) {
        for (const ofLanguage of profile) await show(api, ofLanguage)
        shown = wanted
      }
    } catch (error) {
      if (!signal.aborted) log.warn({ event: 'profile_not_set', reason: reasonOf(error) })
      waitMs = AGAIN_MS
    }
    await pause(waitMs, signal)
  }
}

async function show(
  api: ClientContext['api'],
  { language, commands, description, shortDescription }: ProfileOfLanguage,
): Promise<void> {
  const forLanguage = language === undefined ? {} : { language_code: language }
  await api.setMyCommands(commands, forLanguage)
  await api.setMyDescription(description, forLanguage)
  await api.setMyShortDescription(shortDescription, forLanguage)
}
