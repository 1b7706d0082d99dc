import { Composer } from 'grammy'
import { pageOf } from '../../dialogue/pages.ts'
import { showEnd } from '../../dialogue/screen.ts'
import { visitLine } from '../../dialogue/visits.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { listUpcomingVisits } from '../../storage/visits.ts'
import { button, inline } from '../../telegram/keyboards.ts'
import { onMember } from './members.ts'

/** What is still to come of one member of staff. */
export function memberVisitsScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onMember(screen, 'member-visits', async (ctx, { id: staffId, name }, { page }) => {
    const { tx, texts, now } = ctx.turn
    const visits = await listUpcomingVisits(tx, staffId, now)
    const { items, arrows } = pageOf(visits, {
      page,
      turnTo: (to) => ({ to: 'member-visits', staffId, page: to }),
    })
    showEnd(ctx, {
      kind: 'screen',
      html: [
        texts.html(visits.length > 0 ? 'staff-visits' : 'staff-visits-none', { name, count: visits.length }),
        ...items.map((visit) => visitLine(ctx, visit)),
      ].join('\n\n'),
      keyboard: inline(arrows, [button(texts.plain('button-back'), { to: 'staff-member', staffId })]),
    })
    return undefined
  })
  return screen
}
