import { customerOf, showEnd } from '../../dialogue/screen.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { findMember, linkMember } from '../../storage/staff.ts'
import { mainMenu } from '../../telegram/keyboards.ts'
import { audit } from '../audit.ts'

/** Whoever opened a member's link: from now on that member's schedule is theirs. The link itself was used up before. */
export async function acceptStaffInvite(ctx: BotContext, staffId: number): Promise<void> {
  const { tx, texts, role } = ctx.turn
  const { telegramId } = customerOf(ctx)
  if (telegramId === null) throw new Error('whoever opens a link has a Telegram account')
  const outcome = await linkMember(tx, staffId, telegramId)
  if (outcome === 'linked') await audit(ctx, 'staff.link', `staff:${staffId}`, { after: { telegramId } })
  const isStaff = outcome === 'linked' || outcome === 'already'
  showEnd(ctx, {
    kind: isStaff ? 'staff-linked' : 'refusal',
    html: isStaff
      ? texts.html('staff-welcome', { name: (await findMember(tx, staffId))?.name ?? '' })
      : texts.html(`staff-link-${outcome}`),
    keyboard: mainMenu(texts, role !== undefined, isStaff || ctx.turn.member !== undefined),
  })
}
