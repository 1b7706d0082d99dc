import { Composer } from 'grammy'
import { customerOf, onButton, showEnd } from '../../dialogue/screen.ts'
import { customerLink } from '../../dialogue/words.ts'
import { judgeSeat } from '../../domain/admin-rules.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { type Admin, deleteAdmin, listAdmins, lockAdmins, updateAdminRole } from '../../storage/admins.ts'
import { withdrawInvitesOf } from '../../storage/invites.ts'
import { button, inline } from '../../telegram/keyboards.ts'
import { audit } from '../audit.ts'
import { showAdmin } from './card.ts'
import { showAdmins } from './list.ts'
import { tellOfSeat } from './notices.ts'
import { roleName } from './words.ts'

/** Super admins: another role for an admin, or none any more. Both are asked once more, and judged again then. */
export function changeAdminScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'ask-role', async (ctx, { adminId, role }) => {
    const { texts } = ctx.turn
    const found = await openSeat(ctx, adminId)
    if ('refused' in found) return found.refused
    if (found.admin.role === role) return alreadySo(ctx, adminId)
    showEnd(ctx, {
      kind: 'screen',
      html: texts.html('admins-ask-role', {
        name: customerLink(found.admin),
        role: roleName(texts, role),
        rights: texts.plain(`admins-rights-${role}`),
      }),
      keyboard: inline(
        [button(texts.plain('admins-yes-role'), { to: 'set-role', adminId, role })],
        [button(texts.plain('button-back'), { to: 'admin', adminId })],
      ),
    })
    return undefined
  })
  onButton(screen, 'set-role', async (ctx, { adminId, role }) => {
    const { tx, texts, client } = ctx.turn
    const found = await openSeat(ctx, adminId)
    if ('refused' in found) return found.refused
    const before = found.admin.role
    if (before === role) return alreadySo(ctx, adminId)
    await updateAdminRole(tx, adminId, role)
    if (role !== 'super_admin') await withdrawInvitesOf(tx, { clientId: client.clientId, createdBy: adminId })
    await audit(ctx, 'admin.role', `admin:${adminId}`, { before: { role: before }, after: { role } })
    await tellOfSeat(ctx, 'changed', { telegramId: adminId, role })
    return (await showAdmin(ctx, adminId)) ?? texts.plain('admins-role-set')
  })
  onButton(screen, 'ask-remove-admin', async (ctx, { adminId }) => {
    const { texts } = ctx.turn
    const found = await openSeat(ctx, adminId)
    if ('refused' in found) return found.refused
    showEnd(ctx, {
      kind: 'screen',
      html: texts.html('admins-ask-remove', { name: customerLink(found.admin) }),
      keyboard: inline(
        [button(texts.plain('admins-yes-remove'), { to: 'remove-admin', adminId })],
        [button(texts.plain('button-back'), { to: 'admin', adminId })],
      ),
    })
    return undefined
  })
  onButton(screen, 'remove-admin', async (ctx, { adminId }) => {
    const { tx, texts, client } = ctx.turn
    const found = await openSeat(ctx, adminId)
    if ('refused' in found) return found.refused
    const { role, addedBy } = found.admin
    await deleteAdmin(tx, adminId)
    await withdrawInvitesOf(tx, { clientId: client.clientId, createdBy: adminId })
    await audit(ctx, 'admin.remove', `admin:${adminId}`, { before: { role, addedBy } })
    await tellOfSeat(ctx, 'removed', { telegramId: adminId, role })
    await showAdmins(ctx)
    return texts.plain('admins-removed')
  })
  return screen
}

/** The admin, when this one may be changed; else what to say, with a fresh screen. */
async function openSeat(
  ctx: BotContext,
  adminId: number,
): Promise<{ admin: Admin } | { refused: string | undefined }> {
  const { tx, client, texts } = ctx.turn
  await lockAdmins(tx, client.clientId)
  const admins = await listAdmins(tx, client.staticAdminIds)
  const judged = judgeSeat(admins, customerOf(ctx).telegramId ?? 0, adminId)
  if (judged.ok) return { admin: judged.seat }
  // Lost the right while the tap was on its way: the list is not for them any more.
  if (judged.reason === 'not-allowed') return { refused: texts.plain('not-allowed') }
  if (judged.reason !== 'gone') await showAdmin(ctx, adminId)
  else await showAdmins(ctx)
  return { refused: texts.plain(`admins-no-${judged.reason}`) }
}

async function alreadySo(ctx: BotContext, adminId: number): Promise<string> {
  return (await showAdmin(ctx, adminId)) ?? ctx.turn.texts.plain('admins-already-so')
}
