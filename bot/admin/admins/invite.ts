import { Composer } from 'grammy'
import { pageOf } from '../../dialogue/pages.ts'
import { customerOf, onButton, showEnd, whenOptions } from '../../dialogue/screen.ts'
import { slotLabel, whenWords } from '../../dialogue/words.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { createInvite, listOpenInvites, withdrawInvite } from '../../storage/invites.ts'
import { button, inline, linkButton } from '../../telegram/keyboards.ts'
import { audit } from '../audit.ts'
import { inviteAddress, shareLink } from '../invites/link.ts'
import { showAdmins } from './list.ts'
import { ROLE_SIGNS, roleName } from './words.ts'

const TTL_HOURS = 24

/** Super admins: links that make whoever opens them first an admin, and those that are still open. */
export function inviteAdminScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'invite-admin', async (ctx, { role }) => {
    const { tx, texts, client, settings, now } = ctx.turn
    const code = await createInvite(
      tx,
      {
        clientId: client.clientId,
        kind: 'admin',
        role,
        createdBy: customerOf(ctx).telegramId ?? 0,
        ttlHours: TTL_HOURS,
      },
      now,
    )
    await audit(ctx, 'admin.invite', `role:${role}`, { after: { role, hours: TTL_HOURS } })
    const link = inviteAddress(ctx, code)
    const share = shareLink(link, texts.plain('admins-invite-share', { title: settings.title }))
    showEnd(ctx, {
      kind: 'screen',
      html: texts.html('admins-invite', {
        role: roleName(texts, role),
        link,
        until: whenWords(now + TTL_HOURS * 3_600_000, undefined, whenOptions(ctx.turn)),
      }),
      keyboard: inline(
        [linkButton(texts.plain('admins-share'), share)],
        [button(texts.plain('button-back'), { to: 'admins', page: 0 })],
      ),
    })
    return undefined
  })
  onButton(screen, 'admin-invites', async (ctx, { page }) => {
    await showInvites(ctx, page)
    return undefined
  })
  onButton(screen, 'withdraw-admin-invite', async (ctx, { inviteId }) => {
    const { tx, texts, client } = ctx.turn
    const taken = await withdrawInvite(tx, { clientId: client.clientId, id: inviteId, kind: 'admin' })
    if (taken) await audit(ctx, 'admin.invite-withdraw', `invite:${inviteId}`, { before: taken })
    await showInvites(ctx, 0)
    return texts.plain(taken ? 'admins-withdrawn' : 'admins-invite-gone')
  })
  return screen
}

async function showInvites(ctx: BotContext, wanted: number): Promise<void> {
  const { tx, texts, client, now } = ctx.turn
  const open = await listOpenInvites(tx, { clientId: client.clientId, kind: 'admin' }, now)
  if (open.length === 0) return showAdmins(ctx)
  const { items, arrows } = pageOf(open, {
    page: wanted,
    size: 8,
    turnTo: (page) => ({ to: 'admin-invites', page }),
  })
  showEnd(ctx, {
    kind: 'screen',
    html: texts.html('admins-invites-title'),
    keyboard: inline(
      ...items.map((invite) => {
        const sign = invite.kind === 'admin' ? ROLE_SIGNS[invite.role] : ''
        const until = slotLabel(invite.expiresAt, whenOptions(ctx.turn))
        return [
          button(texts.plain('admins-withdraw', { sign, until }), {
            to: 'withdraw-admin-invite',
            inviteId: invite.id,
          }),
        ]
      }),
      arrows,
      [button(texts.plain('button-back'), { to: 'admins', page: 0 })],
    ),
  })
}
