import { Composer } from 'grammy'
import type { BotContext } from '../../runtime/turn.ts'
import { exportsScreen } from './home.ts'
import { tablesScreen } from './tables.ts'

/** The room of exports: the business's bookings and customers as tables. */
export function exportsRoom(): Composer<BotContext> {
  const room = new Composer<BotContext>()
  room.use(exportsScreen(), tablesScreen())
  return room
}
