import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import pg from 'pg'
import { parse as parseYaml } from 'yaml'
import { createSandboxClient, type SandboxClient } from '../../sandbox/client.ts'
import { parse } from '../../src/env/dotenv.ts'
import { type CliOptions, type CliResult, bookctl as runBookctl } from './cli.ts'
import { uniqueWord } from './database.ts'
import { TEST_ENGINE, testTelegram } from './telegram.ts'

export interface TestBot {
  id: number
  username: string
  token: string
  /** A file that holds the token, for --token-file. */
  tokenFile: string
}

/** A running fleet of its own (PostgreSQL, Redis, bots) in a temporary folder, with the sandbox for Telegram. */
export interface TestFleet {
  dir: string
  name: string
  /** Address of the sandbox's Bot API. */
  sandboxUrl: string
  sandbox: SandboxClient
  bookctl(args: readonly string[], options?: CliOptions): Promise<CliResult>
  /** As `bookctl`, but an exit code other than 0 fails the test with what was printed. */
  ok(args: readonly string[], options?: CliOptions): Promise<CliResult>
  /** Makes a bot, as @BotFather would. */
  newBot(name?: string): Promise<TestBot>
  /** Adds a client with a new bot of its own, and waits until it is ready. */
  addClient(id: string, ...flags: string[]): Promise<TestBot>
  /** A value of the fleet's `.env`. */
  secret(name: string): string | undefined
  /** Runs one statement as the fleet's admin user. */
  sql<R extends object>(text: string, values?: unknown[]): Promise<R[]>
  /** A session of the fleet's admin user, for what needs one of its own. */
  openSession(): Promise<pg.Client>
  /** A connection of Redis' default user. */
  openRedis(): Redis
  stop(): Promise<void>
}

/** Starts a fleet with these clients (`fleetWith('anna', 'boris')`), each with its own bot. */
export async function fleetWith(...clients: string[]): Promise<TestFleet> {
  return fleetIn(mkdtempSync(join(tmpdir(), 'bookctl-fleet-')), clients)
}

/** As `fleetWith`, in a folder of the test's choice, which is gone after `stop()`. */
export async function fleetIn(dir: string, clients: readonly string[] = []): Promise<TestFleet> {
  const telegram = await testTelegram()
  const sandbox = createSandboxClient(telegram.url)
  // On one Docker, the name keeps fleets apart.
  const name = TEST_ENGINE === 'compose' ? `test-${uniqueWord()}` : 'test'
  const bookctl = (args: readonly string[], options: CliOptions = {}) =>
    runBookctl(args, { cwd: dir, ...options })
  const secret = (name: string) => parse(readFileSync(join(dir, '.env'), 'utf8')).get(name)
  const ok = async (args: readonly string[], options: CliOptions = {}) => {
    const result = await bookctl(args, options)
    if (result.exitCode !== 0)
      throw new Error(
        `bookctl ${args.join(' ')} ended with ${result.exitCode}\n${result.stderr}${result.stdout}`,
      )
    return result
  }
  const ports = () =>
    parseYaml(readFileSync(join(dir, 'fleet.yml'), 'utf8')) as Record<'postgres' | 'redis', { port: number }>
  let bots = 0
  const fleet: TestFleet = {
    dir,
    name,
    sandboxUrl: telegram.url,
    sandbox,
    bookctl,
    ok,
    secret,
    async newBot(name = 'A salon') {
      bots += 1
      const tokenFile = join(dir, `token-${bots}`)
      const { token, user } = await sandbox.createBot({ name })
      writeFileSync(tokenFile, `${token}\n`, { mode: 0o600 })
      return { id: user.id, username: user.username ?? '', token, tokenFile }
    },
    async addClient(id, ...flags) {
      const bot = await fleet.newBot(`Salon ${id}`)
      await ok(['client', 'add', id, '--title', `Salon ${id}`, '--token-file', bot.tokenFile, ...flags])
      return bot
    },
    async openSession() {
      const client = new pg.Client({
        host: '127.0.0.1',
        port: ports().postgres.port,
        user: 'booking_user',
        password: secret('POSTGRES_PASSWORD') ?? '',
        database: 'booking_saas',
      })
      await client.connect()
      return client
    },
    openRedis: () =>
      new Redis({ host: '127.0.0.1', port: ports().redis.port, password: secret('REDIS_PASSWORD') ?? '' }),
    async sql<R extends object>(text: string, values: unknown[] = []) {
      const client = await fleet.openSession()
      try {
        return (await client.query<R>(text, values)).rows
      } finally {
        await client.end()
      }
    },
    async stop() {
      // Data of a fleet may lie elsewhere: it would stay there for ever.
      await bookctl(['down', '--delete-data', '--confirm', name])
      await telegram.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
  try {
    await ok([
      'init',
      '--yes',
      '--name',
      name,
      '--engine',
      TEST_ENGINE,
      '--timezone',
      'Europe/Moscow',
      ...telegram.initFlags,
    ])
    await ok(['up'])
    if (telegram.afterUp.length > 0) await ok(telegram.afterUp)
    for (const id of clients) await fleet.addClient(id)
  } catch (error) {
    await fleet.stop()
    throw error
  }
  return fleet
}
