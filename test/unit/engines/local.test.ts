import { expect, test } from 'vitest'
import { backoffMs, crashesInARow, isHopeless } from '../../../src/engines/local/backoff.ts'
import { timeOfLine } from '../../../src/engines/local/log-reader.ts'
import { postgresConfig } from '../../../src/engines/local/postgres-config.ts'
import { redisConfig, withDefaultUser } from '../../../src/engines/local/redis-config.ts'

test('a crashing process is started again after growing pauses, never longer than a minute', () => {
  expect([1, 2, 3, 4, 8, 1000].map(backoffMs)).toEqual([500, 1000, 2000, 4000, 60_000, 60_000])
})

test('a process that ran for a minute counts as healthy again', () => {
  expect(crashesInARow(5, 1000)).toBe(6)
  expect(crashesInARow(5, 60_000)).toBe(1)
})

test('a refused token, a bad environment or a missing schema is not retried', () => {
  expect([10, 12, 13].map(isHopeless)).toEqual([true, true, true])
  expect([0, 1, 137, undefined].map(isHopeless)).toEqual([false, false, false, false])
})

test('PostgreSQL gets the settings of fleet.yml and listens on loopback only', () => {
  const text = postgresConfig(
    { port: null, sharedBuffers: '512MB', maxConnections: 77, memory: '2GB' },
    20_001,
  )
  for (const line of [
    "listen_addresses = '127.0.0.1'",
    'port = 20001',
    "unix_socket_directories = ''",
    'shared_buffers = 512MB',
    'max_connections = 77',
    'max_locks_per_transaction = 256',
    'log_min_duration_statement = 1000',
  ])
    expect(text.split('\n')).toContain(line)
})

test('Redis gives up stale dialogues first and keeps no password in its configuration', () => {
  const text = redisConfig({ port: null, maxMemory: '64MB' }, 20_002, '/data/of "x"')
  expect(text).toContain('maxmemory 64mb\nmaxmemory-policy volatile-ttl\n')
  expect(text).toContain('dir "/data/of \\"x\\""\nappendonly yes\n')
  expect(text).not.toMatch(/^requirepass/m)
})

test('a new admin password keeps the users that Redis saved', () => {
  const saved = 'user client_001 on #aa ~client_001:* -@all +get\nuser default on #bb ~* &* +@all\n'
  const text = withDefaultUser(saved, 'secret')
  expect(text).toContain('user client_001 on #aa ~client_001:* -@all +get\n')
  expect(text.match(/^user default /gm)).toHaveLength(1)
  expect(text).not.toContain('secret')
  expect(withDefaultUser(text, 'secret')).toBe(text)
})

test('log lines of bots, PostgreSQL and Redis carry a time that --since understands', () => {
  const at = new Date('2026-01-31T12:00:00.123Z')
  expect(timeOfLine(`{"level":30,"time":${at.getTime()},"msg":"x"}`)).toEqual(at)
  expect(timeOfLine('2026-01-31 12:00:00.123 UTC [7] LOG:  ready')).toEqual(at)
  expect(timeOfLine('812:M 31 Jan 2026 12:00:00.123 * Ready')).toEqual(at)
  expect(timeOfLine('    at file.js:1')).toBeUndefined()
})
