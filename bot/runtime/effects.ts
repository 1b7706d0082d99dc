import type { DialogueState, Effects, OutMessage } from './turn.ts'

/** A message as it goes into the outbox. */
export interface QueuedMessage {
  chatId: number
  kind: string
  method: 'sendMessage' | 'editMessageText'
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
      send: (chatId, message) => void collected.messages.push(queued('sendMessage', chatId, message)),
      edit: (chatId, messageId, message) =>
        void collected.messages.push(queued('editMessageText', chatId, message, { message_id: messageId })),
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
  method: QueuedMessage['method'],
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
