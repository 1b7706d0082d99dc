import { leftOutside } from '../../domain/hours-plan.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { listComing } from '../../storage/coming.ts'
import { readWorkingHours } from '../../storage/schedule.ts'
import { button, type InlineButton } from '../../telegram/keyboards.ts'

/**
 * Changes the ordinary hours of a member of staff by `write`, under the lock of these hours. Gives back how many of the
 * member's bookings to come lie outside of the hours since: they stay, whatever the hours are.
 */
export async function changeMemberHours(
  ctx: BotContext,
  staffId: number,
  write: () => Promise<void>,
): Promise<number> {
  const { tx, client, settings, now } = ctx.turn
  const hours = () => readWorkingHours(tx, client.defaults.workHours)
  const before = await hours()
  await write()
  const coming = await listComing(tx, now, { staffId })
  return leftOutside(coming, { before, after: await hours(), timeZone: settings.timeZone }).length
}

/** What an admin reads and can tap about bookings that lie outside of the hours now: nothing where there are none. */
export function outsideRemark(
  { turn: { texts } }: BotContext,
  staffId: number,
  outside: number,
  said: 'staff-hours-outside' | 'staff-special-outside' = 'staff-hours-outside',
): { html: string; row: InlineButton[] } {
  return outside === 0
    ? { html: '', row: [] }
    : {
        html: `\n\n${texts.html(said, { count: outside })}`,
        row: [button(texts.plain('staff-button-visits'), { to: 'member-visits', staffId, page: 0 })],
      }
}
