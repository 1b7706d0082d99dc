import type { BotContext } from '../../runtime/turn.ts'

/** How the code of a one-time link stands behind /start; the rest of the 64 characters is the code itself. */
export const INVITE_PAYLOAD = /^i_([\w-]{22,62})$/

/** The address that opens an invite. */
export function inviteAddress({ turn }: BotContext, code: string): string {
  return `https://t.me/${turn.client.botInfo.username}?start=i_${code}`
}

/** By which Telegram asks to whom that address is to be sent. */
export function shareLink(address: string, words: string): string {
  return `https://t.me/share/url?url=${encodeURIComponent(address)}&text=${encodeURIComponent(words)}`
}
