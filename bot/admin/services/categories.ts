import { Composer } from 'grammy'
import { ask, onAnswer } from '../../dialogue/input.ts'
import { pageOf } from '../../dialogue/pages.ts'
import { onButton, showEnd } from '../../dialogue/screen.ts'
import { moveCategory } from '../../domain/order.ts'
import { CATEGORY_MAX, parseLine } from '../../domain/service-input.ts'
import { escapeHtml, shorten } from '../../i18n/texts.ts'
import type { BotContext } from '../../runtime/turn.ts'
import {
  listOwnServices,
  lockOrder,
  type OwnService,
  renameCategory,
  writeOrder,
} from '../../storage/services.ts'
import { categoryKey } from '../../telegram/category-key.ts'
import { button, inline } from '../../telegram/keyboards.ts'
import { audit } from '../audit.ts'
import { findCategory, findTypedCategory, listCategories } from './found.ts'

const NAMES_SHOWN = 20

/** Who may edit services: the groups in which customers see them. A category is there as long as a service is in it. */
export function categoriesScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'categories', async (ctx, { page }) => {
    await showCategories(ctx, page)
    return undefined
  })
  onButton(screen, 'own-category', async (ctx, { category: key }) => {
    const category = await findCategory(ctx, key)
    if (!category) return gone(ctx)
    showCategory(ctx, category)
    return undefined
  })
  onButton(screen, 'category-move', async (ctx, { category: key, direction }) => {
    const { tx, client, texts } = ctx.turn
    await lockOrder(tx, client.clientId)
    const category = await findCategory(ctx, key)
    if (!category) return gone(ctx)
    const [name] = category
    const services = await listOwnServices(tx, 'kept')
    await writeOrder(tx, moveCategory(services, name, direction))
    await audit(ctx, 'category.move', `category:${name}`, { after: { direction } })
    await showCategories(ctx, 0)
    return texts.plain('services-saved')
  })
  onButton(screen, 'category-rename', async (ctx, { category: key }) => {
    const category = await findCategory(ctx, key)
    if (!category) return gone(ctx)
    ask(ctx, {
      about: { to: 'category-rename', category: key },
      html: ctx.turn.texts.html('services-category-ask-name', { name: category[0] }),
      back: { to: 'own-category', category: key },
    })
    return undefined
  })
  onAnswer(screen, 'category-rename', (ctx, { category: key }, text) => rename(ctx, key, text))
  onButton(screen, 'category-remove-ask', async (ctx, { category: key }) => {
    const { texts } = ctx.turn
    const category = await findCategory(ctx, key)
    if (!category) return gone(ctx)
    const [name, members] = category
    showEnd(ctx, {
      kind: 'screen',
      html: texts.html('services-category-remove-ask', { name, count: members.length }),
      keyboard: inline(
        [button(texts.plain('services-category-remove-yes'), { to: 'category-remove', category: key })],
        [button(texts.plain('button-back'), { to: 'own-category', category: key })],
      ),
    })
    return undefined
  })
  onButton(screen, 'category-remove', async (ctx, { category: key }) => {
    const { tx, now, texts } = ctx.turn
    const category = await findCategory(ctx, key)
    if (!category) return gone(ctx)
    const [name, members] = category
    await renameCategory(tx, name, '', now)
    await audit(ctx, 'category.remove', `category:${name}`, {
      before: { services: members.map(({ id }) => id) },
    })
    await showCategories(ctx, 0)
    return texts.plain('services-category-removed')
  })
  return screen
}

async function gone(ctx: BotContext): Promise<string> {
  await showCategories(ctx, 0)
  return ctx.turn.texts.plain('services-category-gone')
}

async function rename(ctx: BotContext, key: string, text: string): Promise<string | undefined> {
  const { tx, now, texts } = ctx.turn
  const typed = parseLine(text, CATEGORY_MAX)
  if (typed === undefined) return texts.html('services-wrong-category')
  const category = await findCategory(ctx, key)
  if (!category) {
    await showCategories(ctx, 0, texts.html('services-category-gone'))
    return undefined
  }
  const [before] = category
  const there = await findTypedCategory(ctx, typed)
  const joined = there !== undefined && there !== before
  const name = joined ? there : typed
  if (before !== name) {
    await renameCategory(tx, before, name, now)
    await audit(ctx, 'category.rename', `category:${name}`, { before: { name: before }, after: { name } })
  }
  const note = joined ? texts.html('services-category-joined', { name }) : texts.html('services-saved')
  const after = await findCategory(ctx, categoryKey(name))
  if (after) showCategory(ctx, after, note)
  return undefined
}

async function showCategories(ctx: BotContext, page: number, note?: string): Promise<void> {
  const { texts } = ctx.turn
  const categories = await listCategories(ctx)
  const { items, arrows } = pageOf(categories, {
    page,
    turnTo: (to) => ({ to: 'categories', page: to }),
  })
  const html = texts.html(categories.length > 0 ? 'services-categories-list' : 'services-categories-none')
  showEnd(ctx, {
    kind: 'screen',
    html: note === undefined ? html : `${note}\n\n${html}`,
    keyboard: inline(
      ...items.map(([name, members]) => [
        button(`${shorten(name, CATEGORY_MAX)} · ${members.length}`, {
          to: 'own-category',
          category: categoryKey(name),
        }),
      ]),
      arrows,
      [button(texts.plain('services-back'), { to: 'own-services', page: 0 })],
    ),
  })
}

function showCategory(ctx: BotContext, [name, members]: [string, OwnService[]], note?: string): void {
  const { texts } = ctx.turn
  const key = categoryKey(name)
  const lines = members.slice(0, NAMES_SHOWN).map((service) => `• ${escapeHtml(service.name).html}`)
  const more = members.length - lines.length
  showEnd(ctx, {
    kind: 'screen',
    html: texts.html('services-category', {
      note: { html: note === undefined ? '' : `${note}\n\n` },
      name,
      services: {
        html: [...lines, ...(more > 0 ? [texts.html('about-more', { count: more })] : [])].join('\n'),
      },
    }),
    keyboard: inline(
      [
        button(texts.plain('services-move-up'), { to: 'category-move', category: key, direction: 'up' }),
        button(texts.plain('services-move-down'), { to: 'category-move', category: key, direction: 'down' }),
      ],
      [button(texts.plain('services-category-rename'), { to: 'category-rename', category: key })],
      [button(texts.plain('services-category-remove'), { to: 'category-remove-ask', category: key })],
      [button(texts.plain('services-categories-back'), { to: 'categories', page: 0 })],
    ),
  })
}
