import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CLIENT_SCHEMA_VERSION } from '../../../bot/contract/schema.ts'
import { readMigrations } from '../../../bot/schema/index.ts'
import { quoteIdentifier } from '../../../src/fleet/names.ts'
import {
  readClientSettings,
  writeClientSettings,
  writeWeeklyHours,
} from '../../../src/postgres/client-settings.ts'
import { ensureFleetSchema } from '../../../src/postgres/fleet-schema.ts'
import {
  disableLogin,
  dropClient,
  enableLogin,
  inspectClient,
  provisionClient,
} from '../../../src/postgres/provision.ts'
import { fleetDatabase, newClient, passwordOf, type TestStore } from '../../support/stores.ts'

let store: TestStore
beforeAll(async () => {
  store = await fleetDatabase()
})
afterAll(() => store.close())

const options = (password: string) => ({ password, title: 'Anna', timeZone: 'Europe/Moscow', initial: {} })

test('a client gets 12 tables and 16 indexes, and a second run changes nothing', async () => {
  const names = await store.addClient()
  const seen = {
    schema: true,
    role: true,
    tables: 12,
    indexes: 16,
    version: CLIENT_SCHEMA_VERSION,
    ours: false,
  }
  expect(await inspectClient(store.db, names)).toEqual(seen)
  const client = await store.loginAs(names)
  await client.query(`update services set name = 'Own name'`)
  expect(await provisionClient(store.db, names, options(passwordOf(names)))).toEqual({
    tables: 12,
    indexes: 16,
  })
  expect(await inspectClient(store.db, names)).toEqual(seen)
  expect((await client.query('select name from services')).rows).toEqual([{ name: 'Own name' }])
})

test('a new client can be booked at once: hours Monday to Saturday, one member of staff, one service, settings', async () => {
  const names = await store.addClient()
  const client = await store.loginAs(names)
  const { rows: hours } = await client.query(
    'select weekday, opens, closes from working_hours order by weekday',
  )
  expect(hours).toEqual(
    [1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, opens: '09:00:00', closes: '18:00:00' })),
  )
  expect((await client.query('select name from staff')).rowCount).toBe(1)
  expect((await client.query('select name from services')).rowCount).toBe(1)
  expect(await readClientSettings(store.db, names)).toMatchObject({ title: 'Anna', maxBookingsPerUser: 3 })
})

test('initial values of the declaration fill a new client, prices in kopecks', async () => {
  const names = newClient()
  await provisionClient(store.db, names, {
    ...options('x'),
    initial: {
      workHours: { start: 10, end: 24 },
      maxBookingsPerUser: 5,
      address: 'Lenina 1',
      services: [{ name: 'Cut', minutes: 45, price: 1500.5, description: '' }],
    },
  })
  const schema = quoteIdentifier(names.schema)
  const { rows } = await store.db.query(`select name, minutes, price_minor from ${schema}.services`)
  expect(rows).toEqual([{ name: 'Cut', minutes: 45, price_minor: 150_050 }])
  expect(await readClientSettings(store.db, names)).toMatchObject({
    address: 'Lenina 1',
    maxBookingsPerUser: 5,
  })
  await dropClient(store.db, names)
})

test('ten clients provisioned at once all succeed', async () => {
  const sessions = await Promise.all(Array.from({ length: 10 }, () => store.open()))
  const clients = sessions.map(() => newClient())
  const made = await Promise.all(
    sessions.map((db, index) => provisionClient(db, clients[index] ?? newClient(), options('x'))),
  )
  expect(made).toEqual(clients.map(() => ({ tables: 12, indexes: 16 })))
  await Promise.all(sessions.map((db, index) => dropClient(db, clients[index] ?? newClient())))
})

test('several operators may set up schema fleet at once, in one database and in several', async () => {
  const others = await Promise.all([fleetDatabase(), fleetDatabase(), fleetDatabase()])
  const sessions = await Promise.all([store, store, ...others, ...others].map((each) => each.open()))
  await Promise.all(sessions.map((db) => ensureFleetSchema(db)))
  for (const other of others) {
    expect((await other.db.query('select version from fleet.migrations order by 1')).rows).toEqual(
      readMigrations('fleet').map(({ version }) => ({ version })),
    )
    await other.close()
  }
})

test('a schema fleet of a newer bookctl is refused', async () => {
  const other = await fleetDatabase()
  await other.db.query(`insert into fleet.migrations (version, name) values (99, '0099-later.sql')`)
  await expect(ensureFleetSchema(other.db)).rejects.toMatchObject({
    code: 'fleet-schema-newer',
    exitCode: 10,
  })
  await other.close()
})

test('a provisioning killed half-way leaves nothing, and the next run makes the whole', async () => {
  const names = newClient()
  const victim = await store.open()
  const killed = victim.transaction(async (tx) => {
    await provisionClient(tx, names, options('x'))
    await store.db.query('select pg_terminate_backend($1)', [victim.pid])
    await tx.query('select 1')
  })
  await expect(killed).rejects.toMatchObject({ code: 'postgres-unreachable', exitCode: 3 })
  expect(await inspectClient(store.db, names)).toMatchObject({
    schema: false,
    role: false,
    version: undefined,
  })
  await store.addClient(names)
  expect(await inspectClient(store.db, names)).toMatchObject({
    schema: true,
    role: true,
    tables: 12,
    indexes: 16,
  })
})

