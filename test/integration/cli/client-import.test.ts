import { createWriteStream, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lastBotMessage } from '../../../sandbox/client.ts'
import type { User } from '../../../sandbox/types.ts'
import { engineFor } from '../../../src/engines/index.ts'
import { EXIT } from '../../../src/errors.ts'
import { loadFleet } from '../../../src/fleet/fleet.ts'
import type { ImportResult } from '../../../src/operations/client-import.ts'
import { fleetWith, type TestFleet } from '../../support/fleet.ts'
import type { LegacyTables } from '../../support/legacy.ts'
import { legacySql, writeSqlite } from '../../support/legacy-files.ts'

let fleet: TestFleet
let masha: User
let files: { sqlite: string; sql: string; dump: string }
beforeAll(async () => {
  fleet = await fleetWith('client_neighbour')
  masha = await fleet.sandbox.createUser({ first_name: 'Маша' })
  files = await writeFiles(oldShop())
})
afterAll(() => fleet?.stop())

/** A small shop with one of everything: two bookings at the same time, one past, and what has no place here. */
function oldShop(): LegacyTables {
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

/** The same shop in each of the three forms; both dumps are of a database that PostgreSQL itself has dumped. */
async function writeFiles(tables: LegacyTables): Promise<typeof files> {
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
  return { sqlite: at('old.db'), sql: at('old.sql'), dump: at('old.dump') }
}

const importInto = async (id: string, ...words: string[]) =>
  JSON.parse((await fleet.ok(['client', 'import', id, ...words, '--json'])).stdout) as ImportResult

/** Everything in a client's tables and in the plumbing that is his; the heartbeat moves by itself. */
async function contents(id: string): Promise<unknown> {
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

describe.each(['sqlite', 'sql', 'dump'] as const)('client import --%s', (kind) => {
  const id = `client_of_${kind}`
  const words = () => [`--${kind}`, files[kind], ...(kind === 'dump' ? ['--schema', 'client_x'] : [])]
  let bot: { id: number }
  let neighbour: unknown
  beforeAll(async () => {
    bot = await fleet.addClient(id)
    neighbour = await contents('client_neighbour')
  })

  test('--dry-run prints the same report and changes nothing, not even the bot', async () => {
    const before = await contents(id)
    const { outcome, report } = await importInto(id, ...words(), '--dry-run')
    expect(outcome).toBe('planned')
    expect(report.written).toMatchObject({ users: 1, bookings: 3, services: 2, staff: 1 })
    expect(await contents(id)).toEqual(before)
  })

  test('brings everything over, and says what is not as it was', async () => {
    const { outcome, source, report } = await importInto(id, ...words())
    expect({ outcome, schema: source.schema }).toEqual({
      outcome: 'imported',
      schema: kind === 'sqlite' ? null : 'client_x',
    })
    expect(report.movedBookings).toEqual([
      { booking: 12, date: '2036-07-01', time: '10:30', staff: `Salon ${id} · 2`, isUpcoming: true },
    ])
    expect(report.pricesAsText).toEqual([{ service: 'Стрижка', price: 'от 1500' }])
    expect(report.leftOut).toEqual([
      {
        table: 'booking_history',
        rows: 1,
        why: 'its booking is not there any more',
        examples: ['booking #5'],
      },
      { table: 'analytics', rows: 1, why: 'events of the old statistics', examples: [] },
    ])
    expect(report.written).toEqual({
      users: 1,
      services: 2,
      staff: 1,
      bookings: 3,
      booking_history: 1,
      blocked_slots: 2,
      feedback: 1,
      admins: 1,
      admin_actions: 1,
    })
    expect(report.tables).toHaveLength(12)
    expect(
      await fleet.sql(
        `select b.id::int, u.telegram_id::int, s.is_active, b.status, b.starts_at, b.lines -> 0 ->> 'name' as service
           from ${id}.bookings b join ${id}.users u on u.id = b.customer_id join ${id}.staff s on s.id = b.staff_id
          order by b.id`,
      ),
    ).toEqual(
      [
        { id: 10, active: true, starts_at: new Date('2026-02-01T07:00:00Z') },
        { id: 11, active: true, starts_at: new Date('2036-07-01T07:00:00Z') },
        { id: 12, active: false, starts_at: new Date('2036-07-01T07:30:00Z') },
      ].map(({ active, ...row }) => ({
        ...row,
        telegram_id: masha.id,
        is_active: active,
        status: 'booked',
        service: 'Стрижка',
      })),
    )
    expect(await fleet.sql(`select reason from ${id}.blocked_slots where staff_id is null`)).toEqual([
      { reason: 'Отпуск\tна\nдаче' },
    ])
    expect(
      await fleet.sql(`select name, description, price_minor::int from ${id}.services order by id`),
    ).toEqual([
      { name: 'Консультация', description: 'Пример услуги', price_minor: null },
      { name: 'Стрижка', description: 'Цена: от 1500', price_minor: null },
      { name: "Укладка 'локоны'", description: '', price_minor: 100_000 },
    ])
  })

  test('no customer gets a message because of it, and the neighbour sees nothing of it', async () => {
    expect(await fleet.sql('select from fleet.outbox where client_id = $1', [id])).toEqual([])
    const calls = await fleet.sandbox.calls({ bot: bot.id })
    expect(calls.filter(({ method }) => method.startsWith('send'))).toEqual([])
    expect(await contents('client_neighbour')).toEqual(neighbour)
  })

  test('the bot runs again, knows the customer, and books on from the last number', async () => {
    const person = fleet.sandbox.person(bot.id, masha)
    await person.write('/my')
    const view = await person.waitFor((now) => now.messages.length > 1, 'own bookings')
    const keyboard = JSON.stringify(lastBotMessage(view)?.reply_markup)
    expect(keyboard.match(/Стрижка/g)).toHaveLength(2)
    expect(
      await fleet.sql(`select nextval(pg_get_serial_sequence('${id}.bookings', 'id'))::int as next`),
    ).toEqual([{ next: 13 }])
  })

  test('run again it says that and when it was imported already; another file is refused with the counts', async () => {
    const again = await fleet.ok(['client', 'import', id, ...words()])
    expect(again.stdout).toMatch(new RegExp(`^${id}: imported already, at 20.+Z, from ${files[kind]}`))
    await writeSqlite(join(fleet.dir, 'other.db'), legacySql({}))
    const other = await fleet.bookctl(['client', 'import', id, '--sqlite', 'other.db'])
    expect(other.exitCode).toBe(EXIT.conflict)
    expect(other.stderr).toContain(`${id} has 1 customers and 3 bookings: ${files[kind]} was imported at 20`)
  })
})

describe('a file that cannot be imported changes nothing and says why', () => {
  const id = 'client_wrong'
  let before: unknown
  beforeAll(async () => {
    await fleet.addClient(id)
    before = await contents(id)
  })
  const refused = async (...words: string[]) => {
    const result = await fleet.bookctl(['client', 'import', id, ...words])
    expect(await contents(id)).toEqual(before)
    expect(result.stdout).toBe('')
    return result
  }
  const at = (name: string) => join(fleet.dir, name)

  test('another kind of file', async () => {
    const cases = [
      [['--sqlite', files.sql], 'this is a plain SQL dump, not an SQLite database'],
      [['--sql', files.dump], 'this is an archive of pg_dump -Fc, not a plain SQL dump'],
      [
        ['--dump', files.sqlite, '--schema', 'x'],
        'this is an SQLite database, not an archive of pg_dump -Fc',
      ],
      [['--sqlite', at('fleet.yml')], 'this is something else, not an SQLite database'],
    ] as const
    for (const [words, said] of cases) {
      const result = await refused(...words)
      expect(result.stderr).toContain(said)
      expect(result.exitCode).toBe(EXIT.configuration)
    }
  })

  test('a dump that is cut off anywhere', async () => {
    const { length } = readFileSync(files.dump)
    for (const share of [0.1, 0.5, 0.9, 0.99]) {
      writeFileSync(at('cut.dump'), readFileSync(files.dump))
      truncateSync(at('cut.dump'), Math.floor(length * share))
      const result = await refused('--dump', at('cut.dump'), '--schema', 'client_y')
      expect({ share, exitCode: result.exitCode, said: result.stderr.includes('cut.dump: ') }).toEqual({
        share,
        exitCode: EXIT.verification,
        said: true,
      })
    }
    writeFileSync(at('cut.sql'), readFileSync(files.sql).subarray(0, -60))
    const result = await refused('--sql', at('cut.sql'))
    expect(result.exitCode).toBe(EXIT.verification)
    expect(result.stderr).toContain('cut.sql: it is cut off')
  })

  test('an archive of a newer PostgreSQL than the fleet has', async () => {
    const bytes = readFileSync(files.dump)
    // Its second number of the format's version; 14 is that of PostgreSQL 15.
    bytes[6] = 99
    writeFileSync(at('newer.dump'), bytes)
    const result = await refused('--dump', at('newer.dump'), '--schema', 'client_x')
    expect(result.exitCode).toBe(EXIT.preflight)
    expect(result.stderr).toContain('give it by --sql')
  })

  test('a schema that is not in the file, or one of several that was not named', async () => {
    const missing = await refused('--dump', files.dump, '--schema', 'client_z')
    expect(missing.exitCode).toBe(EXIT.configuration)
    expect(missing.stderr).toContain('It has: client_x, client_y')
    const several = await refused('--sql', at('whole.sql'))
    expect(several.exitCode).toBe(EXIT.usage)
    expect(several.stderr).toContain('holds the bookings of several clients: client_x, client_y')
    const named = await importInto(id, '--sql', at('whole.sql'), '--schema', 'client_x', '--dry-run')
    expect(named.report.written.bookings).toBe(3)
  })

  test('a database of something else', async () => {
    await writeSqlite(at('notes.db'), 'create table notes (id integer, text text)')
    const result = await refused('--sqlite', at('notes.db'))
    expect(result.exitCode).toBe(EXIT.configuration)
    expect(result.stderr).toContain("is not the predecessor's: it lacks table users, table bookings")
    expect(result.stderr).toContain('Its tables: notes')
  })

  test('a plain dump with commands for psql: nothing of it is executed', async () => {
    const canary = at('canary')
    const evil = `\\! touch ${canary}\nDROP SCHEMA client_wrong CASCADE;\nCOPY client_x.users (user_id) FROM PROGRAM 'touch ${canary}';\n`
    writeFileSync(
      at('evil.sql'),
      readFileSync(files.sql, 'utf8').replace('SET client_encoding', `${evil}SET client_encoding`),
    )
    const { report } = await importInto(id, '--sql', at('evil.sql'), '--dry-run')
    expect(report.written.bookings).toBe(3)
    expect(() => readFileSync(canary)).toThrow('ENOENT')
    expect(await contents(id)).toEqual(before)
  })

  test('no file, two files, no schema, no such file', async () => {
    for (const words of [
      [],
      ['--sqlite', 'a', '--sql', 'b'],
      ['--dump', files.dump],
      ['--sqlite', files.sqlite, '--schema', 'x'],
      ['--sql', at('nowhere.sql')],
    ])
      expect((await refused(...words)).exitCode).toBe(EXIT.usage)
  })
})

test('a client that has customers is refused with the counts, and a client that is not there is not found', async () => {
  await fleet.addClient('client_busy')
  await fleet.sql('insert into client_busy.users (telegram_id) values (1), (2)')
  const result = await fleet.bookctl(['client', 'import', 'busy', '--sqlite', files.sqlite])
  expect(result.exitCode).toBe(EXIT.conflict)
  expect(result.stderr).toContain('client_busy has 2 customers and 0 bookings')
  const unknown = await fleet.bookctl(['client', 'import', 'nobody', '--sqlite', files.sqlite])
  expect(unknown.exitCode).toBe(EXIT.notFound)
})

test('a bot that the operator keeps stopped stays stopped', async () => {
  await fleet.addClient('client_quiet')
  await fleet.ok(['client', 'stop', 'quiet'])
  await importInto('client_quiet', '--sqlite', files.sqlite)
  const [state] = await fleet.sql(
    `select stopped_at is not null as stopped from fleet.heartbeats where client_id = 'client_quiet'`,
  )
  expect(state).toEqual({ stopped: true })
})

test('what people read names each table, and every list', async () => {
  await fleet.addClient('client_reads')
  const { stdout } = await fleet.ok(['client', 'import', 'reads', '--sqlite', files.sqlite, '--dry-run'])
  expect(stdout).toBe(`client_reads: would be imported from ${files.sqlite}; nothing was changed
  admin_sessions: 0 found, 0 taken, 0 left out
  admins: 1 found, 1 taken, 0 left out
  analytics: 1 found, 0 taken, 1 left out
  audit_log: 1 found, 1 taken, 0 left out
  blocked_slots: 1 found, 1 taken, 0 left out
  booking_history: 2 found, 1 taken, 1 left out
  bookings: 3 found, 3 taken, 0 left out
  feedback: 1 found, 1 taken, 0 left out
  services: 2 found, 2 taken, 0 left out
  settings: 1 found, 1 taken, 0 left out
  text_templates: 0 found, 0 taken, 0 left out
  users: 1 found, 1 taken, 0 left out
  rows written: users 1, services 2, staff 1, bookings 3, booking_history 1, blocked_slots 2, feedback 1, admins 1, admin_actions 1
  Upcoming bookings that stand at the same time as others:
    #12, 2036-07-01 10:30: with «Salon client_reads · 2»
  Prices that cannot be read, kept in the description:
    «Стрижка»: от 1500
  Not as it was:
    service «Консультация» of this client is switched off: those of the old bot take its place
    setting slotStepMinutes: 60 in place of 30
  Left out:
    booking_history: 1 row: its booking is not there any more (booking #5)
    analytics: 1 row: events of the old statistics
`)
})
