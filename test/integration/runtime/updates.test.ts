import { afterAll, beforeAll, expect, test } from 'vitest'
import { lastBotMessage, type Person } from '../../../sandbox/client.ts'
import { quoteIdentifier } from '../../../src/fleet/names.ts'
import { type RunningBot, startBot } from '../../support/bot.ts'
import { eventually } from '../../support/throwaway-servers.ts'

let running: RunningBot

beforeAll(async () => {
  // A token is earned back so slowly that no test is slow enough to get one.
  running = await startBot({ env: { RATE_LIMIT_MESSAGE: '60', RATE_LIMIT_CALLBACK: '60' } })
})
afterAll(() => running.stop())

async function newPerson(language = 'ru'): Promise<Person> {
  return running.sandboxClient.person(
    running.botId,
    await running.sandboxClient.createUser({ language_code: language }),
  )
}

const says = (person: Person, words: RegExp) =>
  person.waitFor((view) => words.test(lastBotMessage(view)?.text ?? ''), String(words))
const outcomes = async () =>
  Object.fromEntries(
    (
      await running.db.query<{ outcome: string; n: number }>(
        'select outcome, count(*)::int as n from fleet.updates group by outcome',
      )
    ).rows.map(({ outcome, n }) => [outcome, n]),
  ) as Record<string, number | undefined>

test('a customer who floods is told once and then ignored; others notice nothing', async () => {
  const flooder = await newPerson()
  for (let n = 0; n < 12; n++) await flooder.write('/help')
  await eventually(async () => expect(await outcomes()).toEqual({ done: 5, ignored: 7 }))
  await eventually(async () => {
    const { rows } = await running.db.query(`select id from fleet.outbox where state <> 'sent'`)
    expect(rows).toEqual([])
  })
  const answers = (await flooder.view()).messages.filter(({ from }) => from.is_bot).map(({ text }) => text)
  expect(answers).toHaveLength(6)
  expect(answers.filter((text) => text?.includes('Слишком быстро'))).toHaveLength(1)
  const other = await newPerson()
  await other.write('/start')
  await says(other, /Здравствуйте/)
  expect(await running.store.db.query('select from fleet.updates')).toMatchObject({ rowCount: 13 })
})

test('taps of a flooding customer do nothing, but their buttons stop spinning', async () => {
  const tapper = await newPerson()
  await tapper.write('/start')
  await says(tapper, /Здравствуйте/)
  const taps: string[] = []
  for (let n = 0; n < 7; n++) taps.push(await tapper.tapData(`x${n}`, { forge: true }))
  await tapper.waitFor(
    ({ toasts }) => taps.every((id) => toasts.some(({ queryId }) => queryId === id)),
    'all taps to be answered',
  )
})

test('a fault of ours undoes its own work, is said kindly, is counted once, and the next message is worked', async () => {
  const role = quoteIdentifier(running.names.role)
  const services = `${quoteIdentifier(running.names.schema)}.services`
  await running.db.query(`revoke select on ${services} from ${role}`)
  const anna = await newPerson()
  await anna.write('/book')
  await says(anna, /ошибка на нашей стороне/)
  expect(await outcomes()).toMatchObject({ failed: 1 })
  // The customer was made in the work that failed, and is undone with it.
  const known = `select from ${quoteIdentifier(running.names.schema)}.users where telegram_id = $1`
  expect((await running.db.query(known, [anna.user.id])).rowCount).toBe(0)
  await running.db.query(`grant select on ${services} to ${role}`)
  await anna.write('/book')
  await says(anna, /Что вас интересует|Ближайшее/)
  expect(await outcomes()).toMatchObject({ failed: 1 })
  const failure = running.log.find((line) => line.includes('"update_failed"'))
  expect(JSON.parse(failure ?? '{}')).toMatchObject({ level: 'error', client: running.clientId })
})

test('limits that the business sets count with the very next message, in place of the environment’s', async () => {
  const settings = `${quoteIdentifier(running.names.schema)}.settings`
  const setLimit = (perMinute: number) =>
    running.db.query(
      `insert into ${settings} (key, value) values ('rateMessagesPerMinute', $1)
       on conflict (key) do update set value = excluded.value`,
      [JSON.stringify(perMinute)],
    )
  const before = await outcomes()
  const counted = async (done: number, ignored: number) => {
    const now = await outcomes()
    const since = (outcome: string) => (now[outcome] ?? 0) - (before[outcome] ?? 0)
    expect([since('done'), since('ignored')]).toEqual([done, ignored])
  }
  const vera = await newPerson()
  for (let n = 0; n < 6; n++) await vera.write('/help')
  await eventually(() => counted(5, 1))
  await setLimit(60_000)
  for (let n = 0; n < 10; n++) await vera.write('/help')
  await eventually(() => counted(15, 1))
})

test('texts that the business writes, wherever that was, are in the very next message of their language', async () => {
  const own = `${quoteIdentifier(running.names.schema)}.text_templates`
  const [vera, ann] = [await newPerson(), await newPerson('en')]
  await vera.write('/help')
  await says(vera, /Что я умею/)
  await running.db.query(
    `insert into ${own} (key, language, body) values ('help', 'ru', 'Спросите <b>Олю</b>')`,
  )
  await vera.write('/help')
  await says(vera, /^Спросите Олю$/)
  await ann.write('/help')
  await says(ann, /What I can do/)
  await running.db.query(`delete from ${own}`)
  await vera.write('/help')
  await says(vera, /Что я умею/)
})

test('metrics tell updates and messages by client; the health page answers whatever it is asked', async () => {
  const at = `http://127.0.0.1:${running.runtime.healthPort}`
  const metrics = await (await fetch(`${at}/metrics`)).text()
  expect(metrics).toContain(`booking_bot_updates_total{client="${running.clientId}",outcome="ignored"} `)
  expect(metrics).toMatch(
    new RegExp(`booking_bot_messages_total\\{client="${running.clientId}",state="sent"\\} \\d+`),
  )
  expect(metrics).toContain(`booking_bot_ready{client="${running.clientId}"} 1`)
  expect((await fetch(`${at}//`)).status).toBe(404)
  expect(await (await fetch(`${at}/healthz?x=1`)).json()).toMatchObject({
    status: 'ok',
    clients: [{ clientId: running.clientId, ready: true }],
  })
})

test('the heartbeat tells the operator who runs since when and what was worked last', async () => {
  await eventually(async () => {
    const { rows } = await running.db.query(
      `select bot_id::int8 = $1 as bot, bot_username, ready_at is not null as ready, not_ready_reason, stopped_at,
              last_update_id is not null as worked
         from fleet.heartbeats`,
      [running.botId],
    )
    expect(rows).toEqual([
      {
        bot: true,
        bot_username: `sandbox_${running.botId}_bot`,
        ready: true,
        not_ready_reason: null,
        stopped_at: null,
        worked: true,
      },
    ])
  })
})
