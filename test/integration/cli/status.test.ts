import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lastBotMessage } from '../../../sandbox/client.ts'
import { type FleetStatus } from '../../../src/operations/fleet-status.ts'
import { fleetWith, type TestBot, type TestFleet } from '../../support/fleet.ts'
import { killAtStep } from '../../support/kill-at-step.ts'
import { eventually } from '../../support/throwaway-servers.ts'

let fleet: TestFleet
let anna: TestBot

beforeAll(async () => {
  fleet = await fleetWith()
  anna = await fleet.addClient('anna')
  await fleet.addClient('boris')
})
afterAll(() => fleet.stop())

async function status(): Promise<{ exitCode: number | null; seen: FleetStatus }> {
  const { stdout, exitCode } = await fleet.bookctl(['status', '--json'])
  return { exitCode, seen: JSON.parse(stdout) as FleetStatus }
}

function pidOf(service: string): number {
  const record = JSON.parse(readFileSync(join(fleet.dir, '.bookctl/local/processes.json'), 'utf8')) as Record<
    string,
    { pid?: number }
  >
  const pid = record[service]?.pid
  if (!pid) throw new Error(`${service} does not run`)
  return pid
}

async function instanceOf(id: string): Promise<string | undefined> {
  const rows = await fleet.sql<{ instance: string }>(
    'select instance::text from fleet.heartbeats where client_id = $1',
    [id],
  )
  return rows[0]?.instance
}

function clientOf(seen: FleetStatus, id: string) {
  const found = seen.clients.find((one) => one.id === id)
  if (!found) throw new Error(`status has no ${id}`)
  return found
}

