import { Composer } from 'grammy'
import { showEnd } from '../../dialogue/screen.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { followBusiness, lockMemberHours } from '../../storage/staff-hours.ts'
import { button, inline } from '../../telegram/keyboards.ts'
import { audit } from '../audit.ts'
import { changeMemberHours } from './change-hours.ts'
import { onMember } from './members.ts'
import { showWeek } from './week.ts'
import { hoursLine, readOrdinary } from './words.ts'

/** Back to the business's hours; the member's own are lost by it, so it is asked. */
export function asBusinessScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onMember(screen, 'as-business', async (ctx, member, { sure }) => {
    const { tx, texts } = ctx.turn
    const { id: staffId } = member
    await lockMemberHours(tx, staffId)
    const before = await readOrdinary(ctx, staffId)
    if (before.kind === 'business') {
      await showWeek(ctx, member)
      return texts.plain('staff-as-business-said')
    }
    if (sure === 'ask') {
      showEnd(ctx, {
        kind: 'screen',
        html: texts.html('staff-as-business-ask', { now: { html: hoursLine(ctx, before) } }),
        keyboard: inline(
          [button(texts.plain('staff-as-business-yes'), { to: 'as-business', staffId, sure: 'yes' })],
          [button(texts.plain('button-back'), { to: 'member-hours', staffId })],
        ),
      })
      return undefined
    }
    const outside = await changeMemberHours(ctx, staffId, () => followBusiness(tx, staffId))
    await audit(ctx, 'staff.hours', `staff:${staffId}`, { before, after: { kind: 'business' } })
    await showWeek(ctx, member, outside)
    return texts.plain('staff-as-business-said')
  })
  return screen
}
