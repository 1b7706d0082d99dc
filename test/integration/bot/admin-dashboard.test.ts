import { decode } from 'fast-png'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { emptySalon, openSalon, type PretendPerson, type Salon, START } from './pretend.ts'

/** The colour of bars, as bytes of a little-endian number. */
const BAR = 0xffc6853d
const HOUR = 3_600_000
const DAY = 24 * HOUR

let salon: Salon
let owner: PretendPerson
let guests: number[]
let anna: number
beforeAll(async () => {
  salon = await openSalon()
})
afterAll(() => salon.close())
beforeEach(async () => {
  await emptySalon(salon)
  // Wednesday 25 November 2026, 15:00 in Moscow.
  salon.clock.now = START + 6 * HOUR
  anna = await id(`insert into staff (name) values ('Анна') returning id`)
  owner = salon.person({ first_name: 'Ольга' })
  await owner.write('/start')
  salon.admins.splice(0, salon.admins.length, owner.user.id)
  guests = []
  for (let n = 0; n < 3; n++) guests.push(await id(`insert into users default values returning id`))
})

async function id(sql: string, values: unknown[] = []): Promise<number> {
  const [row] = await salon.sql<{ id: string }>(sql, values)
  return Number(row?.id)
}

/** A visit of an hour, at so many hours of a day of November. */
async function visit(
  day: number,
  hour: number,
  status: string,
  options: { guest?: number; price?: number | null; currency?: string } = {},
): Promise<number> {
  const { guest = 0, price = 200000, currency = 'RUB' } = options
  const startsAt = new Date(Date.UTC(2026, 10, day, hour - 3))
  const endsAt = new Date(startsAt.getTime() + HOUR)
  return await id(
    `insert into bookings (customer_id, staff_id, status, starts_at, ends_at, busy, local_date, local_time, time_zone, lines, price_minor, currency, hold_expires_at)
     values ($1, $2, $3, $4, $5, case when $3 = 'waiting' then null else tstzrange($4, $5) end, $4::date, '10:00', 'Europe/Moscow',
             '[{"serviceId": 1, "name": "Стрижка", "minutes": 60, "priceMinor": 200000, "currency": "RUB"}]', $6, $7, $8) returning id`,
    [
      guests[guest],
      anna,
      status,
      startsAt,
      endsAt,
      price,
      currency,
      status === 'hold' ? new Date(salon.clock.now + HOUR) : null,
    ],
  )
}

async function rated(bookingId: number, rating: number, at: number): Promise<void> {
  await salon.sql(
    'insert into feedback (booking_id, customer_id, rating, created_at) select id, customer_id, $2, $3 from bookings where id = $1',
    [bookingId, rating, new Date(at)],
  )
}

async function open(period?: string): Promise<string> {
  await owner.write('/admin')
  await owner.tap(/📊/)
  if (period) await owner.tap(period)
  return owner.screen().text
}

