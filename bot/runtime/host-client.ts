import { GrammyError, type MiddlewareFn } from 'grammy'
import type { Update, UserFromGetMe } from 'grammy/types'
import type { Logger } from 'pino'
import { type BotConfig, secretsOf } from '../config.ts'
import type { ClientHealth } from '../contract/health.ts'
import { type Faults, openFaults } from '../faults/faults.ts'
import { JOBS } from '../jobs/index.ts'
import { runJobs } from '../jobs/loop.ts'
import { reasonOf } from '../log.ts'
import { createDatabase, isOutage } from '../storage/database.ts'
import { createSessions } from '../storage/sessions.ts'
import { createApis } from '../telegram/api.ts'
import { endingOf } from './ending.ts'
import { inOrder } from './in-order.ts'
import { keepProfile } from './keep-profile.ts'
import type { Metrics } from './metrics.ts'
import { type Outlasting, outlast } from './outlast.ts'
import { poll, TokenError } from './poller.ts'
import { watchReadiness } from './readiness.ts'
import { checkSchema } from './schema-check.ts'
import { type Sender, startSender } from './sender.ts'
import type { BotContext, ClientContext } from './turn.ts'
import { orderKey, prepareUpdate, rateKindOf, settleUpdate, type Worked } from './work-update.ts'

/** A long poll takes 45 s at most, a try to reach the database less: a loop that stirs less often hangs. */
const DEAD_MS = 180_000

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
  /** Rejects when this client cannot go on, as its log then says; resolves after `stop`. */
  readonly finished: Promise<void>
  /** Reports an error that came from nobody knows where, and waits until it is sent. */
  reportFault(error: unknown): Promise<void>
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
  const readiness = watchReadiness({
    clientId,
    botId: config.botId,
    version: options.version,
    db,
    sessions,
    log,
    metrics,
    now,
    signal,
  })
  const opening = openFaults(config.faults, {
    clientId,
    version: options.version,
    secrets: secretsOf(config),
  })
  let lastPollAt: Date | undefined
  let stirredAt = performance.now()
  let failed = false

  /** An outage is no hang: each try counts as a sign of life. */
  function outlasting(onAway: () => void = () => undefined): Outlasting {
    return {
      signal,
      log,
      onAway: () => {
        stirredAt = performance.now()
        onAway()
      },
    }
  }

  async function askWhoIAm(): Promise<UserFromGetMe | undefined> {
    const away = (error: unknown) => {
      const code = error instanceof GrammyError ? error.error_code : undefined
      if (code === 401 || code === 404) throw new TokenError(reasonOf(error))
      return true
    }
    return outlast('telegram', outlasting(), away, () => api.getMe(signal as never))
  }

  async function handle(client: ClientContext, sender: Sender, update: Update): Promise<void> {
    const measured = client.faults.measure(update.callback_query ? 'callback' : 'message')
    const prepared = await prepareUpdate(client, update)
    // Whatever the database says against it, an update is not given up: it would be lost.
    const worked = await outlast(
      'database',
      outlasting(() => readiness.changed({ database: false })),
      () => true,
      () => settleUpdate(client, update, prepared, options.features),
    )
    if (!worked) return
    stirredAt = performance.now()
    readiness.changed({ database: true })
    measured(worked.outcome)
    metrics.updates.inc({ client: clientId, outcome: worked.outcome })
    readiness.worked(update.update_id)
    sender.kick()
    await afterCommit(client, update, worked)
  }

  /** What may be lost: the dialogue state costs a restarted dialogue, the answer to a tap a spinning button. */
  async function afterCommit(client: ClientContext, update: Update, worked: Worked): Promise<void> {
    const { collected } = worked
    const from = update.message?.from ?? update.callback_query?.from
    if (from)
      await Promise.all([
        worked.bucket && sessions.writeBucket(from.id, rateKindOf(update), worked.bucket),
        collected.dialogue !== undefined && sessions.writeDialogue(from.id, collected.dialogue),
      ])
    if (!update.callback_query) return
    const { toast } = collected
    client.api
      .answerCallbackQuery(update.callback_query.id, {
        ...(toast?.text === undefined ? {} : { text: toast.text }),
        show_alert: toast?.alert ?? false,
      })
      .catch((error: unknown) => log.debug({ event: 'tap_not_answered', reason: reasonOf(error) }))
  }

  async function run(faults: Faults): Promise<void> {
    const schema = await outlast('database', outlasting(), isOutage, () => checkSchema(db, clientId))
    if (!schema) return
    log.info({ event: 'schema_ready', schema: config.schema, ...schema })
    readiness.changed({ database: true })
    const beating = readiness.beatForEver()
    try {
      const botInfo = await askWhoIAm()
      if (!botInfo) return
      readiness.knownAs(botInfo.username)
      const client: ClientContext = {
        clientId,
        botInfo,
        api,
        db,
        sessions,
        log,
        faults,
        now,
        staticAdminIds: config.adminIds,
        defaults: config.defaults,
      }
      log.info({ event: 'bot_started', username: botInfo.username, admins: config.adminIds.length })
      const sender = startSender(client, (state) => metrics.messages.inc({ client: clientId, state }))
      void keepProfile(client, signal)
      const jobs = runJobs(client, JOBS, signal, () => sender.kick())
      try {
        await poll(
          pollApi,
          log,
          {
            attempt: () => {
              lastPollAt = new Date(now())
              stirredAt = performance.now()
            },
            answered: () => readiness.changed({ telegram: true, otherPoller: false }),
            refused: (reason) =>
              readiness.changed({ telegram: false, otherPoller: reason === 'other-poller' }),
            batch: (updates) =>
              inOrder(updates, orderKey, config.poolMaxSize, (update) => handle(client, sender, update)),
          },
          signal,
        )
      } finally {
        stopping.abort()
        await jobs
        await sender.stop()
      }
    } finally {
      stopping.abort()
      await beating
    }
  }

  async function close(): Promise<void> {
    stopping.abort()
    await readiness.beatLast()
    await sessions.close()
    await db.close()
  }

  async function runThenClose(): Promise<void> {
    const faults = await opening
    try {
      await run(faults)
    } catch (error) {
      failed = true
      const { fields, fault } = endingOf(error, clientId)
      log.fatal(fields)
      if (fault) faults.report(error, { event: 'bot_failed' })
      throw error
    } finally {
      await close()
      await faults.close()
    }
  }

  const finished = runThenClose()
  // Its owner awaits it later; until then a failure must not count as unhandled.
  finished.catch(() => undefined)
  return {
    clientId,
    finished,
    health() {
      const { lastUpdateAt } = readiness
      const reason = failed ? 'failed' : readiness.reason
      return {
        clientId,
        ready: reason === undefined,
        ...(reason === undefined ? {} : { reason }),
        ...(lastPollAt ? { lastPollAt: lastPollAt.toISOString() } : {}),
        ...(lastUpdateAt ? { lastUpdateAt: lastUpdateAt.toISOString() } : {}),
        // One that has ended hangs no more; the clients beside it must not be restarted for it.
        alive: failed || performance.now() - stirredAt < DEAD_MS,
      }
    },
    async reportFault(error) {
      const faults = await opening
      faults.report(error, { event: 'uncaught' })
      await faults.close()
    },
    async stop() {
      stopping.abort()
      await finished.catch(() => undefined)
    },
  }
}
