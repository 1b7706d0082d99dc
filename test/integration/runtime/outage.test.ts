import { afterEach, beforeEach, expect, test } from 'vitest'
import { readConfig } from '../../../bot/config.ts'
import type { Runtime } from '../../../bot/runtime/run-clients.ts'
import { lastBotMessage, type Person } from '../../../sandbox/client.ts'
import { runInProcess } from '../../support/bot.ts'
import { clientWithoutBot, type ReadyClient } from '../../support/client-without-bot.ts'
import { type Line, lineTo } from '../../support/cut-line.ts'
import { eventually } from '../../support/throwaway-servers.ts'

let salon: ReadyClient
let database: Line
let redis: Line
let runtime: Runtime
let log: string[]

beforeEach(async () => {
  salon = await clientWithoutBot()
  const url = new URL(salon.env['DATABASE_URL'] ?? '')
  database = await lineTo(url.href)
  redis = await lineTo(`redis://${salon.env['REDIS_HOST']}:${salon.env['REDIS_PORT']}`)
  url.port = String(database.port)
  const env = {
    ...salon.env,
    DATABASE_URL: url.href,
    REDIS_HOST: '127.0.0.1',
    REDIS_PORT: String(redis.port),
  }
  const started = await runInProcess([readConfig(env)])
  runtime = started.runtime
  log = started.log
})
afterEach(async () => {
  await runtime.stop()
  await database.close()
  await redis.close()
  await salon.close()
})

const readiness = async () => {
  const response = await fetch(`http://127.0.0.1:${runtime.healthPort}/readyz`)
  const report = (await response.json()) as { clients: { ready: boolean; reason?: string }[] }
  return { status: response.status, reason: report.clients[0]?.reason }
}
const becomes = (status: number, reason?: string) =>
  eventually(async () => expect(await readiness()).toEqual({ status, reason }))
const alive = async () => (await fetch(`http://127.0.0.1:${runtime.healthPort}/healthz`)).status
const greetings = async (person: Person) =>
  (await person.view()).messages.filter(({ text }) => text?.includes('Здравствуйте')).length
const greeted = (person: Person) =>
  person.waitFor((view) => /Здравствуйте/.test(lastBotMessage(view)?.text ?? ''), 'a greeting', 60)
const instances = () => salon.sql('select instance from fleet.heartbeats')
const logged = (event: string) => log.filter((line) => line.includes(`"event":"${event}"`)).length

async function people(count: number): Promise<Person[]> {
  return Promise.all(Array.from({ length: count }, (_, n) => salon.person({ first_name: `Гость ${n}` })))
}

test('an outage of PostgreSQL: the bot says that it is not ready, stays alive, and answers everybody once afterwards', async () => {
  const before = await instances()
  const guests = await people(20)
  database.cut()
  await Promise.all(guests.map((guest) => guest.write('/start')))
  await becomes(503, 'database')
  // Not before somebody's message has really been tried in vain.
  await eventually(async () => expect(logged('database_lost')).toBeGreaterThanOrEqual(1))
  expect(await alive()).toBe(200)
  expect(await Promise.all(guests.map(greetings))).toEqual(guests.map(() => 0))
  database.mend()
  await becomes(200)
  await Promise.all(guests.map(greeted))
  expect(await Promise.all(guests.map(greetings))).toEqual(guests.map(() => 1))
  expect(await instances()).toEqual(before)
})

test('a message that Telegram took while PostgreSQL went away is not sent again when it is back', async () => {
  const [anna] = await people(1)
  if (!anna) return
  await salon.telegram.fault({ kind: 'delay', ms: 700, chat: anna.user.id })
  await anna.write('/start')
  await eventually(async () => {
    const calls = await salon.telegram.calls({ bot: salon.botId, method: 'sendMessage' })
    expect(calls).toHaveLength(1)
  })
  database.cut()
  await greeted(anna)
  await becomes(503, 'database')
  database.mend()
  await becomes(200)
  await eventually(async () => {
    const rows = await salon.sql('select state, attempts from fleet.outbox')
    expect(rows).toEqual([{ state: 'sent', attempts: 1 }])
  })
  expect(await greetings(anna)).toBe(1)
})

