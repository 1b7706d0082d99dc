import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { GrammyError, type MiddlewareFn } from 'grammy'
import type { Update, UserFromGetMe } from 'grammy/types'
import type { Logger } from 'pino'
import { botProfile } from '../booking/profile.ts'
import type { BotConfig } from '../config.ts'
import type { ClientHealth } from '../contract/health.ts'
import { reasonOf } from '../log.ts'
import { createDatabase, isOutage } from '../storage/database.ts'
import { createSessions } from '../storage/sessions.ts'
import { readSettings } from '../storage/settings.ts'
import { createApis } from '../telegram/api.ts'
import { beat, type Pulse } from './heartbeat.ts'
import { inOrder } from './in-order.ts'
import type { Metrics } from './metrics.ts'
import { poll, TokenError } from './poller.ts'
import { checkSchema } from './schema-check.ts'
import { type Sender, startSender } from './sender.ts'
import type { BotContext, ClientContext } from './turn.ts'
import { orderKey, prepareUpdate, type Worked, workUpdate } from './work-update.ts'

const BEAT_MS = 5_000
const RETRY_MS = 1_000
/** Telegram is asked at least this often, so a poll that is older means a hanging loop. */
const DEAD_POLL_MS = 180_000

export interface HostOptions {
  log: Logger
  metrics: Metrics
  features: MiddlewareFn<BotContext>
  version: string
  now: () => number
}

/** One client at work. */
export interface HostedClient {
  readonly clientId: string
  health(): ClientHealth & { alive: boolean }
  /** Rejects when this client cannot go on (SchemaError, TokenError); resolves after `stop`. */
  readonly finished: Promise<void>
  stop(): Promise<void>
}

