import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { encodeButton } from '../../../bot/telegram/callback-data.ts'
import { emptySalon, openSalon, type PretendPerson, type Salon, START } from './pretend.ts'

const HOUR = 3_600_000
const NINE = 'чт, 26 нояб., 09:00'

let salon: Salon
let boris: PretendPerson
beforeAll(async () => {
  salon = await openSalon()
})
afterAll(() => salon.close())
beforeEach(async () => {
  await emptySalon(salon)
  await salon.sql(
    `insert into services (name, minutes, price_minor, buffer_before_minutes, buffer_after_minutes)
     values ('Стрижка', 60, 200000, 10, 15), ('Маникюр', 90, 150000, 20, 5), ('Укладка', 30, null, 0, 0)`,
  )
  await salon.sql(`insert into staff (name) values ('Анна')`)
  boris = salon.person({ first_name: 'Борис' })
})

const labels = (person = boris) => person.screen().buttons.map(({ label }) => label)

/** From the menu to the times of a haircut with a manicure. */
async function openBoth(): Promise<void> {
  await boris.write('/book')
  await boris.tap(/Стрижка/)
  await boris.tap('➕ Ещё услуга')
  await boris.tap(/➕ Маникюр/)
}

async function bookBoth(): Promise<void> {
  await openBoth()
  await boris.tap(NINE)
  await boris.tap('✅ Записаться')
  expect(boris.screen().text).toContain('Вы записаны')
}

