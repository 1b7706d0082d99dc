import { Composer } from 'grammy'
import { pageOf } from '../../dialogue/pages.ts'
import { onButton, showEnd } from '../../dialogue/screen.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { listMembers } from '../../storage/staff.ts'
import { button, inline } from '../../telegram/keyboards.ts'

/** Who runs the day: everybody who can be booked or could be, in the order that customers see. */
export function staffListScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'staff', async (ctx, { page }) => {
    await showStaff(ctx, page)
    return undefined
  })
  onButton(screen, 'staff-deleted', async (ctx, { page }) => {
    await showDeleted(ctx, page)
    return undefined
  })
  return screen
}

/** `before`: a sentence above the list (HTML), where no toast can say it. */
export async function showStaff(ctx: BotContext, page: number, before?: string): Promise<void> {
  const { tx, texts } = ctx.turn
  const members = await listMembers(tx, { deleted: false })
  const deleted = await listMembers(tx, { deleted: true })
  const { items, arrows } = pageOf(members, { page, turnTo: (to) => ({ to: 'staff', page: to }) })
  const title = texts.html(members.length > 0 ? 'staff-title' : 'staff-none')
  showEnd(ctx, {
    kind: 'screen',
    html: before === undefined ? title : `${before}\n\n${title}`,
    keyboard: inline(
      ...items.map(({ id, name, isActive }) => [
        button(isActive ? name : `⏸ ${name}`, { to: 'staff-member', staffId: id }),
      ]),
      arrows,
      [button(texts.plain('staff-button-add'), { to: 'staff-add' })],
      deleted.length > 0
        ? [
            button(texts.plain('staff-button-deleted', { count: deleted.length }), {
              to: 'staff-deleted',
              page: 0,
            }),
          ]
        : [],
      [button(texts.plain('button-back'), { to: 'panel' })],
    ),
  })
}

export async function showDeleted(ctx: BotContext, page: number): Promise<void> {
  const { tx, texts } = ctx.turn
  const members = await listMembers(tx, { deleted: true })
  const { items, arrows } = pageOf(members, { page, turnTo: (to) => ({ to: 'staff-deleted', page: to }) })
  showEnd(ctx, {
    kind: 'screen',
    html: texts.html(members.length > 0 ? 'staff-deleted-title' : 'staff-deleted-none'),
    keyboard: inline(
      ...items.map(({ id, name }) => [button(`↩ ${name}`, { to: 'member-restore', staffId: id })]),
      arrows,
      [button(texts.plain('button-back'), { to: 'staff', page: 0 })],
    ),
  })
}
