import { Composer } from 'grammy'
import { onButton, showEnd } from '../../dialogue/screen.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { deleteMember, findMember, lockRoster, restoreMember } from '../../storage/staff.ts'
import { listUpcomingVisits } from '../../storage/visits.ts'
import { button, inline } from '../../telegram/keyboards.ts'
import { audit } from '../audit.ts'
import { isLastActive, showMember } from './card.ts'
import { withdrawLinks } from './link.ts'
import { showStaff } from './list.ts'
import { onMember, showGone } from './members.ts'

/** Deleting a member of staff, which can be taken back; not while customers are waiting for that one. */
export function removeScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onMember(screen, 'member-delete', async (ctx, { id: staffId, name }, { sure }) => {
    const { tx, texts, client, now } = ctx.turn
    await lockRoster(tx, client.clientId)
    const member = await findMember(tx, staffId)
    if (!member || member.isDeleted) return showGone(ctx)
    if (member.isActive && (await isLastActive(ctx, staffId))) return texts.plain('staff-last-delete')
    const { length: count } = await listUpcomingVisits(tx, staffId, now)
    if (count > 0) {
      refuse(ctx, { staffId, name, count })
      return undefined
    }
    if (sure === 'ask') {
      question(ctx, { staffId, name })
      return undefined
    }
    await deleteMember(tx, staffId, now)
    await withdrawLinks(ctx, staffId)
    await audit(ctx, 'staff.delete', `staff:${staffId}`, { before: { name, isActive: member.isActive } })
    await showStaff(ctx, 0)
    return texts.plain('staff-deleted-said')
  })
  onButton(screen, 'member-restore', async (ctx, { staffId }) => {
    const { tx, texts, client } = ctx.turn
    await lockRoster(tx, client.clientId)
    const member = await findMember(tx, staffId)
    if (!member) return showGone(ctx)
    if (member.isDeleted) {
      await restoreMember(tx, staffId)
      await audit(ctx, 'staff.restore', `staff:${staffId}`, { after: { name: member.name } })
    }
    await showMember(ctx, { ...member, isDeleted: false })
    return texts.plain('staff-restored')
  })
  return screen
}

function question(ctx: BotContext, { staffId, name }: { staffId: number; name: string }): void {
  const { texts } = ctx.turn
  showEnd(ctx, {
    kind: 'screen',
    html: texts.html('staff-delete-ask', { name }),
    keyboard: inline(
      [button(texts.plain('staff-delete-yes'), { to: 'member-delete', staffId, sure: 'yes' })],
      [button(texts.plain('button-back'), { to: 'staff-member', staffId })],
    ),
  })
}

function refuse(
  ctx: BotContext,
  { staffId, ...args }: { staffId: number; name: string; count: number },
): void {
  const { texts } = ctx.turn
  showEnd(ctx, {
    kind: 'refusal',
    html: texts.html('staff-delete-visits', args),
    keyboard: inline(
      [button(texts.plain('staff-button-visits'), { to: 'member-visits', staffId, page: 0 })],
      [button(texts.plain('staff-button-off'), { to: 'member-active', staffId, active: 'off' })],
      [button(texts.plain('button-back'), { to: 'staff-member', staffId })],
    ),
  })
}
