import { parseHtml } from './html-entities.ts'
import type { BotState, Conversation, SandboxState } from './state.ts'
import { badRequest, type Entity, type InlineButton, type Message, type User } from './types.ts'

/** What a person does in Telegram. Each action becomes the updates that Telegram would send to the bot. */
export interface Actor {
  state: SandboxState
  bot: BotState
  user: User
}

/** Writes a text, in the private chat or in a group. Commands get their entity, as from a real client. */
export function writeText(actor: Actor, text: string, group?: { id: number; title: string }): Message {
  if (text === '' || text.length > 4096) throw badRequest('a message has 1 to 4096 characters')
  const entities: Entity[] = [...text.matchAll(/(?<=^|\s)\/[A-Za-z0-9_]{1,32}(?:@\w+)?/g)].map((found) => ({
    type: 'bot_command',
    offset: found.index,
    length: found[0].length,
  }))
  return deliver(actor, { text, ...(entities.length > 0 ? { entities } : {}) }, group)
}

export function sendSticker(actor: Actor): Message {
  const file = { file_id: 'sticker-1', file_unique_id: 'sticker-1' }
  return deliver(actor, {
    sticker: {
      ...file,
      type: 'regular',
      width: 512,
      height: 512,
      is_animated: false,
      is_video: false,
      emoji: '👋',
    },
  })
}

/** Sends a photo; a caption is written in Telegram's HTML, as a client's menu would format it. */
export function sendPhoto(actor: Actor, captionHtml: string): Message {
  const { bot } = actor
  const caption = parseHtml(captionHtml)
  const id = `photo_${bot.user.id}_${bot.files.size + 1}`
  const content = Buffer.from('a photo')
  bot.files.set(id, { name: 'photo.jpg', type: 'image/jpeg', content })
  return deliver(actor, {
    photo: [{ file_id: id, file_unique_id: id, width: 800, height: 600, file_size: content.length }],
    ...(caption.text ? { caption: caption.text } : {}),
    ...(caption.entities.length > 0 ? { caption_entities: caption.entities } : {}),
  })
}

export function shareContact(actor: Actor, phone: string): Message {
  return deliver(actor, {
    contact: { phone_number: phone, first_name: actor.user.first_name, user_id: actor.user.id },
  })
}

function deliver(
  { state, bot, user }: Actor,
  content: Partial<Message>,
  group?: { id: number; title: string },
): Message {
  const conversation = group
    ? state.conversationWith(bot, { id: group.id, type: 'supergroup', title: group.title })
    : state.conversation(bot, user)
  if (conversation.blocked) throw badRequest('this user has blocked the bot')
  conversation.started = true
  const message = state.addMessage(conversation, { from: user, ...content })
  state.pushUpdate(bot, 'message', { message })
  return message
}

/** Which button is tapped: by its label or its exact data; `forge` taps data that no button carries. */
export interface Tap {
  label?: string | undefined
  data?: string | undefined
  messageId?: number | undefined
  forge?: boolean | undefined
}

/** Taps an inline button; answers with the id of the callback query. Of several messages the newest is meant. */
export function tapButton({ state, bot, user }: Actor, tap: Tap): string {
  const conversation = state.conversation(bot, user)
  if (conversation.blocked) throw badRequest('this user has blocked the bot')
  const candidates = conversation.messages.filter(
    (message) =>
      message.from.id === bot.user.id &&
      (tap.messageId === undefined || message.message_id === tap.messageId),
  )
  const { message, data } = tap.forge ? forged(candidates, tap) : findButton(candidates, tap)
  const query = state.openQuery(bot, conversation)
  state.pushUpdate(bot, 'callback_query', {
    callback_query: {
      id: query.id,
      from: user,
      message: structuredClone(message),
      chat_instance: String(user.id),
      data,
    },
  })
  return query.id
}

function forged(candidates: readonly Message[], tap: Tap): { message: Message; data: string } {
  const message = candidates.at(-1)
  if (!message || tap.data === undefined) throw badRequest('a forged tap needs a message of the bot and data')
  return { message, data: tap.data }
}

function findButton(candidates: readonly Message[], tap: Tap): { message: Message; data: string } {
  for (const message of candidates.toReversed()) {
    const button = inlineButtons(message).find((b) =>
      tap.label === undefined ? b.callback_data === tap.data : b.text === tap.label,
    )
    if (button?.callback_data !== undefined) return { message, data: button.callback_data }
  }
  const offered = candidates
    .toReversed()
    .flatMap(inlineButtons)
    .map((button) => button.text)
  throw badRequest(
    `no such button: ${tap.label ?? tap.data ?? '(none named)'}; offered: ${offered.slice(0, 40).join(' | ')}`,
  )
}

export function inlineButtons(message: Message): InlineButton[] {
  const markup = message.reply_markup
  return markup && 'inline_keyboard' in markup ? markup.inline_keyboard.flat() : []
}

/** Blocks or unblocks the bot; it hears of it by my_chat_member. */
export function setBlocked({ state, bot, user }: Actor, blocked: boolean): void {
  const conversation: Conversation = state.conversation(bot, user)
  if (conversation.blocked === blocked) return
  conversation.blocked = blocked
  const member = (status: string) => ({ status, user: bot.user })
  state.pushUpdate(bot, 'my_chat_member', {
    my_chat_member: {
      chat: conversation.chat,
      from: user,
      date: state.seconds(),
      old_chat_member: member(blocked ? 'member' : 'kicked'),
      new_chat_member: member(blocked ? 'kicked' : 'member'),
    },
  })
  state.changed(conversation)
}
