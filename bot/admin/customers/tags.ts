import { Composer } from 'grammy'
import { ask, onAnswer } from '../../dialogue/input.ts'
import { onButton } from '../../dialogue/screen.ts'
import { customerLink } from '../../dialogue/words.ts'
import { readTag, sameTag, TAG_MAX, TAGS_MAX, withTag } from '../../domain/tags.ts'
import { escapeHtml } from '../../i18n/texts.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { type CustomerFile, listTags, writeTags } from '../../storage/customers.ts'
import { categoryKey } from '../../telegram/category-key.ts'
import { button, inRows } from '../../telegram/keyboards.ts'
import { audit } from '../audit.ts'
import { refuseAnswer } from '../schedule/open-visit.ts'
import { openCustomer } from './card.ts'

const OFFERED_MAX = 8

/** Admins who run the bookings: words by which customers are grouped, for a message to all of them perhaps. */
export function tagsScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'customer-tags', async (ctx, { customerId }) => {
    const opened = await openCustomer(ctx, customerId)
    if (!opened.ok) return opened.say
    await showTags(ctx, opened.file)
    return undefined
  })
  onButton(screen, 'customer-tag-add', async (ctx, { customerId, tag: key }) => {
    const tag = (await listTags(ctx.turn.tx)).find((one) => categoryKey(one) === key)
    const opened = await openCustomer(ctx, customerId, { lock: true })
    if (!opened.ok) return opened.say
    const refused = tag === undefined ? 'customers-tag-gone' : await addTag(ctx, opened.file, tag)
    await showTagsAgain(ctx, customerId)
    // Tapped twice, it is so already.
    return refused === undefined || refused === 'customers-tag-has-it'
      ? undefined
      : ctx.turn.texts.plain(refused)
  })
  onButton(screen, 'customer-tag-remove', async (ctx, { customerId, tag: key }) => {
    const opened = await openCustomer(ctx, customerId, { lock: true })
    if (!opened.ok) return opened.say
    const { tags } = opened.file
    const left = tags.filter((one) => categoryKey(one) !== key)
    if (left.length < tags.length) await changeTags(ctx, opened.file, left)
    await showTagsAgain(ctx, customerId)
    return undefined
  })
  onAnswer(screen, 'customer-tags', async (ctx, { customerId }, text) => {
    const { texts, tx } = ctx.turn
    const read = readTag(text)
    if (!read.ok) return texts.html('customers-tag-wrong', { count: TAG_MAX })
    const opened = await openCustomer(ctx, customerId, { lock: true })
    if (!opened.ok) return refuseAnswer(ctx, opened.say)
    const refused = await addTag(ctx, opened.file, read.tag, await listTags(tx))
    if (refused !== undefined) return texts.html(refused)
    await showTagsAgain(ctx, customerId)
    return undefined
  })
  return screen
}

/** Gives back why the tag was not added. */
async function addTag(
  ctx: BotContext,
  file: CustomerFile,
  tag: string,
  used: readonly string[] = [],
): Promise<'customers-tag-has-it' | 'customers-tag-too-many' | undefined> {
  const added = withTag(file.tags, tag, used)
  if (!added.ok) return `customers-tag-${added.reason}`
  await changeTags(ctx, file, added.tags)
  return undefined
}

async function changeTags(ctx: BotContext, file: CustomerFile, tags: readonly string[]): Promise<void> {
  await writeTags(ctx.turn.tx, file.id, tags)
  // Tags are words on a customer, which must go when the customer does; the record stays for ever.
  await audit(ctx, 'customer.tags', `customer:${file.id}`, {
    before: { tags: file.tags.length },
    after: { tags: tags.length },
  })
}

async function showTagsAgain(ctx: BotContext, customerId: number): Promise<void> {
  const opened = await openCustomer(ctx, customerId)
  if (opened.ok) await showTags(ctx, opened.file)
}

async function showTags(ctx: BotContext, file: CustomerFile): Promise<void> {
  const { tx, texts } = ctx.turn
  const { id: customerId, tags } = file
  const others =
    tags.length >= TAGS_MAX
      ? []
      : (await listTags(tx)).filter((tag) => !tags.some((own) => sameTag(own, tag))).slice(0, OFFERED_MAX)
  const remove = tags.map((tag) =>
    button(`✕ ${tag}`, { to: 'customer-tag-remove', customerId, tag: categoryKey(tag) }),
  )
  const add = others.map((tag) =>
    button(`+ ${tag}`, { to: 'customer-tag-add', customerId, tag: categoryKey(tag) }),
  )
  ask(ctx, {
    about: { to: 'customer-tags', customerId },
    html: texts.html('customers-tags-ask', {
      name: customerLink(file),
      tags: tags.length === 0 ? texts.html('customers-tags-none') : escapeHtml(tags.join(', ')),
    }),
    back: { to: 'customer', customerId },
    choices: [...inRows(remove, 2), ...inRows(add, 2)],
  })
}
