import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { encodeButton } from '../../../bot/telegram/callback-data.ts'
import { openSalon, type PretendPerson, type Salon } from './pretend.ts'

const DAY = 24 * 3_600_000

let salon: Salon
let boris: PretendPerson
let admin: PretendPerson
beforeEach(async () => {
  salon = await openSalon()
  await salon.sql('delete from services')
  await salon.sql(`insert into services (name, minutes, price_minor) values ('Стрижка', 60, 200000)`)
  boris = salon.person({ first_name: 'Борис' })
  admin = salon.person({ first_name: 'Owner' })
  await admin.write('/start')
  salon.admins.push(admin.user.id)
})
afterEach(() => salon.close())

async function book(time: RegExp): Promise<void> {
  await boris.write('/book')
  await boris.tap(/Стрижка/)
  await boris.tap(time)
  await boris.tap('✅ Записаться')
}

async function openCard(): Promise<void> {
  await boris.write('/my')
  await boris.tap(/Стрижка/)
}

describe('a booking for the telephone’s calendar', () => {
  test('is a file that keeps its name when the booking moves, and says that it is newer', async () => {
    await salon.setting({ address: 'Тверская, 1', phone: '+7 900 000-00-00' })
    await book(/26 нояб\., 09:00/)
    await openCard()
    await boris.tap('📲 В календарь')
    const lines = () =>
      Buffer.from(boris.screen().file?.content ?? [])
        .toString()
        .split('\r\n')
    const first = lines()
    expect(first).toContain('SEQUENCE:0')
    expect(first).toContain('DTSTART:20261126T060000Z')
    expect(first).toContain('LOCATION:Тверская\\, 1')
    await openCard()
    await boris.tap('🔁 Перенести')
    await boris.tap(/27 нояб\., 09:00/)
    await boris.tap('✅ Перенести')
    await openCard()
    await boris.tap('📲 В календарь')
    const second = lines()
    expect(second).toContain('SEQUENCE:1')
    expect(second).toContain('DTSTART:20261127T060000Z')
    const uid = (of: string[]) => of.find((line) => line.startsWith('UID:'))
    expect(uid(second)).toBe(uid(first))
  })
})

describe('a booking that was cancelled', () => {
  test('says so wherever an old button opens it, and leaves the calendar by its file', async () => {
    await book(/26 нояб\., 09:00/)
    const [row] = await salon.sql<{ id: string }>('select id from bookings')
    const bookingId = Number(row?.id)
    await salon.sql(`update bookings set status = 'cancelled', cancelled_by = 'admin'`)
    await boris.tapData(encodeButton({ to: 'card', bookingId }))
    expect(boris.screen().text).toBe('Стрижка (отменена)\nчт, 26 ноября, 09:00–10:00\nСтоимость: 2 000 ₽')
    await boris.tapData(encodeButton({ to: 'calendar-file', bookingId }))
    const file = Buffer.from(boris.screen().file?.content ?? []).toString()
    expect(file).toContain('\r\nSTATUS:CANCELLED\r\n')
  })
})

