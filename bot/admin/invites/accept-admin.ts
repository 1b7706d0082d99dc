import { customerOf, showEnd } from '../../dialogue/screen.ts'
import { judgeAddition } from '../../domain/admin-rules.ts'
import type { Role } from '../../domain/permissions.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { countAdditions, insertAdmin, listAdmins, lockAdmins } from '../../storage/admins.ts'
import type { InviteRefusal } from '../../storage/invites.ts'
import { mainMenu } from '../../telegram/keyboards.ts'
import { tellOfSeat } from '../admins/notices.ts'
import { roleName } from '../admins/words.ts'
import { audit } from '../audit.ts'
import type { UseUp } from './use-up.ts'

const HOUR_MS = 3_600_000

/**
 * Makes whoever opened the link an admin. The link gives what its maker may give now: one who has lost the right since
 * then opens the panel to nobody. Where nothing comes of it (an admin already, too many within the hour), it stays open.
 */
export async function acceptAdminInvite(
  ctx: BotContext,
  invitation: { role: Role; createdBy: number },
  useUp: UseUp,
): Promise<InviteRefusal | undefined> {
  const { tx, client, settings, texts, now } = ctx.turn
  const { role, createdBy } = invitation
  const telegramId = customerOf(ctx).telegramId ?? 0
  await lockAdmins(tx, client.clientId)
  const judged = judgeAddition(await listAdmins(tx, client.staticAdminIds), {
    actorId: createdBy,
    targetId: telegramId,
    additions: await countAdditions(tx, client.clientId, now - HOUR_MS),
    limit: settings.adminAdditionsPerHour,
  })
  if (judged === 'not-allowed') return 'unknown'
  if (judged === 'already') return answer(ctx, texts.html('invites-already-admin'))
  if (judged === 'too-many') return answer(ctx, texts.html('invites-too-many'))
  const refusal = await useUp()
  if (refusal) return refusal
  await insertAdmin(tx, { telegramId, role, addedBy: createdBy }, now)
  await audit(ctx, 'admin.join', `admin:${telegramId}`, { after: { role, invitedBy: createdBy } })
  await tellOfSeat(ctx, 'joined', { telegramId, role })
  return answer(
    ctx,
    texts.html('invites-welcome', { title: settings.title, role: roleName(texts, role) }),
    true,
  )
}

/** With the menu of what its reader is now, which the update did not know yet. */
function answer(ctx: BotContext, html: string, isAdmin = ctx.turn.role !== undefined): undefined {
  showEnd(ctx, {
    kind: 'screen',
    html,
    keyboard: mainMenu(ctx.turn.texts, isAdmin, ctx.turn.member !== undefined),
  })
}
