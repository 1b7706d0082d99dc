import { inject } from 'vitest'
import { type BotConfig, readConfig } from '../../bot/config.ts'
import { createLog } from '../../bot/log.ts'
import { type Runtime, runClients } from '../../bot/runtime/run-clients.ts'
import { createSandboxClient, type SandboxClient } from '../../sandbox/client.ts'
import { type Sandbox, startSandbox } from '../../sandbox/server.ts'
import { type ClientNames, quoteIdentifier } from '../../src/fleet/names.ts'
import type { AdminDb } from '../../src/postgres/admin.ts'
import { fleetDatabase, passwordOf, type TestStore } from './stores.ts'
import { eventually } from './throwaway-servers.ts'

export interface RunningBot {
  sandbox: Sandbox
  sandboxClient: SandboxClient
  botId: number
  token: string
  clientId: string
  names: ClientNames
  store: TestStore
  db: AdminDb
  runtime: Runtime
  /** What the bot logged so far, as lines of JSON. */
  log: string[]
  /** The environment that the bot was given. */
  env: Record<string, string>
  stop(): Promise<void>
}

export interface BotOptions {
  env?: Record<string, string>
  now?: () => number
  /** Connections of the bot; rivals need more than the three of a small client. */
  poolMaxSize?: number
}

/** The environment of a bot on the test servers, under the guide's names. */
export function botEnvironmentFor(
  store: TestStore,
  names: ClientNames,
  at: { token: string; apiRoot: string },
) {
  const database = new URL(store.url)
  database.username = names.role
  database.password = passwordOf(names)
  const redis = new URL(inject('redisUrl'))
  return {
    BOT_TOKEN: at.token,
    CLIENT_ID: names.id,
    PG_SCHEMA: names.schema,
    DATABASE_URL: database.href,
    REDIS_HOST: redis.hostname,
    REDIS_PORT: redis.port,
    REDIS_USERNAME: redis.username,
    REDIS_PASSWORD: redis.password,
    REDIS_KEY_PREFIX: names.keyPrefix,
    TELEGRAM_API_ROOT: at.apiRoot,
    // People in tests type faster than people.
    RATE_LIMIT_MESSAGE: '0.001',
    RATE_LIMIT_CALLBACK: '0.001',
  }
}

/** A client on the test servers with its bot in this process, and the sandbox for Telegram; resolves when it is ready. */
export async function startBot(options: BotOptions = {}): Promise<RunningBot> {
  const sandbox = await startSandbox()
  const sandboxClient = createSandboxClient(sandbox.url)
  const { token, user } = await sandboxClient.createBot({ name: 'Salon' })
  const store = await fleetDatabase()
  const names = await store.addClient()
  // Lists of the day would come in between, at the hours at which the tests happen to run, and questions for name and
  // phone before each customer's first booking.
  await store.db.query(
    `insert into ${quoteIdentifier(names.schema)}.settings (key, value) values ('morningListTime', '""'), ('eveningListTime', '""'), ('contactDetails', '"off"')`,
  )
  const pool = options.poolMaxSize ?? 3
  await store.db.query(`alter role ${quoteIdentifier(names.role)} connection limit ${pool + 5}`)
  const env = {
    ...botEnvironmentFor(store, names, { token, apiRoot: sandbox.url }),
    DB_POOL_MAX_SIZE: String(pool),
    ...options.env,
  }
  const { runtime, log } = await runInProcess([readConfig(env)], options.now)
  return {
    sandbox,
    sandboxClient,
    token,
    names,
    store,
    runtime,
    log,
    env,
    botId: user.id,
    clientId: names.id,
    db: store.db,
    async stop() {
      await runtime.stop()
      await sandbox.close()
      await store.close()
    },
  }
}

/** Hosts bots in this process until they are ready. */
export async function runInProcess(
  configs: readonly BotConfig[],
  now?: () => number,
): Promise<{ runtime: Runtime; log: string[] }> {
  const log: string[] = []
  const runtime = await runClients(configs, {
    log: createLog('debug', (line) => void log.push(line)),
    version: 'test',
    http: { host: '127.0.0.1', port: 0 },
    ...(now ? { now } : {}),
  })
  await eventually(async () => {
    const waiting = runtime.clients.find((client) => !client.health().ready)
    if (waiting) throw new Error(`${waiting.clientId} is not ready:\n${log.slice(-10).join('')}`)
  })
  return { runtime, log }
}
