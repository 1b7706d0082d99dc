import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { BackupResult } from '../../../src/operations/backup.ts'
import { fingerprintOthers } from '../../support/fingerprint.ts'
import { fleetWith, type TestFleet } from '../../support/fleet.ts'
import { withHold } from '../../support/hold-step.ts'
import { start } from '../../support/kill-at-step.ts'
import { killServer, serversAnswer } from '../../support/server-outage.ts'

let fleet: TestFleet
beforeAll(async () => {
  fleet = await fleetWith('anna', 'boris')
  await fleet.sql('insert into client_anna.users (telegram_id) select generate_series(1, 20)')
  await fleet.sql('insert into client_boris.users (telegram_id) select generate_series(1, 5)')
}, 300_000)
afterAll(() => fleet.stop())

const json = async <T>(...args: string[]) => JSON.parse((await fleet.ok([...args, '--json'])).stdout) as T
const backUp = async (id: string) => {
  const [made] = await json<BackupResult[]>('backup', id)
  if (!made) throw new Error('no backup')
  return made
}
const restore = (id: string, ...more: string[]) => ['restore', id, ...more, '--confirm', `client_${id}`]
const countOf = async (table: string) =>
  (await fleet.sql<{ count: number }>(`select count(*)::int as count from ${table}`))[0]?.count

interface Edited {
  format?: number
  createdAt?: string
  schema?: { name: string; version: number }
  versions?: { server: string }
}

/** Changes the manifest of a backup for as long as a test takes. */
function edit(manifest: string, change: (data: Edited) => void): void {
  const text = readFileSync(manifest, 'utf8')
  const data = JSON.parse(text) as Edited
  change(data)
  writeFileSync(manifest, JSON.stringify(data))
  undo.push(() => writeFileSync(manifest, text))
}
const undo: (() => void)[] = []
afterEach(() => {
  for (const one of undo.splice(0)) one()
})

describe('what is refused leaves the client as it was, with its bot running', () => {
  test.each<[string, number, RegExp, (data: Edited) => void]>([
    ['a manifest of a newer bookctl', 10, /Update bookctl/, (data) => (data.format = 99)],
    [
      'a schema newer than this bookctl',
      10,
      /A newer bookctl was here/,
      (data) => (data.schema = { name: 'client_anna', version: 99 }),
    ],
    [
      'an archive of a newer PostgreSQL',
      13,
      /PostgreSQL 99\.1/,
      (data) => (data.versions = { ...data.versions, server: '99.1' }),
    ],
  ])('%s', async (_title, exitCode, hint, change) => {
    const { manifest, name } = await backUp('anna')
    edit(manifest, change)
    const before = await fleet.sql(`select instance from fleet.heartbeats where client_id = 'client_anna'`)
    const result = await fleet.bookctl(restore('anna', name))
    expect([result.exitCode, result.stderr]).toEqual([exitCode, expect.stringMatching(hint)])
    expect(await fleet.sql(`select instance from fleet.heartbeats where client_id = 'client_anna'`)).toEqual(
      before,
    )
    expect(await countOf('client_anna.users')).toBe(20)
  })

  test('somebody who holds its tables: told after some seconds, nothing changed, the bot serves again', async () => {
    await backUp('anna')
    await fleet.sql(`insert into client_anna.users (telegram_id) values (999)`)
    const session = await fleet.openSession()
    await session.query('begin')
    await session.query('lock table client_anna.users in access exclusive mode')
    const result = await fleet.bookctl(restore('anna'))
    expect([result.exitCode, result.stderr]).toEqual([124, expect.stringContaining('held a lock')])
    await session.query('rollback')
    await session.end()
    expect(await countOf('client_anna.users')).toBe(21)
    expect((await fleet.bookctl(['status'])).exitCode).toBe(0)
    await fleet.sql('delete from client_anna.users where telegram_id = 999')
  })
})

test('a backup from the future, made by a clock that was wrong, is not taken for the latest', async () => {
  const real = await backUp('anna')
  const wrong = await backUp('anna')
  edit(wrong.manifest, (data) => (data.createdAt = '2099-01-01T00:00:00.000Z'))
  const dry = await json<{ backup: string }>('restore', 'anna', '--dry-run')
  expect(dry.backup).toBe(real.name)
  const named = await json<{ backup: string }>('restore', 'anna', wrong.name, '--dry-run')
  expect(named.backup).toBe(wrong.name)
})

test('PostgreSQL goes away in the middle of a restore: said, nothing lost, and the same command finishes', async () => {
  await backUp('anna')
  await fleet.sql(`insert into client_anna.users (telegram_id) values (999)`)
  const before = await fingerprintOthers(fleet, 'client_anna')
  await withHold(fleet, { client: 'client_anna', step: 'swap' }, async (hold) => {
    const command = start(fleet, restore('anna'))
    await hold.reached()
    killServer(fleet, 'postgres')
    const { exitCode, stderr } = await command.ended
    expect([exitCode, stderr]).toEqual([3, expect.stringContaining('run the same command again')])
  })
  await serversAnswer(fleet)
  expect(await countOf('client_anna.users')).toBe(21)
  await fleet.ok(restore('anna'))
  expect(await countOf('client_anna.users')).toBe(20)
  expect(await fingerprintOthers(fleet, 'client_anna')).toEqual(before)
})

test('schema and role are gone: a restore makes both again', async () => {
  await backUp('anna')
  await fleet.ok(['client', 'stop', 'anna'])
  await fleet.sql('drop schema client_anna cascade')
  await fleet.sql('drop owned by client_anna')
  await fleet.sql('drop role client_anna')
  await fleet.ok(restore('anna'))
  expect(await countOf('client_anna.users')).toBe(20)
  await fleet.ok(['client', 'start', 'anna'])
  expect((await fleet.bookctl(['diff', '--exit-code'])).exitCode).toBe(0)
})

test('two at once: one works, the other is told who holds the client, and no backup is half', async () => {
  const both = await Promise.all([fleet.bookctl(['backup', 'anna']), fleet.bookctl(restore('anna'))])
  const codes = both.map(({ exitCode }) => exitCode).toSorted((a, b) => Number(a) - Number(b))
  expect(codes[0]).toBe(0)
  expect([0, 11]).toContain(codes[1])
  await fleet.ok(['backup', 'verify', 'anna', '--every'])
})

test('whoever books while backups are made waits for none of their locks', async () => {
  const session = await fleet.openSession()
  await session.query(`set lock_timeout = '2s'`)
  let made = 0
  const over = new AbortController()
  const booking = (async () => {
    while (!over.signal.aborted) {
      await session.query(
        `with customer as (insert into client_boris.users default values returning id)
         insert into client_boris.bookings (customer_id, staff_id, status, starts_at, ends_at, busy, local_date, local_time, time_zone, lines)
         select customer.id, 1, 'booked', start, start + interval '1 hour', tstzrange(start, start + interval '1 hour'),
                start::date, start::time, 'Europe/Moscow', '[{"name": "Cut"}]'
           from customer, (select timestamptz '2040-01-01' + ${made} * interval '2 hours' as start) t`,
      )
      made += 1
    }
  })()
  for (let round = 0; round < 3; round++) {
    const before = made
    await fleet.ok(['backup', '--all'])
    expect(made).toBeGreaterThan(before)
  }
  over.abort()
  await booking
  await session.end()
  // What a backup counted is what it holds, however much was written meanwhile.
  await fleet.ok(['backup', 'verify', 'boris', '--every'])
})