describe('several services in one visit', () => {
  test('are added one by one, with minutes and prices summed, and become one booking of all', async () => {
    const admin = salon.person()
    await admin.write('/start')
    salon.admins.push(admin.user.id)
    await boris.write('/book')
    await boris.tap(/Стрижка/)
    await boris.tap('➕ Ещё услуга')
    expect(boris.screen().text).toBe(
      'Ваш визит\n\n• Стрижка · 60 мин · 2 000 ₽\n\nВместе: 60 мин · 2 000 ₽\nЧто добавить?',
    )
    expect(labels()).toEqual([
      '➕ Маникюр · 90 мин · 1 500 ₽',
      '➕ Укладка · 30 мин',
      '‹ Назад',
      '✕ Прервать',
    ])
    await boris.tap(/➕ Маникюр/)
    expect(boris.screen().text).toBe('Стрижка + Маникюр\n150 мин · 3 500 ₽\n\nБлижайшее свободное время:')
    await boris.tap(NINE)
    expect(boris.screen().text).toContain(
      'Стрижка + Маникюр\nчт, 26 ноября, 09:00–11:30\nСтоимость: 3 500 ₽\n\n⏳ Держим',
    )
    await boris.tap('✅ Записаться')
    expect(boris.screen().text).toContain('Стрижка + Маникюр\nчт, 26 ноября, 09:00–11:30')
    expect(admin.screen().text).toContain('Новая запись\nСтрижка + Маникюр')
    const minute = (offset: number) => START + 24 * HOUR + offset * 60_000
    // The break before the first, and the one after the last.
    expect(
      await salon.sql(
        `select status, price_minor::int as price, jsonb_path_query_array(lines, '$[*].name') as names,
                lower(busy) as "from", upper(busy) as "to"
           from bookings`,
      ),
    ).toEqual([
      {
        status: 'booked',
        price: 350000,
        names: ['Стрижка', 'Маникюр'],
        from: new Date(minute(-10)),
        to: new Date(minute(155)),
      },
    ])
    await boris.tap('🗓 Мои записи')
    await boris.tap(/Стрижка \+ Маникюр/)
    expect(boris.screen().text).toContain('Стрижка + Маникюр\nчт, 26 ноября, 09:00–11:30\nСтоимость: 3 500 ₽')
    await boris.tap(/календар/i)
    const file = Buffer.from(boris.screen().file?.content ?? []).toString()
    expect(file.replaceAll('\r\n ', '')).toContain('SUMMARY:Стрижка + Маникюр')
    await admin.tapData(encodeButton({ to: 'visit', bookingId: 1 }))
    expect(admin.screen().text).toContain('Стрижка + Маникюр')
  })

  test('read in English', async () => {
    const ann = salon.person({ language_code: 'en' })
    await ann.write('/book')
    await ann.tap(/Стрижка/)
    await ann.tap('➕ Another service')
    expect(ann.screen().text).toBe(
      'Your visit\n\n• Стрижка · 60 min · ₽2,000\n\nTogether: 60 min · ₽2,000\nWhat would you like to add?',
    )
  })

  test('cost "from" as soon as one of them has no fixed price', async () => {
    await boris.write('/book')
    await boris.tap(/Стрижка/)
    await boris.tap('➕ Ещё услуга')
    await boris.tap(/➕ Укладка/)
    expect(boris.screen().text).toContain('Стрижка + Укладка\n90 мин · от 2 000 ₽')
    await boris.tap(NINE)
    expect(boris.screen().text).toContain('Стоимость: от 2 000 ₽')
    await boris.tap('✅ Записаться')
    expect(boris.screen().text).toContain('Стоимость: от 2 000 ₽')
  })

  test('are taken away again', async () => {
    await openBoth()
    await boris.tap('✏️ Изменить услуги')
    expect(labels()).toEqual(['➕ Укладка · 30 мин', '➖ Стрижка', '➖ Маникюр', '‹ Назад', '✕ Прервать'])
    await boris.tap('➖ Стрижка')
    expect(boris.screen().text).toContain('Маникюр\n90 мин · 1 500 ₽')
    expect(labels()).toContain('➕ Ещё услуга')
  })

  test('are five at most', async () => {
    await salon.sql(
      `insert into services (name, minutes) select 'Услуга ' || n, 15 from generate_series(4, 6) n`,
    )
    await boris.write('/book')
    await boris.tap(/Стрижка/)
    await boris.tap('➕ Ещё услуга')
    for (const name of ['Укладка', 'Услуга 4', 'Услуга 5', 'Услуга 6']) {
      await boris.tap(new RegExp(`➕ ${name}`))
      await boris.tap('✏️ Изменить услуги')
    }
    expect(boris.screen().text).toContain('Больше 5 услуг за один визит записать нельзя.')
    expect(labels().filter((label) => label.startsWith('➕'))).toEqual([])
    await boris.tap('‹ Назад')
    await boris.tap(NINE)
    await boris.tap('✅ Записаться')
    expect(boris.screen().text).toContain('Стрижка + Укладка + Услуга 4 + Услуга 5 + Услуга 6')
  })

  test('come from one who gives all of them, on own terms', async () => {
    await salon.sql(`insert into staff (name, offers) values ('Вера', $1), ('Зоя', $2)`, [
      JSON.stringify({ 1: { minutes: 45, priceMinor: 300000 }, 2: {} }),
      JSON.stringify({ 1: {} }),
    ])
    await boris.write('/book')
    await boris.tap(/Стрижка/)
    expect(labels()).toContain('Зоя')
    await boris.tap('➕ Ещё услуга')
    await boris.tap(/➕ Маникюр/)
    expect(boris.screen().text).toBe('Стрижка + Маникюр\nК кому записать?')
    expect(labels()).toEqual([
      'Неважно, кто',
      'Анна',
      'Вера',
      '✏️ Изменить услуги',
      '‹ К услугам',
      '✕ Прервать',
    ])
    await boris.tap('Вера')
    expect(boris.screen().text).toContain('135 мин · 4 500 ₽')
    await boris.tap('✏️ Изменить услуги')
    // Вера does no styling.
    expect(labels().filter((label) => label.startsWith('➕'))).toEqual([])
    await boris.tap('‹ Назад')
    await boris.tap(NINE)
    await boris.tap('✅ Записаться')
    expect(boris.screen().text).toContain('09:00–11:15\nСпециалист: Вера\nСтоимость: 4 500 ₽')
  })

  test('are judged as they are at the confirmation: one that is gone is not sold', async () => {
    await openBoth()
    await boris.tap(NINE)
    await salon.sql(`update services set is_active = false where name = 'Маникюр'`)
    await boris.tap('✅ Записаться')
    expect(boris.screen().text).toContain('Сейчас записаться нельзя')
    expect(await salon.sql('select 1 from booking_history')).toEqual([])
  })

  test('are not offered where there is nothing to add', async () => {
    await salon.sql(`delete from services where name <> 'Стрижка'`)
    await boris.write('/book')
    await boris.tap(/Стрижка/)
    expect(labels()).not.toContain('➕ Ещё услуга')
  })

  test('begin from a link to one of them, too', async () => {
    await boris.write('/start s_2')
    await boris.tap('➕ Ещё услуга')
    await boris.tap(/➕ Укладка/)
    expect(boris.screen().text).toContain('Маникюр + Укладка')
  })

  test('move together', async () => {
    await bookBoth()
    await boris.tap('🗓 Мои записи')
    await boris.tap(/Стрижка/)
    await boris.tap('🔁 Перенести')
    await boris.tap('пт, 27 нояб., 09:00')
    await boris.tap('✅ Перенести')
    expect(boris.screen().text).toContain(
      'Стрижка + Маникюр\nБыло: чт, 26 ноября, 09:00\nТеперь: пт, 27 ноября, 09:00–11:30',
    )
  })

  test.each([
    ['all of them', '', 'Стрижка + Маникюр\nчт, 3 декабря, 09:00–11:30'],
    [
      'what is left of them',
      `update services set is_active = false where id = 1`,
      'Маникюр\nчт, 3 декабря, 09:00–10:30',
    ],
  ])('are repeated in two taps: %s', async (_, change, expected) => {
    await bookBoth()
    salon.clock.now = START + 48 * HOUR
    if (change) await salon.sql(change)
    await boris.write('/my')
    await boris.tap('Прошлые записи')
    await boris.tap(/🔁/)
    expect(boris.screen().text).toContain(expected)
    await boris.tap('✅ Записаться')
    expect(boris.screen().text).toContain('Вы записаны')
  })

  test('forged lists of services are not understood', async () => {
    await boris.write('/start')
    for (const data of ['1:n:b1..1', '1:n:b1..2.3.4.5.6', '1:n:b1..2.', '1:n:b1..2.2']) {
      await boris.tapData(data)
      expect(boris.screen().kind).toBe('outdated')
    }
  })
})
