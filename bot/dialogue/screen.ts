import type { Composer } from 'grammy'
import type { BotContext, OutMessage, Turn } from '../runtime/turn.ts'
import type { Customer } from '../storage/users.ts'
import { type Button, decodeButton } from '../telegram/callback-data.ts'
import type { WhenOptions } from './words.ts'

type ButtonOf<To extends Button['to']> = Extract<Button, { to: To }>

/** Shows a screen: in place of the one whose button was tapped, or as a new message. */
export function show(ctx: BotContext, message: OutMessage): void {
  const tapped = ctx.callbackQuery?.message
  const chatId = chatOf(ctx)
  if (tapped) ctx.turn.effects.edit(chatId, tapped.message_id, message)
  else ctx.turn.effects.send(chatId, message)
}

/** Where the answer to an update goes. */
export function chatOf(ctx: BotContext): number {
  const chatId = ctx.chat?.id ?? ctx.from?.id
  if (chatId === undefined) throw new Error('an update without chat and sender has no screen')
  return chatId
}

/** Shows one step of a dialogue, and keeps that the customer is in it, for /cancel, and for whom an admin books. */
export function showStep(ctx: BotContext, screen: string, message: OutMessage): void {
  const forCustomer = ctx.turn.dialogue?.draft?.['forCustomer']
  show(ctx, message)
  ctx.turn.effects.dialogue({
    v: 1,
    screen,
    ...(forCustomer === undefined ? {} : { draft: { forCustomer } }),
  })
}

/** Shows the last screen of a dialogue. */
export function showEnd(ctx: BotContext, message: OutMessage): void {
  show(ctx, message)
  ctx.turn.effects.dialogue(null)
}

/** Each of the bot's many kinds of buttons is asked for in turn: what was tapped is read once for all of them. */
const PRESSED = new WeakMap<BotContext, Button | undefined>()

/** The button that was tapped; undefined for an old or forged one, and where nothing was. */
export function pressedButton(ctx: BotContext): Button | undefined {
  const data = ctx.callbackQuery?.data
  if (data === undefined) return undefined
  if (!PRESSED.has(ctx)) PRESSED.set(ctx, decodeButton(data))
  return PRESSED.get(ctx)
}

/** Handles the taps of one kind of button; what the handler gives back is said in a toast, and every tap is answered. */
export function onButton<To extends Button['to']>(
  composer: Composer<BotContext>,
  to: To,
  handle: (ctx: BotContext, button: ButtonOf<To>) => Promise<string | undefined> | string | undefined,
): void {
  composer.on('callback_query:data', async (ctx, next) => {
    const button = pressedButton(ctx)
    if (button?.to !== to) return next()
    const said = await handle(ctx, button as ButtonOf<To>)
    ctx.turn.effects.toast(said)
  })
}

/** The person behind the update. Private chats always have one. */
export function customerOf({ turn }: BotContext): Customer {
  if (!turn.customer) throw new Error('an update of a private chat has no sender')
  return turn.customer
}

export function whenOptions({ texts, settings, now }: Pick<Turn, 'texts' | 'settings' | 'now'>): WhenOptions {
  return { language: texts.language, timeZone: settings.timeZone, now }
}
