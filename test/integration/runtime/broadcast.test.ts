import { afterEach, beforeEach, expect, test } from 'vitest'
import { readConfig } from '../../../bot/config.ts'
import { lastBotMessage } from '../../../sandbox/client.ts'
import { quoteIdentifier } from '../../../src/fleet/names.ts'
import { runInProcess } from '../../support/bot.ts'
import { clientWithoutBot, type ReadyClient } from '../../support/client-without-bot.ts'
import { eventually } from '../../support/throwaway-servers.ts'

const RECIPIENTS = 200
const BLOCKED = 7

let salon: ReadyClient
beforeEach(async () => {
  salon = await clientWithoutBot()
})
afterEach(() => salon.close())

/** Customers who have met the bot and agreed; the first ones have blocked it since. */
async function customers(): Promise<number[]> {
  const people = await Promise.all(Array.from({ length: RECIPIENTS }, () => salon.person()))
  for (const person of people) await person.write('/start')
  for (const person of people.slice(0, BLOCKED)) await person.block()
  // Greetings are not what this is about.
  await fetch(`${salon.sandbox.url}/bot${salon.token}/deleteWebhook?drop_pending_updates=true`)
  const ids = people.map(({ user }) => user.id)
  await salon.sql(
    `insert into ${quoteIdentifier(salon.names.schema)}.users (telegram_id, first_name, consents)
     select id, 'Гость', '{"broadcasts": {"version": 1, "at": "2026-11-25T06:00:00Z"}}' from unnest($1::bigint[]) as id`,
    [ids],
  )
  return ids
}

test('a broadcast reaches each of some hundred customers once, across restarts, and its report is right', async () => {
  const schema = quoteIdentifier(salon.names.schema)
  await salon.sql(
    `insert into ${schema}.settings (key, value) values ('quietFrom', '"00:00"'), ('quietTo', '"00:00"'),
            ('morningListTime', '""'), ('eveningListTime', '""')`,
  )
  const ids = await customers()
  // One whom Telegram does not know any more.
  await salon.sql(
    `insert into ${schema}.users (telegram_id, first_name, consents) values (1, 'Никто', '{"broadcasts": {"version": 1, "at": "2026-11-25T06:00:00Z"}}')`,
  )
  const owner = await salon.person({ first_name: 'Ольга' })
  const start = () => runInProcess([readConfig({ ...salon.env, ADMIN_IDS: String(owner.user.id) })])
  const shows = (text: RegExp) =>
    owner.waitFor((view) => text.test(lastBotMessage(view)?.text ?? ''), String(text))
  const rows = async () => {
    const found = await salon.sql<{ state: string; n: number }>(
      `select state, count(*)::int as n from fleet.outbox where kind = 'broadcast' group by state`,
    )
    return Object.fromEntries(found.map(({ state, n }) => [state, n]))
  }

  const first = await start()
  await owner.write('/admin')
  await shows(/Управление/)
  await owner.tap('📣 Рассылка')
  await shows(/Согласились: 201/)
  await owner.tap('➕ Новая рассылка')
  await shows(/Кому отправить/)
  await owner.tap('Всем, кто согласился: 201')
  await shows(/Пришлите сообщение/)
  await owner.photo('<b>Акция</b> & скидки')
  await shows(/Получат: 201/)
  await owner.tap('✅ Отправить (201)')
  await shows(/Рассылка идёт/)
  await first.runtime.stop()

  const second = await start()
  await eventually(async () => expect((await rows())['sent']).toBeGreaterThan(40))
  // Who needs an answer now gets it now.
  await owner.write('/my')
  await shows(/Предстоящих записей нет/)
  const open = (await rows())['queued'] ?? 0
  await second.runtime.stop()
  expect(open).toBeGreaterThan(0)

  const third = await start()
  await eventually(async () => {
    const { queued = 0, sending = 0 } = await rows()
    expect(queued + sending).toBe(0)
  })
  await third.runtime.stop()

  const last = await start()
  await shows(/Рассылка закончена/)
  await last.runtime.stop()
  expect(lastBotMessage(await owner.view())?.text).toBe(
    '✅ Рассылка закончена\nВсем, кто согласился\n\nДоставлено: 193\nЗаблокировали бота: 7\nНе дошло: 1',
  )
  const sends = (await salon.telegram.calls({ bot: salon.botId, method: 'sendPhoto' })).filter(
    ({ params }) => Number(params['chat_id']) !== owner.user.id,
  )
  const reached = sends.map(({ params }) => Number(params['chat_id'])).toSorted((a, b) => a - b)
  expect(reached).toEqual([1, ...ids].toSorted((a, b) => a - b))
  expect(await salon.sql(`select count(*)::int as n from ${schema}.users where gone_at is not null`)).toEqual(
    [{ n: BLOCKED }],
  )
})
