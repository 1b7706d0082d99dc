import { Composer } from 'grammy'
import { withMenu } from '../../dialogue/menu.ts'
import { customerOf, showEnd } from '../../dialogue/screen.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { findInvite, type InviteRefusal, useInvite } from '../../storage/invites.ts'
import { acceptStaffInvite } from '../staff/accept.ts'
import { acceptAdminInvite } from './accept-admin.ts'
import { INVITE_PAYLOAD } from './link.ts'
import type { UseUp } from './use-up.ts'

/** Anybody who opens a one-time link: `/start i_…`. Before the greeting, and not behind the guard of the panel. */
export function inviteScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  screen.command('start', async (ctx, next) => {
    const code = INVITE_PAYLOAD.exec(ctx.match)?.[1]
    if (code === undefined) return next()
    const refusal = await accept(ctx, code)
    if (refusal) showEnd(ctx, withMenu(ctx, ctx.turn.texts.html(`invites-${refusal}`)))
  })
  return screen
}

async function accept(ctx: BotContext, code: string): Promise<InviteRefusal | undefined> {
  const { tx, client, now } = ctx.turn
  const { clientId } = client
  const found = await findInvite(tx, { clientId, code }, now)
  if (found.kind === 'refused') return found.reason
  const telegramId = customerOf(ctx).telegramId ?? 0
  const useUp: UseUp = async () => {
    const used = await useInvite(tx, { clientId, code, telegramId }, now)
    return used.kind === 'refused' ? used.reason : undefined
  }
  // Each uses the link up itself, for where nothing comes of it the link stays open.
  return found.kind === 'admin'
    ? acceptAdminInvite(ctx, found, useUp)
    : acceptStaffInvite(ctx, found.staffId, useUp)
}
