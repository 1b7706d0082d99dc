import { parseHtml } from '../html-entities.ts'
import { parseReplyMarkup } from '../markup.ts'
import type { Conversation } from '../state.ts'
import { ApiError, badRequest, type Entity, type Message, type ReplyMarkup } from '../types.ts'
import { integer, type Method, type MethodCall, text } from './params.ts'

const TEXT_MAX = 4096
const CAPTION_MAX = 1024
const DELETE_WINDOW_SECONDS = 48 * 3600

/** The chat that a bot may write to now, or Telegram's reason why not. */
function writableConversation({ bot, params }: MethodCall): Conversation {
  const id = integer(params, 'chat_id')
  if (id === undefined) throw badRequest('chat_id is empty')
  const conversation = bot.conversations.get(id)
  if (!conversation?.started) throw badRequest('chat not found')
  if (conversation.blocked) throw new ApiError(403, 'Forbidden: bot was blocked by the user')
  return conversation
}

function formatted(
  params: Record<string, unknown>,
  field: 'text' | 'caption',
  max: number,
): { text: string; entities?: Entity[] } {
  const source = text(params, field) ?? ''
  const mode = text(params, 'parse_mode')?.toLowerCase()
  if (mode !== undefined && mode !== '' && mode !== 'html') {
    throw badRequest(`the sandbox knows parse_mode HTML only, not ${mode}`)
  }
  const parsed = mode === 'html' ? parseHtml(source) : { text: source, entities: [] }
  const trimmed = parsed.text.trimEnd()
  if (trimmed.length > max)
    throw badRequest(field === 'text' ? 'message is too long' : 'message caption is too long')
  return parsed.entities.length > 0 ? { text: trimmed, entities: parsed.entities } : { text: trimmed }
}

/** A persistent keyboard belongs to the chat, an inline one to its message. */
function applyReplyKeyboard(conversation: Conversation, markup: ReplyMarkup | undefined): void {
  if (!markup) return
  if ('inline_keyboard' in markup) return
  const rows = 'keyboard' in markup ? markup.keyboard : []
  conversation.replyKeyboard = rows.map((row) => row.map((button) => button.text))
  conversation.contactLabels = rows.flat().flatMap((button) => (button.request_contact ? [button.text] : []))
}

export const sendMessage: Method = (call) => {
  const conversation = writableConversation(call)
  const content = formatted(call.params, 'text', TEXT_MAX)
  if (content.text.trim() === '') throw badRequest('message text is empty')
  const markup = parseReplyMarkup(call.params['reply_markup'])
  applyReplyKeyboard(conversation, markup)
  return call.state.addMessage(conversation, {
    from: call.bot.user,
    ...content,
    ...(markup ? { reply_markup: markup } : {}),
  })
}

/** A PNG picture that is uploaded, or a photo that this bot knows by its file_id. */
export const sendPhoto: Method = (call) => {
  const conversation = writableConversation(call)
  const photo = photoOf(call)
  const markup = parseReplyMarkup(call.params['reply_markup'])
  const caption = formatted(call.params, 'caption', CAPTION_MAX)
  applyReplyKeyboard(conversation, markup)
  return call.state.addMessage(conversation, {
    from: call.bot.user,
    photo: [photo],
    ...(caption.text ? { caption: caption.text } : {}),
    ...(caption.entities ? { caption_entities: caption.entities } : {}),
    ...(markup ? { reply_markup: markup } : {}),
  })
}

function photoOf(call: MethodCall): NonNullable<Message['photo']>[number] {
  const uploaded = call.files.get('photo')
  if (!uploaded) {
    const id = text(call.params, 'photo') ?? ''
    const known = call.bot.files.get(id)
    if (known?.type !== 'image/jpeg') throw badRequest('wrong file identifier/HTTP URL specified')
    return { file_id: id, file_unique_id: id, width: 800, height: 600, file_size: known.content.length }
  }
  const size = pngSize(uploaded.content)
  if (!size) throw badRequest('PHOTO_INVALID_DIMENSIONS')
  const id = `file_${call.bot.user.id}_${call.bot.files.size + 1}`
  call.bot.files.set(id, uploaded)
  return { file_id: id, file_unique_id: id, ...size, file_size: uploaded.content.length }
}

/** Width and height of a PNG picture; undefined for anything else, and for what Telegram finds too large. */
function pngSize(content: Buffer): { width: number; height: number } | undefined {
  if (content.length < 24 || content.toString('latin1', 1, 4) !== 'PNG') return undefined
  const [width, height] = [content.readUInt32BE(16), content.readUInt32BE(20)]
  return width + height > 10_000 || Math.max(width, height) > 20 * Math.min(width, height)
    ? undefined
    : { width, height }
}

