import { describe, expect, test } from 'vitest'
import { IMPORTED_MARK } from '../../../bot/contract/marks.ts'
import { missingParts, type PlanInput, planImport } from '../../../src/legacy/plan.ts'
import { type LegacyTables, legacyData, planInput } from '../../support/legacy.ts'

const plan = (tables: LegacyTables, input: Partial<PlanInput> = {}) =>
  planImport(legacyData(tables), planInput(input))

const SERVICE = { id: 7, name: 'Стрижка', duration_minutes: 60, price: '2000 ₽', is_active: true }
const MASHA = { user_id: 501, username: 'masha', first_name: 'Маша', created_at: '2026-01-10 12:00:00' }
const booking = (
  id: number,
  date: string,
  time: string,
  more: Record<string, string | number | null> = {},
) => ({
  id,
  user_id: 501,
  username: 'masha',
  date,
  time,
  service_id: 7,
  duration_minutes: 60,
  status: 'active',
  created_at: '2026-05-01 10:00:00',
  ...more,
})
const shop = (...bookings: ReturnType<typeof booking>[]): LegacyTables => ({
  users: [MASHA],
  services: [SERVICE],
  bookings,
})

describe('old dates are read in the zone of the client', () => {
  test.each([
    ['Europe/Moscow', '2026-06-02', '10:00', '2026-06-02T07:00:00.000Z', '10:00'],
    ['Asia/Vladivostok', '2026-06-02', '10:00', '2026-06-02T00:00:00.000Z', '10:00'],
    ['Europe/Berlin', '2026-03-29', '01:30', '2026-03-29T00:30:00.000Z', '01:30'],
    // The clock skips 02:00–03:00 that night, and shows 02:00–03:00 twice on the other.
    ['Europe/Berlin', '2026-03-29', '02:30', '2026-03-29T01:30:00.000Z', '03:30'],
    ['Europe/Berlin', '2026-10-25', '02:30', '2026-10-25T00:30:00.000Z', '02:30'],
    ['Europe/Berlin', '2026-10-25', '9:30:00', '2026-10-25T08:30:00.000Z', '09:30'],
  ])('%s %s %s', (timeZone, date, time, startsAt, clock) => {
    const { rows } = plan(shop(booking(1, date, time)), { timeZone })
    expect(rows.bookings).toMatchObject([
      { starts_at: startsAt, local_date: date, local_time: clock, time_zone: timeZone },
    ])
  })

  test('a time that the clock skips is told of', () => {
    const { report } = plan(shop(booking(1, '2026-03-29', '02:30')), { timeZone: 'Europe/Berlin' })
    expect(report.changes).toContain('bookings: #1 is at 03:30: the clock skips 02:30 on 2026-03-29')
  })

  test('an hour that is booked keeps its length over a change of the clock', () => {
    const { rows } = plan(shop(booking(1, '2026-10-25', '02:30', { duration_minutes: 90 })), {
      timeZone: 'Europe/Berlin',
    })
    expect(rows.bookings[0]).toMatchObject({ ends_at: '2026-10-25T02:00:00.000Z' })
  })

  test('a timestamp with an offset says itself when it was; one that cannot be read is told of', () => {
    const { rows, report } = plan({
      users: [
        { user_id: 1, created_at: '2026-01-01 12:00:00' },
        { user_id: 2, created_at: '2026-01-01T12:00:00.123456+05:00' },
        { user_id: 3, created_at: 'yesterday' },
      ],
    })
    expect(rows.users.map(({ created_at }) => created_at)).toEqual([
      '2026-01-01T09:00:00.000Z',
      '2026-01-01T07:00:00.123Z',
      '2026-06-01T09:00:00.000Z',
    ])
    expect(report.changes).toContain(
      'users: 1 timestamps cannot be read; the time of the import stands for them',
    )
  })

  test.each([
    ['2026-02-30', '10:00'],
    ['02.06.2026', '10:00'],
    ['2026-06-02', '25:00'],
    ['2026-06-02', null],
  ])('a booking at %s %s is left out by its number', (date, time) => {
    const { rows, report } = plan(shop(booking(12, date, time ?? '', { time })))
    expect(rows.bookings).toEqual([])
    expect(report.leftOut).toEqual([
      { table: 'bookings', rows: 1, why: 'its date and time cannot be read', examples: ['#12'] },
    ])
  })
})

