import { badRequest, type InlineButton, type ReplyMarkup } from './types.ts'

const CALLBACK_DATA_BYTES = 64
const BUTTONS_MAX = 100

/** Checks `reply_markup` as Telegram does; a JSON string is accepted too. */
export function parseReplyMarkup(raw: unknown): ReplyMarkup | undefined {
  if (raw === undefined || raw === null || raw === '') return undefined
  const markup = typeof raw === 'string' ? parseJson(raw) : raw
  if (!isRecord(markup)) throw badRequest("can't parse reply keyboard markup JSON object")
  if ('inline_keyboard' in markup) return { inline_keyboard: rows(markup['inline_keyboard'], inlineButton) }
  if ('keyboard' in markup) {
    const keyboard = rows(markup['keyboard'], (button) => {
      const text = typeof button === 'string' ? button : isRecord(button) ? button['text'] : undefined
      if (typeof text !== 'string' || text === '')
        throw badRequest('text buttons are unallowed in the inline keyboard')
      const contact = isRecord(button) && button['request_contact'] === true
      return contact ? { text, request_contact: true } : { text }
    })
    return {
      keyboard,
      is_persistent: markup['is_persistent'] === true,
      resize_keyboard: markup['resize_keyboard'] === true,
    }
  }
  if (markup['remove_keyboard'] === true) return { remove_keyboard: true }
  throw badRequest('object expected as reply markup')
}

function inlineButton(button: unknown): InlineButton {
  if (!isRecord(button) || typeof button['text'] !== 'string' || button['text'] === '') {
    throw badRequest('can\'t parse inline keyboard button: Field "text" must be of type String')
  }
  const { text, callback_data: data, url } = button
  if ((data === undefined) === (url === undefined))
    throw badRequest('text buttons are unallowed in the inline keyboard')
  if (typeof data === 'string') {
    const bytes = Buffer.byteLength(data)
    if (bytes < 1 || bytes > CALLBACK_DATA_BYTES) throw badRequest('BUTTON_DATA_INVALID')
    return { text, callback_data: data }
  }
  if (typeof url !== 'string' || !/^(https?|tg):\/\/\S+$/.test(url)) throw badRequest('BUTTON_URL_INVALID')
  return { text, url }
}

function rows<T>(value: unknown, button: (raw: unknown) => T): T[][] {
  if (!Array.isArray(value)) throw badRequest('field "keyboard" must be of type Array')
  const keyboard = value.map((row) => {
    if (!Array.isArray(row)) throw badRequest('field "keyboard" must be an Array of Arrays')
    return row.map(button)
  })
  if (keyboard.flat().length > BUTTONS_MAX) throw badRequest('REPLY_MARKUP_TOO_LONG')
  return keyboard
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw badRequest("can't parse reply keyboard markup JSON object")
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
