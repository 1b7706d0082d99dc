import { Api, InputFile } from 'grammy'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSandboxClient, lastBotMessage, type Person } from '../../../sandbox/client.ts'
import { type Sandbox, startSandbox } from '../../../sandbox/server.ts'

let now = Date.parse('2026-11-24T10:00:00Z')
let sandbox: Sandbox
let client: ReturnType<typeof createSandboxClient>

beforeAll(async () => {
  sandbox = await startSandbox({ clock: () => new Date(now) })
  client = createSandboxClient(sandbox.url)
})
afterAll(() => sandbox.close())

/** A new bot, and a customer who has written to it. */
async function conversation(): Promise<{ api: Api; raw: Raw; person: Person; chat: number; botId: number }> {
  const bot = await client.createBot()
  const user = await client.createUser({ first_name: 'Маша' })
  const person = client.person(bot.user.id, user)
  await person.write('/start')
  const api = new Api(bot.token, { apiRoot: sandbox.url })
  return { api, raw: rawCalls(bot.token), person, chat: user.id, botId: bot.user.id }
}

interface Answer {
  ok: boolean
  result?: { update_id: number }[]
  error_code?: number
  description?: string
  parameters?: { retry_after?: number }
}
type Raw = (method: string, body?: object) => Promise<Answer>

