import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PLUMBING_TABLES } from '../../../bot/schema/index.ts'
import type { ClientNames } from '../../../src/fleet/names.ts'
import { fleetDatabase, type TestStore } from '../../support/stores.ts'

const DENIED = '42501'

let store: TestStore
let anna: ClientNames
let boris: ClientNames
let session: pg.Client
beforeAll(async () => {
  store = await fleetDatabase()
  anna = await store.addClient()
  boris = await store.addClient()
  for (const { id } of [anna, boris]) {
    await store.db.query(`insert into fleet.clients (client_id, title, state) values ($1, 'x', 'active')`, [
      id,
    ])
    await store.db.query('insert into fleet.updates (client_id, bot_id, update_id) values ($1, 1, 1)', [id])
    await store.db.query(
      `insert into fleet.outbox (client_id, chat_id, kind, method, payload, dedupe_key, repeat_if_unknown)
       values ($1, 1, 'answer', 'sendMessage', '{}', 'k', true)`,
      [id],
    )
    await store.db.query(
      `insert into fleet.heartbeats (client_id, bot_id, instance, runtime_version, started_at, beat_at)
       values ($1, 1, gen_random_uuid(), '1', now(), now())`,
      [id],
    )
    await store.db.query(
      `insert into fleet.leases (client_id, name, holder, expires_at) values ($1, 'x', gen_random_uuid(), now())`,
      [id],
    )
    await store.db.query(
      `insert into fleet.invites (code_hash, client_id, kind, role, created_by, expires_at)
       values (sha256($1::bytea), $2, 'admin', 'moderator', 1, now())`,
      [Buffer.from(id), id],
    )
    await store.db.query(
      `insert into fleet.broadcasts (client_id, created_by, audience, content)
       values ($1, 1, '{"kind": "all"}', '{"text": "x"}')`,
      [id],
    )
  }
  session = await store.loginAs(anna)
})
afterAll(() => store.close())

const refused = (sql: string) => expect(session.query(sql)).rejects.toMatchObject({ code: DENIED })

test("a client's role reads none of another client's tables", async () => {
  const { rows } = await store.db.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = to_regnamespace($1) and relkind in ('r', 'S')`,
    [boris.schema],
  )
  expect(rows.length).toBeGreaterThan(12)
  for (const { name } of rows) await refused(`select * from ${boris.schema}.${name}`)
  await refused(`insert into ${boris.schema}.users (telegram_id) values (1)`)
  await refused(`set role ${boris.role}`)
})

test.each(PLUMBING_TABLES)(
  "a client's role sees and changes only its own rows of fleet.%s",
  async (table) => {
    const { rows } = await session.query(`select client_id from fleet.${table}`)
    expect(rows).toEqual([{ client_id: anna.id }])
    for (const sql of [
      `update fleet.${table} set client_id = client_id where client_id = '${boris.id}'`,
      `delete from fleet.${table} where client_id = '${boris.id}'`,
    ]) {
      // Some tables refuse the statement as a whole, the others show no such row.
      const changed = await session.query(sql).then(
        (result) => result.rowCount,
        (error: { code: string }) => error.code,
      )
      expect([0, DENIED]).toContain(changed)
    }
    const { rows: still } = await store.db.query(
      `select client_id from fleet.${table} where client_id = $1`,
      [boris.id],
    )
    expect(still).toEqual([{ client_id: boris.id }])
  },
)

test("a client's role writes no row of plumbing in another's name", async () => {
  await refused(`insert into fleet.updates (client_id, bot_id, update_id) values ('${boris.id}', 1, 2)`)
  await refused(
    `insert into fleet.outbox (client_id, chat_id, kind, method, payload, dedupe_key, repeat_if_unknown)
     values ('${boris.id}', 1, 'answer', 'sendMessage', '{}', 'forged', true)`,
  )
  await refused(`update fleet.outbox set client_id = '${boris.id}'`)
  await refused(
    `insert into fleet.heartbeats (client_id, bot_id, instance, runtime_version, started_at, beat_at)
     values ('${boris.id}', 1, gen_random_uuid(), '1', now(), now())
     on conflict (client_id) do update set beat_at = now()`,
  )
  await refused(
    `insert into fleet.leases (client_id, name, holder, expires_at) values ('${boris.id}', 'y', gen_random_uuid(), now())`,
  )
  await refused(
    `insert into fleet.invites (code_hash, client_id, kind, role, created_by, expires_at)
     values ('forged', '${boris.id}', 'admin', 'super_admin', 1, now())`,
  )
})

test.each(['clients', 'operations', 'operation_steps', 'audit', 'migrations'])(
  "fleet.%s is bookctl's alone",
  async (table) => {
    await refused(`select from fleet.${table}`)
    await refused(`delete from fleet.${table}`)
  },
)

test.each([
  ['make a table in its schema', () => `create table ${anna.schema}.t ()`],
  ['make a table in public', () => 'create table public.t ()'],
  ['make a table in fleet', () => 'create table fleet.t ()'],
  ['make a schema', () => 'create schema mine'],
  ['make a temporary table', () => 'create temporary table t ()'],
  ['drop its table', () => `drop table ${anna.schema}.bookings`],
  ['alter its table', () => `alter table ${anna.schema}.bookings drop constraint bookings_no_overlap`],
  ['empty its table', () => `truncate ${anna.schema}.users cascade`],
  ['delete past bookings', () => 'delete from bookings'],
  ['rewrite the history', () => 'update booking_history set actor = actor'],
  ['switch off row level security', () => 'alter table fleet.outbox disable row level security'],
  ['make a large object', () => 'select lo_create(0)'],
  ['make a large object from bytes', () => `select lo_from_bytea(0, 'x')`],
  ['become the owner', () => 'set role fleet_owner'],
  ['become the admin', () => 'set role booking_user'],
  ['make a role', () => 'create role other'],
  ['read password hashes', () => 'select from pg_authid'],
  ['run a program', () => `copy services to program 'cat'`],
])("a client's role cannot %s", async (_title, sql) => {
  await refused(sql())
})
