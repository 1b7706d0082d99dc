import { Composer } from 'grammy'
import type { BotContext } from '../../runtime/turn.ts'
import { actionScreen } from './card.ts'
import { logExport } from './export.ts'
import { filterScreen } from './filter.ts'
import { journalScreen } from './list.ts'

/** The room of the audit log: what everybody has done in the panel. */
export function journalRoom(): Composer<BotContext> {
  const room = new Composer<BotContext>()
  room.use(journalScreen(), actionScreen(), filterScreen(), logExport())
  return room
}