describe('bookings that stand at the same time go to extra members of staff', () => {
  const chain = shop(
    booking(1, '2026-06-02', '10:00', { duration_minutes: 90 }),
    booking(2, '2026-06-02', '10:30'),
    booking(3, '2026-06-02', '11:00'),
    booking(4, '2026-06-02', '11:30'),
    booking(5, '2026-06-02', '12:30'),
  )

  test('as few as hold them; bookings that only touch stay', () => {
    const { rows, report } = plan(chain)
    expect(rows.bookings.map(({ id, staff_id }) => [id, staff_id])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
      [4, 1],
      [5, 1],
    ])
    expect(rows.staff).toEqual([
      { id: 2, name: 'Салон · 2', sort_order: 2, is_active: false },
      { id: 3, name: 'Салон · 3', sort_order: 3, is_active: false },
    ])
    expect(report.movedBookings).toEqual([
      { booking: 2, date: '2026-06-02', time: '10:30', staff: 'Салон · 2', isUpcoming: true },
      { booking: 3, date: '2026-06-02', time: '11:00', staff: 'Салон · 3', isUpcoming: true },
    ])
  })

  test('nobody can book that time a third time', () => {
    const { rows } = plan(chain)
    expect(rows.blocked_slots).toMatchObject([
      { staff_id: 1, busy: '["2026-06-02T07:30:00.000Z","2026-06-02T08:30:00.000Z")' },
      { staff_id: 1, busy: '["2026-06-02T08:00:00.000Z","2026-06-02T09:00:00.000Z")' },
    ])
  })

  test('past ones are moved and told of, and block nothing', () => {
    const { rows, report } = plan(shop(booking(1, '2026-05-02', '10:00'), booking(2, '2026-05-02', '10:00')))
    expect(report.movedBookings).toMatchObject([{ booking: 2, isUpcoming: false }])
    expect(rows.blocked_slots).toEqual([])
  })

  test('a cancelled booking is in nobody’s way', () => {
    const { rows } = plan(
      shop(booking(1, '2026-06-02', '10:00', { status: 'cancelled' }), booking(2, '2026-06-02', '10:00')),
    )
    expect(rows.bookings.map(({ status, staff_id }) => [status, staff_id])).toEqual([
      ['cancelled', 1],
      ['booked', 1],
    ])
    expect(rows.staff).toEqual([])
  })

  test('a client that has nobody gets its first member of staff', () => {
    const existing = { ...planInput().existing, staff: [] }
    const { rows } = plan(shop(booking(1, '2026-06-02', '10:00')), { existing })
    expect(rows.staff).toEqual([{ id: 1, name: 'Салон', sort_order: 0, is_active: true }])
    expect(rows.bookings).toMatchObject([{ staff_id: 1 }])
  })
})

