import { Composer } from 'grammy'
import { pageOf } from '../../dialogue/pages.ts'
import { customerOf, onButton, showEnd } from '../../dialogue/screen.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { type Admin, listAdmins } from '../../storage/admins.ts'
import { listOpenInvites } from '../../storage/invites.ts'
import { button, inline } from '../../telegram/keyboards.ts'
import { adminName, ROLE_SIGNS } from './words.ts'

/** Super admins: everybody who runs this business's bot. */
export function adminsScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'admins', async (ctx, { page }) => {
    await showAdmins(ctx, page)
    return undefined
  })
  return screen
}

export async function showAdmins(ctx: BotContext, wanted = 0): Promise<void> {
  const { tx, client, texts, now } = ctx.turn
  const { items, arrows } = pageOf(await listAdmins(tx, client.staticAdminIds), {
    page: wanted,
    size: 8,
    turnTo: (page) => ({ to: 'admins', page }),
  })
  const open = await listOpenInvites(tx, { clientId: client.clientId, kind: 'admin' }, now)
  showEnd(ctx, {
    kind: 'screen',
    html: texts.html('admins-title'),
    keyboard: inline(
      ...items.map((admin) => [button(labelOf(ctx, admin), { to: 'admin', adminId: admin.telegramId })]),
      arrows,
      [button(texts.plain('admins-add'), { to: 'add-admin' })],
      open.length > 0
        ? [button(texts.plain('admins-invites', { count: open.length }), { to: 'admin-invites', page: 0 })]
        : [],
      [button(texts.plain('button-back'), { to: 'panel' })],
    ),
  })
}

function labelOf(ctx: BotContext, admin: Admin): string {
  const { texts } = ctx.turn
  const mine = admin.telegramId === customerOf(ctx).telegramId
  const badge = mine ? 'admins-badge-you' : admin.fixed ? 'admins-badge-operator' : undefined
  return [`${ROLE_SIGNS[admin.role]} ${adminName(admin)}`, ...(badge ? [texts.plain(badge)] : [])].join(' · ')
}
