import { Redis } from 'ioredis'
import type { Logger } from 'pino'
import type { Bucket } from '../domain/rate-limit.ts'
import type { DialogueState } from '../runtime/turn.ts'
import { redisKeys } from './keys.ts'

/** A dialogue that nobody touched for so long is forgotten. */
const DIALOGUE_TTL_SECONDS = 24 * 3600
const RATE_TTL_SECONDS = 60
/** A disk that is slow to take Redis' log makes Redis wait, for a second or two: no reason to forget a dialogue. */
const COMMAND_TIMEOUT_MS = 3_000
const CONNECT_TIMEOUT_MS = 1_000

export type RateKind = 'message' | 'callback'

/**
 * A client's dialogues and rate buckets in Redis. Nothing here may fail a booking: while Redis is away, reads give
 * undefined and writes are dropped; the log says so once, and once again when it is back.
 */
export interface Sessions {
  readDialogue(userId: number): Promise<DialogueState | undefined>
  writeDialogue(userId: number, state: DialogueState | null): Promise<void>
  readBucket(userId: number, kind: RateKind): Promise<Bucket | undefined>
  writeBucket(userId: number, kind: RateKind, bucket: Bucket): Promise<void>
  /** True when Redis answers now. */
  ping(): Promise<boolean>
  close(): Promise<void>
}

export interface SessionsOptions {
  host: string
  port: number
  db: number
  username?: string
  password?: string
  keyPrefix: string
  log: Logger
}

export function createSessions({ keyPrefix, log, ...server }: SessionsOptions): Sessions {
  const keys = redisKeys(keyPrefix)
  let lost = false
  const redis = new Redis({
    ...server,
    // The bot's ACL user may not call INFO, which the ready check uses.
    enableReadyCheck: false,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: COMMAND_TIMEOUT_MS,
    connectTimeout: CONNECT_TIMEOUT_MS,
    retryStrategy: (times) => Math.min(times * 200, 2_000),
  })
  redis.on('error', (error: Error) => outage(error))
  redis.on('ready', () => {
    if (lost) log.info({ event: 'redis_back' })
    lost = false
  })

  function outage(error: unknown): void {
    if (!lost)
      log.warn({ event: 'redis_lost', reason: error instanceof Error ? error.message : String(error) })
    lost = true
  }

  async function attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work()
    } catch (error) {
      outage(error)
      return undefined
    }
  }

  return {
    async readDialogue(userId) {
      return parseDialogue((await attempt(() => redis.get(keys.dialogue(userId)))) ?? undefined)
    },
    async writeDialogue(userId, state) {
      const key = keys.dialogue(userId)
      await attempt<unknown>(() =>
        state ? redis.set(key, JSON.stringify(state), 'EX', DIALOGUE_TTL_SECONDS) : redis.unlink(key),
      )
    },
    async readBucket(userId, kind) {
      const text = await attempt(() => redis.get(keys.rate(userId, kind)))
      return text ? (JSON.parse(text) as Bucket) : undefined
    },
    async writeBucket(userId, kind, bucket) {
      await attempt(() => redis.set(keys.rate(userId, kind), JSON.stringify(bucket), 'EX', RATE_TTL_SECONDS))
    },
    ping: async () => (await attempt(() => redis.ping())) === 'PONG',
    async close() {
      redis.disconnect()
    },
  }
}

/** A state of another version, or none at all, restarts the dialogue kindly. */
function parseDialogue(text: string | undefined): DialogueState | undefined {
  if (!text) return undefined
  const state = JSON.parse(text) as Partial<DialogueState>
  return state.v === 1 && typeof state.screen === 'string' ? (state as DialogueState) : undefined
}