function rawCalls(token: string): Raw {
  return async (method, body = {}) => {
    const response = await fetch(`${sandbox.url}/bot${token}/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return (await response.json()) as Answer
  }
}

const refused = (description: string, code = 400) => ({ ok: false, error_code: code, description })
const oneButton = { inline_keyboard: [[{ text: 'Да', callback_data: 'yes' }]] }

describe('updates', () => {
  test('an update comes again until a higher offset confirms it', async () => {
    const { api, person } = await conversation()
    await person.write('two')
    const [first, second] = await api.getUpdates()
    expect(await api.getUpdates({ offset: first?.update_id as number })).toHaveLength(2)
    expect(await api.getUpdates({ limit: 1 })).toHaveLength(1)
    const left = await api.getUpdates({ offset: (first?.update_id ?? 0) + 1 })
    expect(left.map((update) => update.update_id)).toEqual([second?.update_id])
    expect(await api.getUpdates({ offset: (second?.update_id ?? 0) + 1 })).toEqual([])
    expect(await api.getUpdates()).toEqual([])
  })

  test('a negative offset forgets all but the last', async () => {
    const { api, person } = await conversation()
    await person.write('two')
    expect((await api.getUpdates({ offset: -1 })).map((update) => update.message?.text)).toEqual(['two'])
    expect(await api.getUpdates()).toHaveLength(1)
  })

  test('a long poll waits for what a customer writes', async () => {
    const { api, person } = await conversation()
    const [start] = await api.getUpdates()
    const poll = api.getUpdates({ offset: (start?.update_id ?? 0) + 1, timeout: 30 })
    await person.write('привет')
    expect((await poll)[0]?.message).toMatchObject({ text: 'привет', from: { first_name: 'Маша' } })
  })

  test('kinds that were not asked for do not come, and the choice is kept', async () => {
    const { api, person } = await conversation()
    await api.getUpdates({ offset: -1, allowed_updates: ['callback_query'] })
    const [start] = await api.getUpdates()
    await person.write('not wanted')
    expect(await api.getUpdates({ offset: (start?.update_id ?? 0) + 1 })).toEqual([])
  })

  test('a second poller ends the first with 409', async () => {
    const { api, raw } = await conversation()
    const [start] = await api.getUpdates()
    const offset = (start?.update_id ?? 0) + 1
    const first = raw('getUpdates', { offset, timeout: 30 })
    // The first poll may still be on its way: ask until it is there to be ended.
    const asking = new AbortController()
    const second = (async () => {
      while (!asking.signal.aborted) await raw('getUpdates', { offset, timeout: 0 })
    })()
    const ended = await first
    asking.abort()
    await second
    expect(ended).toEqual(
      refused(
        'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
        409,
      ),
    )
  })

  test('a webhook is refused, for the sandbox only answers polls', async () => {
    const { raw } = await conversation()
    expect(await raw('setWebhook', { url: 'https://a.b' })).toMatchObject({ ok: false, error_code: 400 })
    expect(await raw('deleteWebhook', { drop_pending_updates: true })).toMatchObject({ ok: true })
    expect((await raw('getUpdates')).result).toEqual([])
  })
})

describe("Telegram's refusals", () => {
  test('a token that is unknown or was revoked gets 401', async () => {
    const { botId, raw } = await conversation()
    expect(await rawCalls(`1:${'a'.repeat(35)}`)('getMe')).toEqual(refused('Unauthorized', 401))
    const token = await client.revoke(botId)
    expect(await raw('getMe')).toEqual(refused('Unauthorized', 401))
    expect(await rawCalls(token)('getMe')).toMatchObject({ ok: true })
  })

  test('messages that Telegram would not take', async () => {
    const { raw, chat } = await conversation()
    const send = (body: object) => raw('sendMessage', { chat_id: chat, text: 'x', ...body })
    const cases: [object, string][] = [
      [{ chat_id: 42 }, 'chat not found'],
      [{ text: ' ' }, 'message text is empty'],
      [{ text: 'x'.repeat(4097) }, 'message is too long'],
      [
        { text: '<b>x', parse_mode: 'HTML' },
        `can't parse entities: Can't find end tag corresponding to start tag "b" at byte offset 4`,
      ],
      [
        { reply_markup: { inline_keyboard: [[{ text: 'x', callback_data: 'x'.repeat(65) }]] } },
        'BUTTON_DATA_INVALID',
      ],
    ]
    for (const [body, reason] of cases) expect(await send(body)).toEqual(refused(`Bad Request: ${reason}`))
    expect(await send({ text: 'x'.repeat(4096) })).toMatchObject({ ok: true })
  })

  test('edits that change nothing, or are not ours to make', async () => {
    const { api, raw, person, chat } = await conversation()
    const { message_id } = await api.sendMessage(chat, 'Время?', { reply_markup: oneButton })
    const same = { chat_id: chat, message_id, text: 'Время?', reply_markup: oneButton }
    expect((await raw('editMessageText', same)).description).toContain('message is not modified')
    const theirs = (await person.write('my own')).message_id
    expect(await raw('editMessageText', { ...same, message_id: theirs })).toEqual(
      refused("Bad Request: message can't be edited"),
    )
    expect(await raw('editMessageText', { ...same, message_id: 999 })).toEqual(
      refused('Bad Request: message to edit not found'),
    )
    await api.editMessageText(chat, message_id, 'Записал')
    const view = await person.view()
    expect(lastBotMessage(view)).toMatchObject({ text: 'Записал' })
    expect(lastBotMessage(view)).not.toHaveProperty('reply_markup')
    await api.deleteMessage(chat, message_id)
    expect(await raw('deleteMessage', { chat_id: chat, message_id })).toEqual(
      refused('Bad Request: message to delete not found'),
    )
  })

  test('a tap is answered once and in time', async () => {
    const { api, raw, person, chat } = await conversation()
    await api.sendMessage(chat, 'Да?', { reply_markup: oneButton })
    const tooOld = refused(
      'Bad Request: query is too old and response timeout expired or query ID is invalid',
    )
    const tap = await person.tap('Да')
    expect(await raw('answerCallbackQuery', { callback_query_id: tap, text: 'Готово' })).toMatchObject({
      ok: true,
    })
    expect((await person.view()).toasts).toEqual([{ queryId: tap, text: 'Готово', alert: false }])
    expect(await raw('answerCallbackQuery', { callback_query_id: tap })).toEqual(tooOld)
    const late = await person.tap('Да')
    now += 61_000
    expect(await raw('answerCallbackQuery', { callback_query_id: late })).toEqual(tooOld)
  })

  test('who blocked the bot hears nothing; the bot hears of the block', async () => {
    const { api, raw, person, chat } = await conversation()
    await person.block()
    expect(await raw('sendMessage', { chat_id: chat, text: 'x' })).toEqual(
      refused('Forbidden: bot was blocked by the user', 403),
    )
    expect((await api.getUpdates()).at(-1)?.my_chat_member?.new_chat_member.status).toBe('kicked')
    await person.unblock()
    await api.sendMessage(chat, 'снова здесь')
  })

  test('commands and descriptions are checked and kept for each language', async () => {
    const { api, raw } = await conversation()
    const command = (name: string) => ({ commands: [{ command: name, description: 'x' }] })
    expect(await raw('setMyCommands', command('Start'))).toEqual(refused('Bad Request: BOT_COMMAND_INVALID'))
    expect(await raw('setMyCommands', { ...command('start'), language_code: 'rus' })).toMatchObject({
      error_code: 400,
    })
    await api.setMyCommands([{ command: 'start', description: 'Начать' }])
    await api.setMyCommands([{ command: 'start', description: 'Start' }], { language_code: 'en' })
    expect(await api.getMyCommands({ language_code: 'en' })).toEqual([
      { command: 'start', description: 'Start' },
    ])
    expect(await raw('setMyDescription', { description: 'x'.repeat(513) })).toMatchObject({ error_code: 400 })
    await api.setMyDescription('Запись')
    expect(await api.getMyDescription()).toEqual({ description: 'Запись' })
  })
})

describe('what a test can ask to go wrong', () => {
  test('429 names the seconds, once, and for the chosen chat only', async () => {
    const { api, raw, chat, botId } = await conversation()
    await client.fault({ kind: '429', bot: botId, chat, method: 'sendMessage', retryAfterSeconds: 7 })
    expect(await raw('sendMessage', { chat_id: chat, text: 'x' })).toEqual({
      ...refused('Too Many Requests: retry after 7', 429),
      parameters: { retry_after: 7 },
    })
    await api.sendMessage(chat, 'x')
  })

  test('a lost answer has done its work, a reset line has not', async () => {
    const { raw, person, chat, botId } = await conversation()
    await client.fault({ kind: 'lost-answer', bot: botId, method: 'sendMessage' })
    await expect(raw('sendMessage', { chat_id: chat, text: 'done' })).rejects.toThrow('fetch failed')
    await client.fault({ kind: 'reset', bot: botId, method: 'sendMessage' })
    await expect(raw('sendMessage', { chat_id: chat, text: 'not done' })).rejects.toThrow('fetch failed')
    await client.fault({ kind: '5xx', bot: botId, method: 'sendMessage' })
    expect(await raw('sendMessage', { chat_id: chat, text: 'not done' })).toMatchObject({ error_code: 502 })
    expect((await person.view()).messages.map((message) => message.text)).toEqual(['/start', 'done'])
  })
})

test('a document arrives byte for byte', async () => {
  const { api, chat, botId } = await conversation()
  const sent = await api.sendDocument(chat, new InputFile(Buffer.from('a;b\n'), 'отчёт.csv'), {
    caption: '<b>Отчёт</b>',
    parse_mode: 'HTML',
  })
  expect(sent).toMatchObject({ caption: 'Отчёт', document: { file_name: 'отчёт.csv', file_size: 4 } })
  const file = await fetch(`${sandbox.url}/sandbox/files/${botId}/${sent.document.file_id}`)
  expect(await file.text()).toBe('a;b\n')
})

test('bots do not see each other: the same customer has two conversations', async () => {
  const { api, person, chat } = await conversation()
  const other = await client.createBot()
  await client.person(other.user.id, person.user).write('/start other')
  await api.sendMessage(chat, 'от первого')
  expect((await client.person(other.user.id, person.user).view()).messages).toHaveLength(1)
  expect((await api.getUpdates()).map((update) => update.message?.text)).toEqual(['/start'])
})

test('a transcript reads like the chat', async () => {
  const { api, person, chat } = await conversation()
  await api.sendMessage(chat, 'Время?\nВыберите', { reply_markup: oneButton })
  expect(await person.transcript()).toBe('Маша: /start\nbot: Время?\n  Выберите\n  [Да]\n')
})
