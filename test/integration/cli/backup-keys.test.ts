import { execFile } from 'node:child_process'
import {
  createReadStream,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Redis } from 'ioredis'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { hashFile } from '../../../src/backup/durable.ts'
import { keyCommand, readKeyCommands } from '../../../src/backup/key-commands.ts'
import type { BackupResult } from '../../../src/operations/backup.ts'
import type { BackupView } from '../../../src/operations/backup-find.ts'
import type { DumpedKey } from '../../../src/redis/admin.ts'
import { fingerprintOthers } from '../../support/fingerprint.ts'
import { fleetWith, type TestFleet } from '../../support/fleet.ts'

const run = promisify(execFile)
const PLANTED = 'PLANTED-words-of-a-customer'

let fleet: TestFleet
let redis: Redis
let elsewhere: string
beforeAll(async () => {
  fleet = await fleetWith('anna', 'boris')
  redis = fleet.openRedis()
  elsewhere = mkdtempSync(join(tmpdir(), 'bookctl keys-'))
}, 300_000)
afterAll(async () => {
  redis.disconnect()
  await fleet.stop()
  rmSync(elsewhere, { recursive: true, force: true })
})
beforeEach(async () => {
  for (const key of await redis.keys('client_*')) await redis.del(key)
  await redis.set('client_anna:user:1:state', PLANTED, 'EX', 3600)
  await redis.hset('client_anna:user:2:form', { step: 'time', words: PLANTED })
  await redis.set(NO_TEXT, Buffer.from([0, 13, 10, 200]), 'EX', 7200)
  await redis.set('client_boris:user:1:state', 'of boris', 'EX', 3600)
})

const NO_TEXT = Buffer.concat([Buffer.from('client_anna:*?[x]\r\n'), Buffer.from([0, 255])])
const json = async <T>(...args: string[]) => JSON.parse((await fleet.ok([...args, '--json'])).stdout) as T
const newest = async () => {
  const [view] = await json<BackupView[]>('backup', 'list', 'anna')
  if (!view?.keys) throw new Error('the newest backup has no keys')
  return { ...view, keys: view.keys }
}
const backUp = async () => {
  await fleet.ok(['backup', 'anna', '--keys'])
  return await newest()
}
const keysOfAnna = async () => {
  const keys = await redis.keysBuffer('client_anna:*')
  const values = keys.map(
    async (key): Promise<[string, string]> => [
      key.toString('latin1'),
      `${(await redis.dumpBuffer(key))?.toString('hex')} until ${await redis.pexpiretime(key)}`,
    ],
  )
  return Object.fromEntries(await Promise.all(values))
}
const restore = ['restore', 'anna', '--confirm', 'client_anna']
const folder = () => join(fleet.dir, 'backups/client_anna')
const forget = (name: string) => {
  for (const file of readdirSync(folder())) if (file.startsWith(name)) rmSync(join(folder(), file))
}
const settings = (from: string, to: string) => {
  const file = join(fleet.dir, 'fleet.yml')
  writeFileSync(file, readFileSync(file, 'utf8').replace(from, to))
}

test('backup --keys takes the keys of its clients alone, and list, show and verify know of them', async () => {
  const [made] = await json<BackupResult[]>('backup', 'anna', '--keys')
  expect(made?.keys).toBe(3)
  const { keys } = await newest()
  expect(keys).toMatchObject({ count: 3, bytes: (await hashFile(keys.file)).bytes })
  const text = readFileSync(keys.file, 'latin1')
  expect(text).toContain('client_anna:user:2:form')
  expect(text).not.toContain('client_boris')
  expect((await fleet.ok(['backup', 'list', 'anna'])).stdout).toMatch(/ KEYS [^]* 3 +manual/)
  expect((await fleet.ok(['backup', 'show', 'anna'])).stdout).toContain(`3 of Redis in ${keys.file}`)
  for (const level of ['read', 'restore']) await fleet.ok(['backup', 'verify', 'anna', '--level', level])
  const [without] = await json<BackupResult[]>('backup', 'boris')
  expect(without?.keys).toBe(null)
})

test('restore --keys puts them in the place of those that are there, each for the rest of its time, and touches no other key', async () => {
  const { 'client_anna:user:2:form': _, ...before } = await keysOfAnna()
  await rewrite(await backUp(), ({ key }) => (key.includes('form') ? { expiresAt: Date.now() - 1 } : {}))
  await redis.set('client_anna:user:1:state', 'later', 'EX', 9999)
  await redis.set('client_anna:user:3:state', 'later', 'EX', 9999)
  const others = await fingerprintOthers(fleet, 'client_anna')
  const { stdout } = await fleet.ok([...restore, '--keys'])
  expect(stdout).toContain('keys: 2 are back, of 1 the time is over')
  expect(await keysOfAnna()).toEqual(before)
  expect(await fingerprintOthers(fleet, 'client_anna')).toEqual(others)
})

