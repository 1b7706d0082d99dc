import type { InlineKeyboardMarkup, ReplyKeyboardMarkup } from 'grammy/types'
import { shorten, type Texts } from '../i18n/texts.ts'
import { type Button, encodeButton } from './callback-data.ts'

export type InlineButton = InlineKeyboardMarkup['inline_keyboard'][number][number]

/** Longer labels do not fit a telephone's width. */
const LABEL_MAX = 60

export function button(label: string, target: Button): InlineButton {
  return { text: shorten(label, LABEL_MAX), callback_data: encodeButton(target) }
}

/** A button that opens an address outside of this chat. */
export function linkButton(label: string, url: string): InlineButton {
  return { text: shorten(label, LABEL_MAX), url }
}

/**
 * How wide a label may be on a telephone, by the number of buttons beside each other; Telegram cuts longer ones. Rows of
 * more buttons are calendars, which must stay as they are.
 */
const WIDTH_IN_ROW: Partial<Record<number, number>> = { 2: 18, 3: 12.5, 4: 9 }

/** Rows without buttons are left out; a row whose labels would be cut becomes several. */
export function inline(...rows: InlineButton[][]): InlineKeyboardMarkup {
  return { inline_keyboard: rows.filter((row) => row.length > 0).flatMap(readableRows) }
}

function readableRows(row: InlineButton[]): InlineButton[][] {
  const width = WIDTH_IN_ROW[row.length]
  return width === undefined || row.every(({ text }) => widthOf(text) <= width)
    ? [row]
    : inRows(row, Math.ceil(row.length / 2)).flatMap(readableRows)
}

/** In letters: a picture takes the place of two, a space or a sign half of one. */
function widthOf(label: string): number {
  return [...label].reduce((sum, one) => sum + widthOfOne(one), 0)
}

function widthOfOne(one: string): number {
  if (/[\uFE0F\u200D]/u.test(one)) return 0
  if (/\p{Extended_Pictographic}/u.test(one)) return 2
  return /[\p{L}\p{N}]/u.test(one) ? 1 : 0.5
}

/** Cuts a list into rows of `width`. */
export function inRows<T>(list: readonly T[], width: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / width) }, (_, row) =>
    list.slice(row * width, (row + 1) * width),
  )
}

/** The keyboard of the question for the phone number: Telegram itself asks before it shares the number. */
export function contactKeyboard(texts: Texts, isOptional: boolean): ReplyKeyboardMarkup {
  const skip = isOptional ? [{ text: texts.plain('contact-skip') }] : []
  return {
    keyboard: [
      [{ text: texts.plain('contact-share'), request_contact: true }],
      [...skip, { text: texts.plain('button-cancel') }],
    ],
    resize_keyboard: true,
    is_persistent: true,
  }
}

/** The keyboard under the input line, which is always there; admins have their panel on it, staff their schedule. */
export function mainMenu(texts: Texts, isAdmin: boolean, isStaff = false): ReplyKeyboardMarkup {
  return {
    keyboard: [
      [{ text: texts.plain('menu-book') }],
      [{ text: texts.plain('menu-my') }, { text: texts.plain('menu-about') }],
      ...(isStaff ? [[{ text: texts.plain('menu-my-schedule') }]] : []),
      ...(isAdmin ? [[{ text: texts.plain('menu-admin') }]] : []),
    ],
    resize_keyboard: true,
    is_persistent: true,
  }
}
