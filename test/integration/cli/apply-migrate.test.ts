import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CLIENT_SCHEMA_VERSION } from '../../../bot/contract/schema.ts'
import { readMigrations } from '../../../bot/schema/index.ts'
import type { Context } from '../../../src/context.ts'
import { EXIT } from '../../../src/errors.ts'
import { loadFleet } from '../../../src/fleet/fleet.ts'
import { applyFleet } from '../../../src/operations/apply.ts'
import { createUi } from '../../../src/ui/output.ts'
import { fleetWith, type TestFleet } from '../../support/fleet.ts'

let fleet: TestFleet
beforeAll(async () => {
  fleet = await fleetWith('anna', 'boris', 'carla')
})
afterAll(async () => {
  await fleet?.stop()
})

const NEXT = CLIENT_SCHEMA_VERSION + 1

/** As a bookctl that ships one migration more would do. */
async function applyNewer() {
  const options = { json: false, quiet: true, verbose: false, input: false, color: false }
  const context: Context = {
    env: {},
    cwd: fleet.dir,
    now: () => new Date(),
    ui: createUi({ ...options, env: {} }),
    options: { ...options, yes: false },
    signal: new AbortController().signal,
  }
  const next = { version: NEXT, name: 'nick.sql', sql: 'alter table users add column nick text' }
  return applyFleet(context, await loadFleet(fleet.dir), [], [...readMigrations('client'), next])
}

interface Pulse {
  client_id: string
  version: number
  instance: string
  started_at: Date
  ready_at: Date
}
const pulses = () =>
  fleet.sql<Pulse>(`select client_id, version, instance::text, started_at, ready_at
    from fleet.heartbeats join fleet.schema_versions using (client_id) order by client_id`)

/** Holds a table, as a forgotten transaction of a person does. */
async function hold(table: string): Promise<() => Promise<void>> {
  const { postgres } = (await loadFleet(fleet.dir)).settings
  const session = new pg.Client({
    host: '127.0.0.1',
    port: postgres.port ?? 0,
    user: 'booking_user',
    password: fleet.secret('POSTGRES_PASSWORD') ?? '',
    database: 'booking_saas',
  })
  await session.connect()
  await session.query('begin')
  await session.query(`select from ${table}`)
  return () => session.end()
}

test('after an update schemas are migrated first, then bots restart one by one; a busy schema stops only its client', async () => {
  await fleet.ok(['client', 'stop', 'carla'])
  const before = await pulses()
  const release = await hold('client_anna.users')
  try {
    const first = await applyNewer()
    expect(first.failure).toMatchObject({
      exitCode: EXIT.partly,
      message: '1 of 3 failed: client_anna',
    })
    const [anna, boris] = await pulses()
    expect(anna).toEqual(before[0])
    expect(boris?.version).toBe(NEXT)
  } finally {
    await release()
  }

  const second = await applyNewer()
  expect(second.failure).toBeUndefined()
  expect(second.clients.filter((one) => one.ok && one.result.length > 0)).toEqual([
    {
      id: 'client_anna',
      ok: true,
      result: [
        { part: 'schema', why: `version ${CLIENT_SCHEMA_VERSION} → ${NEXT}` },
        { part: 'bot', why: 'restart: its schema gets another version' },
      ],
    },
  ])
  const after = await pulses()
  expect(after.map(({ version }) => version)).toEqual([NEXT, NEXT, NEXT])
  expect(after.map(({ instance }, n) => instance !== before[n]?.instance)).toEqual([true, true, false])
  expect(await fleet.sql('select nick from client_carla.users')).toEqual([])
  expect((await fleet.sql(`select from fleet.audit where action = 'client migrated'`)).length).toBe(3)

  const third = await applyNewer()
  expect(third).toMatchObject({ failure: undefined, shared: [] })
  expect(third.clients.every((one) => one.ok && one.result.length === 0)).toBe(true)
  expect(await pulses()).toEqual(after)
})

test('a fleet that a newer bookctl has migrated is left alone by this one', async () => {
  const before = await pulses()
  const result = await fleet.bookctl(['apply', 'anna'])
  expect(result.exitCode).toBe(EXIT.configuration)
  expect(result.stderr).toContain('A newer bookctl was here')
  expect(await pulses()).toEqual(before)
})

test('bots that restart do so one after the other, each once the one before is ready', async () => {
  await fleet.sql(`update fleet.schema_versions set version = ${CLIENT_SCHEMA_VERSION}`)
  await fleet.ok(['client', 'start', 'carla'])
  appendFileSync(join(fleet.dir, '.env'), 'LOG_LEVEL=debug\n')
  await fleet.ok(['apply'])
  const [anna, boris, carla] = await pulses()
  expect(boris?.started_at.getTime()).toBeGreaterThanOrEqual(anna?.ready_at.getTime() ?? Infinity)
  expect(carla?.started_at.getTime()).toBeGreaterThanOrEqual(boris?.ready_at.getTime() ?? Infinity)
})
