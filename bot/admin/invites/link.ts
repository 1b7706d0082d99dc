import type { BotContext } from '../../runtime/turn.ts'

/** How the code of a one-time link stands behind /start; the rest of the 64 characters is the code itself. */
export const INVITE_PAYLOAD = /^i_([\w-]{22,62})$/

/** The address that opens an invite, and the one by which Telegram asks to whom it is to be sent. */
export function inviteLink(
  { turn }: BotContext,
  code: string,
  words: string,
): { address: string; share: string } {
  const address = `https://t.me/${turn.client.botInfo.username}?start=i_${code}`
  const share = `https://t.me/share/url?url=${encodeURIComponent(address)}&text=${encodeURIComponent(words)}`
  return { address, share }
}
