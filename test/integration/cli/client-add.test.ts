import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { EXIT } from '../../../src/errors.ts'
import { fleetWith, type TestFleet } from '../../support/fleet.ts'
import { interruptAtStep, killAtStep } from '../../support/kill-at-step.ts'

let fleet: TestFleet
beforeAll(async () => {
  fleet = await fleetWith()
})
afterAll(async () => {
  await fleet?.stop()
})

const read = (file: string) => readFileSync(join(fleet.dir, file), 'utf8')

async function traces(id: string) {
  const [found] = await fleet.sql<Record<string, boolean>>(
    `select to_regnamespace($1) is not null as schema,
            exists (select from pg_roles where rolname = $1) as role,
            exists (select from fleet.clients where client_id = $1 and state <> 'removed') as client`,
    [id],
  )
  return { ...found, env: read('.env').includes(id.toUpperCase()) }
}

describe('client add', () => {
  test('makes everything a client needs, says what was made, and ends when the bot answers', async () => {
    const bot = await fleet.newBot('Салон «Анна»')
    writeFileSync(
      join(fleet.dir, 'services.yml'),
      '- name: Стрижка\n  minutes: 60\n  price: 2000\n- name: Укладка\n  minutes: 30\n',
    )
    const needed = ['client', 'add', 'anna', '--title', 'Салон «Анна»', '--token-file', bot.tokenFile]
    const more = ['--admin', '1001', '--admin', '1002', '--work-hours', '10-20', '--services', 'services.yml']
    const result = await fleet.ok([...needed, ...more])
    expect(result.stdout).toBe(`client_anna is ready: @${bot.username} (Салон «Анна»)
  schema  client_anna (12 tables, 16 indexes)
  role    client_anna
  Redis   prefix client_anna: user client_anna
  file    clients/client_anna.yml
`)
    const services = await fleet.sql(
      'select name, minutes, price_minor::int from client_anna.services order by id',
    )
    expect(services).toEqual([
      { name: 'Стрижка', minutes: 60, price_minor: 200_000 },
      { name: 'Укладка', minutes: 30, price_minor: null },
    ])
    expect(fleet.secret('ADMIN_IDS_CLIENT_ANNA')).toBe('1001,1002')
    const customer = await fleet.sandbox.createUser({ first_name: 'Маша' })
    const person = fleet.sandbox.person(bot.id, customer)
    await person.write('/start')
    await person.waitFor(
      (view) => view.messages.some((message) => message.from.is_bot),
      'an answer to /start',
    )
  })

  test('run again it does nothing, needs no token, and does not restart the bot', async () => {
    const beat = 'select instance::text from fleet.heartbeats where client_id = $1'
    const before = await fleet.sql(beat, ['client_anna'])
    const result = await fleet.ok(['client', 'add', 'anna'])
    expect(result.stdout).toMatch(/^client_anna is already active: @/)
    expect(await fleet.sql(beat, ['client_anna'])).toEqual(before)
  })

  test('refuses a token that another client uses, and names the client', async () => {
    const result = await fleet.bookctl(['client', 'add', 'boris', '--title', 'B', '--token-stdin'], {
      stdin: `${fleet.secret('BOT_TOKEN_CLIENT_ANNA')}\n`,
    })
    expect(result.exitCode).toBe(EXIT.conflict)
    expect(result.stderr).toContain('client_anna')
    expect(await traces('client_boris')).toEqual({ schema: false, role: false, client: false, env: false })
  })

  test('numbers clients that have no id, and two operators at once get two numbers', async () => {
    const bots = [await fleet.newBot(), await fleet.newBot()]
    const results = await Promise.all(
      bots.map((bot, index) =>
        fleet.ok(['client', 'add', '--title', `Number ${index}`, '--token-file', bot.tokenFile, '--json']),
      ),
    )
    const ids = results.map((result) => (JSON.parse(result.stdout) as { id: string }).id)
    expect(ids.toSorted()).toEqual(['client_001', 'client_002'])
  })

  test('a dry run says what would be made and makes nothing', async () => {
    const bot = await fleet.newBot()
    const env = read('.env')
    const result = await fleet.ok([
      'client',
      'add',
      'dry',
      '--title',
      'Dry',
      '--token-file',
      bot.tokenFile,
      '--dry-run',
    ])
    expect(result.stdout).toContain('client_dry would be made')
    expect(await traces('client_dry')).toEqual({ schema: false, role: false, client: false, env: false })
    expect(read('.env')).toBe(env)
  })

  test('takes back everything when the bot does not get ready, and shows why', async () => {
    const env = read('.env')
    const result = await fleet.bookctl(
      ['client', 'add', 'unready', '--title', 'U', '--token-stdin', '--skip-token-check'],
      { stdin: `987654:${'x'.repeat(35)}` },
    )
    expect(result.exitCode).toBe(EXIT.healthGate)
    expect(result.stderr).toContain('everything that was made is undone')
    expect(result.stderr).not.toContain('x'.repeat(35))
    expect(await traces('client_unready')).toEqual({ schema: false, role: false, client: false, env: false })
    expect(read('.env')).toBe(env)
    const rows = await fleet.sql(`select state from fleet.operations where client_id = 'client_unready'`)
    expect(rows).toEqual([{ state: 'undone' }])
  })

  test('refuses a schema, a role and keys that it did not make, naming each', async () => {
    const bot = await fleet.newBot()
    await fleet.sql('create schema client_foreign')
    await fleet.sql('create role client_foreign')
    const result = await fleet.bookctl([
      'client',
      'add',
      'foreign',
      '--title',
      'F',
      '--token-file',
      bot.tokenFile,
    ])
    expect(result.exitCode).toBe(EXIT.conflict)
    expect(result.stderr).toContain('schema client_foreign, role client_foreign')
    expect(await traces('client_foreign')).toEqual({ schema: true, role: true, client: false, env: false })
  })

  test('refuses keys in Redis that it did not make', async () => {
    const settings = parse(read('fleet.yml')) as { redis: { port: number } }
    const redis = new Redis({ port: settings.redis.port, password: fleet.secret('REDIS_PASSWORD') ?? '' })
    try {
      await redis.set('client_keys:user:1:state', 'x')
      const bot = await fleet.newBot()
      const result = await fleet.bookctl([
        'client',
        'add',
        'keys',
        '--title',
        'K',
        '--token-file',
        bot.tokenFile,
      ])
      expect(result.exitCode).toBe(EXIT.conflict)
      expect(result.stderr).toContain('client_keys:*')
      expect(await redis.get('client_keys:user:1:state')).toBe('x')
    } finally {
      redis.disconnect()
    }
  })

  test('names the settings of the address and the proxy when Telegram does not answer', async () => {
    const bot = await fleet.newBot()
    const settings = read('fleet.yml')
    writeFileSync(
      join(fleet.dir, 'fleet.yml'),
      settings.replace(/hostApiRoot: .*/, 'hostApiRoot: http://127.0.0.1:9'),
    )
    const result = await fleet.bookctl([
      'client',
      'add',
      'far',
      '--title',
      'F',
      '--token-file',
      bot.tokenFile,
    ])
    writeFileSync(join(fleet.dir, 'fleet.yml'), settings)
    expect(result.exitCode).not.toBe(0)
    expect(result.stderr).toContain('TELEGRAM_PROXY')
    expect(result.stderr).not.toContain(bot.token)
    expect(await traces('client_far')).toEqual({ schema: false, role: false, client: false, env: false })
  })

  test('Ctrl-C ends it between two steps and says how to go on, and that works', async () => {
    const bot = await fleet.newBot()
    const args = ['client', 'add', 'stopped', '--title', 'S', '--token-file', bot.tokenFile]
    const result = await interruptAtStep(fleet, { client: 'client_stopped', step: 'declaration' }, args)
    expect(result.exitCode).toBe(EXIT.interrupted)
    expect(result.stderr).toContain('bookctl client add client_stopped')
    expect(await traces('client_stopped')).toEqual({ schema: false, role: false, client: true, env: true })
    expect((await fleet.ok(['client', 'add', 'stopped'])).stdout).toContain('client_stopped is ready')
  })

  test('--keep-on-failure leaves what was made, and a later run with the right token finishes', async () => {
    const wrong = await fleet.bookctl(
      ['client', 'add', 'later', '--title', 'L', '--token-stdin', '--skip-token-check', '--keep-on-failure'],
      { stdin: `876543:${'z'.repeat(35)}` },
    )
    expect(wrong.exitCode).toBe(EXIT.healthGate)
    expect(await traces('client_later')).toEqual({ schema: true, role: true, client: true, env: true })
    const bot = await fleet.newBot()
    const right = await fleet.ok(['client', 'add', 'later', '--token-file', bot.tokenFile])
    expect(right.stdout).toContain(`client_later is ready: @${bot.username}`)
  })

  test('a second operator is told who holds the client, and with which command', async () => {
    const bot = await fleet.newBot()
    const args = ['client', 'add', 'busy', '--title', 'B', '--token-file', bot.tokenFile]
    await killAtStep(fleet, { client: 'client_busy', step: 'schema' }, args, async () => {
      const second = await fleet.bookctl(args)
      expect(second.exitCode).toBe(EXIT.locked)
      expect(second.stderr).toMatch(
        /client_busy is being changed by 'bookctl client add client_busy by \S+ \(\d+\)'/,
      )
    })
    await fleet.ok(args)
  })

  test('leaves every byte of a hand-edited .env outside its own lines as it was', async () => {
    const path = join(fleet.dir, '.env')
    const mine = `${readFileSync(path, 'utf8')}\r\n# mine, with 'quotes'\r\nMY_VALUE="a # b"  \r\nLAST=1`
    writeFileSync(path, mine)
    const bot = await fleet.newBot()
    await fleet.ok(['client', 'add', 'bytes', '--title', 'B', '--token-file', bot.tokenFile])
    const after = readFileSync(path, 'utf8')
    expect(after.startsWith(mine)).toBe(true)
    const added = after
      .slice(mine.length)
      .split(/\r?\n/)
      .filter((line) => line && !line.startsWith('#'))
    expect(added.every((line) => /^\w+_CLIENT_BYTES=/.test(line))).toBe(true)
    expect(added).toHaveLength(4)
  })
})
