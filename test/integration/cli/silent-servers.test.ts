import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { fleetWith, type TestFleet } from '../../support/fleet.ts'
import { type Frozen, freeze } from '../../support/freeze.ts'

let fleet: TestFleet
let frozen: Frozen | undefined

beforeAll(async () => {
  fleet = await fleetWith('anna')
})
afterEach(() => {
  frozen?.thaw()
  frozen = undefined
})
afterAll(() => fleet.stop())

interface Report {
  postgres: { healthy: boolean; detail: string }
  redis: { healthy: boolean; detail: string }
  clients: { id: string; customers: number | null; redisKeys: number | null }[]
}

test('status tells of a Redis that takes connections and never answers, and shows the rest', async () => {
  frozen = freeze(fleet.dir, 'redis')
  const { stdout, exitCode } = await fleet.bookctl(['status', '--json'])
  expect(exitCode).toBe(3)
  const { postgres, redis, clients } = JSON.parse(stdout) as Report
  expect(postgres.healthy).toBe(true)
  expect(redis).toMatchObject({
    healthy: false,
    detail: expect.stringMatching(/^Redis at 127\.0\.0\.1:\d+ does not answer$/) as unknown,
  })
  expect(clients).toMatchObject([{ id: 'client_anna', customers: 0, redisKeys: null }])
})

test('status tells of a PostgreSQL that takes connections and never answers, and a change gives up with exit code 3', async () => {
  frozen = freeze(fleet.dir, 'postgres')
  const { stdout, exitCode } = await fleet.bookctl(['status', '--json'])
  expect(exitCode).toBe(3)
  const { postgres, redis } = JSON.parse(stdout) as Report
  expect(redis.healthy).toBe(true)
  expect(postgres).toMatchObject({
    healthy: false,
    detail: expect.stringMatching(/^PostgreSQL at 127\.0\.0\.1:\d+ does not answer$/) as unknown,
  })
  const set = await fleet.bookctl(['client', 'set', 'anna', '--title', 'Anna'])
  expect(set.exitCode).toBe(3)
  expect(set.stderr).toMatch(
    /^✗ PostgreSQL at 127\.0\.0\.1:\d+ does not answer\n {2}Start the servers with: bookctl up\n$/,
  )
})
