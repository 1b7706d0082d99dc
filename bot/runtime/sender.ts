import { setTimeout as sleep } from 'node:timers/promises'
import { type Bucket, type BucketRules, takeToken } from '../domain/rate-limit.ts'
import { reasonOf } from '../log.ts'
import { claimDue, type OutboxRow, pruneFinished, recoverAbandoned } from './outbox.ts'
import { type SendState, sendRow } from './send-row.ts'
import type { ClientContext } from './turn.ts'

/** Telegram asks for at most 30 messages a second by a bot, about one a second to a chat, 20 a minute to a group. */
const PER_BOT: BucketRules = { perTokenMs: 40, burst: 25 }
const PER_CHAT: BucketRules = { perTokenMs: 1_000, burst: 5 }
const PER_GROUP: BucketRules = { perTokenMs: 3_000, burst: 5 }
const BATCH = 25
const SWEEP_MS = 1_000
const PRUNE_MS = 3_600_000
const FLUSH_MS = 5_000

export interface Sender {
  /** There is something new to send. */
  kick(): void
  /** Sends what is due, for some seconds at most, and ends. */
  stop(): Promise<void>
}

/** Sends one client's outbox: at once when kicked, and every second what has become due. */
export function startSender(client: ClientContext, onSent: (state: SendState) => void): Sender {
  const { db, log } = client
  const chats = new Map<number, Bucket>()
  const giveUp = new AbortController()
  let bot: Bucket | undefined
  let stopping = false
  let wake: (() => void) | undefined
  let kicked = true

  async function run(): Promise<void> {
    let recovered = false
    let prunedAt = 0
    while (!stopping || kicked) {
      kicked = false
      try {
        if (!recovered) await recoverAbandoned(db, client.clientId, true)
        recovered = true
        await sendDue()
        if (client.now() - prunedAt > PRUNE_MS) {
          await recoverAbandoned(db, client.clientId, false)
          await pruneFinished(db, client.clientId)
          prunedAt = client.now()
        }
      } catch (error) {
        log.warn({ event: 'outbox_waits', reason: reasonOf(error) })
      }
      if (giveUp.signal.aborted) return
      if (!kicked && !stopping) await pause()
    }
  }

  /** Until nothing is due; each round sends at most one message to a chat. */
  async function sendDue(): Promise<void> {
    for (;;) {
      const rows = await claimDue(db, client.clientId, BATCH)
      if (rows.length === 0) return
      const results = await Promise.allSettled(rows.map(sendInTurn))
      const broken = results.find((result) => result.status === 'rejected')
      // The database is away: the claimed rows are taken up by recoverAbandoned.
      if (broken) throw broken.reason
      if (giveUp.signal.aborted) return
    }
  }

  async function sendInTurn(row: OutboxRow): Promise<void> {
    await waitForTurn(row.chat_id)
    onSent(await sendRow(client, row, giveUp.signal))
  }

  async function waitForTurn(chatId: number): Promise<void> {
    const chatRules = chatId < 0 ? PER_GROUP : PER_CHAT
    for (;;) {
      const now = client.now()
      const forBot = takeToken(bot, PER_BOT, now)
      const forChat = takeToken(chats.get(chatId), chatRules, now)
      if (forBot.allowed && forChat.allowed) {
        bot = forBot.bucket
        chats.set(chatId, forChat.bucket)
        if (chats.size > 10_000) chats.clear()
        return
      }
      await sleep(forChat.allowed ? PER_BOT.perTokenMs : 200)
    }
  }

  function pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, SWEEP_MS)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  const running = run()
  return {
    kick() {
      kicked = true
      wake?.()
    },
    async stop() {
      stopping = true
      kicked = true
      wake?.()
      const timer = setTimeout(() => giveUp.abort(), FLUSH_MS)
      await running
      clearTimeout(timer)
    },
  }
}
