import { Composer } from 'grammy'
import { chatOf, customerOf, onButton, show, showEnd } from '../dialogue/screen.ts'
import type { BotContext } from '../runtime/turn.ts'
import { countUpcoming, lockCustomer } from '../storage/bookings.ts'
import { readContact } from '../storage/contact.ts'
import { collectPersonalData, erasePersonalData } from '../storage/privacy.ts'
import { button, inline } from '../telegram/keyboards.ts'
import { contactLines, withdrawRow } from './contact/withdraw.ts'

/** Any customer: what is kept about them, a copy of it, and its end. */
export function privacyScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  screen.command('privacy', showPrivacy)
  onButton(screen, 'privacy', async (ctx) => {
    await showPrivacy(ctx)
    return undefined
  })
  onButton(screen, 'export-data', async (ctx) => {
    const { tx, texts, settings, effects } = ctx.turn
    const data = await collectPersonalData(tx, customerOf(ctx).id)
    effects.sendDocument(chatOf(ctx), {
      kind: 'personal-data',
      caption: texts.html('privacy-file', { title: settings.title }),
      file: { name: 'my-data.json', content: Buffer.from(`${JSON.stringify(data, null, 2)}\n`) },
    })
    return undefined
  })
  onButton(screen, 'ask-erase', async (ctx) => {
    const { texts, settings } = ctx.turn
    if (await isBooked(ctx)) return texts.plain('privacy-booked', { title: settings.title })
    show(ctx, {
      kind: 'screen',
      html: texts.html('privacy-ask'),
      keyboard: inline(
        [button(texts.plain('privacy-yes'), { to: 'erase-data' })],
        [button(texts.plain('privacy-no'), { to: 'privacy' })],
      ),
    })
    return undefined
  })
  onButton(screen, 'erase-data', async (ctx) => {
    const { tx, texts, settings, now, client } = ctx.turn
    const { id } = customerOf(ctx)
    // Whoever books at the same time waits for this lock, or this waits for them.
    await lockCustomer(tx, client.clientId, id)
    if (await isBooked(ctx)) return texts.plain('privacy-booked', { title: settings.title })
    await erasePersonalData(tx, client.clientId, [id], now)
    showEnd(ctx, { kind: 'data-erased', html: texts.html('privacy-erased') })
    return undefined
  })
  return screen
}

async function isBooked(ctx: BotContext): Promise<boolean> {
  return (await countUpcoming(ctx.turn.tx, customerOf(ctx).id, ctx.turn.now)) > 0
}

async function showPrivacy(ctx: BotContext): Promise<void> {
  const { texts, settings, tx } = ctx.turn
  const contact = await readContact(tx, customerOf(ctx).id)
  show(ctx, {
    kind: 'screen',
    html: texts.html('privacy', { title: settings.title, contact: contactLines(ctx, contact) }),
    keyboard: inline(
      [button(texts.plain('privacy-export'), { to: 'export-data' })],
      withdrawRow(ctx, contact),
      [button(texts.plain('privacy-erase'), { to: 'ask-erase' })],
      [button(texts.plain('preferences-back'), { to: 'preferences' })],
    ),
  })
}
