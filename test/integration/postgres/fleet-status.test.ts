import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ClientNames, quoteIdentifier } from '../../../src/fleet/names.ts'
import { withClientLock } from '../../../src/operations/client-lock.ts'
import { readRows } from '../../../src/operations/fleet-servers.ts'
import { FLEET_STATUS_SQL } from '../../../src/operations/fleet-status.sql.ts'
import type { AdminDb } from '../../../src/postgres/admin.ts'
import { fleetDatabase, type TestStore } from '../../support/stores.ts'

interface Row extends Record<string, unknown> {
  client_id: string | null
  bytes: number | null
  customers: number | null
  upcoming: number | null
  server_version: string
}

let store: TestStore
beforeAll(async () => {
  store = await fleetDatabase()
})
afterAll(() => store.close())

/** A provisioned client with its row in fleet.clients. */
async function known(state = 'active'): Promise<ClientNames> {
  const names = await store.addClient()
  await store.db.query(`insert into fleet.clients (client_id, title, state) values ($1, 'A', $2)`, [
    names.id,
    state,
  ])
  return names
}

test('status reads a fleet without clients, and then every client with exact counts, by one statement', async () => {
  const [empty] = (await store.db.query<Row>(FLEET_STATUS_SQL)).rows
  expect(empty).toMatchObject({ client_id: null, server_version: expect.stringMatching(/^\d+/) })

  const names = [await known(), await known(), await known()]
  const [first, , third] = names
  if (!first || !third) throw new Error('no clients')
  const schema = quoteIdentifier(first.schema)
  await store.db.query(`insert into ${schema}.users (first_name) values ('Маша'), ('Ольга')`)
  await store.db.query(
    `insert into ${schema}.bookings (customer_id, staff_id, status, starts_at, ends_at, busy, local_date, local_time, time_zone, lines)
     select u.id, s.id, v.status, v.at, v.at + interval '1 hour', tstzrange(v.at, v.at + interval '1 hour'), v.at::date, v.at::time, 'UTC', '[{}]'
       from (select min(id) as id from ${schema}.users) u,
            (select min(id) as id from ${schema}.staff) s,
            (values ('booked', now() + interval '1 day'), ('cancelled', now() + interval '2 days'), ('booked', now() - interval '1 day')) as v (status, at)`,
  )
  // A schema that somebody has dropped by hand must not hide the others.
  await store.db.query(`drop schema ${quoteIdentifier(third.schema)} cascade`)

  const { rows } = await store.db.query<Row>(FLEET_STATUS_SQL)
  const found = new Map(rows.map((row) => [row.client_id, row]))
  expect(found.get(first.id)).toMatchObject({ customers: 2, upcoming: 1 })
  expect(found.get(first.id)?.bytes).toBeGreaterThan(0)
  expect(found.get(third.id)).toMatchObject({ customers: null, upcoming: null, bytes: null })
  expect(rows).toHaveLength(3)
})

test('one statement is enough for thirty clients, whatever their state', async () => {
  const states = ['active', 'pending', 'removing', 'detached']
  const names: ClientNames[] = []
  for (let n = 0; n < 30; n++) names.push(await known(states[n % states.length]))
  // Declared and never provisioned; and one whose table somebody has dropped.
  await store.db.query(
    `insert into fleet.clients (client_id, title, state) values ('client_bare', 'B', 'pending')`,
  )
  const [broken] = names
  if (!broken) throw new Error('no clients')
  await store.db.query(`drop table ${quoteIdentifier(broken.schema)}.bookings cascade`)

  const statements: string[] = []
  const rows = await readRows({
    query: (sql: string, values?: unknown[]) => {
      statements.push(sql)
      return store.db.query(sql, values)
    },
  } as Pick<AdminDb, 'query'>)
  expect(statements).toHaveLength(1)
  const found = new Map(rows.map((row) => [row.client_id, row]))
  expect(names.slice(1).map((one) => found.get(one.id)?.customers)).toEqual(Array(29).fill(0))
  expect(found.get(broken.id)).toMatchObject({ customers: 0, upcoming: null })
  expect(found.get('client_bare')).toMatchObject({ state: 'pending', customers: null, bytes: null })
})

test('an operation that goes on is told apart from one that was killed', async () => {
  const names = await known()
  await store.db.query(
    `insert into fleet.operations (kind, client_id, client_uuid, started_by, host, pid, step, details)
     select 'client add', client_id, uuid, 'maria', 'desk', 1, 'schema', '{"again": "bookctl client add x"}'
       from fleet.clients where client_id = $1`,
    [names.id],
  )
  const seen = async () => (await readRows(store.db)).find((row) => row.client_id === names.id)
  const unfinished = {
    unfinished_kind: 'client add',
    unfinished_step: 'schema',
    unfinished_by: 'maria',
    unfinished_again: 'bookctl client add x',
  }
  const other = await store.open()
  await withClientLock(other, names.id, async () => {
    expect(await seen()).toMatchObject({ ...unfinished, held: true })
  })
  expect(await seen()).toMatchObject({ ...unfinished, held: false })
})

test('a schema that is dropped while status counts costs a second look and not the picture', async () => {
  let calls = 0
  const rows = await readRows({
    query: (sql: string, values?: unknown[]) => {
      calls += 1
      if (calls === 1) return store.db.query('select from client_gone.users')
      return store.db.query(sql, values)
    },
  } as Pick<AdminDb, 'query'>)
  expect(calls).toBe(2)
  expect(rows.length).toBeGreaterThan(0)
})
