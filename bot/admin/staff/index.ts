import { Composer } from 'grammy'
import type { BotContext } from '../../runtime/turn.ts'
import { asBusinessScreen } from './as-business.ts'
import { memberScreen } from './card.ts'
import { copyDayScreen } from './copy-day.ts'
import { linkScreen } from './link.ts'
import { staffListScreen } from './list.ts'
import { namingScreen } from './naming.ts'
import { nextDaysScreen } from './next-days.ts'
import { removeScreen } from './remove.ts'
import { rotaScreen } from './rota.ts'
import { specialDaysScreen } from './special-days.ts'
import { specialHoursScreen } from './special-hours.ts'
import { timeOffScreen } from './time-off.ts'
import { memberVisitsScreen } from './visits.ts'
import { weekScreen } from './week.ts'

/** The room of the staff: who works here, when, and which account sees whose schedule. */
export function staffRoom(): Composer<BotContext> {
  const room = new Composer<BotContext>()
  room.use(
    staffListScreen(),
    memberScreen(),
    namingScreen(),
    removeScreen(),
    memberVisitsScreen(),
    linkScreen(),
    weekScreen(),
    copyDayScreen(),
    asBusinessScreen(),
    rotaScreen(),
    nextDaysScreen(),
    specialDaysScreen(),
    specialHoursScreen(),
    timeOffScreen(),
  )
  return room
}
