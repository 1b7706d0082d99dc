import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { collectEffects } from '../../../bot/runtime/effects.ts'
import { qrPng } from '../../../bot/telegram/qr-png.ts'
import type { Person } from '../../../sandbox/client.ts'
import { type RunningBot, startBot } from '../../support/bot.ts'
import { eventually } from '../../support/throwaway-servers.ts'

let running: RunningBot
let anna: Person
let keys = 0

beforeAll(async () => {
  running = await startBot()
})
afterAll(() => running.stop())
beforeEach(async () => {
  anna = await newPerson()
})
afterEach(() => running.sandboxClient.clearFaults())

/** Somebody who has met the bot, and so may be written to. */
async function newPerson(): Promise<Person> {
  const user = await running.sandboxClient.createUser({ language_code: 'ru' })
  const person = running.sandboxClient.person(running.botId, user)
  await person.write('/start')
  await person.waitFor((view) => view.messages.length === 2, 'a greeting')
  await eventually(async () => expect(await openRows(person)).toEqual([]))
  return person
}

const openRows = async (person: Person) =>
  (
    await running.db.query(
      `select id from fleet.outbox where chat_id = $1 and state in ('queued', 'sending')`,
      [person.user.id],
    )
  ).rows

/** Puts a message into the outbox, as an update's transaction does. */
async function owe(
  person: Person,
  payload: Record<string, unknown>,
  options: { method?: string; repeat?: boolean } = {},
): Promise<string> {
  const { rows } = await running.db.query<{ id: string }>(
    `insert into fleet.outbox (client_id, chat_id, kind, method, payload, dedupe_key, repeat_if_unknown)
     values ($1, $2, 'answer', $3, $4, $5, $6) returning id`,
    [
      running.clientId,
      person.user.id,
      options.method ?? 'sendMessage',
      JSON.stringify({ chat_id: person.user.id, ...payload }),
      `test:${++keys}`,
      options.repeat ?? true,
    ],
  )
  return rows[0]?.id ?? ''
}

interface Row {
  state: string
  attempts: number
  error: string | null
  payload: unknown
}

/** The row when it is finished with. */
const finished = (id: string) =>
  eventually(async () => {
    const { rows } = await running.db.query<Row>(
      'select state, attempts, error, payload from fleet.outbox where id = $1 and finished_at is not null',
      [id],
    )
    if (!rows[0]) throw new Error(`row ${id} is not finished`)
    return rows[0]
  })

const texts = async (person: Person) => (await person.view()).messages.slice(2).map(({ text }) => text)
const fault = (kind: '429' | '5xx' | 'timeout' | 'lost-answer' | 'reset', more: object = {}) =>
  running.sandboxClient.fault({ kind, chat: anna.user.id, ...more })

test('a message that is sent is forgotten: what remains is that it was sent', async () => {
  const id = await owe(anna, { text: 'Ждём вас завтра' })
  expect(await finished(id)).toEqual({ state: 'sent', attempts: 1, error: null, payload: {} })
  expect(await texts(anna)).toEqual(['Ждём вас завтра'])
})

test('when Telegram asks to slow down, the message waits as long as asked, and those behind it keep their order', async () => {
  await fault('429', { retryAfterSeconds: 2 })
  const first = await owe(anna, { text: 'один' })
  const others = [await owe(anna, { text: 'два' }), await owe(anna, { text: 'три' })]
  expect(await finished(first)).toMatchObject({ state: 'sent', attempts: 2 })
  for (const id of others) expect(await finished(id)).toMatchObject({ state: 'sent', attempts: 1 })
  expect(await texts(anna)).toEqual(['один', 'два', 'три'])
  const calls = (await running.sandboxClient.calls({ bot: running.botId, method: 'sendMessage' })).filter(
    ({ params }) => params['text'] === 'один',
  )
  const [asked, repeated] = calls.map(({ at }) => Date.parse(at))
  expect(calls).toHaveLength(2)
  expect((repeated ?? 0) - (asked ?? 0)).toBeGreaterThanOrEqual(1_900)
})