describe('prices', () => {
  test.each([
    ['3000 ₽', 300_000],
    ['1 500 ₽', 150_000],
    ['1 500 руб.', 150_000],
    ['1000.00', 100_000],
    ['99,5 р', 9_950],
    ['0', 0],
    ['-', null],
    ['', null],
    [null, null],
  ])('%s is read', (price, minor) => {
    const { rows, report } = plan({ services: [{ ...SERVICE, price, description: 'С мытьём' }] })
    expect(rows.services).toMatchObject([{ price_minor: minor, description: 'С мытьём' }])
    expect(report.pricesAsText).toEqual([])
  })

  test.each(['от 1500', '1500-2000', 'договорная', '20 $', '1,500', '100500100500 ₽'])(
    '%s stays text in the description, and is listed',
    (price) => {
      const { rows, report } = plan({ services: [{ ...SERVICE, price, description: 'С мытьём' }] })
      expect(rows.services).toMatchObject([{ price_minor: null, description: `С мытьём\nЦена: ${price}` }])
      expect(report.pricesAsText).toEqual([{ service: 'Стрижка', price }])
    },
  )

  test('a description that the price leaves no room for is shortened and told whole', () => {
    const description = '😀'.repeat(500)
    const { rows, report } = plan({ services: [{ ...SERVICE, price: 'от 1500', description }] })
    expect([...(rows.services[0]?.description ?? '')]).toHaveLength(500)
    expect(rows.services[0]?.description).toMatch(/Цена: от 1500$/)
    expect(report.changes).toContain(`service «Стрижка»: its description was longer: ${description}`)
  })
})

describe('services', () => {
  test('take the place of those that the client has, which are switched off', () => {
    const { rows, changes, report } = plan({
      services: [SERVICE, { ...SERVICE, id: 9, is_active: 0, display_order: 5 }],
    })
    expect(rows.services).toMatchObject([
      { id: 2, is_active: true, sort_order: 0 },
      { id: 3, is_active: false, sort_order: 5 },
    ])
    expect(changes.retiredServices).toEqual([1])
    expect(report.changes).toEqual([
      'service «Консультация» of this client is switched off: those of the old bot take its place',
    ])
  })

  test('without any, those of the client stay', () => {
    expect(plan({}).changes.retiredServices).toEqual([])
  })

  test('minutes that are not possible here become possible ones, and are told of', () => {
    const { rows, report } = plan({ services: [{ ...SERVICE, duration_minutes: 2000, slot_interval: 1 }] })
    expect(rows.services).toMatchObject([{ minutes: 1440, step_minutes: null }])
    expect(report.changes.slice(0, 2)).toEqual([
      'service «Стрижка»: 1440 minutes in place of 2000',
      "service «Стрижка»: the client's own step in place of 1 minutes",
    ])
  })
})

