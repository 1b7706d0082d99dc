import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lastBotMessage } from '../../../sandbox/client.ts'
import { EXIT } from '../../../src/errors.ts'
import { fleetWith, type TestFleet } from '../../support/fleet.ts'
import { legacySql, writeSqlite } from '../../support/legacy-files.ts'
import { contentsOfClient, importInto, type LegacyShop, legacyShop } from '../../support/legacy-shop.ts'

let fleet: TestFleet
let shop: LegacyShop
beforeAll(async () => {
  fleet = await fleetWith('client_neighbour')
  shop = await legacyShop(fleet)
})
afterAll(() => fleet?.stop())

describe.each(['sqlite', 'sql', 'dump'] as const)('client import --%s', (kind) => {
  const id = `client_of_${kind}`
  const words = () => [`--${kind}`, shop[kind], ...(kind === 'dump' ? ['--schema', 'client_x'] : [])]
  let bot: { id: number }
  let neighbour: unknown
  beforeAll(async () => {
    bot = await fleet.addClient(id)
    neighbour = await contentsOfClient(fleet, 'client_neighbour')
  })

  test('--dry-run prints the same report and changes nothing, not even the bot', async () => {
    const before = await contentsOfClient(fleet, id)
    const { outcome, report } = await importInto(fleet, id, ...words(), '--dry-run')
    expect(outcome).toBe('planned')
    expect(report.written).toMatchObject({ users: 1, bookings: 3, services: 2, staff: 1 })
    expect(await contentsOfClient(fleet, id)).toEqual(before)
  })

  test('brings everything over, and says what is not as it was', async () => {
    const { outcome, source, report } = await importInto(fleet, id, ...words())
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
        telegram_id: shop.customer.id,
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
    expect(await contentsOfClient(fleet, 'client_neighbour')).toEqual(neighbour)
  })

  test('the bot runs again, knows the customer, and books on from the last number', async () => {
    const person = fleet.sandbox.person(bot.id, shop.customer)
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
    expect(again.stdout).toMatch(new RegExp(`^${id}: imported already, at 20.+Z, from ${shop[kind]}`))
    await writeSqlite(join(fleet.dir, 'other.db'), legacySql({}))
    const other = await fleet.bookctl(['client', 'import', id, '--sqlite', 'other.db'])
    expect(other.exitCode).toBe(EXIT.conflict)
    expect(other.stderr).toContain(`${id} has 1 customers and 3 bookings: ${shop[kind]} was imported at 20`)
  })
})

test('a bot that the operator keeps stopped stays stopped', async () => {
  await fleet.addClient('client_quiet')
  await fleet.ok(['client', 'stop', 'quiet'])
  await importInto(fleet, 'client_quiet', '--sqlite', shop.sqlite)
  const [state] = await fleet.sql(
    `select stopped_at is not null as stopped from fleet.heartbeats where client_id = 'client_quiet'`,
  )
  expect(state).toEqual({ stopped: true })
})

test('what people read names each table, and every list', async () => {
  await fleet.addClient('client_reads')
  const { stdout } = await fleet.ok(['client', 'import', 'reads', '--sqlite', shop.sqlite, '--dry-run'])
  expect(stdout).toBe(`client_reads: would be imported from ${shop.sqlite}; nothing was changed
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
