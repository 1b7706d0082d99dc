import { expect, test } from 'vitest'
import { readConfig } from '../../../bot/config.ts'
import { createSandboxClient, lastBotMessage } from '../../../sandbox/client.ts'
import { startSandbox } from '../../../sandbox/server.ts'
import { botEnvironmentFor, runInProcess } from '../../support/bot.ts'
import { fleetDatabase } from '../../support/stores.ts'

test('two clients in one process share nothing: each serves its own people from its own schema', async () => {
  const sandbox = await startSandbox()
  const telegram = createSandboxClient(sandbox.url)
  const store = await fleetDatabase()
  const shops = []
  for (const title of ['Салон Анны', 'Барбершоп Бориса']) {
    const names = await store.addClient()
    await store.db.query(`update "${names.schema}".settings set value = $1 where key = 'title'`, [
      JSON.stringify(title),
    ])
    const { token, user } = await telegram.createBot({ name: title })
    const config = readConfig(botEnvironmentFor(store, names, { token, apiRoot: sandbox.url }))
    shops.push({ title, names, botId: user.id, config })
  }
  const { runtime } = await runInProcess(shops.map(({ config }) => config))
  try {
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
  } finally {
    await runtime.stop()
    await sandbox.close()
    await store.close()
  }
})
