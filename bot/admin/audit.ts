import { customerOf } from '../dialogue/screen.ts'
import type { BotContext } from '../runtime/turn.ts'
import { writeAdminAction } from '../storage/admin-actions.ts'
import type { Author } from '../storage/booking-history.ts'

/** Writes down what the admin of this update did; in the update's transaction, so that nothing is done without a trace. */
export async function audit(
  ctx: BotContext,
  action: string,
  target: string,
  change: { before?: unknown; after?: unknown } = {},
): Promise<void> {
  const { tx, now } = ctx.turn
  await writeAdminAction(tx, { telegramId: customerOf(ctx).telegramId ?? 0, action, target, ...change }, now)
}

/** What the log says for ever of words about a customer: how long they are, for those who may be erased stay unread. */
export function lengthOnly(text: string): { characters: number } {
  return { characters: [...text].length }
}

/** The admin of this update, for a booking's history. */
export function adminAuthor(ctx: BotContext): Author {
  const { telegramId } = customerOf(ctx)
  return { actor: 'admin', ...(telegramId === null ? {} : { telegramId }) }
}