describe('no row is dropped silently', () => {
  test('bookings keep their numbers, and what was sold', () => {
    const { rows } = plan(shop(booking(40, '2026-06-02', '10:00', { duration_minutes: 45 })))
    expect(rows.bookings).toMatchObject([
      {
        id: 40,
        customer_id: 1,
        lines: [{ serviceId: 2, name: 'Стрижка', minutes: 45, priceMinor: 200_000, currency: 'RUB' }],
        price_minor: 200_000,
        created_at: '2026-05-01T07:00:00.000Z',
      },
    ])
  })

  test('bookings without a number, or with that of another, get the next ones', () => {
    const { rows } = plan(
      shop(
        booking(5, '2026-06-02', '10:00'),
        booking(5, '2026-06-02', '11:00'),
        booking(0, '2026-06-02', '12:00', { id: null }),
      ),
    )
    expect(rows.bookings.map(({ id, local_time }) => [id, local_time])).toEqual([
      [5, '10:00'],
      [6, '11:00'],
      [7, '12:00'],
    ])
  })

  test('two rows of one person become one customer with what both knew', () => {
    const { rows, report } = plan({
      users: [
        { user_id: 501, username: 'Маша', phone: null },
        { user_id: 501, username: '@masha_2', phone: '+7 900' },
        { user_id: 'x', username: 'nobody' },
      ],
    })
    expect(rows.users).toMatchObject([
      { id: 1, telegram_id: 501, username: 'masha_2', first_name: 'Маша', phone: '+7 900' },
    ])
    expect(report.tables.find(({ table }) => table === 'users')).toEqual({
      table: 'users',
      found: 3,
      taken: 2,
      leftOut: 1,
    })
  })

  test('a booking of a customer or service that is gone keeps both', () => {
    const { rows, report } = plan({
      services: [SERVICE],
      bookings: [
        booking(1, '2026-06-02', '10:00', {
          user_id: 777,
          username: 'Guest',
          service_id: 99,
          duration_minutes: 30,
        }),
        booking(2, '2026-06-02', '11:00', { user_id: null, username: 'Ольга', service_id: null }),
      ],
    })
    expect(rows.users).toMatchObject([
      { telegram_id: 777, username: null, first_name: null },
      { telegram_id: null, first_name: 'Ольга' },
    ])
    expect(rows.services.slice(1)).toMatchObject([
      { name: 'Услуга № 99 прежнего бота', minutes: 30, is_active: false },
      { name: 'Услуга прежнего бота', minutes: 60, is_active: false },
    ])
    expect(rows.bookings.map(({ customer_id, lines }) => [customer_id, lines[0]?.serviceId])).toEqual([
      [1, 3],
      [2, 4],
    ])
    expect(report.changes).toHaveLength(5)
  })

  test.each([
    ['active', 'booked'],
    [null, 'booked'],
    ['confirmed', 'confirmed'],
    ['completed', 'came'],
    ['no_show', 'no_show'],
    ['canceled', 'cancelled'],
    ['odd', 'booked'],
  ])('status %s becomes %s', (status, expected) => {
    const { rows, report } = plan(shop(booking(1, '2026-06-02', '10:00', { status })))
    expect(rows.bookings).toMatchObject([{ status: expected }])
    expect(report.changes.some((change) => change.includes("'odd'"))).toBe(status === 'odd')
  })

  test('feedback: the newest rating of the customer who booked; others are left out, each with its reason', () => {
    const rating = (booking_id: number, more: Record<string, string | number>) => ({
      user_id: 501,
      booking_id,
      rating: 5,
      timestamp: '2026-05-03 10:00:00',
      ...more,
    })
    const { rows, report } = plan({
      ...shop(booking(1, '2026-05-02', '10:00'), booking(2, '2026-05-02', '12:00')),
      feedback: [
        rating(1, { rating: 3, timestamp: '2026-05-02 13:00:00' }),
        rating(1, { rating: 4 }),
        rating(1, { rating: 1, timestamp: '2026-05-02 14:00:00' }),
        rating(2, { user_id: 666, rating: 1 }),
        rating(2, { rating: 9 }),
        rating(99, {}),
      ],
    })
    expect(rows.feedback).toMatchObject([{ booking_id: 1, customer_id: 1, rating: 4 }])
    expect(report.leftOut).toEqual([
      {
        table: 'feedback',
        rows: 2,
        why: 'a later rating of the same booking stands',
        examples: ['booking #1', 'booking #1'],
      },
      { table: 'feedback', rows: 1, why: 'it is not by the customer who booked', examples: ['booking #2'] },
      { table: 'feedback', rows: 1, why: 'its rating is not 1 to 5', examples: ['booking #2'] },
      { table: 'feedback', rows: 1, why: 'its booking is not there any more', examples: ['booking #99'] },
    ])
  })

  test('blocks, history, admins and their actions come over', () => {
    const { rows } = plan({
      ...shop(booking(1, '2026-06-02', '12:00')),
      blocked_slots: [{ id: 1, date: '2026-06-05', time: '09:00', reason: 'Отпуск', blocked_by: 9 }],
      booking_history: [
        {
          booking_id: 1,
          changed_by: 501,
          changed_by_type: 'user',
          action: 'reschedule',
          old_date: '2026-06-02',
          old_time: '10:00',
          new_date: '2026-06-02',
          new_time: '12:00',
          changed_at: '2026-05-02 10:00:00',
        },
      ],
      admins: [
        { user_id: 9, username: 'anna', role: 'super_admin', added_by: 1, added_at: '2026-01-01 10:00:00' },
      ],
      audit_log: [
        { admin_id: 9, action: 'add_admin', target_id: '5', details: 'x', timestamp: '2026-01-01 10:00:00' },
      ],
    })
    expect(rows.blocked_slots).toMatchObject([
      { staff_id: null, busy: '["2026-06-05T06:00:00.000Z","2026-06-05T07:00:00.000Z")', reason: 'Отпуск' },
    ])
    expect(rows.booking_history).toMatchObject([
      {
        booking_id: 1,
        action: 'rescheduled',
        actor: 'customer',
        actor_telegram_id: null,
        old_starts_at: '2026-06-02T07:00:00.000Z',
        new_starts_at: '2026-06-02T09:00:00.000Z',
      },
    ])
    expect(rows.admins).toMatchObject([{ telegram_id: 9, role: 'super_admin', added_by: 1 }])
    expect(rows.admin_actions).toMatchObject([
      { actor_telegram_id: 9, action: 'add_admin', target: '5', details: { text: 'x' } },
    ])
  })

  test('tables and columns that are not understood are named with their rows; empty columns are not', () => {
    const { report } = plan({
      users: [{ ...MASHA, vip: 'yes', empty: null }],
      analytics: [{ id: 1 }, { id: 2 }],
      loyalty_points: [{ id: 1 }],
      settings: [{ key: 'slot_interval_minutes', value: '60', description: 'Шаг' }],
    })
    expect(report.leftOut.map(({ table, rows, why }) => [table, rows, why])).toEqual([
      ['users.vip', 1, 'this column is not known'],
      ['settings.description', 1, 'settings have a fixed meaning here'],
      ['analytics', 2, 'events of the old statistics'],
      ['loyalty_points', 1, 'this table is not known'],
    ])
  })
})

