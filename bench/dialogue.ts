// A customer's whole way from /start to the booking, through sandbox, bots, PostgreSQL and Redis, against as many times /help:
// with one client, and with a hundred at once whose bots share a process. Run: npm run bench -- dialogue
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createSandboxClient, type Person, type SandboxClient } from '../sandbox/client.ts'
import { startSandbox } from '../sandbox/server.ts'
import type { ClientNames } from '../src/fleet/names.ts'
import { bookFirstTime } from '../test/support/book.ts'
import { startRedis } from '../test/support/throwaway-servers.ts'
import { CLIENT_PASSWORD, withClients } from './clients.ts'
import { median, percentile, printTable, seconds } from './support.ts'

const CLIENTS = Number(process.env['BENCH_CLIENTS'] ?? 100)
/** At most, and none begins when the time is over: with a hundred clients that is soon. */
const ROUNDS = 40
const ROUNDS_MS = 40_000
/** What somebody sends who books: /start, the menu's button, a service, a time, the confirmation. */
const UPDATES = 5
/** In which a bot earns as many messages back: it sends 25 a second, for Telegram's sake, and that is not what is measured. */
const ALLOWANCE_MS = UPDATES * 40
const BOT_PROGRAM = fileURLToPath(new URL('./bots.ts', import.meta.url))

const dialogues = { booking: bookFirstTime, help: askForHelp }
type Kind = keyof typeof dialogues

interface BenchBot {
  id: number
  environment: Record<string, string>
}

async function askForHelp(person: Person): Promise<void> {
  for (let asked = 1; asked <= UPDATES; asked++) {
    await person.write('/help')
    await person.waitFor(
      ({ messages }) => messages.filter((message) => message.from.is_bot).length === asked,
      'help',
    )
  }
}

/** Runs these bots in one process while `work` goes on. */
async function withBots(bots: readonly BenchBot[], work: () => Promise<void>): Promise<void> {
  const program = fork(BOT_PROGRAM)
  const gone = once(program, 'exit')
  try {
    program.send(bots.map(({ environment }) => environment))
    const [first] = (await Promise.race([once(program, 'message'), gone])) as unknown[]
    if (first !== 'ready') throw new Error('the process of the bots has ended')
    await work()
  } finally {
    if (program.connected) program.disconnect()
    await gone
  }
}

function environmentOf(
  { id, role, schema, keyPrefix }: ClientNames,
  postgresUrl: string,
  redisUrl: string,
  { token, apiRoot }: { token: string; apiRoot: string },
): Record<string, string> {
  const database = new URL(postgresUrl)
  database.username = role
  database.password = CLIENT_PASSWORD
  const redis = new URL(redisUrl)
  return {
    BOT_TOKEN: token,
    CLIENT_ID: id,
    PG_SCHEMA: schema,
    DATABASE_URL: database.href,
    // A hundred times three would be all that the server has.
    DB_POOL_MAX_SIZE: '2',
    REDIS_HOST: redis.hostname,
    REDIS_PORT: redis.port,
    REDIS_USERNAME: redis.username,
    REDIS_PASSWORD: redis.password,
    REDIS_KEY_PREFIX: keyPrefix,
    TELEGRAM_API_ROOT: apiRoot,
    // People of a benchmark type faster than people.
    RATE_LIMIT_MESSAGE: '0.001',
    RATE_LIMIT_CALLBACK: '0.001',
  }
}

/** In each round every client has one customer at the same time; what all of them ask for alternates. */
async function measure(telegram: SandboxClient, bots: readonly BenchBot[]): Promise<string[][]> {
  const times: Record<Kind, number[]> = { help: [], booking: [] }
  const took: Record<Kind, number> = { help: 0, booking: 0 }
  const everywhere = (kind: Kind) =>
    Promise.all(
      bots.map(async ({ id }) => {
        // Somebody new each time: nobody reaches the number of bookings that one may have, or Telegram's limit of a chat.
        const user = await telegram.createUser({ language_code: 'ru', first_name: 'Вера' })
        held += 1
        return seconds(() => dialogues[kind](telegram.person(id, user)))
      }),
    )
  await withBots(bots, async () => {
    // Connections are made and code is compiled before anything counts.
    await everywhere('help')
    const until = performance.now() + ROUNDS_MS
    for (let round = 0; round < ROUNDS && performance.now() < until; round++)
      for (const kind of ['help', 'booking'] as const) {
        await sleep(ALLOWANCE_MS)
        took[kind] += await seconds(async () => times[kind].push(...(await everywhere(kind))))
      }
  })
  const row = (kind: Kind, title: string) => [
    `${bots.length} ${bots.length === 1 ? 'client' : 'clients'}: ${title}`,
    String(times[kind].length),
    `${(median(times[kind]) * 1000).toFixed(0)} ms`,
    `${(percentile(times[kind], 99) * 1000).toFixed(0)} ms`,
    ((times[kind].length * UPDATES) / took[kind]).toFixed(0),
    (median(times[kind]) / median(times.help)).toFixed(2),
  ]
  return [row('help', `/help, ${UPDATES} times`), row('booking', 'from /start to the booking')]
}

/** Dialogues so far. */
let held = 0
const redis = await startRedis()
const sandbox = await startSandbox()
try {
  const telegram = createSandboxClient(sandbox.url)
  await withClients(CLIENTS, async ({ url, db, clients }) => {
    const bots: BenchBot[] = []
    for (const names of clients) {
      // Lists of the day would come in between, and questions for name and phone are another dialogue.
      await db.query(
        `insert into ${names.schema}.settings (key, value) values ('morningListTime', '""'), ('eveningListTime', '""'), ('contactDetails', '"off"')`,
      )
      const { token, user } = await telegram.createBot({ name: names.id })
      const at = { token, apiRoot: sandbox.url }
      bots.push({ id: user.id, environment: environmentOf(names, url, redis.url, at) })
    }
    const alone = await measure(telegram, bots.slice(0, 1))
    const many = await measure(telegram, bots)
    const { rows } = await db.query<{ count: number }>('select count(*)::int as count from fleet.updates')
    if (rows[0]?.count !== held * UPDATES)
      throw new Error(`${held} dialogues had ${rows[0]?.count} updates, not ${UPDATES} each`)
    printTable(
      [`dialogues of ${UPDATES} updates`, 'measured', 'median', 'p99', 'updates/s', 'ratio'],
      [...alone, ...many],
    )
  })
} finally {
  await sandbox.close()
  await redis.stop()
}
