import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { CLIENT_SCHEMA_VERSION } from '../../../bot/contract/schema.ts'
import { lastBotMessage } from '../../../sandbox/client.ts'
import { killChildBots, startChildBot } from '../../support/child-bot.ts'
import { clientWithoutBot, type ReadyClient } from '../../support/client-without-bot.ts'
import { passwordOf } from '../../support/stores.ts'
import { eventually } from '../../support/throwaway-servers.ts'

let salon: ReadyClient

beforeAll(async () => {
  salon = await clientWithoutBot()
})
afterEach(killChildBots)
afterAll(() => salon.close())

test('a bad environment is refused with every mistake at once (exit 10), and no value of it is printed', async () => {
  const bot = startChildBot({
    BOT_TOKEN: 'not-a-token-secret',
    CLIENT_ID: 'client_001',
    DATABASE_URL: 'mysql://user:hunter2@host/db',
    REDIS_PORT: '99999',
    ADMIN_IDS: '1,boris',
    WORK_HOURS_START: '18',
    WORK_HOURS_END: '9',
    TELEGRAM_PROXY: 'ftp://proxy:hunter2@host',
    LOG_LEVEL: 'info',
  })
  expect(await bot.exited()).toBe(10)
  expect(bot.events('configuration_invalid')[0]?.['problems']).toEqual([
    'BOT_TOKEN does not look like a token of @BotFather',
    "ADMIN_IDS: 'boris' is not a Telegram id",
    'DATABASE_URL is not a valid address',
    'REDIS_HOST is missing (host of Redis)',
    'REDIS_PORT must be a whole number from 1 to 65535',
    'WORK_HOURS_END must be after WORK_HOURS_START',
    'TELEGRAM_PROXY is not a valid address',
  ])
  expect(bot.output()).not.toMatch(/hunter2|not-a-token-secret/)
})

test('a bot without a schema says in one line what to run, and exits with 13', async () => {
  const id = 'client_never_added'
  const bot = startChildBot({
    ...salon.env,
    CLIENT_ID: id,
    PG_SCHEMA: id,
    REDIS_KEY_PREFIX: `${id}:`,
  })
  expect(await bot.exited()).toBe(13)
  expect(bot.events('schema_unusable')[0]?.['msg']).toBe(
    `There is no schema for ${id}. Run: bookctl client add ${id}`,
  )
})

test('a bot whose role is refused says what to run, and exits with 13', async () => {
  const bot = startChildBot({
    ...salon.env,
    DATABASE_URL: salon.env['DATABASE_URL']?.replace(/secret-of-/, 'wrong-') ?? '',
  })
  expect(await bot.exited()).toBe(13)
  expect(bot.events('schema_unusable')[0]?.['msg']).toContain(`Run: bookctl client add ${salon.names.id}`)
  expect(bot.output()).not.toContain('wrong-')
})

test('a bot refuses a schema that is older than itself (exit 13) and accepts a newer one that still fits it', async () => {
  const versions = (version: number, oldest: number) =>
    salon.sql('update fleet.schema_versions set version = $1, oldest_runtime = $2', [version, oldest])
  await versions(0, 0)
  const older = startChildBot(salon.env)
  expect(await older.exited()).toBe(13)
  expect(older.events('schema_unusable')[0]?.['msg']).toContain(
    `has version 0; this bot needs ${CLIENT_SCHEMA_VERSION}`,
  )
  await versions(CLIENT_SCHEMA_VERSION + 8, CLIENT_SCHEMA_VERSION + 1)
  const tooNew = startChildBot(salon.env)
  expect(await tooNew.exited()).toBe(13)
  expect(tooNew.events('schema_unusable')[0]?.['msg']).toMatch(/too new for this bot/)
  await versions(CLIENT_SCHEMA_VERSION + 8, CLIENT_SCHEMA_VERSION)
  const newer = startChildBot(salon.env)
  await newer.logged('bot_ready')
  await versions(CLIENT_SCHEMA_VERSION, 1)
})

test('a token that Telegram refuses ends the bot with 12, at the start and while it runs', async () => {
  const bot = startChildBot(salon.env)
  await bot.logged('bot_ready')
  const token = await salon.telegram.revoke(salon.botId)
  // The poll that waits still gets this; the answer to it and the next poll are refused.
  const anna = await salon.person()
  await anna.write('/start')
  expect(await bot.exited()).toBe(12)
  expect(bot.events('token_refused')[0]?.['msg']).toContain(
    `bookctl client set ${salon.names.id} --token-file`,
  )
  const again = startChildBot(salon.env)
  expect(await again.exited()).toBe(12)
  salon.env['BOT_TOKEN'] = token
  const renewed = startChildBot(salon.env)
  await renewed.logged('bot_ready')
  await anna.waitFor((view) => /Здравствуйте/.test(lastBotMessage(view)?.text ?? ''), 'a greeting')
})