describe('a past visit', () => {
  test('is booked again in two taps: the same weekday and hour, the same member of staff', async () => {
    await salon.sql(`insert into staff (name) values ('Вера')`)
    const [vera] = await salon.sql<{ id: number }>(`select id from staff where name = 'Вера'`)
    await boris.write('/book')
    await boris.tap(/Стрижка/)
    await boris.tap('Вера')
    await boris.tap(/26 нояб\., 09:00/)
    await boris.tap('✅ Записаться')
    salon.clock.now += 5 * DAY
    await boris.write('/my')
    await boris.tap('Прошлые записи')
    await boris.tap(/^🔁 чт, 26 нояб\., 09:00 · Стрижка$/)
    expect(boris.screen().text).toContain(
      'Проверьте запись\n\nСтрижка\nчт, 3 декабря, 09:00–10:00\nСпециалист: Вера',
    )
    await boris.tap('✅ Записаться')
    expect(boris.screen().text).toContain('Вы записаны')
    expect(
      await salon.sql('select staff_id, local_date::text from bookings order by id desc limit 1'),
    ).toEqual([{ staff_id: vera?.id, local_date: '2026-12-03' }])
  })

  test('of a service that is no longer on offer leads to the others', async () => {
    await book(/26 нояб\., 09:00/)
    salon.clock.now += 5 * DAY
    await salon.sql('update services set is_active = false')
    await boris.write('/my')
    await boris.tap('Прошлые записи')
    await boris.tap(/^🔁/)
    expect(boris.lastToast()).toBe('Эту услугу мы больше не предлагаем. Выберите другую.')
  })

  test('is not booked again while there is no free time, and the customer hears so', async () => {
    await book(/26 нояб\., 09:00/)
    salon.clock.now += 5 * DAY
    await boris.write('/my')
    await boris.tap('Прошлые записи')
    await salon.sql(
      `insert into working_hours (kind, from_date, to_date) values ('exception', '2026-11-01', '2027-12-31')`,
    )
    await boris.tap(/^🔁/)
    expect(boris.lastToast()).toBe('Свободного времени пока нет.')
    expect(boris.screen().text).toContain('Прошлые записи')
  })

  test('of long ago is found by leafing', async () => {
    await boris.write('/start')
    await salon.sql('delete from users where telegram_id <> $1', [boris.user.id])
    await salon.sql(
      `insert into bookings (customer_id, staff_id, status, starts_at, ends_at, busy, local_date, local_time, time_zone, lines)
       select u.id, s.id, 'came', day, day + interval '1 hour', tstzrange(day, day + interval '1 hour'), day::date, '12:00',
              'Europe/Moscow', '[{"serviceId": 1, "name": "Стрижка", "minutes": 60, "priceMinor": null, "currency": "RUB"}]'
         from users u, staff s, generate_series('2026-10-01T09:00Z'::timestamptz, '2026-10-12T09:00Z', '1 day') day`,
    )
    await boris.write('/my')
    await boris.tap('Прошлые записи')
    expect(boris.screen().text).toContain('12 октября')
    expect(boris.screen().text).not.toContain('чт, 1 октября')
    expect(boris.screen().buttons.map(({ label }) => label)).not.toContain('‹ Новее')
    await boris.tap('Старее ›')
    expect(boris.screen().text).toContain('чт, 1 октября')
    await boris.tap('‹ Новее')
    expect(boris.screen().text).toContain('12 октября')
  })
})

describe('who cancels', () => {
  beforeEach(async () => {
    await book(/27 нояб\., 09:00/)
    await openCard()
    await boris.tap('❌ Отменить')
    await boris.tap('Да, отменить')
  })

  test('may say why by a tap, once, and the admins hear it', async () => {
    expect(boris.screen().text).toBe(
      'Запись отменена.\n\nСтрижка\nпт, 27 ноября, 09:00–10:00\n\nПодскажите, почему? Можно выбрать или написать словами – или просто ничего не отвечать.',
    )
    const data = boris.dataOf('Болею')
    await boris.tap('Болею')
    expect(boris.screen().text).toBe('Спасибо, передадим.')
    expect(admin.screen().text).toBe(
      '💬 Почему отменили запись\nСтрижка\nпт, 27 ноября, 09:00–10:00\nБорис\n\nБолею',
    )
    await boris.tapData(data)
    expect(boris.lastToast()).toBe('Эта запись уже не активна.')
  })

  test('may write it, or go on without a word', async () => {
    await boris.write('/book')
    expect(boris.screen().text).toBe('Что вас интересует?')
    expect(await salon.sql('select cancel_reason from bookings')).toEqual([{ cancel_reason: null }])
  })

  test('may write it in words', async () => {
    await boris.write('Уезжаю <i>')
    expect(await salon.sql('select cancel_reason from bookings')).toEqual([{ cancel_reason: 'Уезжаю <i>' }])
    expect(admin.screen().text).toContain('Уезжаю <i>')
  })
})