test('a fault of Telegram costs a second try and nothing else', async () => {
  await fault('5xx', { times: 2 })
  const id = await owe(anna, { text: 'Ждём вас' }, { repeat: false })
  expect(await finished(id)).toMatchObject({ state: 'sent', attempts: 3 })
  expect(await texts(anna)).toEqual(['Ждём вас'])
})

test('when the answer to a send is lost, a confirmation is sent again and a reminder is not', async () => {
  await fault('lost-answer')
  const confirmation = await owe(anna, { text: 'Вы записаны' }, { repeat: true })
  expect(await finished(confirmation)).toMatchObject({ state: 'sent', attempts: 2 })
  await fault('lost-answer')
  const reminder = await owe(anna, { text: 'Напоминаем' }, { repeat: false })
  expect(await finished(reminder)).toMatchObject({ state: 'unknown', attempts: 1, payload: {} })
  expect(await texts(anna)).toEqual(['Вы записаны', 'Вы записаны', 'Напоминаем'])
})

test('a customer who blocked the bot is marked as gone; coming back takes the mark away', async () => {
  const goneAt = async () =>
    (
      await running.db.query<{ gone: boolean }>(
        `select gone_at is not null as gone from "${running.names.schema}".users where telegram_id = $1`,
        [anna.user.id],
      )
    ).rows
  await anna.block()
  const id = await owe(anna, { text: 'Ждём вас' })
  expect(await finished(id)).toMatchObject({ state: 'failed', attempts: 1, payload: {} })
  expect(await goneAt()).toEqual([{ gone: true }])
  await anna.unblock()
  await anna.write('/start')
  await eventually(async () => expect(await goneAt()).toEqual([{ gone: false }]))
})

test('a screen whose message is gone comes as a new message; one that shows the same already counts as shown', async () => {
  const lost = await owe(anna, { message_id: 4711, text: 'Ваши записи' }, { method: 'editMessageText' })
  expect(await finished(lost)).toMatchObject({ state: 'sent', attempts: 2 })
  expect(await texts(anna)).toEqual(['Ваши записи'])
  const shown = (await anna.view()).messages.at(-1)?.message_id
  const same = await owe(anna, { message_id: shown, text: 'Ваши записи' }, { method: 'editMessageText' })
  expect(await finished(same)).toMatchObject({ state: 'sent', attempts: 1, error: null })
  expect(await texts(anna)).toEqual(['Ваши записи'])
})

test('a message that Telegram does not accept is given up with the reason, and holds up nothing', async () => {
  const broken = await owe(anna, { text: '' })
  const next = await owe(anna, { text: 'дальше' })
  expect(await finished(broken)).toMatchObject({ state: 'failed', error: expect.stringContaining('empty') })
  expect(await finished(next)).toMatchObject({ state: 'sent' })
})

/** A document's row, as an update's transaction queues it. */
function oweDocument(person: Person, content: string, options: { repeat?: boolean } = {}): Promise<string> {
  const { effects, collected } = collectEffects()
  effects.sendDocument(person.user.id, {
    kind: 'qr-code',
    caption: 'Ссылка <b>на запись</b>',
    file: { name: 'qr.png', content: Buffer.from(content) },
  })
  return owe(person, collected.messages[0]?.payload ?? {}, { method: 'sendDocument', ...options })
}

async function documents(person: Person): Promise<{ name: string; caption: string; size: number }[]> {
  const sent = (await person.view()).messages.filter(({ document }) => document)
  return sent.map(({ document, caption = '' }) => ({
    name: document?.file_name ?? '',
    caption,
    size: document?.file_size ?? 0,
  }))
}

