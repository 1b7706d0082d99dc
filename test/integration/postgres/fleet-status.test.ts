import { afterAll, beforeAll, expect, test } from 'vitest'
import { quoteIdentifier } from '../../../src/fleet/names.ts'
import { FLEET_STATUS_SQL } from '../../../src/operations/fleet-status.sql.ts'
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

test('status reads a fleet without clients, and then every client with exact counts, by one statement', async () => {
  const [empty] = (await store.db.query<Row>(FLEET_STATUS_SQL)).rows
  expect(empty).toMatchObject({ client_id: null, server_version: expect.stringMatching(/^\d+/) })

  const names = [await store.addClient(), await store.addClient(), await store.addClient()]
  for (const one of names)
    await store.db.query(
      `insert into fleet.clients (client_id, title, state) values ($1, 'A', 'active') on conflict do nothing`,
      [one.id],
    )
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