export const sendDocument: Method = (call) => {
  const conversation = writableConversation(call)
  const file = call.files.get('document')
  if (!file) throw badRequest('there is no document in the request')
  const markup = parseReplyMarkup(call.params['reply_markup'])
  const caption = formatted(call.params, 'caption', CAPTION_MAX)
  applyReplyKeyboard(conversation, markup)
  const id = `file_${call.bot.user.id}_${call.bot.files.size + 1}`
  call.bot.files.set(id, file)
  return call.state.addMessage(conversation, {
    from: call.bot.user,
    document: {
      file_id: id,
      file_unique_id: id,
      file_name: file.name,
      mime_type: file.type,
      file_size: file.content.length,
    },
    ...(caption.text ? { caption: caption.text } : {}),
    ...(caption.entities ? { caption_entities: caption.entities } : {}),
    ...(markup ? { reply_markup: markup } : {}),
  })
}

function ownMessage(call: MethodCall, conversation: Conversation, what: 'edit' | 'delete'): Message {
  const id = integer(call.params, 'message_id')
  const message = conversation.messages.find((candidate) => candidate.message_id === id)
  if (!message) throw badRequest(`message to ${what} not found`)
  if (message.from.id !== call.bot.user.id)
    throw badRequest(`message can't be ${what === 'edit' ? 'edited' : 'deleted'}`)
  return message
}

function inlineOnly(markup: ReplyMarkup | undefined): ReplyMarkup | undefined {
  if (markup && !('inline_keyboard' in markup)) throw badRequest('inline keyboard expected')
  return markup
}

const NOT_MODIFIED =
  'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message'

export const editMessageText: Method = (call) => {
  const conversation = writableConversation(call)
  const message = ownMessage(call, conversation, 'edit')
  if (message.text === undefined) throw badRequest('there is no text in the message to edit')
  const content = formatted(call.params, 'text', TEXT_MAX)
  if (content.text.trim() === '') throw badRequest('message text is empty')
  const markup = inlineOnly(parseReplyMarkup(call.params['reply_markup']))
  const before = JSON.stringify([message.text, message.entities ?? [], message.reply_markup ?? null])
  if (JSON.stringify([content.text, content.entities ?? [], markup ?? null]) === before)
    throw badRequest(NOT_MODIFIED)
  delete message.entities
  delete message.reply_markup
  Object.assign(message, content, markup ? { reply_markup: markup } : {}, { edit_date: call.state.seconds() })
  call.state.changed(conversation)
  return message
}

export const editMessageReplyMarkup: Method = (call) => {
  const conversation = writableConversation(call)
  const message = ownMessage(call, conversation, 'edit')
  const markup = inlineOnly(parseReplyMarkup(call.params['reply_markup']))
  if (JSON.stringify(markup ?? null) === JSON.stringify(message.reply_markup ?? null))
    throw badRequest(NOT_MODIFIED)
  delete message.reply_markup
  if (markup) message.reply_markup = markup
  call.state.changed(conversation)
  return message
}

export const deleteMessage: Method = (call) => {
  const conversation = writableConversation(call)
  const message = ownMessage(call, conversation, 'delete')
  if (call.state.seconds() - message.date > DELETE_WINDOW_SECONDS)
    throw badRequest("message can't be deleted")
  conversation.messages.splice(conversation.messages.indexOf(message), 1)
  call.state.changed(conversation)
  return true
}

export const sendChatAction: Method = (call) => {
  writableConversation(call)
  if (!text(call.params, 'action')) throw badRequest('wrong parameter action in request')
  return true
}

export const getChat: Method = (call) => {
  const id = integer(call.params, 'chat_id')
  const conversation = id === undefined ? undefined : call.bot.conversations.get(id)
  if (!conversation) throw badRequest('chat not found')
  return { ...conversation.chat, accent_color_id: 0, max_reaction_count: 11 }
}

export const answerCallbackQuery: Method = (call) => {
  const query = call.bot.queries.get(text(call.params, 'callback_query_id') ?? '')
  const age = query ? call.state.clock().getTime() - query.createdAt : Number.POSITIVE_INFINITY
  if (!query || query.answered || age > call.state.queryLifetimeMs) {
    throw badRequest('query is too old and response timeout expired or query ID is invalid')
  }
  const answer = text(call.params, 'text') ?? ''
  if (answer.length > 200) throw badRequest('MESSAGE_TOO_LONG')
  query.answered = true
  const { show_alert: alert } = call.params
  query.conversation.toasts.push({
    queryId: query.id,
    text: answer,
    alert: alert === true || alert === 'true',
  })
  if (query.conversation.toasts.length > 100) query.conversation.toasts.shift()
  call.state.changed(query.conversation)
  return true
}
