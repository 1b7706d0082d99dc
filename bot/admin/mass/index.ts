import { Composer } from 'grammy'
import type { BotContext } from '../../runtime/turn.ts'
import { doScreen } from './do.ts'
import { homeScreen } from './home.ts'
import { pickScreen } from './pick.ts'
import { serviceScreen } from './service.ts'
import { shiftScreen } from './shift.ts'
import { viewScreen } from './view.ts'
import { whoScreen } from './who.ts'

/** The room of many bookings at once: shift a day, change a service for a day, cancel days. */
export function massRoom(): Composer<BotContext> {
  const room = new Composer<BotContext>()
  room.use(homeScreen(), pickScreen(), shiftScreen(), whoScreen(), serviceScreen(), viewScreen(), doScreen())
  return room
}
