import type { DialogueState, Effects, OutDocument, OutMessage } from './turn.ts'

/** Larger files do not belong into a row of the outbox. */
const FILE_BYTES_MAX = 1024 * 1024

/** A message as it goes into the outbox. */
export interface QueuedMessage {
  chatId: number
  kind: string
  method: 'sendMessage' | 'editMessageText' | 'sendDocument' | 'sendPhoto'
  payload: Record<string, unknown>
  repeatIfUnknown: boolean
}

/** What handlers have left behind. */
export interface Collected {
  messages: QueuedMessage[]
  toast: { text?: string; alert: boolean } | undefined
  /** Undefined: the dialogue stays as it is. */
  dialogue: DialogueState | null | undefined
}

/** Collects effects; nothing happens before the commit. */
export function collectEffects(): { effects: Effects; collected: Collected } {
  const collected: Collected = { messages: [], toast: undefined, dialogue: undefined }
  return {
    collected,
    effects: {
      send: (chatId, message) =>
        void collected.messages.push(
          message.photo === undefined
            ? queued('sendMessage', chatId, message)
            : queuedPhoto(chatId, { ...message, photo: message.photo }),
        ),
      edit: (chatId, messageId, message) =>
        void collected.messages.push(queued('editMessageText', chatId, message, { message_id: messageId })),
      sendDocument: (chatId, document) =>
        void collected.messages.push(queuedFile('sendDocument', chatId, document)),
      sendPhoto: (chatId, photo) => void collected.messages.push(queuedFile('sendPhoto', chatId, photo)),
      toast: (text, options) => {
        collected.toast = { ...(text === undefined ? {} : { text }), alert: options?.alert === true }
      },
      dialogue: (state) => {
        collected.dialogue = state
      },
    },
  }
}

function queued(
  method: 'sendMessage' | 'editMessageText',
  chatId: number,
  message: OutMessage,
  extra: Record<string, unknown> = {},
): QueuedMessage {
  return {
    chatId,
    kind: message.kind,
    method,
    repeatIfUnknown: message.repeatIfUnknown ?? true,
    payload: {
      chat_id: chatId,
      ...extra,
      text: message.html,
      parse_mode: 'HTML',
      link_preview_options: { is_disabled: true },
      ...(message.keyboard ? { reply_markup: message.keyboard } : {}),
    },
  }
}

function queuedPhoto(chatId: number, message: OutMessage & { photo: string }): QueuedMessage {
  return {
    chatId,
    kind: message.kind,
    method: 'sendPhoto',
    repeatIfUnknown: message.repeatIfUnknown ?? true,
    payload: {
      chat_id: chatId,
      photo: message.photo,
      caption: message.html,
      parse_mode: 'HTML',
      ...(message.keyboard ? { reply_markup: message.keyboard } : {}),
    },
  }
}

function queuedFile(
  method: 'sendDocument' | 'sendPhoto',
  chatId: number,
  { file, ...document }: OutDocument,
): QueuedMessage {
  if (file.content.length > FILE_BYTES_MAX)
    throw new Error(`${file.name} has ${file.content.length} bytes; at most ${FILE_BYTES_MAX} can be sent`)
  return {
    chatId,
    kind: document.kind,
    method,
    repeatIfUnknown: document.repeatIfUnknown ?? true,
    payload: {
      chat_id: chatId,
      caption: document.caption,
      parse_mode: 'HTML',
      [method === 'sendPhoto' ? 'photo' : 'document']: {
        name: file.name,
        base64: Buffer.from(file.content).toString('base64'),
      },
    },
  }
}
