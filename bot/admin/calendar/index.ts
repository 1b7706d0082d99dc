import { Composer } from 'grammy'
import type { BotContext } from '../../runtime/turn.ts'
import { blockScreen } from './block.ts'
import { blockDoScreen } from './block-do.ts'
import { blockTimeScreen } from './block-time.ts'
import { blockViewScreen } from './block-view.ts'
import { blocksScreen } from './blocks.ts'
import { dayCardScreen } from './day-card.ts'
import { dayHoursScreen } from './day-hours.ts'
import { daysScreen } from './days.ts'
import { holidaysScreen } from './holidays.ts'
import { calendarScreen } from './home.ts'
import { pickScreen } from './pick.ts'
import { weekScreen } from './week.ts'

/** The room of opening hours, special days, public holidays and closed time. */
export function calendarRoom(): Composer<BotContext> {
  const room = new Composer<BotContext>()
  room.use(
    calendarScreen(),
    weekScreen(),
    daysScreen(),
    dayCardScreen(),
    dayHoursScreen(),
    holidaysScreen(),
    pickScreen(),
    blocksScreen(),
    blockScreen(),
    blockTimeScreen(),
    blockViewScreen(),
    blockDoScreen(),
  )
  return room
}