/** Starts one client's bot: schema, Telegram, polling, outbox, heartbeat. Waits out every outage. */
export function hostClient(config: BotConfig, options: HostOptions): HostedClient {
  const { clientId } = config
  const { metrics, now } = options
  const log = options.log.child({ client: clientId, bot: config.botId })
  const db = createDatabase({
    connectionString: config.databaseUrl,
    maxConnections: config.poolMaxSize,
    applicationName: `bot/${clientId}`,
    log,
  })
  const sessions = createSessions({ ...config.redis, log })
  const { api, poll: pollApi } = createApis(config.token, config.telegram)
  const stopping = new AbortController()
  const { signal } = stopping
  const reached = { database: false, redis: false, telegram: false }
  const pulse: Pulse = {
    clientId,
    botId: config.botId,
    botUsername: undefined,
    instance: randomUUID(),
    version: options.version,
    startedAt: new Date(now()),
    readyAt: undefined,
    reason: 'starting',
    lastUpdateId: undefined,
    lastUpdateAt: undefined,
  }
  let otherPoller = false
  let lastPollAt = now()

  function reasonNow(): ClientHealth['reason'] {
    if (signal.aborted) return 'stopping'
    if (!reached.database) return 'database'
    if (!reached.redis) return 'redis'
    if (otherPoller) return 'other-poller'
    return reached.telegram ? undefined : 'telegram'
  }

  /** Writes the heartbeat whenever readiness has changed. */
  function changed(what: Partial<typeof reached>): void {
    Object.assign(reached, what)
    const reason = reasonNow()
    if (reason === pulse.reason) return
    if (reason === undefined) {
      pulse.readyAt ??= new Date(now())
      log.info({ event: 'bot_ready' })
    } else log.warn({ event: 'bot_not_ready', reason })
    pulse.reason = reason
    metrics.ready.set({ client: clientId }, reason === undefined ? 1 : 0)
    void writeBeat()
  }

  async function writeBeat(stopped = false): Promise<void> {
    try {
      await beat(db, pulse, stopped)
      changed({ database: true })
    } catch (error) {
      log.debug({ event: 'heartbeat_lost', reason: reasonOf(error) })
      changed({ database: false })
    }
  }

  async function beatForEver(): Promise<void> {
    while (!signal.aborted) {
      changed({ redis: await sessions.ping() })
      await writeBeat()
      await sleep(BEAT_MS, undefined, { signal }).catch(() => undefined)
    }
  }

  /** Repeats `work` while what it needs is away. Undefined: the runtime ended first. */
  async function outlast<T>(
    what: string,
    away: (error: unknown) => boolean,
    work: () => Promise<T>,
  ): Promise<T | undefined> {
    for (let attempt = 1; !signal.aborted; attempt++) {
      try {
        return await work()
      } catch (error) {
        if (!away(error)) throw error
        if (attempt === 1 || attempt % 30 === 0)
          log.warn({ event: `${what}_lost`, attempt, reason: reasonOf(error) })
        if (what === 'database') changed({ database: false })
        await sleep(RETRY_MS, undefined, { signal }).catch(() => undefined)
      }
    }
    return undefined
  }

  async function askWhoIAm(): Promise<UserFromGetMe | undefined> {
    const away = (error: unknown) => {
      const code = error instanceof GrammyError ? error.error_code : undefined
      if (code === 401 || code === 404) throw new TokenError(reasonOf(error))
      return true
    }
    return outlast('telegram', away, () => api.getMe(signal as never))
  }

  async function handle(client: ClientContext, sender: Sender, update: Update): Promise<void> {
    const prepared = await prepareUpdate(client, update, config.rates)
    const worked = await outlast('database', isOutage, () =>
      db.transaction((tx) => workUpdate(client, tx, update, prepared, options.features)),
    )
    if (!worked) return
    changed({ database: true })
    metrics.updates.inc({ client: clientId, outcome: worked.outcome })
    pulse.lastUpdateId = update.update_id
    pulse.lastUpdateAt = new Date(now())
    if (worked.outcome === 'seen') return
    sender.kick()
    await afterCommit(client, update, worked)
  }

  /** What may be lost: the dialogue state costs a restarted dialogue, the answer to a tap a spinning button. */
  async function afterCommit(client: ClientContext, update: Update, { collected }: Worked): Promise<void> {
    const from = update.message?.from ?? update.callback_query?.from
    if (from && collected.dialogue !== undefined) await sessions.writeDialogue(from.id, collected.dialogue)
    if (!update.callback_query) return
    const { toast } = collected
    client.api
      .answerCallbackQuery(update.callback_query.id, {
        ...(toast?.text === undefined ? {} : { text: toast.text }),
        show_alert: toast?.alert ?? false,
      })
      .catch((error: unknown) => log.debug({ event: 'tap_not_answered', reason: reasonOf(error) }))
  }

  async function showProfile(): Promise<void> {
    try {
      const { settings } = await readSettings(db, config.defaults.settings)
      for (const { language, commands, description, shortDescription } of botProfile(settings)) {
        const forLanguage = language === undefined ? {} : { language_code: language }
        await api.setMyCommands(commands, forLanguage)
        await api.setMyDescription(description, forLanguage)
        await api.setMyShortDescription(shortDescription, forLanguage)
      }
    } catch (error) {
      log.warn({ event: 'profile_not_set', reason: reasonOf(error) })
    }
  }

  async function run(): Promise<void> {
    const schema = await outlast('database', isOutage, () => checkSchema(db, clientId))
    if (!schema) return
    log.info({ event: 'schema_ready', schema: config.schema, ...schema })
    reached.database = true
    const beating = beatForEver()
    try {
      const botInfo = await askWhoIAm()
      if (!botInfo) return
      pulse.botUsername = botInfo.username
      const client: ClientContext = {
        ...{ clientId, botInfo, api, db, sessions, log, now },
        staticAdminIds: config.adminIds,
        defaults: config.defaults,
      }
      log.info({ event: 'bot_started', username: botInfo.username, admins: config.adminIds.length })
      const sender = startSender(client, (state) => metrics.messages.inc({ client: clientId, state }))
      void showProfile()
      try {
        await poll(
          pollApi,
          log,
          {
            attempt: () => {
              lastPollAt = now()
            },
            answered: () => {
              otherPoller = false
              changed({ telegram: true })
            },
            refused: (reason) => {
              otherPoller = reason === 'other-poller'
              changed({ telegram: false })
            },
            batch: (updates) =>
              inOrder(updates, orderKey, config.poolMaxSize, (update) => handle(client, sender, update)),
          },
          signal,
        )
      } finally {
        await sender.stop()
      }
    } finally {
      stopping.abort()
      await beating
    }
  }

  const finished = run().finally(async () => {
    stopping.abort()
    pulse.reason = 'stopping'
    metrics.ready.set({ client: clientId }, 0)
    await beat(db, pulse, true).catch((error: unknown) =>
      log.debug({ event: 'heartbeat_lost', reason: reasonOf(error) }),
    )
    await sessions.close()
    await db.close()
  })
  // Its owner awaits it later; until then a failure must not count as unhandled.
  finished.catch(() => undefined)
  return {
    clientId,
    finished,
    health: () => ({
      clientId,
      ready: pulse.reason === undefined,
      ...(pulse.reason === undefined ? {} : { reason: pulse.reason }),
      lastPollAt: new Date(lastPollAt).toISOString(),
      ...(pulse.lastUpdateAt ? { lastUpdateAt: pulse.lastUpdateAt.toISOString() } : {}),
      alive: now() - lastPollAt < DEAD_POLL_MS,
    }),
    async stop() {
      stopping.abort()
      await finished.catch(() => undefined)
    },
  }
}
