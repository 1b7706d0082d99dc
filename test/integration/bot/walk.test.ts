import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { BUTTON_KINDS, type Button, permissionFor } from '../../../bot/telegram/callback-data.ts'
import { emptySalon, openSalon, type Salon, START } from './pretend.ts'
import { type Walker, walkerOf } from './walker.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

let salon: Salon
beforeAll(async () => {
  salon = await openSalon()
})
afterAll(() => salon.close())
beforeEach(async () => {
  await emptySalon(salon)
  await salon.sql(
    `insert into services (name, minutes, price_minor, category, price_from)
     select 'Услуга ' || n, 30 + n, 100000 * n, (array['Волосы', 'Ногти', ''])[1 + n % 3], n % 2 = 0
       from generate_series(1, 30) n`,
  )
  await salon.sql(`insert into staff (name) select 'Мастер ' || n from generate_series(1, 10) n`)
})

/** People who were here before, with the business's consent and tag. */
async function withCustomers(count: number): Promise<void> {
  await salon.sql(
    `insert into users (telegram_id, first_name, tags, consents)
     select 800000000 + n, 'Борис ' || n, '{VIP}', '{"broadcasts": {"version": 1, "at": "2026-11-01T00:00:00Z"}}'
       from generate_series(1, $1::int) n`,
    [count],
  )
}

async function booked(
  telegramId: number,
  startsAt: number,
  { staffId = 1, status = 'booked' } = {},
): Promise<void> {
  await salon.sql(
    `insert into bookings (customer_id, staff_id, status, starts_at, ends_at, busy, local_date, local_time, time_zone,
                           lines, created_at)
     select u.id, $2, $3, $4::timestamptz, $4::timestamptz + interval '31 min',
            tstzrange($4::timestamptz, $4::timestamptz + interval '31 min'),
            ($4::timestamptz at time zone 'Europe/Moscow')::date, ($4::timestamptz at time zone 'Europe/Moscow')::time,
            'Europe/Moscow',
            '[{"name": "Услуга 1", "minutes": 31, "serviceId": 1, "priceMinor": 100000, "currency": "RUB"}]', $5
       from users u where u.telegram_id = $1`,
    [telegramId, staffId, status, new Date(startsAt), new Date(START - 5 * DAY)],
  )
}

const kindsFor = (who: 'customers' | 'admins') =>
  BUTTON_KINDS.filter((to) => (permissionFor(to) === undefined) === (who === 'customers'))

function expectAll(walkers: readonly Walker[], kinds: readonly Button['to'][]): void {
  expect({
    notShown: kinds.filter((to) => !walkers.some(({ met }) => met.has(to))),
    dead: walkers.flatMap(({ dead }) => dead),
  }).toEqual({ notShown: [], dead: [] })
}

test('from /admin a super admin comes to every screen of the panel, and every button there answers, also when all has gone', async () => {
  const owner = salon.person({ first_name: 'Ольга' })
  salon.admins.push(owner.user.id)
  await withCustomers(12)
  await salon.sql(
    `update users set last_seen_at = '2020-01-01', created_at = '2020-01-01' where telegram_id = 800000012`,
  )
  await salon.sql(`update users set notes = 'Любит чай' where telegram_id is not null`)
  await salon.sql('update staff set telegram_id = 800000000 + id where id <= 2')
  await salon.setting({ maxBookingsPerUser: 7, retentionMonths: 0 })
  await salon.sql(
    `insert into working_hours (kind, staff_id, from_date, to_date) select 'exception', n, '2026-12-20', '2026-12-21' from generate_series(1, 10) n`,
  )
  for (const [from, to] of [
    [5 * DAY, 6 * DAY],
    [7 * DAY, 8 * DAY],
  ] as const)
    await salon.sql(`insert into blocked_slots (busy) values (tstzrange($1, $2))`, [
      new Date(START + from),
      new Date(START + to),
    ])
  for (let n = 1; n <= 10; n += 1) await booked(800_000_000 + n, START - HOUR, { staffId: n })
  for (let n = 3; n <= 10; n += 1)
    await booked(800_000_000 + n, START + DAY + 2 * HOUR, {
      staffId: n,
      status: n % 2 ? 'pending' : 'booked',
    })
  await salon.sql(`update bookings set note = 'Аллергия'`)
  const walker = walkerOf(salon, owner)
  await walker.from('/start')
  salon.clock.now = START + 11 * HOUR
  await walker.fromJobs()
  salon.clock.now = START
  await walker.from('/admin')
  expectAll([walker], kindsFor('admins'))

  // Meanwhile everything has been taken away that those buttons were about.
  await emptySalon(salon)
  await owner.write('/start')
  salon.admins.push(owner.user.id)
  await walker.again()
  expectAll([walker], [])
})

test('from /start, /my and what the bot says unasked, a customer comes to every screen, and every button there answers, also when all has gone', async () => {
  await salon.setting({ contactDetails: 'asked', maxBookingsPerUser: 20, cancellationHours: 1 })
  await salon.sql('delete from staff where id > 2')
  const boris = salon.person({ first_name: 'Борис' })
  await boris.write('/start')
  await withCustomers(2)
  await booked(boris.user.id, START - 3 * DAY, { status: 'came' })
  await booked(boris.user.id, START - 2 * HOUR, { status: 'came' })
  await booked(boris.user.id, START + 3 * HOUR, { staffId: 2 })
  // Friday is full from morning to evening.
  for (const n of [1, 2]) await booked(800_000_000 + n, START + 2 * DAY, { staffId: n })
  await salon.sql(
    `update bookings set busy = tstzrange(starts_at, starts_at + interval '9 hours') where starts_at = '${new Date(START + 2 * DAY).toISOString()}'`,
  )
  const vera = salon.person({ first_name: 'Вера' })
  await vera.write('/book')
  await vera.tap('Волосы')
  await vera.tap(/Услуга 3 /)
  await vera.tap('Неважно, кто')
  await vera.tap('📆 Другой день')
  await vera.tap('·27·')
  await vera.tap('🔔 Сообщить, если освободится')
  const walkers = [walkerOf(salon, boris), walkerOf(salon, vera)] as const
  salon.clock.now = START + HOUR
  await walkers[0].fromJobs()
  for (const word of ['/start m_1', '/book', '/my', '/settings', '/privacy']) await walkers[0].from(word)
  await salon.sql(`update bookings set status = 'cancelled' where starts_at = $1`, [
    new Date(START + 2 * DAY),
  ])
  await walkers[1].fromJobs()
  await walkers[1].from('/privacy')
  expectAll(
    walkers,
    kindsFor('customers').filter((to) => to !== 'my-schedule'),
  )

  await emptySalon(salon)
  for (const walker of walkers) await walker.again()
  expectAll(walkers, [])
})

test('a member of staff leafs through the own schedule to its end', async () => {
  const anna = salon.person({ first_name: 'Анна' })
  await withCustomers(1)
  await salon.sql('update staff set telegram_id = $1 where id = 1', [anna.user.id])
  for (let n = 0; n < 20; n += 1) await booked(800_000_001, START + n * HOUR)
  const walker = walkerOf(salon, anna)
  await walker.from('/schedule')
  expectAll([walker], ['my-schedule'])
})