test('a document arrives once and whole, and is forgotten', async () => {
  const content = 'Ж'.repeat(400_000)
  const id = await oweDocument(anna, content)
  expect(await finished(id)).toEqual({ state: 'sent', attempts: 1, error: null, payload: {} })
  expect(await documents(anna)).toEqual([{ name: 'qr.png', caption: 'Ссылка на запись', size: 800_000 }])
  const { document } = (await anna.view()).messages.at(-1) ?? {}
  const file = await fetch(`${running.sandbox.url}/sandbox/files/${running.botId}/${document?.file_id}`)
  expect((await file.text()) === content).toBe(true)
})

test('a photo arrives as a picture, with its words', async () => {
  const { effects, collected } = collectEffects()
  effects.sendPhoto(anna.user.id, {
    kind: 'chart',
    caption: '<b>Ноябрь</b>',
    file: { name: 'chart.png', content: qrPng('https://t.me/salon_bot') },
  })
  const id = await owe(anna, collected.messages[0]?.payload ?? {}, { method: 'sendPhoto' })
  expect(await finished(id)).toEqual({ state: 'sent', attempts: 1, error: null, payload: {} })
  const { photo, caption } = (await anna.view()).messages.at(-1) ?? {}
  expect(caption).toBe('Ноябрь')
  const file = await fetch(`${running.sandbox.url}/sandbox/files/${running.botId}/${photo?.[0]?.file_id}`)
  expect(Buffer.from(await file.arrayBuffer()).equals(qrPng('https://t.me/salon_bot'))).toBe(true)
})

test('a document waits when Telegram asks to slow down, and keeps its place among the messages', async () => {
  await fault('429', { retryAfterSeconds: 1 })
  const id = await oweDocument(anna, 'png')
  const next = await owe(anna, { text: 'дальше' })
  expect(await finished(id)).toMatchObject({ state: 'sent', attempts: 2 })
  expect(await finished(next)).toMatchObject({ state: 'sent', attempts: 1 })
  const { messages } = await anna.view()
  expect(messages.slice(-2).map(({ document, text }) => document?.file_name ?? text)).toEqual([
    'qr.png',
    'дальше',
  ])
})

test('when the answer to a document is lost, it is sent again or not as its kind wants', async () => {
  await fault('lost-answer')
  expect(await finished(await oweDocument(anna, 'png'))).toMatchObject({ state: 'sent', attempts: 2 })
  await fault('lost-answer')
  const once = await oweDocument(anna, 'png', { repeat: false })
  expect(await finished(once)).toMatchObject({ state: 'unknown', attempts: 1, payload: {} })
  expect(await documents(anna)).toHaveLength(3)
})

test('a document for somebody who blocked the bot is given up', async () => {
  await anna.block()
  expect(await finished(await oweDocument(anna, 'png'))).toMatchObject({
    state: 'failed',
    attempts: 1,
    payload: {},
  })
})

test('a file of more than 1 MB is refused before it is queued', () => {
  const { effects, collected } = collectEffects()
  const file = { name: 'big.csv', content: Buffer.alloc(1024 * 1024 + 1) }
  expect(() => effects.sendDocument(1, { kind: 'export', caption: '', file })).toThrow(
    'big.csv has 1048577 bytes; at most 1048576 can be sent',
  )
  expect(collected.messages).toEqual([])
})

test('a chat whose message hangs holds up no other chat', async () => {
  await fault('timeout')
  const hanging = await owe(anna, { text: 'висит' })
  await eventually(async () => {
    const { rows } = await running.db.query('select from fleet.outbox where id = $1 and state = $2', [
      hanging,
      'sending',
    ])
    expect(rows).toHaveLength(1)
  })
  const boris = await newPerson()
  expect(await finished(await owe(boris, { text: 'Ждём вас' }))).toMatchObject({ state: 'sent' })
  const { rows } = await running.db.query<Row>('select state from fleet.outbox where id = $1', [hanging])
  expect(rows).toEqual([{ state: 'sending' }])
})
