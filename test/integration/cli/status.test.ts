import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lastBotMessage } from '../../../sandbox/client.ts'
import { type FleetStatus } from '../../../src/operations/fleet-status.ts'
import { fleetWith, type TestBot, type TestFleet } from '../../support/fleet.ts'
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
      hint: expect.stringContaining('client_boris'),
    })
    expect(clientOf(ill.seen, 'client_anna').healthy).toBe(true)
  })

  test('a fleet that is down is said to be down, and what is on disk is still shown', async () => {
    await fleet.ok(['down'])
    const { exitCode, seen } = await status()
    expect(exitCode).toBe(3)
    expect(seen.postgres.healthy).toBe(false)
    expect(seen.clients.map((one) => one.id)).toEqual(['client_anna', 'client_boris'])
    await fleet.ok(['up'])
  })
})

describe('looking at clients', () => {
  test('`client list` has everybody, `client show` never a secret', async () => {
    const listed = await fleet.ok(['client', 'list'])
    expect(listed.stdout).toMatch(/^CLIENT .*\nclient_anna .* active .*\nclient_boris .* active /)
    const shown = await fleet.ok(['client', 'show', 'anna'])
    expect(shown.stdout).toContain('client        client_anna  Salon anna')
    expect(shown.stdout).toContain('BOT_TOKEN_CLIENT_ANNA')
    expect(shown.stdout).not.toContain(anna.token)
  })

  test('an unknown client is exit code 4 with the nearest name', async () => {
    const { exitCode, stderr } = await fleet.bookctl(['client', 'show', 'ana'])
    expect(exitCode).toBe(4)
    expect(stderr).toContain('Did you mean client_anna?')
  })

  test('`client logs` shows the bot’s own lines, some or since a time', async () => {
    const all = await fleet.ok(['client', 'logs', 'anna'])
    const events = all.stdout
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { event: string }).event)
    expect(events).toContain('schema_ready')
    expect(events).toContain('bot_started')
    expect(all.stdout).not.toContain(anna.token)
    expect(
      (await fleet.ok(['client', 'logs', 'anna', '--tail', '2'])).stdout.trim().split('\n'),
    ).toHaveLength(2)
    expect((await fleet.ok(['client', 'logs', 'anna', '--since', '2999-01-01'])).stdout).toBe('')
    expect((await fleet.bookctl(['client', 'logs', 'anna', '--since', 'soon'])).exitCode).toBe(2)
  })

  test('nobody named is a question of usage', async () => {
    expect((await fleet.bookctl(['client', 'restart'])).exitCode).toBe(2)
    expect((await fleet.bookctl(['client', 'restart', 'anna', '--all'])).exitCode).toBe(2)
  })
})
