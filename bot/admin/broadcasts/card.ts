import { Composer } from 'grammy'
import { onButton, show, showEnd } from '../../dialogue/screen.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { type Broadcast, findBroadcast, stopBroadcast } from '../../storage/broadcasts.ts'
import { button, inline } from '../../telegram/keyboards.ts'
import { audit } from '../audit.ts'
import { showBroadcasts } from './list.ts'
import { progressMessage } from './words.ts'

/** Super admins: how far a broadcast is or how it ended, and stopping it. */
export function broadcastCardScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'broadcast', async (ctx, { broadcastId }) => {
    const opened = await openBroadcast(ctx, broadcastId)
    if (!opened.ok) return opened.say
    showBroadcast(ctx, opened.broadcast)
    return undefined
  })
  onButton(screen, 'broadcast-stop-ask', async (ctx, { broadcastId }) => {
    const { texts } = ctx.turn
    const opened = await openBroadcast(ctx, broadcastId)
    if (!opened.ok) return opened.say
    if (opened.broadcast.state !== 'running') {
      showBroadcast(ctx, opened.broadcast)
      return undefined
    }
    show(ctx, {
      kind: 'screen',
      html: texts.html('broadcast-stop-sure'),
      keyboard: inline(
        [button(texts.plain('broadcast-stop-yes'), { to: 'broadcast-stop', broadcastId })],
        [button(texts.plain('broadcast-stop-no'), { to: 'broadcast', broadcastId })],
      ),
    })
    return undefined
  })
  onButton(screen, 'broadcast-stop', async (ctx, { broadcastId }) => {
    const { tx, client, texts } = ctx.turn
    const stopped = await stopBroadcast(tx, client.clientId, broadcastId)
    if (stopped) await audit(ctx, 'broadcast.stop', `broadcast:${broadcastId}`)
    const opened = await openBroadcast(ctx, broadcastId)
    if (!opened.ok) return opened.say
    showBroadcast(ctx, opened.broadcast)
    return stopped ? texts.plain('broadcast-stopped') : undefined
  })
  return screen
}

export type OpenedBroadcast = { ok: true; broadcast: Broadcast } | { ok: false; say: string }

/** The broadcast behind a button. One that is not there any more is answered with the list, and `say` is for the toast. */
export async function openBroadcast(ctx: BotContext, broadcastId: number): Promise<OpenedBroadcast> {
  const { tx, client, texts } = ctx.turn
  const broadcast = await findBroadcast(tx, client.clientId, broadcastId)
  if (broadcast) return { ok: true, broadcast }
  await showBroadcasts(ctx)
  return { ok: false, say: texts.plain('broadcast-gone') }
}

export function showBroadcast(ctx: BotContext, broadcast: Broadcast): void {
  showEnd(ctx, progressMessage(ctx.turn.texts, broadcast, ctx.turn))
}
