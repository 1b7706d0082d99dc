import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BackupResult } from '../../../src/operations/backup.ts'
import type { RestoreResult } from '../../../src/operations/restore.ts'
import { fingerprintOthers } from '../../support/fingerprint.ts'
import { fleetWith, type TestFleet } from '../../support/fleet.ts'

let fleet: TestFleet
beforeAll(async () => {
  fleet = await fleetWith('anna', 'boris')
  await customers('client_boris', 7)
}, 300_000)
afterAll(() => fleet.stop())

const json = async <T>(...args: string[]) => JSON.parse((await fleet.ok([...args, '--json'])).stdout) as T
const customers = (id: string, count: number) =>
  fleet.sql(
    `insert into ${id}.users (telegram_id)
     select (select coalesce(max(telegram_id), 0) from ${id}.users) + n from generate_series(1, ${count}) n`,
  )
const countOf = async (id: string) =>
  (await fleet.sql<{ users: number }>(`select count(*)::int as users from ${id}.users`))[0]?.users
const backUp = async (id: string) => (await json<BackupResult[]>('backup', id))[0]?.name ?? ''
const healthy = async () => (await fleet.bookctl(['status'])).exitCode === 0
const schemas = async () =>
  (
    await fleet.sql<{ name: string }>(
      `select nspname as name from pg_namespace where nspname like 'client%' order by 1`,
    )
  ).map(({ name }) => name)

