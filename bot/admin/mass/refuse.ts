import type { DateSpan } from '../../domain/dates-text.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { refuseSpan } from '../calendar/span.ts'
import { whoName } from './words.ts'

/** What is wrong with days and a member of staff that came with a button: it may be old or forged. */
export async function refuseDays(
  ctx: BotContext,
  span: DateSpan,
  staffId: number | null,
): Promise<string | undefined> {
  const refused = refuseSpan(ctx.turn, span)
  if (refused !== undefined) return refused
  return (await whoName(ctx, staffId)) === undefined ? ctx.turn.texts.plain('calendar-staff-gone') : undefined
}
