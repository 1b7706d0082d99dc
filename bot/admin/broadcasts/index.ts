import { Composer } from 'grammy'
import type { BotContext } from '../../runtime/turn.ts'
import { broadcastCardScreen } from './card.ts'
import { composeScreen } from './compose.ts'
import { broadcastsScreen } from './list.ts'
import { startScreen } from './start.ts'

/** The room of broadcasts: messages to all customers who agreed to get them. */
export function broadcastsRoom(): Composer<BotContext> {
  const room = new Composer<BotContext>()
  room.use(broadcastsScreen(), composeScreen(), startScreen(), broadcastCardScreen())
  return room
}