describe('restore', () => {
  test('shows in numbers what would change, and changes nothing without the id typed', async () => {
    await customers('client_anna', 3)
    const backup = await backUp('anna')
    await customers('client_anna', 2)
    const dry = await json<RestoreResult>('restore', 'anna', '--dry-run')
    expect(dry).toMatchObject({
      outcome: 'planned',
      backup,
      difference: { tables: [{ table: 'users', live: 5, backup: 3 }], since: { customers: 2, bookings: 0 } },
    })
    const refused = await fleet.bookctl(['restore', 'anna', '--yes'])
    expect([refused.exitCode, refused.stderr]).toEqual([2, expect.stringContaining('users 5 → 3')])
    expect(await countOf('client_anna')).toBe(5)
    expect(await healthy()).toBe(true)
  })

  test('brings one client back, keeps what was there, and leaves every other schema and key equal', async () => {
    const redis = fleet.openRedis()
    await redis.set('client_anna:user:1:state', 'old', 'EX', 600)
    await redis.set('client_boris:user:1:state', 'kept', 'EX', 600)
    await fleet.sql(
      `insert into fleet.outbox (client_id, chat_id, kind, method, payload, dedupe_key, repeat_if_unknown, not_before)
       values ('client_anna', 1, 'answer', 'sendMessage', '{}', 'later', false, now() + interval '1 day'),
              ('client_boris', 1, 'answer', 'sendMessage', '{}', 'later', false, now() + interval '1 day')`,
    )
    const before = await fingerprintOthers(fleet, 'client_anna')
    const result = await json<RestoreResult>('restore', 'anna', '--confirm', 'client_anna')
    expect(result.before?.schema).toMatch(/^client_anna__old_\d{14}$/)
    expect(await countOf('client_anna')).toBe(3)
    expect(await countOf(result.before?.schema ?? '')).toBe(5)
    expect(await fingerprintOthers(fleet, 'client_anna')).toEqual(before)
    expect(await redis.keys('client_anna:*')).toEqual([])
    expect(await fleet.sql(`select client_id from fleet.outbox where dedupe_key = 'later'`)).toEqual([
      { client_id: 'client_boris' },
    ])
    expect(await healthy()).toBe(true)
    // Owners and rights are those of provisioning: there is nothing to mend.
    expect((await fleet.bookctl(['diff', '--exit-code'])).exitCode).toBe(0)
    redis.disconnect()
  })

  test('--undo swaps back, and can itself be undone', async () => {
    await fleet.ok(['restore', 'anna', '--undo', '--confirm', 'client_anna'])
    expect(await countOf('client_anna')).toBe(5)
    expect(await healthy()).toBe(true)
    await fleet.ok(['restore', 'anna', '--undo', '--confirm', 'client_anna'])
    expect(await countOf('client_anna')).toBe(3)
    expect((await fleet.bookctl(['diff', '--exit-code'])).exitCode).toBe(0)
    expect((await schemas()).filter((name) => name.includes('__old_'))).toHaveLength(1)
  })

  test('what was replaced is dropped by a prune once its time is over, and no sooner', async () => {
    await fleet.ok(['backup', 'prune', '--allow-mass'])
    expect((await schemas()).filter((name) => name.includes('__old_'))).toHaveLength(1)
    await fleet.sql(`update fleet.kept_schemas set keep_until = now() - interval '1 second'`)
    const { stderr } = await fleet.ok(['backup', 'prune', '--allow-mass'])
    expect(stderr).toMatch(/dropped client_anna__old_\d{14}/)
    expect((await schemas()).filter((name) => name.includes('__old_'))).toEqual([])
    const undo = await fleet.bookctl(['restore', 'anna', '--undo', '--confirm', 'client_anna'])
    expect(undo.exitCode).toBe(4)
  })

  test('--at takes the newest backup that is old enough; before the first there is none', async () => {
    const old = (await json<BackupResult[]>('backup', 'list', 'anna')).at(-1)
    await customers('client_anna', 1)
    const at = new Date().toISOString()
    await backUp('anna')
    const found = await json<RestoreResult>('restore', 'anna', '--at', at, '--dry-run')
    expect(found.createdAt <= at).toBe(true)
    expect(old).toBeDefined()
    expect((await fleet.bookctl(['restore', 'anna', '--at', '2020-01-01', '--dry-run'])).exitCode).toBe(4)
    expect((await fleet.bookctl(['restore', 'anna', '--at', 'yesterday', '--dry-run'])).exitCode).toBe(2)
  })

  test('a damaged backup is refused before the bot is stopped, and nothing is lost', async () => {
    const backup = await backUp('boris')
    const archive = join(fleet.dir, 'backups/client_boris', `${backup}.dump`)
    truncateSync(archive, 2000)
    const before = await fleet.sql(`select instance from fleet.heartbeats where client_id = 'client_boris'`)
    const result = await fleet.bookctl(['restore', 'boris', '--confirm', 'client_boris'])
    expect([result.exitCode, result.stderr]).toEqual([14, expect.stringContaining(archive)])
    expect(await fleet.sql(`select instance from fleet.heartbeats where client_id = 'client_boris'`)).toEqual(
      before,
    )
    expect(await countOf('client_boris')).toBe(7)
    expect(await healthy()).toBe(true)
  })

  test('a removed client comes back as it was: data, token, admins, file, bot', async () => {
    const bot = await fleet.addClient('client_goes', '--admin', '4242')
    await customers('client_goes', 4)
    const file = readFileSync(join(fleet.dir, 'clients/client_goes.yml'), 'utf8')
    await fleet.ok(['client', 'remove', 'goes', '--confirm', 'client_goes'])
    const added = await fleet.bookctl([
      'client',
      'add',
      'goes',
      '--token-file',
      bot.tokenFile,
      '--title',
      'X',
    ])
    expect([added.exitCode, added.stderr]).toEqual([
      5,
      expect.stringContaining('bookctl restore client_goes'),
    ])
    await fleet.ok(['restore', 'goes', '--confirm', 'client_goes'])
    expect(await countOf('client_goes')).toBe(4)
    expect(fleet.secret('BOT_TOKEN_CLIENT_GOES')).toBe(bot.token)
    expect(fleet.secret('ADMIN_IDS_CLIENT_GOES')).toBe('4242')
    expect(readFileSync(join(fleet.dir, 'clients/client_goes.yml'), 'utf8')).toBe(file)
    expect(await healthy()).toBe(true)
    expect((await fleet.bookctl(['diff', '--exit-code'])).exitCode).toBe(0)
  })

  test('without the key it asks for the token; with another key it stops before anything is made', async () => {
    const bot = await fleet.addClient('client_keyless')
    await fleet.ok(['client', 'remove', 'keyless', '--confirm', 'client_keyless'])
    const wrong = join(fleet.dir, 'wrong.txt')
    writeFileSync(wrong, 'AGE-SECRET-KEY-1QQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQ\n')
    const before = readFileSync(join(fleet.dir, '.env'), 'utf8')
    const restore = ['restore', 'keyless', '--confirm', 'client_keyless']
    expect((await fleet.bookctl([...restore, '--identity', wrong])).exitCode).toBe(12)
    const missing = await fleet.bookctl([...restore, '--identity', join(fleet.dir, 'nowhere.txt')])
    expect([missing.exitCode, missing.stderr]).toEqual([2, expect.stringContaining('--token-file')])
    expect(readFileSync(join(fleet.dir, '.env'), 'utf8')).toBe(before)
    await fleet.ok([...restore, '--identity', join(fleet.dir, 'nowhere.txt'), '--token-file', bot.tokenFile])
    expect(await healthy()).toBe(true)
  })

  test('archives of a removed client are not poured into a new one of the same id', async () => {
    await fleet.addClient('client_twice')
    await fleet.ok(['client', 'remove', 'twice', '--confirm', 'client_twice'])
    const [old] = await json<{ name: string }[]>('backup', 'list', 'twice')
    await fleet.addClient('client_twice', '--new')
    const latest = await fleet.bookctl(['restore', 'twice', '--confirm', 'client_twice'])
    expect(latest.exitCode).toBe(4)
    const named = await fleet.bookctl(['restore', 'twice', old?.name ?? '', '--confirm', 'client_twice'])
    expect([named.exitCode, named.stderr]).toEqual([5, expect.stringContaining('--as')])
  })

  test('--as makes a copy that polls for nobody until it has a bot of its own', async () => {
    const backup = await backUp('boris')
    const before = await fingerprintOthers(fleet, 'client_copy')
    const { stderr } = await fleet.ok(['restore', 'boris', backup, '--as', 'copy'])
    expect(stderr).toContain('client set client_copy --token-file')
    expect(await countOf('client_copy')).toBe(7)
    expect(await fingerprintOthers(fleet, 'client_copy')).toEqual(before)
    expect(fleet.secret('BOT_TOKEN_CLIENT_COPY')).toBe(undefined)
    expect(await fleet.sql(`select value from client_copy.settings where key = 'title'`)).toEqual([
      { value: 'Salon boris (copy)' },
    ])
    expect(await healthy()).toBe(true)
    expect((await fleet.bookctl(['diff', '--exit-code'])).exitCode).toBe(0)
    const tokenless = await fleet.bookctl(['client', 'start', 'copy'])
    expect([tokenless.exitCode, tokenless.stderr]).toEqual([
      10,
      expect.stringContaining('BOT_TOKEN_CLIENT_COPY'),
    ])
    const bot = await fleet.newBot('The copy')
    await fleet.ok(['client', 'set', 'copy', '--token-file', bot.tokenFile])
    await fleet.ok(['client', 'start', 'copy'])
    expect(await healthy()).toBe(true)
    const taken = await fleet.bookctl(['restore', 'boris', backup, '--as', 'copy'])
    expect(taken.exitCode).toBe(5)
  })

  test('removing a client also takes what its restores have kept', async () => {
    await backUp('anna')
    await fleet.ok(['client', 'remove', 'anna', '--confirm', 'client_anna'])
    expect((await schemas()).filter((name) => name.startsWith('client_anna'))).toEqual([])
    expect(await fleet.sql('select schema_name from fleet.kept_schemas')).toEqual([])
    expect(readdirSync(join(fleet.dir, 'backups/client_anna')).length).toBeGreaterThan(0)
  })
})
