import { Composer } from 'grammy'
import { adminFeatures } from './admin/index.ts'
import { inviteScreen } from './admin/invites/accept.ts'
import { groupsScreen } from './booking/groups.ts'
import { bookingFeatures } from './booking/index.ts'
import type { BotContext } from './runtime/turn.ts'
import { myScheduleScreen } from './staff/my-schedule.ts'

/** All screens of a client's bot. Installed after `ctx.turn` has been built; shared by all clients of a runtime. */
export function botFeatures(): Composer<BotContext> {
  const features = new Composer<BotContext>()
  const isPrivate = (ctx: BotContext) => ctx.chat === undefined || ctx.chat.type === 'private'
  features.filter((ctx) => !isPrivate(ctx)).use(groupsScreen())
  features
    .filter((ctx) => isPrivate(ctx) && ctx.turn.customer !== undefined)
    .use(inviteScreen(), adminFeatures(), myScheduleScreen(), bookingFeatures())
  return features
}
