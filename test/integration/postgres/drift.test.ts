import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FLEET_SCHEMA_VERSION } from '../../../bot/contract/schema.ts'
import { type ClientNames, quoteIdentifier } from '../../../src/fleet/names.ts'
import { readTitlesAndZones, writeClientSettings } from '../../../src/postgres/client-settings.ts'
import { inspectFleetRights } from '../../../src/postgres/fleet-rights.ts'
import { ensureFleetSchema, inspectFleetSchema } from '../../../src/postgres/fleet-schema.ts'
import {
  clientGrants,
  mendGrants,
  missingTables,
  planGrants,
  readRights,
} from '../../../src/postgres/grants.ts'
import { ensureRole, readRoles, roleDrift } from '../../../src/postgres/roles.ts'
import { fleetDatabase, passwordOf, type TestStore } from '../../support/stores.ts'

let store: TestStore
let anna: ClientNames
let boris: ClientNames
beforeAll(async () => {
  store = await fleetDatabase()
  anna = await store.addClient()
  boris = await store.addClient()
})
afterAll(() => store.close())

const sql = (text: string) => store.db.query(text)
const schema = () => quoteIdentifier(anna.schema)
const role = () => quoteIdentifier(anna.role)

describe('a role', () => {
  const drift = async (password = passwordOf(anna)) =>
    roleDrift((await readRoles(store.db, [anna.role, boris.role])).get(anna.role), anna, password)

  test('as it was provisioned has no drift', async () => {
    expect(await drift()).toEqual([])
  })

  test.each<[string, () => string, string]>([
    ['another password', () => `alter role ${role()} password 'other'`, 'password is not that of .env'],
    ['no password', () => `alter role ${role()} password null`, 'password is not that of .env'],
    ['no login', () => `alter role ${role()} nologin`, 'cannot log in'],
    ['no inheritance', () => `alter role ${role()} noinherit`, 'does not inherit'],
    [
      'an end',
      () => `alter role ${role()} valid until '2030-01-01'`,
      'has a date at which its password expires',
    ],
    ['more power', () => `alter role ${role()} createdb bypassrls`, 'has createdb; has bypassrls'],
    ['other limits', () => `alter role ${role()} connection limit 100`, 'connection limit is 100'],
    [
      'other settings',
      () => `alter role ${role()} reset statement_timeout`,
      `statement_timeout is not '30s'`,
    ],
    ['a foreign group', () => `grant pg_read_all_data to ${role()}`, 'is in role pg_read_all_data'],
    ['no group', () => `revoke fleet_client from ${role()}`, 'is not in fleet_client'],
  ])('with %s is found and mended', async (_, change, reason) => {
    await sql(change())
    expect((await drift()).join('; ')).toBe(reason)
    await ensureRole(store.db, anna, passwordOf(anna))
    expect(await drift()).toEqual([])
  })

  test('that another role may use is found and mended, and one that is gone is made', async () => {
    await sql(`grant ${role()} to ${quoteIdentifier(boris.role)}`)
    expect(await drift()).toEqual([`${boris.role} is in it`])
    await ensureRole(store.db, anna, passwordOf(anna))
    expect(await drift()).toEqual([])
    expect(roleDrift(undefined, anna, 'x')).toEqual(['is missing'])
  })
})

describe('rights', () => {
  const facts = async (names = anna) =>
    (await readRights(store.db, [anna.schema, boris.schema])).get(names.schema) ?? []
  const reasons = async () => planGrants(clientGrants(anna), await facts()).reasons

  test('as they were provisioned have no drift, and all tables are there', async () => {
    expect(await reasons()).toEqual([])
    expect(missingTables(await facts())).toEqual([])
    expect(planGrants(clientGrants(boris), await facts(boris))).toEqual({ reasons: [], statements: [] })
  })

  test.each<[string, () => string[], () => string[]]>([
    [
      'of another client on a table and the schema',
      () => [
        `grant usage on schema ${schema()} to ${quoteIdentifier(boris.role)}`,
        `grant select, update on ${schema()}.users to ${quoteIdentifier(boris.role)}`,
      ],
      () => [`schema: ${boris.role} has usage`, `users: ${boris.role} has select, update`],
    ],
    [
      'of everybody on a column',
      () => [`grant select (phone) on ${schema()}.users to public`],
      () => ['users: public has select (phone)'],
    ],
    [
      'handed on by the client itself',
      () => [
        `grant select on ${schema()}.staff to ${role()} with grant option`,
        `set role ${role()}`,
        `grant select on ${schema()}.staff to ${quoteIdentifier(boris.role)}`,
        'reset role',
      ],
      () => [
        `staff: ${boris.role} has select`,
        `staff: ${anna.role} lacks select`,
        `staff: ${anna.role} has select*`,
      ],
    ],
    [
      'too few and too many of its own',
      () => [
        `revoke insert on ${schema()}.services from ${role()}`,
        `grant delete on ${schema()}.bookings to ${role()}`,
        `grant create on schema ${schema()} to ${role()}`,
      ],
      () => [
        `schema: ${anna.role} has create`,
        `bookings: ${anna.role} has delete`,
        `services: ${anna.role} lacks insert`,
      ],
    ],
    [
      'by owning a table',
      () => [`alter table ${schema()}.feedback owner to ${role()}`],
      () => [`feedback: owned by ${anna.role}`, `feedback: ${anna.role} lacks insert, select, update`],
    ],
    [
      'on a table and a sequence that bookctl did not make',
      () => [
        `create table ${schema()}.extra (id bigint generated always as identity)`,
        `grant select on ${schema()}.extra to ${role()}, ${quoteIdentifier(boris.role)}`,
        `grant usage on ${schema()}.extra_id_seq to public`,
      ],
      () => [`extra: ${boris.role} has select`, 'extra_id_seq: public has usage'],
    ],
  ])('%s are found and mended', async (_, changes, found) => {
    for (const change of changes()) await sql(change)
    expect(await reasons()).toEqual(found())
    expect(await mendGrants(store.db, clientGrants(anna))).toEqual(found())
    expect(await reasons()).toEqual([])
    const client = await store.loginAs(anna)
    await client.query('select 1 from feedback')
  })

  test('a table that is not there is told', async () => {
    const carla = await store.addClient()
    await sql(`drop table ${quoteIdentifier(carla.schema)}.feedback`)
    const found = (await readRights(store.db, [carla.schema])).get(carla.schema) ?? []
    expect(missingTables(found)).toEqual(['feedback'])
  })
})

