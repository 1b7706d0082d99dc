import { Composer } from 'grammy'
import { customerOf, showEnd } from '../../dialogue/screen.ts'
import { textsFor } from '../../i18n/texts.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { findRole } from '../../storage/admins.ts'
import { createInvite, listOpenInvites, withdrawInvite } from '../../storage/invites.ts'
import { unlinkMember } from '../../storage/staff.ts'
import { languagesOf } from '../../storage/users.ts'
import { button, inline, mainMenu } from '../../telegram/keyboards.ts'
import { audit } from '../audit.ts'
import { inviteAddress } from '../invites/link.ts'
import { showMember } from './card.ts'
import { onMember } from './members.ts'

const LINK_HOURS = 72

/** Linking a member of staff to a Telegram account by a one-time link, and ending that. */
export function linkScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onMember(screen, 'member-link', async (ctx, member) => {
    const { tx, client, texts, now } = ctx.turn
    const { id: staffId, name } = member
    if (member.telegramId !== null) {
      await showMember(ctx, member)
      return texts.plain('staff-linked-already')
    }
    // One link at a time: whoever finds an old one in a chat must not get in by it.
    await withdrawLinks(ctx, staffId)
    const code = await createInvite(
      tx,
      {
        clientId: client.clientId,
        kind: 'staff',
        staffId,
        createdBy: customerOf(ctx).telegramId ?? 0,
        ttlHours: LINK_HOURS,
      },
      now,
    )
    await audit(ctx, 'staff.invite', `staff:${staffId}`)
    showEnd(ctx, {
      kind: 'screen',
      html: texts.html('staff-link', {
        name,
        hours: LINK_HOURS,
        link: inviteAddress(ctx, code),
      }),
      keyboard: inline([button(texts.plain('button-back'), { to: 'staff-member', staffId })]),
    })
    return undefined
  })
  onMember(screen, 'member-unlink', async (ctx, member, { sure }) => {
    const { tx, texts } = ctx.turn
    const { id: staffId, name } = member
    if (sure === 'ask' && member.telegramId !== null) {
      showEnd(ctx, {
        kind: 'screen',
        html: texts.html('staff-unlink-ask', { name }),
        keyboard: inline(
          [button(texts.plain('staff-unlink-yes'), { to: 'member-unlink', staffId, sure: 'yes' })],
          [button(texts.plain('button-back'), { to: 'staff-member', staffId })],
        ),
      })
      return undefined
    }
    const telegramId = await unlinkMember(tx, staffId)
    if (telegramId !== null) {
      await audit(ctx, 'staff.unlink', `staff:${staffId}`, { before: { telegramId } })
      await tellUnlinked(ctx, telegramId)
    }
    await showMember(ctx, { ...member, telegramId: null })
    return texts.plain('staff-unlinked-said')
  })
  return screen
}

/** Links of a member that nobody has used yet open nothing any more. */
export async function withdrawLinks(ctx: BotContext, staffId: number): Promise<void> {
  const { tx, client, now } = ctx.turn
  const { clientId } = client
  for (const invite of await listOpenInvites(tx, { clientId, kind: 'staff' }, now)) {
    if (invite.kind === 'staff' && invite.staffId === staffId)
      await withdrawInvite(tx, { clientId, id: invite.id, kind: 'staff' })
  }
}

/** Also takes the schedule off the keyboard of whoever was linked. */
async function tellUnlinked(ctx: BotContext, telegramId: number): Promise<void> {
  const { tx, client, effects } = ctx.turn
  const texts = textsFor((await languagesOf(tx, [telegramId])).get(telegramId) ?? 'ru')
  const role = await findRole(tx, client.staticAdminIds, telegramId)
  effects.send(telegramId, {
    kind: 'staff-unlinked',
    html: texts.html('staff-unlinked'),
    keyboard: mainMenu(texts, role !== undefined),
  })
}
