import { Composer } from 'grammy'
import type { BotContext } from '../../runtime/turn.ts'
import { editTextScreen } from './edit.ts'
import { textsHomeScreen } from './home.ts'
import { textScreen } from './text.ts'

/** The room of texts: what the business says to its customers in its own words. */
export function textsRoom(): Composer<BotContext> {
  const room = new Composer<BotContext>()
  room.use(textsHomeScreen(), textScreen(), editTextScreen())
  return room
}
