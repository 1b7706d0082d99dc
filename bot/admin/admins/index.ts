import { Composer } from 'grammy'
import type { BotContext } from '../../runtime/turn.ts'
import { addAdminScreen } from './add.ts'
import { adminCardScreen } from './card.ts'
import { changeAdminScreen } from './change.ts'
import { inviteAdminScreen } from './invite.ts'
import { adminsScreen } from './list.ts'

/** The room of administrators: who runs the bot. */
export function adminsRoom(): Composer<BotContext> {
  const room = new Composer<BotContext>()
  room.use(adminsScreen(), adminCardScreen(), addAdminScreen(), inviteAdminScreen(), changeAdminScreen())
  return room
}
