import { Composer } from 'grammy'
import type { BotContext } from '../../runtime/turn.ts'
import { bookingsScreen } from './bookings.ts'
import { customerCardScreen } from './card.ts'
import { customersScreen } from './list.ts'
import { notesScreen } from './notes.ts'
import { ruleScreen } from './rule.ts'
import { tagsScreen } from './tags.ts'

/** The room of customers: who they are, how they keep their bookings, what the business notes about them. */
export function customersRoom(): Composer<BotContext> {
  const room = new Composer<BotContext>()
  room.use(
    customersScreen(),
    customerCardScreen(),
    bookingsScreen(),
    notesScreen(),
    tagsScreen(),
    ruleScreen(),
  )
  return room
}
