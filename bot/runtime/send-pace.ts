import { type Bucket, type BucketRules, takeToken } from '../domain/rate-limit.ts'
import { pause } from './pause.ts'

/** Telegram asks for at most 30 messages a second by a bot, about one a second to a chat, 20 a minute to a group. */
const PER_BOT: BucketRules = { perTokenMs: 40, burst: 25 }
const PER_CHAT: BucketRules = { perTokenMs: 1_000, burst: 5 }
const PER_GROUP: BucketRules = { perTokenMs: 3_000, burst: 5 }
/** Messages to many people at once leave room for the others, which wait for nobody. */
const BULK: BucketRules = { perTokenMs: 50, burst: 5 }
export const BULK_PER_SECOND = 1_000 / BULK.perTokenMs
const CHATS_MAX = 10_000
const CHAT_PAUSE_MS = 200

/** Keeps one bot within Telegram's limits. `nowMs` is a clock that never jumps. */
export function createPace(nowMs: () => number = () => performance.now()) {
  const chats = new Map<number, Bucket>()
  let bot: Bucket | undefined
  let bulk: Bucket | undefined
  let noBulkBefore = 0
  return {
    /** Telegram has asked for a pause: messages to many people are the ones that can make it. */
    holdBulk(ms: number): void {
      noBulkBefore = Math.max(noBulkBefore, nowMs() + ms)
    },
    /** Resolves when a message to this chat may be sent; at once when `signal` aborts. */
    async waitForTurn(
      chatId: number,
      signal: AbortSignal,
      { isBulk = false }: { isBulk?: boolean } = {},
    ): Promise<void> {
      const chatRules = chatId < 0 ? PER_GROUP : PER_CHAT
      while (!signal.aborted) {
        const now = nowMs()
        const forBot = takeToken(bot, PER_BOT, now)
        const forChat = takeToken(chats.get(chatId), chatRules, now)
        const forBulk = isBulk ? takeToken(bulk, BULK, now) : undefined
        const bulkAllowed = forBulk === undefined || (forBulk.allowed && now >= noBulkBefore)
        if (forBot.allowed && forChat.allowed && bulkAllowed) {
          bot = forBot.bucket
          if (forBulk) bulk = forBulk.bucket
          if (chats.size >= CHATS_MAX) chats.clear()
          chats.set(chatId, forChat.bucket)
          return
        }
        await pause(forChat.allowed ? PER_BOT.perTokenMs : CHAT_PAUSE_MS, signal)
      }
    },
  }
}
