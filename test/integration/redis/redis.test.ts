import { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { REDIS_COMMANDS } from '../../../bot/contract/sessions.ts'
import { type ClientNames, clientNames } from '../../../src/fleet/names.ts'
import {
  countKeys,
  ensureAclUser,
  hasAclUser,
  hasKeys,
  openRedis,
  purgePrefix,
  type RedisAdmin,
  removeAclUser,
} from '../../../src/redis/admin.ts'
import { literalPattern } from '../../../src/redis/keys.ts'
import { uniqueWord } from '../../support/database.ts'
import { freePort } from '../../support/throwaway-servers.ts'

const url = new URL(inject('redisUrl'))
const endpoint = { host: url.hostname, port: Number(url.port) }
const word = uniqueWord()
const anna = clientNames(`client_a${word}`)
const boris = clientNames(`client_b${word}`)

let redis: RedisAdmin
let bot: Redis
const loginAs = async (names: ClientNames, password: string) => {
  const connection = new Redis({
    ...endpoint,
    username: names.redisUser,
    password,
    lazyConnect: true,
    enableReadyCheck: false,
    disableClientInfo: true,
    retryStrategy: () => null,
  })
  connection.on('error', () => undefined)
  await connection.connect()
  return connection
}
beforeAll(async () => {
  redis = await openRedis({ endpoint, password: url.password })
  await ensureAclUser(redis, anna, 'password-of-anna')
  await ensureAclUser(redis, boris, 'password-of-boris')
  await redis.connection.set(`${boris.keyPrefix}user:1:state`, 'secret')
  bot = await loginAs(anna, 'password-of-anna')
})
afterAll(async () => {
  bot.disconnect()
  for (const names of [anna, boris]) {
    await removeAclUser(redis, names)
    await purgePrefix(redis, names.keyPrefix)
  }
  await redis.end()
})

test('a client works with its own keys and channels', async () => {
  await bot.set(`${anna.keyPrefix}user:1:state`, '1', 'EX', 60)
  expect(await bot.get(`${anna.keyPrefix}user:1:state`)).toBe('1')
  expect(await bot.publish(`${anna.keyPrefix}news`, 'x')).toBe(0)
  expect(await bot.multi().incr(`${anna.keyPrefix}n`).exec()).toEqual([[null, 1]])
})

test.each([
  ['get', () => [`${boris.keyPrefix}user:1:state`]],
  ['set', () => [`${boris.keyPrefix}x`, '1']],
  ['del', () => [`${boris.keyPrefix}user:1:state`]],
  ['exists', () => [`${boris.keyPrefix}user:1:state`]],
  ['mget', () => [`${anna.keyPrefix}a`, `${boris.keyPrefix}user:1:state`]],
  ['publish', () => [`${boris.keyPrefix}news`, 'x']],
  ['subscribe', () => [`${boris.keyPrefix}news`]],
  ['psubscribe', () => ['*']],
  ['keys', () => ['*']],
  ['scan', () => ['0']],
  ['randomkey', () => []],
  ['dbsize', () => []],
  ['eval', () => ['return 1', '0']],
  ['script', () => ['flush']],
  ['pubsub', () => ['channels']],
  ['flushall', () => []],
  ['config', () => ['get', '*']],
  ['acl', () => ['list']],
  ['client', () => ['list']],
  ['info', () => []],
  ['select', () => ['1']],
  ['monitor', () => []],
  ['shutdown', () => []],
])("a client cannot %s what is another's or the server's", async (command, args) => {
  await expect(bot.call(command, ...args())).rejects.toThrow(/NOPERM/)
})

test('of all commands of the server only the listed ones are allowed', async () => {
  const known = (await redis.connection.call('COMMAND')) as [string, number, ...unknown[]][]
  const allowed: string[] = []
  for (const [name, arity] of known) {
    const args = Array.from({ length: Math.abs(arity) - 1 }, () => `${anna.keyPrefix}x`)
    const answer = await redis.connection
      .call('ACL', 'DRYRUN', anna.redisUser, name, ...args)
      .catch((error: Error) => error.message)
    if (answer === 'OK') allowed.push(name)
  }
  // RESET only logs a connection out; Redis lets nobody be refused it.
  const listed = REDIS_COMMANDS.filter((name) => !name.includes('|'))
  expect(allowed.toSorted()).toEqual([...listed, 'reset'].toSorted())
})

test('the password is stored as its hash, a new one replaces it, and a repetition changes nothing', async () => {
  expect(await ensureAclUser(redis, anna, 'password-of-anna')).toBe(false)
  expect(await ensureAclUser(redis, anna, 'rotated')).toBe(true)
  await expect(loginAs(anna, 'password-of-anna')).rejects.toThrow(/WRONGPASS|closed/)
  ;(await loginAs(anna, 'rotated')).disconnect()
  expect(JSON.stringify(await redis.connection.call('ACL', 'LIST'))).not.toContain('rotated')
})

test('a restart between a change of a user and its saving is told, and the repetition mends it', async () => {
  const names = clientNames(`client_c${uniqueWord()}`)
  const restarts = (after: string): RedisAdmin => ({
    ...redis,
    connection: new Proxy(redis.connection, {
      get: (target, key) =>
        key === 'call'
          ? async (...words: [string, ...string[]]) => {
              const answer = await target.call(...words)
              // What a restart does with users: those of the file are there again, and no others.
              if (words[1] === after) await target.call('ACL', 'LOAD')
              return answer
            }
          : (Reflect.get(target, key) as unknown),
    }),
  })
  const told = { code: 'redis-unreachable', message: expect.stringContaining(names.id) }
  await expect(ensureAclUser(restarts('SETUSER'), names, 'x')).rejects.toMatchObject(told)
  await ensureAclUser(redis, names, 'x')
  await expect(ensureAclUser(restarts('SETUSER'), names, 'rotated')).rejects.toMatchObject(told)
  await expect(removeAclUser(restarts('DELUSER'), names)).rejects.toMatchObject(told)
  expect(await removeAclUser(redis, names)).toBe(true)
  expect(await hasAclUser(redis, names)).toBe(false)
})

test('users survive a reload of the ACL file, and a removed one is gone', async () => {
  const names = clientNames(`client_c${uniqueWord()}`)
  await ensureAclUser(redis, names, 'x')
  await redis.connection.call('ACL', 'LOAD')
  expect(await hasAclUser(redis, names)).toBe(true)
  expect(await removeAclUser(redis, names)).toBe(true)
  expect(await removeAclUser(redis, names)).toBe(false)
  await redis.connection.call('ACL', 'LOAD')
  expect(await hasAclUser(redis, names)).toBe(false)
})

test('purging client_1 never touches client_10', async () => {
  const [one, ten] = [`client_${word}1:`, `client_${word}10:`]
  for (const prefix of [one, ten])
    for (let key = 0; key < 50; key++) await redis.connection.set(`${prefix}user:${key}:state`, '1', 'EX', 60)
  expect(await countKeys(redis, [one, ten, 'client_none:'])).toEqual(
    new Map([
      [one, 50],
      [ten, 50],
      ['client_none:', 0],
    ]),
  )
  expect(await purgePrefix(redis, one)).toBe(50)
  expect(await purgePrefix(redis, one)).toBe(0)
  expect(await hasKeys(redis, one)).toBe(false)
  expect(await hasKeys(redis, ten)).toBe(true)
  expect(await purgePrefix(redis, ten)).toBe(50)
})

test('a key that is no text is purged as well', async () => {
  const prefix = `client_${word}bytes:`
  await redis.connection.set(Buffer.concat([Buffer.from(prefix), Buffer.from([255, 0, 200])]), '1', 'EX', 60)
  expect(await hasKeys(redis, prefix)).toBe(true)
  expect(await purgePrefix(redis, prefix)).toBe(1)
  expect(await hasKeys(redis, prefix)).toBe(false)
})

test.each(['*', '?', '[ab]', 'a^b', 'a-b', 'a\\b'])(
  'a prefix with the glob characters %s matches only itself',
  async (glob) => {
    const own = `${word}${glob}:x`
    const others = [`${word}a:x`, `${word}b:x`, `${word}zz:x`]
    for (const key of [own, ...others]) await redis.connection.set(key, '1', 'EX', 60)
    expect(await purgePrefix(redis, `${word}${glob}:`)).toBe(1)
    expect(await redis.connection.exists(...others)).toBe(3)
    await redis.connection.del(...others)
  },
)

test('an empty prefix purges nothing', async () => {
  await expect(purgePrefix(redis, '')).rejects.toThrow(/everybody/)
  expect(literalPattern(anna.keyPrefix)).toBe(anna.keyPrefix)
})

test('an unreachable Redis and a wrong password are told apart, and neither error holds the password', async () => {
  const closed = openRedis({ endpoint: { host: '127.0.0.1', port: await freePort() }, password: 'planted' })
  await expect(closed).rejects.toMatchObject({ code: 'redis-unreachable', exitCode: 3 })
  const wrong = openRedis({ endpoint, password: 'planted' })
  await expect(wrong).rejects.toMatchObject({ code: 'redis-password-refused', exitCode: 10 })
  await expect(wrong).rejects.not.toThrow(/planted/)
})