test('a schema that bookctl did not make is never taken over', async () => {
  const names = newClient()
  await store.db.query(`create schema ${quoteIdentifier(names.schema)}`)
  await expect(provisionClient(store.db, names, options('x'))).rejects.toMatchObject({
    code: 'schema-foreign',
    exitCode: 5,
  })
  expect(await inspectClient(store.db, names)).toMatchObject({ role: false, tables: 0 })
})

test('dropping a client ends its sessions, takes its rows of plumbing, leaves the others, and may be repeated', async () => {
  const [gone, stays] = [await store.addClient(), await store.addClient()]
  const session = await store.loginAs(gone)
  await session.query('begin')
  await session.query('select from services')
  for (const names of [gone, stays])
    await store.db.query('insert into fleet.updates (client_id, bot_id, update_id) values ($1, 1, 1)', [
      names.id,
    ])
  // Rights that somebody granted by hand do not stand in the way.
  await store.db.query(`grant create on schema public to ${quoteIdentifier(gone.role)}`)
  await dropClient(store.db, gone)
  await dropClient(store.db, gone)
  expect(await inspectClient(store.db, gone)).toMatchObject({
    schema: false,
    role: false,
    version: undefined,
  })
  expect(await inspectClient(store.db, stays)).toMatchObject({
    schema: true,
    role: true,
    version: CLIENT_SCHEMA_VERSION,
  })
  const { rows } = await store.db.query('select client_id from fleet.updates where client_id = any($1)', [
    [gone.id, stays.id],
  ])
  expect(rows).toEqual([{ client_id: stays.id }])
})

test('a detached client keeps its data but cannot log in, until it is taken up again', async () => {
  const names = await store.addClient()
  const session = await store.loginAs(names)
  await disableLogin(store.db, names)
  await expect(session.query('select 1')).rejects.toThrow(/terminat|not queryable/)
  await expect(store.loginAs(names)).rejects.toThrow(/not permitted to log in/)
  expect(await inspectClient(store.db, names)).toMatchObject({ tables: 12 })
  await enableLogin(store.db, names, passwordOf(names))
  expect((await (await store.loginAs(names)).query('select from services')).rowCount).toBe(1)
})

test('settings: only what really changed is written, and the business sees who changed it', async () => {
  const names = await store.addClient()
  const change = { phone: '+7 900', maxBookingsPerUser: 3 }
  expect(await writeClientSettings(store.db, names, change, 'olga@host')).toEqual([
    'phone',
    'maxBookingsPerUser',
  ])
  expect(await writeClientSettings(store.db, names, change, 'olga@host')).toEqual([])
  await writeWeeklyHours(store.db, names, { start: 8, end: 20 })
  const client = await store.loginAs(names)
  const { rows } = await client.query('select actor, action, target, details from admin_actions')
  expect(rows).toEqual([
    {
      actor: 'operator',
      action: 'settings',
      target: 'phone, maxBookingsPerUser',
      details: {
        by: 'olga@host',
        changes: { phone: { from: '', to: '+7 900' }, maxBookingsPerUser: { from: 3, to: 3 } },
      },
    },
  ])
  const { rows: hours } = await client.query(
    `select count(*)::int, min(opens)::text, max(closes)::text from working_hours`,
  )
  expect(hours).toEqual([{ count: 6, min: '08:00:00', max: '20:00:00' }])
})

test('a transaction keeps its session to itself, and a failed inner part does not undo the outer one', async () => {
  const other = await fleetDatabase()
  await other.db.query('create table public.t (n int)')
  const outer = other.db.transaction(async (tx) => {
    await tx.query('insert into public.t values (1)')
    await expect(
      tx.transaction(async (inner) => {
        await inner.query('insert into public.t values (2)')
        throw new Error('no')
      }),
    ).rejects.toThrow('no')
    await expect(other.db.query('select 1')).rejects.toThrow(/own handle/)
  })
  const beside = other.db.query('insert into public.t values (3)')
  await Promise.all([outer, beside])
  expect((await other.db.query('select n from public.t order by n')).rows).toEqual([{ n: 1 }, { n: 3 }])
  await other.close()
})

test('the password never reaches the server: it gets a verifier, which lets the right password in and no other', async () => {
  const names = await store.addClient()
  const { rows } = await store.db.query<{ rolpassword: string; rolconnlimit: number }>(
    'select rolpassword, rolconnlimit from pg_authid where rolname = $1',
    [names.role],
  )
  expect(rows[0]?.rolpassword).toMatch(/^SCRAM-SHA-256\$4096:/)
  expect(rows[0]?.rolconnlimit).toBeGreaterThan(0)
  const url = new URL(store.url)
  url.username = names.role
  url.password = 'wrong'
  await expect(new pg.Client({ connectionString: url.href }).connect()).rejects.toMatchObject({
    code: '28P01',
  })
})
