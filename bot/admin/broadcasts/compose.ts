import { Composer } from 'grammy'
import type { MessageEntity } from 'grammy/types'
import { ask, onAnswer, onPhotoAnswer } from '../../dialogue/input.ts'
import { pageOf } from '../../dialogue/pages.ts'
import { chatOf, customerOf, onButton, showEnd } from '../../dialogue/screen.ts'
import type { Audience } from '../../domain/broadcast.ts'
import { entitiesToHtml } from '../../domain/entities-html.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { countAudience } from '../../storage/audience.ts'
import { type BroadcastContent, draftBroadcast } from '../../storage/broadcasts.ts'
import { listTags } from '../../storage/customers.ts'
import { categoryKey } from '../../telegram/category-key.ts'
import { button, inline } from '../../telegram/keyboards.ts'
import { refuseAnswer } from '../schedule/open-visit.ts'
import { showBroadcasts } from './list.ts'
import { audienceWords, broadcastMessage, durationText } from './words.ts'

const ACTIVE_DAYS = [30, 90, 180] as const
/** Telegram lets some people write longer captions than it lets a bot send. */
const CAPTION_MAX = 1_024

/** Super admins: a new message: to whom, what, and how it will look. */
export function composeScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'broadcast-new', async (ctx, { page }) => {
    await showAudiences(ctx, page)
    return undefined
  })
  onButton(screen, 'broadcast-text', async (ctx, { audience: key }) => {
    const { tx, texts, now } = ctx.turn
    const audience = await readAudience(ctx, key)
    if (!audience) {
      await showAudiences(ctx, 0)
      return texts.plain('broadcast-tag-gone')
    }
    const count = await countAudience(tx, audience, { at: now })
    ask(ctx, {
      about: { to: 'broadcast-text', audience: key },
      html: texts.html('broadcast-ask', { audience: audienceWords(texts, audience), count }),
      back: { to: 'broadcast-new', page: 0 },
    })
    return undefined
  })
  onAnswer(screen, 'broadcast-text', (ctx, { audience }) => {
    const { text = '', entities } = ctx.message ?? {}
    return showPreview(ctx, audience, { text: htmlOf(text, entities) })
  })
  onPhotoAnswer(screen, 'broadcast-text', (ctx, { audience }, photo) => {
    const { caption = '', caption_entities: entities } = ctx.message ?? {}
    if (caption.length > CAPTION_MAX)
      return ctx.turn.texts.html('broadcast-caption-long', { count: caption.length, limit: CAPTION_MAX })
    return showPreview(ctx, audience, { text: htmlOf(caption, entities), photo })
  })
  return screen
}

function htmlOf(text: string, entities: readonly MessageEntity[] = []): string {
  return entitiesToHtml(
    text,
    entities.map((entity) => ({ ...entity, url: entity.type === 'text_link' ? entity.url : undefined })),
  )
}

async function showAudiences(ctx: BotContext, wanted: number): Promise<void> {
  const { tx, texts, now } = ctx.turn
  const choice = async (key: string, audience: Audience) => {
    const count = await countAudience(tx, audience, { at: now })
    return [button(`${audienceWords(texts, audience)}: ${count}`, { to: 'broadcast-text', audience: key })]
  }
  const rows = [await choice('all', { kind: 'all' })]
  for (const days of ACTIVE_DAYS) rows.push(await choice(`d${days}`, { kind: 'active', days }))
  const { items: tags, arrows } = pageOf(await listTags(tx), {
    page: wanted,
    turnTo: (page) => ({ to: 'broadcast-new', page }),
  })
  for (const tag of tags) rows.push(await choice(`t${categoryKey(tag)}`, { kind: 'tag', tag }))
  showEnd(ctx, {
    kind: 'screen',
    html: texts.html('broadcast-to'),
    keyboard: inline(...rows, arrows, [button(texts.plain('button-back'), { to: 'broadcasts', page: 0 })]),
  })
}

/** Undefined for a tag that nobody has any more. */
async function readAudience(ctx: BotContext, key: string): Promise<Audience | undefined> {
  if (key === 'all') return { kind: 'all' }
  if (key.startsWith('d')) return { kind: 'active', days: Number(key.slice(1)) }
  const tag = (await listTags(ctx.turn.tx)).find((one) => categoryKey(one) === key.slice(1))
  return tag === undefined ? undefined : { kind: 'tag', tag }
}

/** Keeps the message as a draft, and shows it exactly as customers will see it, with the question whether to send it. */
async function showPreview(
  ctx: BotContext,
  key: string,
  content: BroadcastContent,
): Promise<string | undefined> {
  const { tx, client, texts, settings, now, effects } = ctx.turn
  const audience = await readAudience(ctx, key)
  if (!audience) {
    await showBroadcasts(ctx)
    return refuseAnswer(ctx, texts.plain('broadcast-tag-gone'))
  }
  const createdBy = customerOf(ctx).telegramId ?? 0
  const { id: broadcastId } = await draftBroadcast(tx, client.clientId, { createdBy, audience, content }, now)
  const count = await countAudience(tx, audience, { at: now })
  effects.send(chatOf(ctx), { ...broadcastMessage(texts, content), kind: 'broadcast-preview' })
  effects.send(chatOf(ctx), {
    kind: 'screen',
    html: texts.html(count === 0 ? 'broadcast-nobody' : 'broadcast-sure', {
      audience: audienceWords(texts, audience),
      count,
      duration: durationText(texts, settings, count, now),
    }),
    keyboard: inline(
      count === 0
        ? []
        : [button(texts.plain('broadcast-send', { count }), { to: 'broadcast-start', broadcastId })],
      [button(texts.plain('broadcast-change'), { to: 'broadcast-text', audience: key })],
      [button(texts.plain('broadcast-back'), { to: 'broadcasts', page: 0 })],
    ),
  })
  return undefined
}
