import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EXIT } from '../../../src/errors.ts'
import { fleetWith, type TestBot, type TestFleet } from '../../support/fleet.ts'
import { eventually } from '../../support/throwaway-servers.ts'

let fleet: TestFleet
let bot: TestBot
beforeAll(async () => {
  fleet = await fleetWith()
  bot = await fleet.addClient('client_anna')
})
afterAll(async () => {
  await fleet?.stop()
})

const instance = async () =>
  (
    await fleet.sql<{ instance: string }>(
      `select instance::text from fleet.heartbeats where client_id = 'client_anna'`,
    )
  )[0]?.instance

const setting = async (key: string) =>
  (await fleet.sql<{ value: unknown }>('select value from client_anna.settings where key = $1', [key]))[0]
    ?.value

describe('client set', () => {
  test('changes what the business owns without a restart, and says old and new', async () => {
    const before = await instance()
    const declared = ['--title', 'New name', '--timezone', 'Asia/Omsk']
    const limits = ['--max-bookings', '5', '--cancellation-hours', '12', '--work-hours', '10-20']
    const contact = ['--address', 'Ленина, 1', '--phone', '+7 2']
    const result = await fleet.ok(['client', 'set', 'anna', ...declared, ...limits, ...contact])
    expect(result.stdout).toBe(`client_anna: title: Salon client_anna → New name
client_anna: time zone: Europe/Moscow → Asia/Omsk
client_anna: bookings per customer: 3 → 5
client_anna: cancellation hours: 24 → 12
client_anna: address: (empty) → Ленина, 1
client_anna: phone: (empty) → +7 2
client_anna: work hours: 9-18 → 10-20
`)
    expect(await instance()).toBe(before)
    expect(await setting('title')).toBe('New name')
    expect(await setting('maxBookingsPerUser')).toBe(5)
    const hours = await fleet.sql('select distinct opens::text, closes::text from client_anna.working_hours')
    expect(hours).toEqual([{ opens: '10:00:00', closes: '20:00:00' }])
    const file = readFileSync(join(fleet.dir, 'clients/client_anna.yml'), 'utf8')
    expect(file).toContain('New name')
    expect(file).toContain('Asia/Omsk')
  })

  test('shows a new title in what Telegram itself says of the bot, without a restart', async () => {
    const before = await instance()
    await fleet.ok(['client', 'set', 'anna', '--title', 'Name on the door'])
    const newest = async (method: string) => {
      const calls = await fleet.sandbox.calls({ bot: bot.id, method })
      return JSON.stringify(calls.filter(({ params }) => params['language_code'] === 'en').at(-1) ?? {})
    }
    for (const method of ['setMyDescription', 'setMyShortDescription'])
      await eventually(async () => expect(await newest(method)).toContain('Name on the door'))
    expect(await instance()).toBe(before)
    await fleet.ok(['client', 'set', 'anna', '--title', 'New name'])
  })

  test('says so when nothing is different', async () => {
    const result = await fleet.ok(['client', 'set', 'anna', '--title', 'New name', '--max-bookings', '5'])
    expect(result.stdout).toBe('client_anna: already so\n')
  })

  test('keeps every byte of a hand-edited declaration outside the changed line', async () => {
    const path = join(fleet.dir, 'clients/client_anna.yml')
    const mine = readFileSync(path, 'utf8').replace('New name', `'New name' # as on the sign`)
    const text = `# my note\n${mine}`
    writeFileSync(path, text)
    await fleet.ok(['client', 'set', 'anna', '--title', 'Newer name'])
    const changed = readFileSync(path, 'utf8').split('\n')
    const differing = text.split('\n').filter((line, index) => line !== changed[index])
    expect(differing).toHaveLength(1)
    expect(changed.join('\n')).toContain('# as on the sign')
  })

  test('other admins cost one restart', async () => {
    const before = await instance()
    const result = await fleet.ok(['client', 'set', 'anna', '--add-admin', '77', '--add-admin', '78'])
    expect(result.stdout).toBe('client_anna: admins: none → 77, 78\n')
    expect(await instance()).not.toBe(before)
    await fleet.ok(['client', 'set', 'anna', '--remove-admin', '77'])
    expect(fleet.secret('ADMIN_IDS_CLIENT_ANNA')).toBe('78')
  })

  test('a token that Telegram refuses changes nothing', async () => {
    const before = await instance()
    const result = await fleet.bookctl(['client', 'set', 'anna', '--token-stdin'], {
      stdin: `55555:${'y'.repeat(35)}`,
    })
    expect(result.exitCode).toBe(EXIT.usage)
    expect(fleet.secret('BOT_TOKEN_CLIENT_ANNA')).toBe(bot.token)
    expect(await instance()).toBe(before)
  })

  test('a rotation that fails leaves the old token working', async () => {
    const result = await fleet.bookctl(['client', 'set', 'anna', '--token-stdin', '--skip-token-check'], {
      stdin: `55555:${'y'.repeat(35)}`,
    })
    expect(result.exitCode).toBe(EXIT.healthGate)
    expect(fleet.secret('BOT_TOKEN_CLIENT_ANNA')).toBe(bot.token)
    expect(await fleet.sql(`select bot_id::text from fleet.clients where client_id = 'client_anna'`)).toEqual(
      [{ bot_id: String(bot.id) }],
    )
    const person = fleet.sandbox.person(bot.id, await fleet.sandbox.createUser({ first_name: 'Маша' }))
    await person.write('/start')
    await person.waitFor((view) => view.messages.some((message) => message.from.is_bot), 'an answer')
  })

  test('a revoked token is replaced by the new one', async () => {
    const token = await fleet.sandbox.revoke(bot.id)
    const result = await fleet.ok(['client', 'set', 'anna', '--token-stdin'], { stdin: `${token}\n` })
    expect(result.stdout).toContain('client_anna: token: ')
    expect(result.stdout + result.stderr).not.toContain(token)
    expect(fleet.secret('BOT_TOKEN_CLIENT_ANNA')).toBe(token)
  })

  test('changes several clients at once, but gives no token to several', async () => {
    await fleet.addClient('client_boris')
    const result = await fleet.ok(['client', 'set', '--all', '--max-bookings', '7'])
    expect(result.stdout).toBe(
      'client_anna: bookings per customer: 5 → 7\nclient_boris: bookings per customer: 3 → 7\n',
    )
    const refused = await fleet.bookctl(['client', 'set', '--all', '--token-stdin'], { stdin: bot.token })
    expect(refused.exitCode).toBe(EXIT.usage)
  })

  test('of several clients, one that fails does not keep the others from being changed, and scripts learn both', async () => {
    await fleet.sql(`update fleet.clients set state = 'removing' where client_id = 'client_anna'`)
    const { stdout, exitCode } = await fleet.bookctl([
      'client',
      'set',
      'anna',
      'boris',
      '--max-bookings',
      '8',
      '--json',
    ])
    await fleet.sql(`update fleet.clients set state = 'active' where client_id = 'client_anna'`)
    expect(exitCode).toBe(EXIT.partly)
    expect(JSON.parse(stdout)).toMatchObject({
      error: {
        code: 'partly-done',
        message: '1 of 2 failed: client_anna',
        details: {
          results: [
            { id: 'client_anna', ok: false },
            { id: 'client_boris', ok: true, result: { changes: [{ from: '7', to: '8' }] } },
          ],
        },
      },
    })
  })
})