test('titles and zones of all clients come by one statement, whatever characters they hold', async () => {
  const title = `A "<&>' \\ Салон 💅`
  await writeClientSettings(store.db, boris, { title, timeZone: 'Asia/Omsk' }, 'test')
  await sql(`delete from ${schema()}.settings where key = 'title'`)
  const found = await readTitlesAndZones(store.db, [anna.schema, boris.schema, 'client_nobody'])
  expect([...found]).toEqual([
    [anna.schema, { title: null, timeZone: 'Europe/Moscow' }],
    [boris.schema, { title, timeZone: 'Asia/Omsk' }],
  ])
})

test('the walls of the database are seen to stand or not', async () => {
  expect(await inspectFleetSchema(store.db)).toEqual({
    version: FLEET_SCHEMA_VERSION,
    wallsStand: true,
  })
  for (const hole of [
    'grant create on schema public to public',
    'grant execute on function lo_create(oid) to public',
    'grant usage on schema public to public',
  ]) {
    await sql(hole)
    expect(await inspectFleetSchema(store.db)).toEqual({ version: FLEET_SCHEMA_VERSION, wallsStand: false })
    await ensureFleetSchema(store.db)
  }
  expect(await inspectFleetSchema(store.db)).toEqual({
    version: FLEET_SCHEMA_VERSION,
    wallsStand: true,
  })
})

describe('in schema fleet', () => {
  test('walls that were just made stand', async () => {
    expect(await inspectFleetRights(store.db)).toEqual([])
  })

  test.each<[string, () => string[], () => string[]]>([
    [
      'rights that clients lack, or have beyond their plumbing',
      () => [
        'revoke insert on fleet.outbox from fleet_client',
        'grant update on fleet.schema_versions to fleet_client',
        'grant select on fleet.operations to fleet_client',
      ],
      () => [
        'operations: fleet_client has select',
        'outbox: fleet_client lacks insert',
        'schema_versions: fleet_client has update',
      ],
    ],
    [
      'rights of everybody, and of one client alone',
      () => [
        'grant select on fleet.heartbeats to public',
        `grant select (title) on fleet.clients to ${role()}`,
        `grant create on schema fleet to ${role()}`,
      ],
      () => [
        `schema: ${anna.role} has create`,
        `clients: ${anna.role} has select (title)`,
        'heartbeats: public has select',
      ],
    ],
    [
      'row level security that was turned off',
      () => ['alter table fleet.outbox disable row level security'],
      () => ['outbox: row level security is off'],
    ],
    [
      'a policy that is gone, one that says something else, and one that lets everybody through',
      () => [
        'drop policy own_rows on fleet.updates',
        'alter policy own_rows on fleet.heartbeats using (true)',
        'create policy all_rows on fleet.leases for select using (true)',
      ],
      () => [
        'heartbeats: policy own_rows is another one',
        'leases: policy all_rows is not ours',
        'updates: policy own_rows is missing',
      ],
    ],
    [
      'default privileges on what is made later',
      () => [
        'alter default privileges for role fleet_owner grant select on tables to public',
        `alter default privileges for role fleet_owner in schema ${schema()} grant insert, select on tables to ${quoteIdentifier(boris.role)}`,
        'alter default privileges in schema fleet grant usage on sequences to fleet_client',
      ],
      () => [
        `what ${new URL(store.url).username} makes in fleet: fleet_client would have usage on sequences`,
        `what fleet_owner makes in ${anna.schema}: ${boris.role} would have insert, select on tables`,
        'what fleet_owner makes: public would have select on tables',
      ],
    ],
  ])('%s: all of it is found and mended', async (_, changes, found) => {
    for (const change of changes()) await sql(change)
    expect((await inspectFleetRights(store.db)).toSorted()).toEqual(found().toSorted())
    await ensureFleetSchema(store.db)
    expect(await inspectFleetRights(store.db)).toEqual([])
    const client = await store.loginAs(anna)
    const { rows } = await client.query('select client_id from fleet.schema_versions')
    await client.end()
    expect(rows).toEqual([{ client_id: anna.id }])
  })
})
