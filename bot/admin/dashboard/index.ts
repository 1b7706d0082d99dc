import { Composer } from 'grammy'
import type { BotContext } from '../../runtime/turn.ts'
import { chartScreen } from './chart.ts'
import { figuresScreen } from './figures.ts'

/** The room of the business's figures. */
export function dashboardRoom(): Composer<BotContext> {
  const room = new Composer<BotContext>()
  room.use(figuresScreen(), chartScreen())
  return room
}
