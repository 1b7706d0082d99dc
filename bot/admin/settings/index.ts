import { Composer } from 'grammy'
import type { BotContext } from '../../runtime/turn.ts'
import { settingsScreen } from './overview.ts'
import { settingScreen } from './setting.ts'

/** The room of settings: rules, contacts, notices and limits of the business. */
export function settingsRoom(): Composer<BotContext> {
  const room = new Composer<BotContext>()
  room.use(settingsScreen(), settingScreen())
  return room
}
