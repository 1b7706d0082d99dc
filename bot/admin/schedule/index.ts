import { Composer } from 'grammy'
import type { BotContext } from '../../runtime/turn.ts'
import { approveScreen } from './approve.ts'
import { bookScreen } from './book.ts'
import { cancelScreen } from './cancel.ts'
import { cardScreen } from './card-screen.ts'
import { changeScreen } from './change.ts'
import { dayScreen } from './day.ts'
import { eveningScreen } from './evening.ts'
import { handScreen } from './hand.ts'
import { marksScreen } from './marks.ts'
import { monthScreen } from './month.ts'
import { moveScreen } from './move.ts'
import { noteScreen } from './note.ts'
import { timesScreen } from './times.ts'
import { weekScreen } from './week.ts'
import { whoScreen } from './who.ts'

/** The room of bookings: schedule, a booking's card, booking by hand, the evening's marks. */
export function scheduleRoom(): Composer<BotContext> {
  const room = new Composer<BotContext>()
  room.use(
    dayScreen(),
    weekScreen(),
    monthScreen(),
    cardScreen(),
    marksScreen(),
    approveScreen(),
    noteScreen(),
    cancelScreen(),
    changeScreen(),
    timesScreen(),
    moveScreen(),
    handScreen(),
    whoScreen(),
    bookScreen(),
    eveningScreen(),
  )
  return room
}
