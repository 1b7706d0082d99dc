/** The part of the Bot API's objects that the sandbox speaks. Names are Telegram's. */
export interface User {
  id: number
  is_bot: boolean
  first_name: string
  last_name?: string
  username?: string
  language_code?: string
}

export interface Entity {
  type: string
  offset: number
  length: number
  url?: string
  user?: User
  language?: string
}

export interface Chat {
  id: number
  type: 'private' | 'supergroup'
  title?: string
  first_name?: string
  last_name?: string
  username?: string
}

export interface InlineButton {
  text: string
  callback_data?: string
  url?: string
}

export interface InlineKeyboard {
  inline_keyboard: InlineButton[][]
}

export interface ReplyKeyboard {
  keyboard: { text: string; request_contact?: boolean }[][]
  is_persistent?: boolean
  resize_keyboard?: boolean
  one_time_keyboard?: boolean
}

export interface ReplyKeyboardRemove {
  remove_keyboard: true
}

export type ReplyMarkup = InlineKeyboard | ReplyKeyboard | ReplyKeyboardRemove

export interface Message {
  message_id: number
  from: User
  chat: Chat
  /** Seconds since 1970, as Telegram counts. */
  date: number
  edit_date?: number
  text?: string
  entities?: Entity[]
  caption?: string
  caption_entities?: Entity[]
  /** Smallest size first. */
  photo?: { file_id: string; file_unique_id: string; width: number; height: number; file_size: number }[]
  document?: {
    file_id: string
    file_unique_id: string
    file_name: string
    mime_type: string
    file_size: number
  }
  sticker?: {
    file_id: string
    file_unique_id: string
    type: 'regular'
    width: number
    height: number
    is_animated: false
    is_video: false
    emoji?: string
  }
  contact?: { phone_number: string; first_name: string; user_id?: number }
  reply_markup?: ReplyMarkup
}

export interface Update {
  update_id: number
  message?: Message
  callback_query?: { id: string; from: User; message: Message; chat_instance: string; data: string }
  my_chat_member?: {
    chat: Chat
    from: User
    date: number
    old_chat_member: { status: string; user: User }
    new_chat_member: { status: string; user: User }
  }
}
export type UpdateKind = Exclude<keyof Update, 'update_id'>

/** A refusal in the Bot API's own form. */
export class ApiError extends Error {
  readonly code: number
  readonly parameters: { retry_after?: number } | undefined

  constructor(code: number, description: string, parameters?: { retry_after?: number }) {
    super(description)
    this.code = code
    this.parameters = parameters
  }
}

/** 400 with Telegram's prefix. */
export function badRequest(description: string): ApiError {
  return new ApiError(400, `Bad Request: ${description}`)
}
