import { Composer } from 'grammy'
import { pageOf } from '../../dialogue/pages.ts'
import { onButton, showEnd } from '../../dialogue/screen.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { listStaff } from '../../storage/catalogue.ts'
import type { Button } from '../../telegram/callback-data.ts'
import { button, inline, inRows } from '../../telegram/keyboards.ts'

/** Admins who run the bookings: whose bookings are to change. */
export function whoScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'mass-shift-who', async (ctx, { date, from, page }) => {
    await showMembers(ctx, page, {
      chosen: (staffId) => ({ to: 'mass-shift', date, staffId, from }),
      turnTo: (there) => ({ to: 'mass-shift-who', date, from, page: there }),
    })
    return undefined
  })
  onButton(screen, 'mass-cancel-who', async (ctx, { span, page }) => {
    await showMembers(ctx, page, {
      chosen: (staffId) => ({ to: 'mass-view', task: { kind: 'cancel', span, staffId }, page: 0 }),
      turnTo: (there) => ({ to: 'mass-cancel-who', span, page: there }),
    })
    return undefined
  })
  return screen
}

async function showMembers(
  ctx: BotContext,
  page: number,
  { chosen, turnTo }: { chosen: (staffId: number | null) => Button; turnTo: (page: number) => Button },
): Promise<void> {
  const { tx, texts } = ctx.turn
  const shown = pageOf(await listStaff(tx), { page, turnTo })
  showEnd(ctx, {
    kind: 'screen',
    html: texts.html('mass-who'),
    keyboard: inline(
      [button(texts.plain('schedule-everybody'), chosen(null))],
      ...inRows(
        shown.items.map(({ id, name }) => button(name, chosen(id))),
        2,
      ),
      shown.arrows,
      [button(texts.plain('button-back'), chosen(null))],
    ),
  })
}
