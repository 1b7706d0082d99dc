import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import type { ClientHealth } from '../contract/health.ts'
import { reasonOf } from '../log.ts'
import type { Database } from '../storage/database.ts'
import type { Sessions } from '../storage/sessions.ts'
import { beat, type Pulse } from './heartbeat.ts'
import type { Metrics } from './metrics.ts'
import { pause } from './pause.ts'

const BEAT_MS = 5_000
/** While something is away, so that its return is noticed soon. */
const BEAT_NOT_READY_MS = 1_000

interface Reached {
  database: boolean
  redis: boolean
  telegram: boolean
  otherPoller: boolean
}

/** What a client's bot reaches now: told in the log, in the metrics and in its row of fleet.heartbeats. */
export interface Readiness {
  readonly reason: ClientHealth['reason']
  readonly lastUpdateAt: Date | undefined
  changed(what: Partial<Reached>): void
  knownAs(username: string): void
  worked(updateId: number): void
  /** Beats until the runtime ends. */
  beatForEver(): Promise<void>
  /** The last beat, which says that the bot has stopped. */
  beatLast(): Promise<void>
}

export interface ReadinessOptions {
  clientId: string
  botId: number
  version: string
  db: Database
  sessions: Sessions
  log: Logger
  metrics: Metrics
  now: () => number
  /** Aborted when the runtime ends. */
  signal: AbortSignal
}

export function watchReadiness(options: ReadinessOptions): Readiness {
  const { clientId, db, sessions, log, metrics, now, signal } = options
  const reached: Reached = { database: false, redis: false, telegram: false, otherPoller: false }
  const pulse: Pulse = {
    clientId,
    botId: options.botId,
    botUsername: undefined,
    instance: randomUUID(),
    version: options.version,
    startedAt: new Date(now()),
    readyAt: undefined,
    reason: 'starting',
    lastUpdateId: undefined,
    lastUpdateAt: undefined,
  }

  function reasonNow(): ClientHealth['reason'] {
    if (signal.aborted) return 'stopping'
    if (!reached.database) return 'database'
    if (!reached.redis) return 'redis'
    if (reached.otherPoller) return 'other-poller'
    return reached.telegram ? undefined : 'telegram'
  }

  /** Beats out of turn whenever readiness has changed. */
  function changed(what: Partial<Reached>): void {
    Object.assign(reached, what)
    const reason = reasonNow()
    if (reason === pulse.reason) return
    if (reason === undefined) {
      pulse.readyAt ??= new Date(now())
      log.info({ event: 'bot_ready' })
    } else log.warn({ event: 'bot_not_ready', reason })
    pulse.reason = reason
    metrics.ready.set({ client: clientId }, reason === undefined ? 1 : 0)
    void beatInTurn()
  }

  let lastBeat = Promise.resolve()

  /** One after the other: of two that race over two connections, the older state could be written last. */
  function beatInTurn(): Promise<void> {
    lastBeat = lastBeat.then(beatOnce)
    return lastBeat
  }

  async function beatOnce(): Promise<void> {
    try {
      await beat(db, pulse)
      changed({ database: true })
    } catch (error) {
      log.debug({ event: 'heartbeat_lost', reason: reasonOf(error) })
      changed({ database: false })
    }
  }

  return {
    get reason() {
      return pulse.reason
    },
    get lastUpdateAt() {
      return pulse.lastUpdateAt
    },
    changed,
    knownAs(username) {
      pulse.botUsername = username
    },
    worked(updateId) {
      pulse.lastUpdateId = updateId
      pulse.lastUpdateAt = new Date(now())
    },
    async beatForEver() {
      while (!signal.aborted) {
        changed({ redis: await sessions.ping() })
        await beatInTurn()
        await pause(pulse.reason === undefined ? BEAT_MS : BEAT_NOT_READY_MS, signal)
      }
    },
    async beatLast() {
      pulse.reason = 'stopping'
      metrics.ready.set({ client: clientId }, 0)
      await lastBeat
      await beat(db, pulse, true).catch((error: unknown) =>
        log.debug({ event: 'heartbeat_lost', reason: reasonOf(error) }),
      )
    },
  }
}
