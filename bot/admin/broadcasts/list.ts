import { Composer } from 'grammy'
import { pageOf } from '../../dialogue/pages.ts'
import { onButton, showEnd, whenOptions } from '../../dialogue/screen.ts'
import { dateWords } from '../../dialogue/words.ts'
import { shorten } from '../../i18n/texts.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { countAudience } from '../../storage/audience.ts'
import { type Broadcast, listBroadcasts } from '../../storage/broadcasts.ts'
import { button, inline } from '../../telegram/keyboards.ts'

const TEXT_ON_BUTTON = 28

/** Super admins: what has been sent to many, and the way to something new. */
export function broadcastsScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'broadcasts', async (ctx, { page }) => {
    await showBroadcasts(ctx, page)
    return undefined
  })
  return screen
}

export async function showBroadcasts(ctx: BotContext, wanted = 0): Promise<void> {
  const { tx, client, texts, now } = ctx.turn
  const { items, arrows } = pageOf(await listBroadcasts(tx, client.clientId), {
    page: wanted,
    turnTo: (page) => ({ to: 'broadcasts', page }),
  })
  const count = await countAudience(tx, { kind: 'all' }, { at: now })
  showEnd(ctx, {
    kind: 'screen',
    html: texts.html('broadcast-title', { count }),
    keyboard: inline(
      [button(texts.plain('broadcast-new'), { to: 'broadcast-new', page: 0 })],
      ...items.map((one) => [button(labelOf(ctx, one), { to: 'broadcast', broadcastId: one.id })]),
      arrows,
      [button(texts.plain('button-back'), { to: 'panel' })],
    ),
  })
}

const SIGNS = { draft: '', running: '▶️ ', stopped: '⏹ ', done: '✅ ' } as const

function labelOf(ctx: BotContext, { state, startedAt, content }: Broadcast): string {
  const day = dateWords(startedAt ?? ctx.turn.now, { ...whenOptions(ctx.turn), month: 'short' })
  const words = content.text
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
  const text = words.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
  const sign = content.photo === undefined ? '' : '🖼 '
  return `${SIGNS[state]}${day} · ${sign}${shorten(text, TEXT_ON_BUTTON)}`
}