describe('bookctl status', () => {
  test('tells the operator that all is well, with what each business has', async () => {
    const { exitCode, seen } = await status()
    expect(exitCode).toBe(0)
    expect(seen).toMatchObject({
      fleet: 'test',
      healthy: true,
      postgres: { healthy: true },
      redis: { healthy: true },
    })
    expect(clientOf(seen, 'client_anna')).toMatchObject({
      state: 'active',
      process: 'running',
      word: 'ready',
      customers: 0,
      upcomingBookings: 0,
      redisKeys: 0,
      lastBackupAt: null,
    })
    expect(clientOf(seen, 'client_anna').schemaBytes).toBeGreaterThan(0)
    const { stdout } = await fleet.ok(['status'])
    expect(stdout).toMatch(
      /^Fleet test: 2 clients, all well\n✓ PostgreSQL .*\n✓ Redis .*\n\nCLIENT .*\nclient_anna .*✓ ready/,
    )
  })

  test('counts a customer as soon as the bot has met them', async () => {
    const person = fleet.sandbox.person(anna.id, await fleet.sandbox.createUser({ first_name: 'Маша' }))
    await person.write('/start')
    await person.waitFor((view) => lastBotMessage(view) !== undefined, 'a greeting')
    expect(clientOf((await status()).seen, 'client_anna').customers).toBe(1)
    // The bot tells of its last update with its next heartbeat.
    await eventually(async () => {
      if (clientOf((await status()).seen, 'client_anna').lastUpdateAt === null)
        throw new Error('not told yet')
    })
  })

  test('counts a booking as soon as it is there', async () => {
    await fleet.sql(
      `insert into client_anna.bookings (customer_id, staff_id, status, starts_at, ends_at, busy, local_date, local_time, time_zone, lines)
       select u.id, s.id, 'booked', v.at, v.at + interval '1 hour', tstzrange(v.at, v.at + interval '1 hour'),
              v.at::date, v.at::time, 'UTC', '[{}]'
         from (select min(id) as id from client_anna.users) u, (select min(id) as id from client_anna.staff) s,
              (values (now() + interval '1 day'), (now() - interval '1 day')) as v (at)`,
    )
    expect(clientOf((await status()).seen, 'client_anna').upcomingBookings).toBe(1)
  })

  test('an add that is going on is no alarm; one that was killed is, with what finishes it', async () => {
    const bot = await fleet.newBot('Salon carol')
    const add = ['client', 'add', 'carol', '--title', 'Carol', '--token-file', bot.tokenFile]
    await killAtStep(fleet, { client: 'client_carol', step: 'declaration' }, add, async () => {
      const { exitCode, seen } = await status()
      expect(clientOf(seen, 'client_carol')).toMatchObject({ word: 'being added', healthy: true })
      expect(exitCode).toBe(0)
    })
    const { exitCode, seen } = await status()
    expect(exitCode).toBe(3)
    const carol = clientOf(seen, 'client_carol')
    expect(carol).toMatchObject({
      healthy: false,
      word: 'unfinished',
      hint: 'bookctl client add client_carol',
    })
    // The step before: the kill took the statement that wrote this one.
    expect(carol.operation).toMatchObject({ kind: 'client add', step: 'secrets', held: false })
    await fleet.ok(['client', 'add', 'client_carol'])
    expect(clientOf((await status()).seen, 'client_carol')).toMatchObject({ word: 'ready', operation: null })
    await fleet.ok(['client', 'remove', 'carol', '--confirm', 'client_carol'])
    expect((await status()).seen.clients.map((one) => one.id)).toEqual(['client_anna', 'client_boris'])
  })

  test('a change that was killed is unfinished until the same command has run again', async () => {
    const set = ['client', 'set', 'anna', '--address', 'Tverskaya 1']
    await killAtStep(fleet, { client: 'client_anna', step: 'audit' }, set)
    expect(clientOf((await status()).seen, 'client_anna')).toMatchObject({
      word: 'unfinished',
      hint: expect.stringContaining('bookctl client set client_anna'),
    })
    // All but the record was done, so the second run finds nothing to change.
    expect((await fleet.ok(set)).stdout).toBe('client_anna: already so\n')
    expect(clientOf((await status()).seen, 'client_anna')).toMatchObject({ word: 'ready', operation: null })
    const [row] = await fleet.sql<{ details: { changes: unknown[] } }>(
      `select details from fleet.audit where action = 'client changed' order by id desc limit 1`,
    )
    expect(row?.details.changes).toMatchObject([{ what: 'address', to: 'Tverskaya 1' }])
  })

  test('a bot that was killed is back by itself, and meanwhile nothing claims that it is well', async () => {
    const before = await instanceOf('client_anna')
    process.kill(pidOf('bot-client-anna'), 'SIGKILL')
    await eventually(async () => {
      const { exitCode, seen } = await status()
      const { healthy, word } = clientOf(seen, 'client_anna')
      expect(exitCode === 0).toBe(healthy && seen.healthy)
      if (word !== 'ready' || (await instanceOf('client_anna')) === before) throw new Error(word)
    })
  })

  test('goes on with what is left when only one server can be asked', async () => {
    const path = join(fleet.dir, '.env')
    const env = readFileSync(path, 'utf8')
    try {
      writeFileSync(path, env.replace(/^REDIS_PASSWORD=.*$/m, 'REDIS_PASSWORD=another'))
      const noRedis = await status()
      expect(noRedis.exitCode).toBe(3)
      expect(noRedis.seen).toMatchObject({ postgres: { healthy: true }, redis: { healthy: false } })
      expect(clientOf(noRedis.seen, 'client_anna')).toMatchObject({ customers: 1, redisKeys: null })
      writeFileSync(path, env.replace(/^POSTGRES_PASSWORD=.*$/m, 'POSTGRES_PASSWORD=another'))
      const noPostgres = await status()
      expect(noPostgres.exitCode).toBe(3)
      expect(noPostgres.seen).toMatchObject({ postgres: { healthy: false }, redis: { healthy: true } })
      expect(clientOf(noPostgres.seen, 'client_anna')).toMatchObject({ customers: null, process: 'running' })
      expect(clientOf(noPostgres.seen, 'client_anna').redisKeys).not.toBeNull()
    } finally {
      writeFileSync(path, env)
    }
  })

  test('--watch --json prints one document a line until Ctrl-C', async () => {
    let stop: (() => void) | undefined
    const running = fleet.bookctl(['status', '--watch', '0.5', '--json'], {
      onStart: (child) => (stop = () => child.kill('SIGINT')),
      onStdout: (text) => {
        if (text.split('\n').length > 3) stop?.()
      },
    })
    const lines = (await running).stdout.trim().split('\n')
    expect(lines.length).toBeGreaterThanOrEqual(3)
    for (const line of lines) expect((JSON.parse(line) as FleetStatus).clients).toHaveLength(2)
    expect((await fleet.bookctl(['status', '--watch', '0'])).exitCode).toBe(2)
  })

  test('a bot that is stopped on purpose is not ill, and stays stopped over `up`', async () => {
    await fleet.ok(['client', 'stop', 'boris'])
    await fleet.ok(['up'])
    const stopped = await status()
    expect(stopped.exitCode).toBe(0)
    expect(clientOf(stopped.seen, 'client_boris')).toMatchObject({ word: 'stopped', healthy: true })
    const again = await fleet.ok(['client', 'stop', 'boris'])
    expect(again.stdout).toBe('client_boris: was stopped already\n')
    await fleet.ok(['client', 'start', 'boris'])
    expect(clientOf((await status()).seen, 'client_boris').word).toBe('ready')
  })

  test('a bot whose token was revoked is named, with the exit code 3 and what to do', async () => {
    const boris = clientOf((await status()).seen, 'client_boris')
    const bots = await fleet.sandbox.bots()
    const bot = bots.find((one) => one.user.username === boris.botUsername)
    await fleet.sandbox.revoke(bot?.user.id ?? 0)
    await fleet.bookctl(['client', 'restart', 'boris'])
    const ill = await eventually(async () => {
      const seen = await status()
      if (seen.exitCode !== 3) throw new Error('still well')
      return seen
    })
    expect(clientOf(ill.seen, 'client_boris')).toMatchObject({
      healthy: false,
      word: 'token refused',
      hint: 'bookctl client set client_boris --token-file FILE',
    })
    expect(clientOf(ill.seen, 'client_anna').healthy).toBe(true)
  })

  test('a fleet that is down is said to be down, and what is on disk is still shown', async () => {
    await fleet.ok(['down'])
    const { exitCode, seen } = await status()
    expect(exitCode).toBe(3)
    expect(seen.postgres.healthy).toBe(false)
    expect(seen.clients).toMatchObject([
      { id: 'client_anna', word: 'down', hint: 'bookctl up', customers: null },
      { id: 'client_boris', word: 'down', hint: 'bookctl up' },
    ])
    await fleet.ok(['up'])
  })
})
