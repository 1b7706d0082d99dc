import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BackupResult } from '../../../src/operations/backup.ts'
import { generateIdentity } from '../../../src/secrets/age.ts'
import { bookctl } from '../../support/cli.ts'
import { fleetWith, type TestFleet } from '../../support/fleet.ts'

let fleet: TestFleet
let elsewhere: string
let key: string
const settings = () => join(fleet.dir, 'fleet.yml')
beforeAll(async () => {
  fleet = await fleetWith('anna')
  elsewhere = mkdtempSync(join(tmpdir(), 'bookctl-elsewhere-'))
  key = join(elsewhere, 'key.txt')
  writeFileSync(
    settings(),
    readFileSync(settings(), 'utf8').replace('encryptArchives: false', 'encryptArchives: true'),
  )
  await fleet.sql('insert into client_anna.users (telegram_id) select generate_series(1, 3)')
  // The identity is kept elsewhere: from here on this machine can encrypt and not decrypt.
  renameSync(join(fleet.dir, '.bookctl/age-identity.txt'), key)
}, 300_000)
afterAll(async () => {
  await fleet.stop()
  rmSync(elsewhere, { recursive: true, force: true })
})

const users = () => fleet.sql('select count(*)::int as users from client_anna.users')
const backUp = async (...args: string[]) =>
  JSON.parse((await fleet.ok(['backup', ...args, '--json'])).stdout) as BackupResult[]

test('a machine without the key makes encrypted backups and proves their hash; a drill says that this was all', async () => {
  const [made] = await backUp('anna')
  expect(made?.archive).toMatch(/\.dump\.age$/)
  await fleet.ok(['backup', 'verify', 'anna', '--level', 'hash'])
  const drill = await fleet.ok(['backup', 'drill', 'anna'])
  expect(drill.stdout).toMatch(/^client_anna-\S+: NOT restored, only its hash is right\n$/)
  expect(drill.stderr).toContain('--identity FILE')
  const whole = await fleet.ok(['backup', 'drill', 'anna', '--identity', key])
  expect(whole.stdout).toMatch(/: restored, rows equal\n$/)
  const shown = await fleet.ok(['backup', 'show', 'anna'])
  expect(shown.stdout).toMatch(/age --decrypt --identity \S+ \S+\.dump\.age \| .*pg_restore/)
})

test('a restore without the key, or with another one, ends before the bot is stopped', async () => {
  const missing = await fleet.bookctl(['restore', 'anna', '--confirm', 'client_anna'])
  expect([missing.exitCode, missing.stderr]).toEqual([12, expect.stringContaining('age-identity.txt')])
  expect(missing.stderr).toContain('--identity FILE')
  const other = join(elsewhere, 'other.txt')
  writeFileSync(other, `${(await generateIdentity()).identity}\n`)
  const wrong = await fleet.bookctl(['restore', 'anna', '--confirm', 'client_anna', '--identity', other])
  expect([wrong.exitCode, wrong.stderr]).toEqual([12, expect.stringContaining(other)])
  expect(await fleet.sql("select from fleet.operations where kind = 'restore'")).toEqual([])
  expect((await fleet.bookctl(['status'])).exitCode).toBe(0)
})

test('with the key a client goes back, is copied, and comes back after its removal', async () => {
  await fleet.sql('insert into client_anna.users (telegram_id) values (99)')
  // The backups that restore and removal make are proved by a restore, although the key is not here.
  await fleet.ok(['restore', 'anna', '--confirm', 'client_anna', '--identity', key])
  expect(await users()).toEqual([{ users: 3 }])
  await fleet.ok(['restore', 'anna', '--as', 'copy', '--identity', key])
  expect(await fleet.sql('select count(*)::int as users from client_copy.users')).toEqual([{ users: 3 }])
  await fleet.ok(['client', 'remove', 'anna', '--confirm', 'client_anna'])
  await fleet.ok(['restore', 'anna', '--confirm', 'client_anna', '--identity', key])
  expect(await users()).toEqual([{ users: 3 }])
})

test('a lost machine comes back from encrypted backups and the key, a copy without a token as well', async () => {
  await backUp('--all')
  const kept = join(elsewhere, 'backups')
  await fleet.ok(['down', '--delete-data', '--confirm', fleet.name])
  renameSync(join(fleet.dir, 'backups'), kept)
  rmSync(fleet.dir, { recursive: true, force: true })
  const args = ['restore', '--whole-fleet', '--fleet', fleet.dir, '--from', kept, '--identity', key]
  const result = await bookctl(args, { cwd: elsewhere })
  expect(result.exitCode, result.stderr).toBe(0)
  expect(result.stdout).toMatch(/client_anna: back to .*\nclient_copy: back to /)
  expect(await users()).toEqual([{ users: 3 }])
  expect(existsSync(join(fleet.dir, '.bookctl/age-identity.txt'))).toBe(true)
})
