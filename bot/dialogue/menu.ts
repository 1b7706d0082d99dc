import type { TextKey } from '../i18n/keys.ts'
import { type Texts, textsFor } from '../i18n/texts.ts'
import type { BotContext, OutMessage } from '../runtime/turn.ts'
import { button, type InlineButton, mainMenu } from '../telegram/keyboards.ts'

/** A menu button's label in every language: the keyboard may have been sent before its owner changed the language. */
export function menuWords(key: TextKey): string[] {
  return [textsFor('ru').plain(key), textsFor('en').plain(key)]
}

/** A message that brings the main menu back under the input line. */
export function withMenu({ turn }: Pick<BotContext, 'turn'>, html: string, kind = 'screen'): OutMessage {
  const { texts, role, member } = turn
  return { kind, html, keyboard: mainMenu(texts, role !== undefined, member !== undefined) }
}

/** The way to the customer's own bookings. */
export function toMyBookings(texts: Texts): InlineButton {
  return button(texts.plain('button-my'), { to: 'my' })
}

/** Everything that the keyboard under the input line can say: it leaves whatever question is open. */
export const MENU_KEYS = ['menu-book', 'menu-my', 'menu-about', 'menu-my-schedule', 'menu-admin'] as const
