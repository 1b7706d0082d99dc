import { afterEach, beforeEach, expect, test } from 'vitest'
import { lastBotMessage, type Person } from '../../../sandbox/client.ts'
import { killChildBots, startChildBot } from '../../support/child-bot.ts'
import { clientWithoutBot, type ReadyClient } from '../../support/client-without-bot.ts'
import { eventually } from '../../support/throwaway-servers.ts'

let salon: ReadyClient
let admin: Person
let anna: Person

beforeEach(async () => {
  salon = await clientWithoutBot()
  admin = await salon.person({ first_name: 'Хозяйка' })
  anna = await salon.person({ first_name: 'Анна' })
})
afterEach(async () => {
  await killChildBots()
  await salon.close()
})

const start = () => startChildBot({ ...salon.env, ADMIN_IDS: String(admin.user.id) })
const says = (person: Person, words: RegExp) =>
  person.waitFor((view) => words.test(lastBotMessage(view)?.text ?? ''), String(words))

async function tapFirst(person: Person, form: RegExp): Promise<void> {
  const markup = lastBotMessage(await person.view())?.reply_markup
  const buttons = markup && 'inline_keyboard' in markup ? markup.inline_keyboard.flat() : []
  const label = buttons.find(({ text }) => form.test(text))?.text
  if (!label) throw new Error(`no button like ${form} in\n${await person.transcript()}`)
  await person.tap(label)
}

/** Anna stands before the confirmation; everything so far has been delivered. */
async function annaIsAboutToConfirm(): Promise<void> {
  await admin.write('/start')
  await says(admin, /Здравствуйте/)
  await anna.write('/book')
  await says(anna, /Что вас интересует|Ближайшее/)
  if (/Что вас/.test(lastBotMessage(await anna.view())?.text ?? '')) await tapFirst(anna, /./)
  await says(anna, /Ближайшее свободное/)
  await tapFirst(anna, /\d\d:\d\d/)
  await says(anna, /Проверьте запись/)
  await allSent()
}

const allSent = () =>
  eventually(async () => {
    const open = await salon.sql(`select id from fleet.outbox where state in ('queued', 'sending')`)
    expect(open).toEqual([])
  })

/** What the shop and both people must see in the end, whatever broke meanwhile. */
async function expectOneBooking(): Promise<void> {
  await says(anna, /Вы записаны/)
  await says(admin, /Новая запись/)
  await allSent()
  const count = async (person: Person, words: string) =>
    (await person.view()).messages.filter(({ text }) => text?.includes(words)).length
  expect(await count(anna, 'Вы записаны')).toBe(1)
  expect(await count(anna, 'ошибка')).toBe(0)
  expect(await count(admin, 'Новая запись')).toBe(1)
  expect(await salon.sql(`select id from "${salon.names.schema}".bookings`)).toHaveLength(1)
  expect(
    await salon.sql(`select state from fleet.outbox where kind = 'admin-notice' and state = 'sent'`),
  ).toHaveLength(1)
}

test('a bot killed between receiving a confirmation and its commit books it after the restart, once', async () => {
  const first = start()
  await first.logged('bot_ready')
  await annaIsAboutToConfirm()

  const holder = await salon.store.open()
  await holder.query('begin')
  await holder.query('lock table fleet.updates in share row exclusive mode')
  await anna.tap('✅ Записаться')
  await salon.botWaitsForLock()
  expect(await first.kill('SIGKILL')).toBeNull()
  await holder.query('rollback')
  await eventually(async () => {
    const left = await salon.sql('select pid from pg_stat_activity where usename = $1', [salon.names.role])
    expect(left).toEqual([])
  })
  // Her time is still kept, and nothing is booked.
  expect(await salon.sql(`select status from "${salon.names.schema}".bookings`)).toEqual([{ status: 'hold' }])

  start()
  await expectOneBooking()
})

test('a bot killed between a commit and its messages sends them after the restart, once', async () => {
  const first = start()
  await first.logged('bot_ready')
  await annaIsAboutToConfirm()

  // Telegram takes the calls and neither works nor answers them.
  await salon.telegram.fault({ kind: 'timeout', chat: anna.user.id })
  await salon.telegram.fault({ kind: 'timeout', chat: admin.user.id })
  await anna.tap('✅ Записаться')
  await eventually(async () => {
    expect(await salon.sql(`select id from fleet.outbox where state = 'sending'`)).toHaveLength(2)
  })
  await eventually(async () => {
    const calls = await salon.telegram.calls({ bot: salon.botId })
    const hung = calls.filter(({ params }) => JSON.stringify(params).match(/Вы записаны|Новая запись/))
    expect(hung).toHaveLength(2)
  })
  expect(await first.kill('SIGKILL')).toBeNull()
  await salon.telegram.clearFaults()
  expect(await salon.sql(`select id from "${salon.names.schema}".bookings`)).toHaveLength(1)

  start()
  await expectOneBooking()
})

test('a bot killed again and again while many people write answers each of them once', async () => {
  const people: Person[] = []
  for (let n = 0; n < 30; n++) people.push(await salon.person({ first_name: `Гость ${n}` }))
  const answered = async () => {
    const rows = await salon.sql<{ n: number }>(
      `select count(*)::int as n from fleet.outbox where state = 'sent' and client_id = $1`,
      [salon.names.id],
    )
    return rows[0]?.n ?? 0
  }
  const first = start()
  await first.logged('bot_ready')
  await Promise.all(people.map((person) => person.write('/start')))
  for (const enough of [3, 12, 20]) {
    const bot = enough === 3 ? first : start()
    await eventually(async () => expect(await answered()).toBeGreaterThanOrEqual(enough))
    await bot.kill('SIGKILL')
  }
  start()
  await Promise.all(people.map((person) => says(person, /Здравствуйте/)))
  await allSent()
  expect(await salon.sql(`select outcome, count(*)::int as n from fleet.updates group by outcome`)).toEqual([
    { outcome: 'done', n: 30 },
  ])
  expect(await salon.sql(`select count(*)::int as n from fleet.outbox`)).toEqual([{ n: 30 }])
  // A message whose answer the kill took away comes again (booked is worse unsaid than said twice), and only such.
  const attempts = await salon.sql<{ chat_id: string; attempts: number }>(
    'select chat_id, attempts from fleet.outbox',
  )
  for (const person of people) {
    const greetings = (await person.view()).messages.filter(({ text }) => text?.includes('Здравствуйте'))
    const tries = attempts.find(({ chat_id }) => Number(chat_id) === person.user.id)?.attempts ?? 0
    expect(greetings.length).toBeGreaterThanOrEqual(1)
    expect(greetings.length).toBeLessThanOrEqual(tries)
  }
})
