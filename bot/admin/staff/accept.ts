import { customerOf, showEnd } from '../../dialogue/screen.ts'
import type { BotContext } from '../../runtime/turn.ts'
import type { InviteRefusal } from '../../storage/invites.ts'
import { findMember, linkMember, unlinkMember } from '../../storage/staff.ts'
import { mainMenu } from '../../telegram/keyboards.ts'
import { audit } from '../audit.ts'
import type { UseUp } from '../invites/use-up.ts'

/**
 * Whoever opened a member's link: from now on that member's schedule is theirs. Where nothing comes of it (the account
 * of another member, or a member who has one), the link stays open. Gives back why it opens nothing.
 */
export async function acceptStaffInvite(
  ctx: BotContext,
  staffId: number,
  useUp: UseUp,
): Promise<InviteRefusal | undefined> {
  const { tx, texts, role } = ctx.turn
  const { telegramId } = customerOf(ctx)
  if (telegramId === null) throw new Error('whoever opens a link has a Telegram account')
  const outcome = await linkMember(tx, staffId, telegramId)
  if (outcome === 'linked') {
    const refusal = await useUp()
    if (refusal) {
      await unlinkMember(tx, staffId)
      return refusal
    }
    await audit(ctx, 'staff.link', `staff:${staffId}`, { after: { telegramId } })
  }
  const isStaff = outcome === 'linked' || outcome === 'already'
  showEnd(ctx, {
    kind: isStaff ? 'staff-linked' : 'refusal',
    html: isStaff
      ? texts.html('staff-welcome', { name: (await findMember(tx, staffId))?.name ?? '' })
      : texts.html(`staff-link-${outcome}`),
    keyboard: mainMenu(texts, role !== undefined, isStaff || ctx.turn.member !== undefined),
  })
  return undefined
}
