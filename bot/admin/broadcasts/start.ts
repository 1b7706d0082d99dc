import { Composer } from 'grammy'
import { customerOf, onButton } from '../../dialogue/screen.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { countAudience } from '../../storage/audience.ts'
import { findBroadcast, startBroadcast } from '../../storage/broadcasts.ts'
import { lockByName } from '../../storage/database.ts'
import { audit } from '../audit.ts'
import { openBroadcast, showBroadcast } from './card.ts'

/** Super admins: yes, send it. One at a time; what has been started once is not started again. */
export function startScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'broadcast-start', async (ctx, { broadcastId }) => {
    const { tx, client, texts, now } = ctx.turn
    const { clientId } = client
    await lockByName(tx, `${clientId}:broadcast`)
    const opened = await openBroadcast(ctx, broadcastId)
    if (!opened.ok) return opened.say
    const { audience, content, state } = opened.broadcast
    if (state !== 'draft') {
      showBroadcast(ctx, opened.broadcast)
      return undefined
    }
    const total = await countAudience(tx, audience, { at: now })
    if (total === 0) return texts.plain('broadcast-nobody-now')
    const startedBy = customerOf(ctx).telegramId ?? 0
    const messageId = ctx.callbackQuery?.message?.message_id ?? 0
    if (!(await startBroadcast(tx, clientId, { id: broadcastId, startedBy, total, messageId }, now)))
      return texts.plain('broadcast-busy')
    await audit(ctx, 'broadcast.start', `broadcast:${broadcastId}`, {
      after: { audience, total, text: content.text },
    })
    const started = await findBroadcast(tx, clientId, broadcastId)
    if (started) showBroadcast(ctx, started)
    return texts.plain('broadcast-started')
  })
  return screen
}
