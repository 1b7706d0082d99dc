import type { Conversation } from './state.ts'
import type { Message } from './types.ts'

/** A conversation as plain text: who said what, buttons in brackets, answers to taps after an exclamation mark. */
export function renderTranscript(conversation: Conversation): string {
  const lines = conversation.messages.flatMap(renderMessage)
  const toast = conversation.toasts.at(-1)
  if (toast?.text) lines.push(`  ! ${toast.text}`)
  return `${lines.join('\n')}\n`
}

/** One message as lines of a transcript. */
export function renderMessage(message: Message): string[] {
  const who = message.from.is_bot ? 'bot' : message.from.first_name
  const body = contentOf(message).split('\n')
  const lines = body.map((line, index) => (index === 0 ? `${who}: ${line}` : `  ${line}`.trimEnd()))
  const markup = message.reply_markup
  if (markup && 'inline_keyboard' in markup) {
    for (const row of markup.inline_keyboard)
      lines.push(`  ${row.map((button) => `[${button.text}]`).join(' ')}`)
  }
  if (markup && 'keyboard' in markup) {
    for (const row of markup.keyboard) lines.push(`  ${row.map((button) => `{${button.text}}`).join(' ')}`)
  }
  return lines
}

function contentOf(message: Message): string {
  if (message.text !== undefined) return message.text
  if (message.document) return `(document ${message.document.file_name}) ${message.caption ?? ''}`.trimEnd()
  if (message.photo) return `(photo) ${message.caption ?? ''}`.trimEnd()
  if (message.sticker) return '(sticker)'
  return message.contact ? `(contact ${message.contact.phone_number})` : '(message)'
}
