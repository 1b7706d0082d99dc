import { afterEach, beforeEach, expect, test } from 'vitest'
import { readConfig } from '../../../bot/config.ts'
import type { Runtime } from '../../../bot/runtime/run-clients.ts'
import { createSandboxClient, lastBotMessage, type SandboxClient } from '../../../sandbox/client.ts'
import { type Sandbox, startSandbox } from '../../../sandbox/server.ts'
import type { ClientNames } from '../../../src/fleet/names.ts'
import { botEnvironmentFor, runInProcess } from '../../support/bot.ts'
import { fleetDatabase, type TestStore } from '../../support/stores.ts'
import { eventually } from '../../support/throwaway-servers.ts'

interface Shop {
  title: string
  names: ClientNames
  botId: number
}

let sandbox: Sandbox
let telegram: SandboxClient
let store: TestStore
let runtime: Runtime
let log: string[]
let shops: Shop[]

beforeEach(async () => {
  sandbox = await startSandbox()
  telegram = createSandboxClient(sandbox.url)
  store = await fleetDatabase()
  shops = []
  const configs = []
  for (const title of ['Салон Анны', 'Барбершоп Бориса']) {
    const names = await store.addClient()
    await store.db.query(`update "${names.schema}".settings set value = $1 where key = 'title'`, [
      JSON.stringify(title),
    ])
    const { token, user } = await telegram.createBot({ name: title })
    configs.push(readConfig(botEnvironmentFor(store, names, { token, apiRoot: sandbox.url })))
    shops.push({ title, names, botId: user.id })
  }
  ;({ runtime, log } = await runInProcess(configs))
})
afterEach(async () => {
  await runtime.stop()
  await sandbox.close()
  await store.close()
})

test('two clients in one process share nothing: each serves its own people from its own schema', async () => {
  // One person is a customer of both.
  const user = await telegram.createUser({ language_code: 'ru', first_name: 'Вера' })
  for (const { botId, title } of shops) {
    const vera = telegram.person(botId, user)
    await vera.write('/start')
    const view = await vera.waitFor((now) => lastBotMessage(now) !== undefined, 'a greeting')
    expect(lastBotMessage(view)?.text).toContain(title)
  }
  for (const { names, botId } of shops) {
    const { rows } = await store.db.query(
      `select u.bot_id::int8 = $2 as own, (select count(*)::int from "${names.schema}".users) as customers
         from fleet.updates u where client_id = $1`,
      [names.id, botId],
    )
    expect(rows).toEqual([{ own: true, customers: 1 }])
  }
  const at = `http://127.0.0.1:${runtime.healthPort}`
  const report = (await (await fetch(`${at}/readyz`)).json()) as { clients: { clientId: string }[] }
  expect(report.clients.map(({ clientId }) => clientId)).toEqual(shops.map(({ names }) => names.id))
  const metrics = await (await fetch(`${at}/metrics`)).text()
  for (const { names } of shops)
    expect(metrics).toContain(`booking_bot_updates_total{client="${names.id}",outcome="done"} 1`)
})

test('a client whose token is refused ends alone: the one beside it goes on serving, and nobody restarts the process', async () => {
  const [anna, boris] = shops as [Shop, Shop]
  const failed = runtime.clients[0]?.finished.catch((error: unknown) => error)
  await telegram.revoke(anna.botId)
  // The poll that waits ends with this one, and the next is refused.
  await telegram.person(anna.botId, await telegram.createUser({ first_name: 'Вера' })).write('/start')
  expect(await failed).toMatchObject({ message: expect.stringContaining('Unauthorized') as unknown })
  const lines = log.map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(lines.filter(({ event }) => event === 'token_refused')).toMatchObject([
    {
      level: 'fatal',
      client: anna.names.id,
      msg: `Telegram refuses this token. Run: bookctl client set ${anna.names.id} --token-file FILE`,
    },
  ])
  const olga = telegram.person(boris.botId, await telegram.createUser({ first_name: 'Ольга' }))
  await olga.write('/start')
  const view = await olga.waitFor((now) => lastBotMessage(now) !== undefined, 'a greeting')
  expect(lastBotMessage(view)?.text).toContain(boris.title)
  const at = `http://127.0.0.1:${runtime.healthPort}`
  expect((await fetch(`${at}/healthz`)).status).toBe(200)
  const ready = await fetch(`${at}/readyz`)
  expect(ready.status).toBe(503)
  expect(await ready.json()).toMatchObject({
    status: 'not-ready',
    clients: [
      { clientId: anna.names.id, ready: false, reason: 'failed' },
      { clientId: boris.names.id, ready: true },
    ],
  })
  let over = false
  const ended = runtime.finished.catch((error: unknown) => error).finally(() => (over = true))
  await eventually(async () => {
    const { rows } = await store.db.query('select from fleet.heartbeats where stopped_at is not null')
    expect(rows).toHaveLength(1)
  })
  expect(over).toBe(false)
  await runtime.stop()
  // The exit code still tells that one of them could not go on.
  expect(await ended).toBe(await failed)
})