test('--keys is refused before anything is touched where the backup has none, and with what it cannot go with', async () => {
  await fleet.ok(['backup', 'anna'])
  const instance = `select instance from fleet.heartbeats where client_id = 'client_anna'`
  const before = await fleet.sql(instance)
  const refused = await fleet.bookctl([...restore, '--keys'])
  expect([refused.exitCode, refused.stderr]).toEqual([
    4,
    expect.stringContaining('without the keys of client_anna'),
  ])
  for (const flags of [['--undo'], ['--as', 'copy']])
    expect((await fleet.bookctl([...restore, '--keys', ...flags])).exitCode).toBe(2)
  expect(await fleet.sql(instance)).toEqual(before)
  expect(Object.keys(await keysOfAnna())).toHaveLength(3)
})

test('damaged keys are found, stop a restore that wants them, and no other', async () => {
  const { keys, name } = await backUp()
  const bytes = readFileSync(keys.file)
  bytes[bytes.length - 40] = (bytes.at(-40) ?? 0) ^ 1
  writeFileSync(keys.file, bytes)
  const one = await fleet.bookctl(['backup', 'verify', 'anna', '--level', 'hash'])
  expect([one.exitCode, one.stderr]).toEqual([14, expect.stringContaining(`${keys.file}: it was changed`)])
  expect((await fleet.bookctl([...restore, '--keys'])).exitCode).toBe(14)
  expect(Object.keys(await keysOfAnna())).toHaveLength(3)
  await fleet.ok(restore)
  rmSync(keys.file)
  const check = await fleet.bookctl(['backup', 'check'])
  expect(check.stdout).toContain(`${name} the file of its keys is gone`)
  forget(name)
})

test('keys of a newer Redis are refused in words, and the restored data stands', async () => {
  const backup = await backUp()
  const { name } = backup
  // The last ten bytes are the version of the form, and a checksum.
  await rewrite(backup, ({ payload }) => ({
    payload: Buffer.from(payload).fill(255, payload.length - 10, payload.length - 8),
  }))
  await fleet.sql('insert into client_anna.users (telegram_id) values (77)')
  const refused = await fleet.bookctl([...restore, name, '--keys'])
  expect(refused.exitCode).toBe(3)
  expect(refused.stderr).toMatch(
    /Redis refuses the keys in \S.*, which Redis 99\.0 has dumped: .*\. The data is restored/,
  )
  expect(await fleet.sql('select from client_anna.users where telegram_id = 77')).toEqual([])
  const onward = /Go on without the keys: bookctl (.*)/.exec(refused.stderr)?.[1]?.split(' ') ?? []
  await fleet.ok(onward)
  expect((await fleet.bookctl(['status'])).exitCode).toBe(0)
  forget(name)
})

test('the file is what redis-cli --pipe takes', async () => {
  const before = await keysOfAnna()
  const { keys } = await backUp()
  await redis.del(...(await redis.keysBuffer('client_anna:*')))
  const { host = '', port = 0 } = redis.options
  const { stdout } = await run('sh', ['-c', `redis-cli -h ${host} -p ${port} --pipe < '${keys.file}'`], {
    env: { ...process.env, REDISCLI_AUTH: fleet.secret('REDIS_PASSWORD') ?? '' },
  })
  expect(stdout).toContain('errors: 0, replies: 3')
  expect(await keysOfAnna()).toEqual(before)
})

test('push, fetch and prune treat them as a part of the backup', async () => {
  settings('  offsite: null', `  offsite: ${JSON.stringify({ type: 'directory', path: elsewhere })}`)
  const { keys, name } = await backUp()
  await fleet.ok(['backup', 'push', 'anna'])
  const { sha256 } = await hashFile(keys.file)
  forget(name)
  await fleet.ok(['backup', 'fetch', 'anna', name])
  await fleet.ok(['backup', 'verify', 'anna', name, '--level', 'hash'])
  expect((await hashFile(keys.file)).sha256).toBe(sha256)
  settings('minimum: 3', 'minimum: 1')
  settings('daily: 7', 'daily: 1')
  await backUp()
  await fleet.ok(['backup', 'prune', 'anna', '--allow-mass'])
  expect(existsSync(keys.file)).toBe(false)
  expect(readdirSync(folder()).filter((file) => file.startsWith(name))).toEqual([])
})

test('where archives are encrypted, the keys are, too, and the same identity opens them', async () => {
  settings('encryptArchives: false', 'encryptArchives: true')
  const before = await keysOfAnna()
  const { keys } = await backUp()
  expect(keys.file).toMatch(/\.keys\.age$/)
  expect(readFileSync(keys.file, 'latin1')).not.toMatch(/client_anna|PLANTED/)
  await fleet.ok([...restore, '--keys'])
  expect(await keysOfAnna()).toEqual(before)
})

/** Changes the keys of a backup, and has its manifest say that they always were so, made by a Redis of the future. */
async function rewrite(
  { keys, manifest }: Awaited<ReturnType<typeof backUp>>,
  change: (key: DumpedKey) => Partial<DumpedKey>,
) {
  const changed: Buffer[] = []
  for await (const key of readKeyCommands(createReadStream(keys.file) as AsyncIterable<Buffer>))
    changed.push(keyCommand({ ...key, ...change(key) }))
  writeFileSync(keys.file, Buffer.concat(changed))
  const data = JSON.parse(readFileSync(manifest, 'utf8')) as { keys: object }
  Object.assign(data.keys, await hashFile(keys.file), { server: '99.0' })
  writeFileSync(manifest, JSON.stringify(data))
}
