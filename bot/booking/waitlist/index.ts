import { Composer } from 'grammy'
import type { BotContext } from '../../runtime/turn.ts'
import { joinScreen } from './join.ts'
import { offeredScreen } from './offered.ts'
import { placesScreen } from './places.ts'

/** The waitlist as customers see it: joining, the own places, what is offered. */
export function waitlistScreens(): Composer<BotContext> {
  const screens = new Composer<BotContext>()
  screens.use(joinScreen(), placesScreen(), offeredScreen())
  return screens
}