test('settings of the same meaning come over; others are left out with their values', () => {
  const { changes, report } = plan({
    settings: [
      { key: 'work_hours_start', value: '10' },
      { key: 'work_hours_end', value: '20' },
      { key: 'slot_interval_minutes', value: '60' },
      { key: 'max_bookings_per_user', value: '0' },
      { key: 'calendar_max_months_ahead', value: '3' },
      { key: 'reminder_hours_before_24h', value: '24' },
    ],
  })
  expect(changes).toMatchObject({
    settings: { slotStepMinutes: 60, horizonDays: 93 },
    workHours: { start: 10, end: 20 },
  })
  expect(report.leftOut.map(({ why, examples }) => [why, examples])).toEqual([
    ['its value is not possible here', ['max_bookings_per_user=0']],
    ['there is no such setting here', ['reminder_hours_before_24h=24']],
  ])
})

test('nothing is due at once: what was due before the import was the old bot’s to send', () => {
  const { rows } = plan(shop(booking(1, '2026-05-02', '10:00'), booking(2, '2026-06-01', '13:00')))
  const now = '2026-06-01T09:00:00.000Z'
  expect(rows.bookings).toMatchObject([
    { reminders_sent: { [IMPORTED_MARK]: now }, feedback_asked_at: now },
    { reminders_sent: { [IMPORTED_MARK]: now }, feedback_asked_at: null },
  ])
})

test('the report names no customer', () => {
  const { report } = plan({
    ...shop(booking(1, '2026-06-02', '10:00'), booking(2, '2026-06-02', '10:00'), booking(3, 'x', 'y')),
    users: [MASHA, { user_id: 'broken', username: 'planted_name', phone: '+79000000000' }],
    admins: [{ user_id: 'planted_admin' }],
  })
  expect(JSON.stringify(report)).not.toMatch(/masha|Маша|501|planted|7900/)
})

test('a database of something else is told by what it lacks', () => {
  expect(missingParts({ tables: [] })).toEqual(['table users', 'table bookings'])
  const odd = legacyData({ services: [] })
  const withoutId = {
    tables: odd.tables.map((table) =>
      table.name === 'users' ? { ...table, columns: ['id', 'name'] } : table,
    ),
  }
  expect(missingParts(withoutId)).toEqual(['column users.user_id'])
  expect(missingParts(odd)).toEqual([])
})
