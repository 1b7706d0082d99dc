import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import type { User } from '../../sandbox/types.ts'
import { engineFor } from '../../src/engines/index.ts'
import { loadFleet } from '../../src/fleet/fleet.ts'
import type { ImportResult } from '../../src/operations/client-import.ts'
import type { TestFleet } from './fleet.ts'
import type { LegacyTables } from './legacy.ts'
import { legacySql, writeSqlite } from './legacy-files.ts'

/** An old shop in each form in which it may come; `whole` is a plain dump of two clients. */
export interface LegacyShop {
  customer: User
  sqlite: string
  sql: string
  dump: string
  whole: string
}

/** A small shop with one of everything: two bookings at the same time, one past, and what has no place here. */
function oldShop(masha: User): LegacyTables {
  const created_at = '2026-01-10 12:00:00'
  const booking = (id: number, date: string, time: string) => ({
    id,
    user_id: masha.id,
    username: 'Маша',
    date,
    time,
    service_id: 7,
    duration_minutes: 60,
    status: 'active',
    created_at,
  })
  return {
    users: [{ user_id: masha.id, first_name: 'Маша', created_at }],
    services: [
      { id: 7, name: 'Стрижка', duration_minutes: 60, price: 'от 1500', is_active: true, created_at },
      {
        id: 8,
        name: "Укладка 'локоны'",
        duration_minutes: 30,
        price: '1 000 ₽',
        is_active: false,
        created_at,
      },
    ],
    bookings: [
      booking(10, '2026-02-01', '10:00'),
      booking(11, '2036-07-01', '10:00'),
      booking(12, '2036-07-01', '10:30'),
    ],
    feedback: [{ id: 1, user_id: masha.id, booking_id: 10, rating: 5, timestamp: created_at }],
    blocked_slots: [{ id: 1, date: '2036-07-02', time: '09:00', reason: 'Отпуск\tна\nдаче' }],
    admins: [{ user_id: 42, role: 'moderator', added_at: created_at }],
    audit_log: [{ id: 1, admin_id: 42, action: 'add_admin', timestamp: created_at }],
    booking_history: [
      { id: 1, booking_id: 11, changed_by_type: 'user', action: 'create', changed_at: created_at },
      { id: 2, booking_id: 5, changed_by_type: 'user', action: 'cancel', changed_at: created_at },
    ],
    settings: [{ key: 'slot_interval_minutes', value: '60' }],
    analytics: [{ id: 1, event: 'booking_created', timestamp: created_at }],
  }
}

/** A small shop in each of the three forms; both dumps are of a database that PostgreSQL itself has dumped. */
export async function legacyShop(fleet: TestFleet): Promise<LegacyShop> {
  const customer = await fleet.sandbox.createUser({ first_name: 'Маша' })
  const tables = oldShop(customer)
  const at = (name: string) => join(fleet.dir, name)
  await writeSqlite(at('old.db'), legacySql(tables))
  await fleet.sql('create database old_world')
  const engine = engineFor(await loadFleet(fleet.dir))
  const { host, port } = await engine.postgres()
  const old = new pg.Client({
    host,
    port,
    user: 'booking_user',
    password: fleet.secret('POSTGRES_PASSWORD') ?? '',
    database: 'old_world',
  })
  await old.connect()
  for (const schema of ['client_x', 'client_y'])
    await old.query(`create schema ${schema}; ${legacySql(tables, schema)}`)
  await old.end()
  const dump = (name: string, ...words: string[]) =>
    engine.pgTool('pg_dump', words, { database: 'old_world', stdout: createWriteStream(at(name)) })
  await dump('old.sql', '-n', 'client_x')
  await dump('whole.sql')
  await dump('old.dump', '-Fc')
  await fleet.sql('drop database old_world')
  return {
    customer,
    sqlite: at('old.db'),
    sql: at('old.sql'),
    dump: at('old.dump'),
    whole: at('whole.sql'),
  }
}

/** Imports, and answers with the document that `--json` prints. */
export const importInto = async (fleet: TestFleet, id: string, ...words: string[]) =>
  JSON.parse((await fleet.ok(['client', 'import', id, ...words, '--json'])).stdout) as ImportResult

/** Everything in a client's tables and in the plumbing that is his; the heartbeat moves by itself. */
export async function contentsOfClient(fleet: TestFleet, id: string): Promise<unknown> {
  const tables = await fleet.sql<{ name: string }>(
    `select relname as name from pg_class where relnamespace = $1::regnamespace and relkind = 'r' order by 1`,
    [id],
  )
  const rows: unknown[] = []
  for (const { name } of tables)
    rows.push(
      name,
      await fleet.sql(`select to_jsonb(t) as row from ${id}.${name} t order by to_jsonb(t)::text`),
    )
  return [
    ...rows,
    await fleet.sql('select * from fleet.outbox where client_id = $1', [id]),
    await fleet.sql('select kind, state from fleet.operations where client_id = $1 order by id', [id]),
    await fleet.sql('select action from fleet.audit where client_id = $1 order by id', [id]),
    await fleet.sql('select instance from fleet.heartbeats where client_id = $1', [id]),
  ]
}