test('when PostgreSQL commits and its answer is lost, the update is not worked a second time', async () => {
  const [anna] = await people(1)
  if (!anna) return
  // The bot's jobs commit, too.
  database.cutBehind('commit', 'insert into fleet.updates')
  await anna.write('/start')
  await becomes(503, 'database')
  await eventually(async () => expect(await salon.sql('select from fleet.updates')).toHaveLength(1))
  database.mend()
  await greeted(anna)
  await becomes(200)
  expect(await salon.sql('select attempts from fleet.outbox')).toEqual([{ attempts: 1 }])
  expect(await greetings(anna)).toBe(1)
  await eventually(async () => {
    const metrics = await (await fetch(`http://127.0.0.1:${runtime.healthPort}/metrics`)).text()
    expect(metrics.split('\n').filter((line) => line.startsWith('booking_bot_updates_total'))).toEqual([
      `booking_bot_updates_total{client="${salon.names.id}",outcome="seen"} 1`,
    ])
  })
})

test('sessions that PostgreSQL ends in the middle of transactions cost no update and double none', async () => {
  const guests = await people(40)
  const writing = Promise.all(guests.map((guest) => guest.write('/start')))
  for (let round = 0; round < 15; round++) {
    await salon.sql('select pg_terminate_backend(pid) from pg_stat_activity where usename = $1', [
      salon.names.role,
    ])
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
  await writing
  await Promise.all(guests.map(greeted))
  await eventually(async () => {
    expect(await salon.sql(`select id from fleet.outbox where state <> 'sent'`)).toEqual([])
  })
  expect(await Promise.all(guests.map(greetings))).toEqual(guests.map(() => 1))
  expect(await salon.sql('select outcome, count(*)::int as n from fleet.updates group by 1')).toEqual([
    { outcome: 'done', n: 40 },
  ])
})

test('an outage of Redis: customers are served all the while, and the bot is ready again when it is back', async () => {
  const before = await instances()
  redis.cut()
  await becomes(503, 'redis')
  const [anna, boris] = await people(2)
  if (!anna || !boris) return
  await anna.write('/start')
  await greeted(anna)
  await anna.write('/book')
  await anna.waitFor((view) => /Что вас|Ближайшее/.test(lastBotMessage(view)?.text ?? ''), 'the services')
  redis.mend()
  await becomes(200)
  await boris.write('/start')
  await greeted(boris)
  expect(await instances()).toEqual(before)
  expect(logged('redis_lost')).toBe(1)
  expect(logged('redis_back')).toBe(1)
})

test('an outage of Telegram makes a bot not ready but not dead; it answers what was written meanwhile', async () => {
  const [anna] = await people(1)
  if (!anna) return
  await salon.telegram.fault({ kind: '5xx', bot: salon.botId, method: 'getUpdates', times: 1000 })
  await anna.write('/start')
  await greeted(anna)
  await becomes(503, 'telegram')
  expect(await alive()).toBe(200)
  await anna.write('/book')
  await salon.telegram.clearFaults()
  await anna.waitFor((view) => /Что вас|Ближайшее/.test(lastBotMessage(view)?.text ?? ''), 'the services')
  await becomes(200)
})

/** Somebody else polls with the bot's token, as a bot that was left running on another machine does. */
function strangerPolls(): { end(): Promise<void> } {
  const enough = new AbortController()
  const loop = async () => {
    while (!enough.signal.aborted)
      await (await fetch(`${salon.sandbox.url}/bot${salon.token}/getUpdates?timeout=1`)).text()
  }
  const ended = loop()
  return {
    end: () => {
      enough.abort()
      return ended
    },
  }
}

test('a second poller of the token is named as the reason, and when it has gone the bot goes on by itself', async () => {
  const stranger = strangerPolls()
  try {
    await becomes(503, 'other-poller')
    await eventually(async () => {
      const beats = await salon.sql('select not_ready_reason from fleet.heartbeats')
      expect(beats).toEqual([{ not_ready_reason: 'other-poller' }])
    })
  } finally {
    await stranger.end()
  }
  await becomes(200)
  const [anna] = await people(1)
  await anna?.write('/start')
  if (anna) await greeted(anna)
  expect(logged('other_poller')).toBeGreaterThanOrEqual(1)
})