/** Anna has written, and her update waits in its transaction for the holder of a lock. */
async function annaIsHeldUp() {
  const anna = await salon.person()
  const holder = await salon.store.open()
  await holder.query('begin')
  await holder.query('lock table fleet.updates in share row exclusive mode')
  await anna.write('/start')
  await salon.botWaitsForLock()
  return { anna, holder }
}

test('SIGTERM: the bot finishes the update that it has begun, sends what it owes, and exits with 0', async () => {
  const bot = startChildBot(salon.env)
  await bot.logged('bot_ready')
  const { anna, holder } = await annaIsHeldUp()
  const exited = bot.kill('SIGTERM')
  await bot.logged('bot_stopping')
  await holder.query('rollback')
  expect(await exited).toBe(0)
  expect(lastBotMessage(await anna.view())?.text).toMatch(/Здравствуйте/)
  const beats = await salon.sql<{ stopped: boolean; reason: string }>(
    'select stopped_at is not null as stopped, not_ready_reason as reason from fleet.heartbeats where client_id = $1',
    [salon.names.id],
  )
  expect(beats).toEqual([{ stopped: true, reason: 'stopping' }])
  // Nothing comes twice after the restart, although the last batch was never confirmed to Telegram.
  const next = startChildBot(salon.env)
  await next.logged('bot_ready')
  await eventually(async () => {
    const [account] = await salon.telegram.bots()
    expect(account?.pending).toBe(0)
  })
  const greetings = (await anna.view()).messages.filter(({ text }) => text?.includes('Здравствуйте'))
  expect(greetings).toHaveLength(1)
})

test('SIGTERM ends a bot with 0 even when the database holds its update up', async () => {
  const bot = startChildBot(salon.env)
  await bot.logged('bot_ready')
  const { anna, holder } = await annaIsHeldUp()
  expect(await bot.kill('SIGTERM')).toBe(0)
  expect(bot.events('stop_cut_short')).toHaveLength(1)
  await holder.query('rollback')
  startChildBot(salon.env)
  await anna.waitFor((view) => /Здравствуйте/.test(lastBotMessage(view)?.text ?? ''), 'a greeting')
})

test('every variable can be given as a file, obsolete ones are named, and neither token nor password is in the log', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bookctl-secrets-'))
  const env: Record<string, string> = { DB_TYPE: 'postgres', REDIS_ENABLED: 'true', LOG_LEVEL: 'trace' }
  for (const [name, value] of Object.entries(salon.env)) {
    const file = join(folder, name)
    writeFileSync(file, `${value}\n`)
    chmodSync(file, 0o600)
    env[`${name}_FILE`] = file
  }
  const bot = startChildBot(env)
  await bot.logged('bot_ready')
  expect(bot.events('obsolete_variables')).toMatchObject([{ names: ['DB_TYPE', 'REDIS_ENABLED'] }])
  const [ready] = bot.events('schema_ready')
  expect(ready).toMatchObject({ client: salon.names.id, tables: 12, indexes: 16 })
  const anna = await salon.person()
  for (const kind of ['reset', '5xx', 'lost-answer'] as const) {
    await salon.telegram.fault({ kind, bot: salon.botId, method: 'getUpdates' })
    await salon.telegram.fault({ kind, bot: salon.botId, method: 'sendMessage' })
  }
  await anna.write('/start')
  await bot.logged('telegram_lost')
  await bot.logged('send_later')
  await anna.waitFor((view) => /Здравствуйте/.test(lastBotMessage(view)?.text ?? ''), 'a greeting')
  await bot.kill('SIGTERM')
  const secret = salon.env['BOT_TOKEN']?.split(':')[1] ?? ''
  expect(secret.length).toBeGreaterThan(20)
  for (const word of [secret, passwordOf(salon.names), 'throwaway']) expect(bot.output()).not.toContain(word)
  const rows = await salon.sql<{ error: string | null }>('select error from fleet.outbox')
  expect(JSON.stringify(rows)).not.toContain(secret)
  rmSync(folder, { recursive: true })
})

test('an unknown role of the program is refused with the ones that there are', async () => {
  const bot = startChildBot(salon.env, ['pool'])
  expect(await bot.exited()).toBe(10)
  expect(bot.events('role_unknown')).toMatchObject([{ role: 'pool', known: ['client'] }])
})