describe('the figures', () => {
  test('of a business that has just begun are zeros, and say that there is nothing to compare with', async () => {
    expect(await open()).toBe(
      [
        '📊 Сводка: Сегодня',
        'ср, 25 ноября, до 15:00',
        'Для сравнения: вт, 24 ноября, до 15:00',
        '',
        'Записи: 0',
        'Выручка: 0',
        'Загрузка: 0 %',
        'Отмены: 0',
        'Не пришли: 0',
        'Новые клиенты: 0',
        'Пришли снова: 0',
        'Сравнивать пока не с чем: в то время записей не было.',
        '',
        'Оценок за это время нет.',
      ].join('\n'),
    )
    await owner.tap('Неделя')
    expect(owner.screen().text).toContain(
      'пн, 23 ноября – ср, 25 ноября, до 15:00\nДля сравнения: пн, 16 ноября – ср, 18 ноября, до 15:00',
    )
  })

  test('of a week are compared with the same days of the week before, up to the same minute', async () => {
    await visit(3, 10, 'came', { guest: 1 })
    // The week before, Monday to Wednesday 15:00; Thursday does not count.
    await visit(16, 10, 'came', { guest: 0 })
    await visit(17, 10, 'no_show', { guest: 2 })
    await visit(18, 10, 'cancelled', { guest: 1 })
    await visit(19, 10, 'came', { guest: 2 })
    // This week: came, over but unmarked, without a price, missed, going on at this minute.
    const first = await visit(23, 10, 'came', { guest: 0, price: 250050 })
    const second = await visit(24, 10, 'booked', { guest: 1, price: 200000 })
    await visit(24, 12, 'confirmed', { guest: 1, price: null })
    await visit(25, 10, 'no_show', { guest: 2 })
    await salon.sql(`update bookings set ends_at = ends_at + interval '2 hours', busy = tstzrange(starts_at, ends_at + interval '2 hours')
                      where id = ${await visit(25, 14, 'booked', { guest: 2 })}`)
    await rated(first, 5, salon.clock.now - DAY)
    await rated(second, 4, salon.clock.now - 1)
    // Nothing of these counts.
    for (const status of ['hold', 'waiting', 'expired']) await visit(23, 15, status, { guest: 2 })
    // Still to come this week.
    await visit(25, 17, 'booked')
    await visit(27, 11, 'pending')
    expect(await open('Неделя')).toBe(
      [
        '📊 Сводка: Неделя',
        'пн, 23 ноября – ср, 25 ноября, до 15:00',
        'Для сравнения: пн, 16 ноября – ср, 18 ноября, до 15:00',
        '',
        'Записи: 5 (было 2, +150 %)',
        'Выручка: 4 500,50 ₽ (было 2 000 ₽, +125 %)',
        // 5 hours of 24; 2 of 24.
        'Загрузка: 21 % (было 8 %)',
        'Отмены: 0 (было 1, −100 %)',
        'Не пришли: 1 (было 1)',
        'Новые клиенты: 0 (было 1, −100 %)',
        'Пришли снова: 2 (было 0)',
        '',
        'Впереди, до конца дня вс, 29 ноября: 2 записи на 4 000 ₽',
        '',
        'Оценка: 4,5 из 5, 2 отзыва',
        '5 ★ ▇▇▇▇▇▇▇▇▇▇ 1',
        '4 ★ ▇▇▇▇▇▇▇▇▇▇ 1',
        '3 ★ 0',
        '2 ★ 0',
        '1 ★ 0',
      ].join('\n'),
    )
  })

  test('are said in English, in several currencies without a percentage', async () => {
    await salon.sql(`update users set language = 'en', language_chosen = true where telegram_id = $1`, [
      owner.user.id,
    ])
    await visit(24, 10, 'came')
    await visit(25, 10, 'came')
    await visit(25, 12, 'came', { price: 5000, currency: 'EUR', guest: 1 })
    const rating = await visit(24, 12, 'came', { price: 0 })
    await rated(rating, 3, salon.clock.now - DAY - 1)
    await rated(await visit(25, 13, 'came', { price: 0 }), 4, salon.clock.now - HOUR)
    expect(await open()).toBe(
      [
        '📊 Figures: Today',
        'Wed 25 November, until 15:00',
        'Compared with Tue 24 November, until 15:00',
        '',
        'Bookings: 3 (was 2, +50 %)',
        'Revenue: ₽2,000 + €50 (was ₽2,000)',
        'Load: 50 % (was 33 %)',
        'Cancelled: 0 (was 0)',
        'No-shows: 0 (was 0)',
        'New customers: 1 (was 1)',
        'Returning customers: 1 (was 0)',
        '',
        'Rating: 4.0 of 5, 1 review (was 3.0)',
        '5 ★ 0',
        '4 ★ ▇▇▇▇▇▇▇▇▇▇ 1',
        '3 ★ 0',
        '2 ★ 0',
        '1 ★ 0',
      ].join('\n'),
    )
  })

  test('of a month come as a picture, of an empty month as well', async () => {
    await visit(3, 10, 'came')
    await visit(3, 12, 'booked', { guest: 1, price: 250050 })
    await visit(28, 12, 'confirmed')
    for (const status of ['hold', 'waiting', 'expired', 'cancelled']) await visit(4, 10, status)
    await open('Месяц')
    await owner.tap('🖼 График: Ноябрь 2026')
    expect(owner.lastToast()).toBe('График отправлен')
    const { kind, text, file } = owner.screen()
    expect({ kind, text, name: file?.name }).toEqual({
      kind: 'chart',
      text: 'Ноябрь 2026\nЗаписи: 3, выручка: 4 500,50 ₽',
      name: '2026-11.png',
    })
    const picture = decode(file?.content ?? new Uint8Array())
    expect([picture.width, picture.height]).toEqual([1080, 900])
    const colours = (data: ReturnType<typeof decode>) => new Set(new Uint32Array(data.data.buffer.slice(0)))
    expect(colours(picture).has(BAR)).toBe(true)
    await owner.tap('🖼 График: Октябрь 2026')
    const empty = owner.screen()
    expect(empty.text).toBe('Октябрь 2026\nЗаписи: 0, выручка: 0 ₽')
    expect(decode(empty.file?.content ?? new Uint8Array()).width).toBe(1080)
  })

  test('the load of days past is never more than all of the time, though the hours have become shorter since', async () => {
    for (const hour of [9, 10, 11, 12]) await visit(24, hour, 'came')
    await salon.sql(
      `insert into working_hours (kind, weekday, opens, closes)
       select 'weekly', weekday, '11:00', '13:00' from generate_series(1, 7) weekday`,
    )
    const week = async () => /Загрузка: (.*?)(?: \(|\n)/.exec(await open('Неделя'))?.[1]
    // Two hours each on Monday, which is idle, and on Wednesday; on Tuesday the four that were worked.
    expect(await week()).toBe('50 %')
  })

  test('the load knows days off, special hours, holidays and closed time', async () => {
    await visit(25, 10, 'came')
    const load = async () => /Загрузка: (.*?)(?: \(|\n)/.exec(await open())?.[1]
    // One hour of six since 09:00.
    expect(await load()).toBe('17 %')
    await salon.sql(`insert into blocked_slots (busy) values (tstzrange($1, $2))`, [
      new Date(Date.UTC(2026, 10, 25, 8)),
      new Date(Date.UTC(2026, 10, 25, 11)),
    ])
    expect(await load()).toBe('33 %')
    await salon.sql(
      `insert into working_hours (kind, staff_id, from_date, to_date, opens, closes) values ('exception', $1, '2026-11-25', '2026-11-25', '10:00', '11:00')`,
      [anna],
    )
    expect(await load()).toBe('100 %')
    await salon.sql('delete from working_hours')
    await salon.sql(
      `insert into working_hours (kind, from_date, to_date) values ('holiday', '2026-11-25', '2026-11-25')`,
    )
    // Somebody came on the holiday: that hour was worked.
    expect(await load()).toBe('100 %')
    await salon.sql(`update bookings set status = 'cancelled'`)
    expect(await load()).toBe('—')
  })
})
