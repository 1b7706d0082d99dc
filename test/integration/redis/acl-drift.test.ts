import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { clientNames } from '../../../src/fleet/names.ts'
import {
  aclDrift,
  ensureAclUser,
  openRedis,
  type RedisAdmin,
  readAclUsers,
  removeAclUser,
} from '../../../src/redis/admin.ts'
import { uniqueWord } from '../../support/database.ts'

const url = new URL(inject('redisUrl'))
const names = clientNames(`client_a${uniqueWord()}`)
const PASSWORD = 'password-of-anna'

let redis: RedisAdmin
beforeAll(async () => {
  redis = await openRedis({
    endpoint: { host: url.hostname, port: Number(url.port) },
    password: url.password,
  })
  await ensureAclUser(redis, names, PASSWORD)
})
afterAll(async () => {
  await removeAclUser(redis, names)
  await redis.end()
})

const drift = async (password = PASSWORD) => aclDrift(await readAclUsers(redis), names, password)

test('an ACL user as it was made has no drift', async () => {
  expect(await drift()).toEqual([])
})

test.each<[string, string[], string[]]>([
  ['switched off', ['off'], ['lacks on', 'has off']],
  [
    'that may use all keys and channels',
    ['allkeys', 'allchannels'],
    [`lacks ~${names.keyPrefix}*`, `lacks &${names.keyPrefix}*`, 'has ~*', 'has &*'],
  ],
  ['with keys of another client', ['~client_other:*'], ['has ~client_other:*']],
  ['with a further command', ['+keys'], ['has +keys']],
  ['without a command', ['-get'], ['lacks +get']],
  ['with all commands', ['+@all'], ['has +@all']],
  ['with another password', ['resetpass', '>other'], ['password is not that of .env']],
  ['with a second password', ['>other'], ['password is not that of .env']],
  ['without a password', ['nopass'], ['password is not that of .env']],
  ['with a selector', ['(+keys ~*)'], ['has (~*', 'has +keys)']],
])('an ACL user %s is found and mended', async (_, rules, found) => {
  await redis.connection.call('ACL', 'SETUSER', names.redisUser, ...rules)
  expect(await drift()).toEqual(expect.arrayContaining(found))
  await ensureAclUser(redis, names, PASSWORD)
  expect(await drift()).toEqual([])
})

test('looking leaves no user behind, and shows no hash of a password', async () => {
  const before = await redis.connection.call('ACL', 'LIST')
  expect(JSON.stringify(await drift('other'))).not.toMatch(/[0-9a-f]{64}/)
  expect(await redis.connection.call('ACL', 'LIST')).toEqual(before)
})

test('without a password in .env everything else is compared', async () => {
  const users = await readAclUsers(redis)
  expect(aclDrift(users, names, undefined)).toEqual([])
  expect(aclDrift(users, clientNames('client_nobody'), undefined)).toEqual(['is missing'])
})
