import { Composer } from 'grammy'
import { onButton, showEnd } from '../../dialogue/screen.ts'
import type { IsoDate } from '../../domain/time.ts'
import { UNMARKED_STATUSES } from '../../domain/visits.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { findVisit, listUnmarked } from '../../storage/visits.ts'
import { knownDay } from './day.ts'
import { eveningList, eveningSpan } from './evening-list.ts'
import { markVisit } from './marks.ts'

/** Admins who run the bookings: the evening's question who came. */
export function eveningScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'evening-list', async (ctx, { date, page }) => {
    await showList(ctx, knownDay(ctx, date), page)
    return undefined
  })
  onButton(screen, 'evening-mark', async (ctx, { bookingId, mark, date, page }) => {
    const { tx, texts } = ctx.turn
    const visit = await findVisit(tx, bookingId)
    // What another admin has marked since is told, and not turned round.
    const was = UNMARKED_STATUSES.find((status) => status === visit?.status) ?? 'booked'
    const said = visit ? await markVisit(ctx, visit, mark, was) : { toast: texts.plain('schedule-gone') }
    await showList(ctx, knownDay(ctx, date), page)
    return said.toast
  })
  return screen
}

async function showList(ctx: BotContext, date: IsoDate, page: number): Promise<void> {
  const { tx, texts, settings, now } = ctx.turn
  const { timeZone } = settings
  const visits = await listUnmarked(tx, eveningSpan(date, settings), now)
  showEnd(ctx, eveningList(texts, { date, visits, page, timeZone, now }))
}
