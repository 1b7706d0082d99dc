import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fleetWith, type TestBot, type TestFleet } from '../../support/fleet.ts'

let fleet: TestFleet
let boris: TestBot

beforeAll(async () => {
  fleet = await fleetWith()
  await fleet.addClient('anna')
  boris = await fleet.addClient('boris')
})
afterAll(() => fleet.stop())

async function instanceOf(id: string): Promise<string> {
  const rows = await fleet.sql<{ instance: string }>(
    'select instance::text from fleet.heartbeats where client_id = $1',
    [id],
  )
  return rows[0]?.instance ?? ''
}
const declared = (id: string) => readFileSync(join(fleet.dir, `clients/${id}.yml`), 'utf8')

describe('bookctl client start, stop, restart', () => {
  test('a stop is kept in the declaration, and so is a start; both may be repeated', async () => {
    const before = declared('client_anna')
    expect((await fleet.ok(['client', 'stop', 'anna'])).stdout).toBe('client_anna: stopped\n')
    expect(declared('client_anna')).toBe(before.replace('run: true', 'run: false'))
    expect((await fleet.ok(['client', 'stop', 'anna'])).stdout).toBe('client_anna: was stopped already\n')
    expect((await fleet.ok(['client', 'start', 'anna'])).stdout).toMatch(/^client_anna: ready as @\w+\n$/)
    expect(declared('client_anna')).toBe(before)
    expect((await fleet.ok(['client', 'start', 'anna'])).stdout).toBe('client_anna: was running already\n')
  })

  test('a restart ends when a new instance is ready', async () => {
    const before = await instanceOf('client_anna')
    await fleet.ok(['client', 'restart', 'anna'])
    expect(await instanceOf('client_anna')).not.toBe(before)
  })

  test('of several clients, one that fails does not keep the others from starting', async () => {
    await fleet.ok(['client', 'stop', '--all'])
    await fleet.sandbox.revoke(boris.id)
    const people = await fleet.bookctl(['client', 'start', '--all'])
    expect(people.exitCode).toBe(3)
    expect(people.stdout).toMatch(/^client_anna: ready as @\w+\n$/)
    expect(people.stderr).toContain(
      'client_boris: The bot of client_boris did not start: it ended with exit code 12',
    )
    expect(people.stderr).toContain('1 of 2 failed: client_boris')

    const scripts = await fleet.bookctl(['client', 'start', '--all', '--json'])
    expect(scripts.exitCode).toBe(3)
    const { error } = JSON.parse(scripts.stdout) as { error: { details: { results: { id: string }[] } } }
    expect(error.details.results.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toMatchObject([
      { id: 'client_anna', ok: true, result: 'was running already' },
      { id: 'client_boris', ok: false, hint: 'More of its log: bookctl client logs client_boris' },
    ])
  })

  test('a single one that fails is exit code 6 with the bot’s own last lines', async () => {
    const { exitCode, stderr } = await fleet.bookctl(['client', 'restart', 'boris'])
    expect(exitCode).toBe(6)
    expect(stderr).toMatch(/Its last lines:\n +\{.*\}/)
    expect(stderr).not.toContain(boris.token)
  })

  test('nobody, or everybody and somebody, is a question of usage; nobody known is exit code 4', async () => {
    expect((await fleet.bookctl(['client', 'restart'])).exitCode).toBe(2)
    expect((await fleet.bookctl(['client', 'restart', 'anna', '--all'])).exitCode).toBe(2)
    expect((await fleet.bookctl(['client', 'stop', 'ana'])).exitCode).toBe(4)
  })
})
