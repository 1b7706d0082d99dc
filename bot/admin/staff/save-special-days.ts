import { showEnd, whenOptions } from '../../dialogue/screen.ts'
import { spanWords } from '../../dialogue/words.ts'
import { leftOutside, type SpecialDays } from '../../domain/special-days.ts'
import { dayBounds } from '../../domain/time.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { readWorkingHours } from '../../storage/schedule.ts'
import type { Member } from '../../storage/staff.ts'
import { listSpecialDays, lockMemberHours, writeSpecialDays } from '../../storage/staff-hours.ts'
import { listVisitsOf, type Visit } from '../../storage/visits.ts'
import { button, inline } from '../../telegram/keyboards.ts'
import { audit } from '../audit.ts'
import { outsideRemark } from './change-hours.ts'
import { showGone } from './members.ts'
import { rangesWords } from './words.ts'

/** Writes special days and shows them, with the number of bookings that are outside of them from now on. */
export async function saveSpecialDays(ctx: BotContext, member: Member, days: SpecialDays): Promise<void> {
  const { tx, texts } = ctx.turn
  const { id: staffId, name } = member
  if (!(await lockMemberHours(tx, staffId))) {
    await showGone(ctx)
    return
  }
  const hit = await visitsHit(ctx, staffId, days)
  const before = (await listSpecialDays(tx, staffId, days.from)).filter(({ from }) => from <= days.to)
  await writeSpecialDays(tx, staffId, days)
  await audit(ctx, 'staff.special-days', `staff:${staffId}`, { before, after: days })
  const remark = outsideRemark(ctx, staffId, hit.length, 'staff-special-outside')
  showEnd(ctx, {
    kind: 'screen',
    html: texts.html('staff-special-saved', {
      name,
      days: spanWords(days, whenOptions(ctx.turn)),
      hours: rangesWords(texts, days.ranges),
      outside: { html: remark.html },
    }),
    keyboard: inline(
      remark.row,
      [button(texts.plain('staff-button-next-days'), { to: 'next-days', staffId })],
      [button(texts.plain('staff-button-special'), { to: 'special-days', staffId, page: 0 })],
    ),
  })
}

/** Bookings still to come that these days leave outside of the hours. */
export async function visitsHit(
  ctx: BotContext,
  staffId: number,
  days: Omit<SpecialDays, 'note'>,
): Promise<Visit[]> {
  const { tx, client, settings, now } = ctx.turn
  const { timeZone } = settings
  const rows = await readWorkingHours(tx, client.defaults.workHours)
  const start = Math.max(now, dayBounds(days.from, timeZone).start)
  const visits = await listVisitsOf(tx, staffId, { start, end: dayBounds(days.to, timeZone).end })
  return leftOutside(visits, days, { rows, staffId, timeZone })
}
