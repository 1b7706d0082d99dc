import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { expiry } from '../../../bot/jobs/expiry.ts'
import { runJob } from '../../../bot/jobs/loop.ts'
import { encodeButton } from '../../../bot/telegram/callback-data.ts'
import { emptySalon, openSalon, type PretendPerson, type Salon, START } from './pretend.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const NINE = 'чт, 26 нояб., 09:00'
/** Thursday 26 November, 09:00 in Moscow. */
const AT_NINE = START + 24 * HOUR

let salon: Salon
let boris: PretendPerson
let vera: PretendPerson
beforeAll(async () => {
  salon = await openSalon()
})
afterAll(() => salon.close())
beforeEach(async () => {
  await emptySalon(salon)
  await salon.sql(
    `insert into services (name, minutes, price_minor) values ('Стрижка', 60, 200000), ('Маникюр', 90, 150000)`,
  )
  await salon.sql(`insert into staff (name) values ('Анна')`)
  boris = salon.person({ first_name: 'Борис' })
  vera = salon.person({ first_name: 'Вера' })
})

const labels = (person: PretendPerson) => person.screen().buttons.map(({ label }) => label)
const rows = () => salon.sql('select id::int, status, created_at from bookings order by id')
const statuses = async () =>
  (await salon.sql<{ status: string }>('select status from bookings order by id')).map(({ status }) => status)

/** From the menu to the next free times. */
async function openTimes(person: PretendPerson): Promise<void> {
  await person.write('/book')
  await person.tap(/Стрижка/)
}

/** From the menu to the summary of a time, which is held from then on. */
async function choose(person: PretendPerson, time: string | RegExp = NINE): Promise<void> {
  await openTimes(person)
  await person.tap(time)
  expect(person.screen().text).toContain('Проверьте запись')
}

async function isFreeForOthers(time = NINE): Promise<boolean> {
  const other = salon.person()
  await openTimes(other)
  return labels(other).includes(time)
}

async function newAdmin(): Promise<PretendPerson> {
  const admin = salon.person({ first_name: 'Ольга' })
  await admin.write('/start')
  salon.admins.push(admin.user.id)
  return admin
}

describe('a time that a customer has chosen', () => {
  test('is kept for ten minutes, as the summary says, and becomes the booking by its confirmation', async () => {
    const admin = await newAdmin()
    await choose(boris)
    expect(boris.screen().text).toBe(
      'Проверьте запись\n\nСтрижка\nчт, 26 ноября, 09:00–10:00\nСтоимость: 2 000 ₽\n\n⏳ Держим это время за вами до 09:10.\nОтменить или перенести можно не позднее чем за 24 часа до начала.',
    )
    const [held] = await rows()
    expect(held).toMatchObject({ status: 'hold' })
    expect(await salon.sql('select 1 from booking_history')).toEqual([])
    expect(admin.screen().text).not.toContain('Новая запись')
    expect(await isFreeForOthers()).toBe(false)

    salon.clock.now += 9 * MINUTE
    await boris.tap('✅ Записаться')
    expect(boris.screen().text).toContain('Вы записаны')
    expect(admin.screen().text).toContain('Новая запись')
    expect(await rows()).toEqual([{ ...held, status: 'booked', created_at: new Date(START + 9 * MINUTE) }])
    expect(await salon.sql('select action, new_status, at from booking_history')).toEqual([
      { action: 'created', new_status: 'booked', at: new Date(START + 9 * MINUTE) },
    ])
  })

  test('is kept in English, too, and as long as the business wants', async () => {
    await salon.setting({ holdMinutes: 25 })
    const ann = salon.person({ first_name: 'Ann', language_code: 'en' })
    await ann.write('/book')
    await ann.tap(/Стрижка/)
    await ann.tap('Thu 26 Nov, 09:00')
    expect(ann.screen().text).toContain('⏳ This time is kept for you until 09:25.')
  })

  test('is not kept where the business wants none of it', async () => {
    await salon.setting({ holdMinutes: 0 })
    await choose(boris)
    expect(boris.screen().text).not.toContain('Держим')
    expect(await rows()).toEqual([])
    expect(await isFreeForOthers()).toBe(true)
    await boris.tap('✅ Записаться')
    expect(await statuses()).toEqual(['booked'])
  })

  test('an owner changes how long in the settings', async () => {
    const admin = await newAdmin()
    await admin.write('/admin')
    await admin.tap(/Настройки/)
    await admin.tap(/Запись/)
    await admin.tap(/Держать время/)
    await admin.tap('30 мин')
    await choose(boris)
    expect(boris.screen().text).toContain('до 09:30')
  })

  test('is one customer’s, however many tap it at once; the others see the nearest free ones', async () => {
    const people = [boris, vera, salon.person(), salon.person()]
    for (const person of people) await openTimes(person)
    await Promise.all(people.map((person) => person.tap(NINE)))
    const texts = people.map((person) => person.screen().text)
    expect(texts.filter((text) => text.includes('Проверьте запись'))).toHaveLength(1)
    expect(texts.filter((text) => text === 'Это время только что заняли. Ближайшее свободное:')).toHaveLength(
      3,
    )
    expect(await statuses()).toEqual(['hold'])
  })

  test('stays one row under double taps, of the time and of the confirmation', async () => {
    await openTimes(boris)
    const time = boris.dataOf(NINE)
    await Promise.all([boris.tapData(time), boris.tapData(time), boris.tapData(time)])
    expect(await statuses()).toEqual(['hold'])
    const confirm = boris.dataOf('✅ Записаться')
    await Promise.all([boris.tapData(confirm), boris.tapData(confirm), boris.tapData(confirm)])
    expect(await statuses()).toEqual(['booked'])
    expect(await salon.sql('select 1 from booking_history')).toHaveLength(1)
  })

  test('is with the least loaded of those who can, and stays with them', async () => {
    await salon.sql(`insert into staff (name) values ('Вера')`)
    const [cut] = await salon.sql<{ id: string }>(`select id from services where name = 'Стрижка'`)
    const flow = { kind: 'book', serviceId: Number(cut?.id), staffId: 1 } as const
    await vera.write('/start')
    await vera.tapData(encodeButton({ to: 'confirm', flow, startsAt: AT_NINE + 2 * HOUR, intent: 'i1' }))
    await openTimes(boris)
    await boris.tap('Неважно, кто')
    await boris.tap(NINE)
    const held = () =>
      salon.sql('select staff_id::int, status from bookings where starts_at = $1', [new Date(AT_NINE)])
    expect(await held()).toEqual([{ staff_id: 2, status: 'hold' }])
    await boris.tap('✅ Записаться')
    expect(await held()).toEqual([{ staff_id: 2, status: 'booked' }])
  })

  test('does not count against the limit, which is judged when it is chosen and when it is confirmed', async () => {
    await salon.setting({ maxBookingsPerUser: 1 })
    await openTimes(boris)
    const other = boris.dataOf('чт, 26 нояб., 13:00')
    await boris.tap(NINE)
    const again = boris.dataOf('✅ Записаться')
    await boris.tap('✅ Записаться')
    expect(boris.screen().text).toContain('Вы записаны')
    await boris.tapData(other)
    expect(boris.screen().text).toContain('У вас уже 1 предстоящая запись')
    await boris.tapData(again)
    expect(boris.screen().text).toContain('Эта запись уже оформлена')
    expect(await statuses()).toEqual(['booked'])
  })

  test('is confirmed after the dialogue was lost', async () => {
    await choose(boris)
    boris.dialogue.set(undefined as never)
    await boris.tap('✅ Записаться')
    expect(boris.screen().text).toContain('Вы записаны')
  })

  test('is never booked on terms that the customer has not seen: new ones are shown first', async () => {
    await choose(boris)
    const old = boris.dataOf('✅ Записаться')
    await salon.sql('update services set price_minor = 250000, minutes = 45')
    await boris.tap('✅ Записаться')
    expect(boris.screen().text).toContain('Цена или длительность только что изменились')
    expect(boris.screen().text).toContain('09:00–09:45\nСтоимость: 2 500 ₽')
    expect(boris.screen().text).toContain('Держим это время')
    expect(await statuses()).toEqual(['hold'])
    await boris.tapData(old)
    expect(await statuses()).toEqual(['hold'])
    await boris.tap('✅ Записаться')
    expect(boris.screen().text).toContain('09:00–09:45\nСтоимость: 2 500 ₽')
    expect(await salon.sql('select price_minor::int, lines from bookings')).toEqual([
      { price_minor: 250000, lines: [expect.objectContaining({ minutes: 45, priceMinor: 250000 })] },
    ])
  })
})

describe('past its deadline', () => {
  test('a time is free for others by itself, and a late confirmation is offered the nearest free ones', async () => {
    await choose(boris)
    salon.clock.now += 10 * MINUTE
    expect(await isFreeForOthers()).toBe(true)
    await choose(vera)
    const message = boris.screen().messageId
    await boris.tap('✅ Записаться')
    expect(boris.screen()).toMatchObject({
      messageId: message,
      text: 'Это время только что заняли. Ближайшее свободное:',
    })
    expect(labels(boris)).toContain('чт, 26 нояб., 10:00')
    await vera.tap('✅ Записаться')
    expect(vera.screen().text).toContain('Вы записаны')
  })

  test('a time that nobody has taken is booked all the same, whether the bot has looked or not', async () => {
    for (const [time, looks] of [
      [NINE, false],
      ['пт, 27 нояб., 09:00', true],
    ] as const) {
      await choose(boris, time)
      salon.clock.now += 2 * HOUR
      if (looks) await runJob(salon.context(), expiry)
      await boris.tap('✅ Записаться')
      expect(boris.screen().text).toContain('Вы записаны')
    }
    expect(await statuses()).toEqual(['booked', 'booked'])
  })

  test('the bot marks it, once, and leaves all others alone', async () => {
    await choose(boris)
    await runJob(salon.context(), expiry)
    expect(await statuses()).toEqual(['hold'])
    salon.clock.now += 10 * MINUTE
    await choose(vera, 'чт, 26 нояб., 13:00')
    await runJob(salon.context(), expiry)
    await runJob(salon.context(), expiry)
    expect(await statuses()).toEqual(['expired', 'hold'])
  })
})

describe('a customer who leaves the summary', () => {
  test.each<[string, () => Promise<unknown>]>([
    ['by "other time"', () => boris.tap('‹ Другое время')],
    ['by its button', () => boris.tap('✕ Прервать')],
    ['by /cancel', () => boris.write('/cancel')],
    ['by /start', () => boris.write('/start')],
    ['by the menu', () => boris.write('📅 Записаться')],
    ['for another service', () => boris.tapData('1:v:2')],
    ['for the next free times', () => boris.tapData('1:n:b1.')],
  ])('%s frees the time at once', async (_, leave) => {
    await choose(boris)
    expect(await isFreeForOthers()).toBe(false)
    await leave()
    expect(await isFreeForOthers()).toBe(true)
    expect(await statuses()).toEqual(['expired'])
  })

  test('for another time holds that one alone, in the same row, and is not in their own way', async () => {
    await openTimes(boris)
    await boris.tap('📆 Другой день')
    await boris.tap('26')
    const half = boris.dataOf('09:30')
    await boris.tap('09:00')
    // Half an hour later: the hour that is held reaches into it.
    await boris.tapData(half)
    expect(boris.screen().text).toContain('чт, 26 ноября, 09:30–10:30')
    expect(await salon.sql('select status, starts_at from bookings')).toEqual([
      { status: 'hold', starts_at: new Date(AT_NINE + HOUR / 2) },
    ])
    await boris.tap('‹ Другое время')
    expect(labels(boris)).toContain('09:00')
    await boris.tap('10:00')
    expect(await statuses()).toEqual(['hold'])
  })

  test('and taps the old confirmation later books that time, and holds no other', async () => {
    await choose(boris)
    const first = boris.dataOf('✅ Записаться')
    await choose(boris, 'пт, 27 нояб., 09:00')
    await boris.tapData(first)
    expect(boris.screen().text).toContain('чт, 26 ноября, 09:00–10:00')
    expect(await statuses()).toEqual(['booked'])
    expect(await isFreeForOthers('пт, 27 нояб., 09:00')).toBe(true)
  })

  test('to move a booking has given up the new one, and moves to that very time', async () => {
    await choose(boris, 'чт, 26 нояб., 13:00')
    await boris.tap('✅ Записаться')
    await choose(boris)
    await boris.write('/my')
    await boris.tap(/13:00/)
    await boris.tap('🔁 Перенести')
    await boris.tap('📆 Другой день')
    await boris.tap('26')
    await boris.tap('09:00')
    await boris.tap('✅ Перенести')
    expect(boris.screen().text).toContain('Теперь: чт, 26 ноября, 09:00–10:00')
    expect(await statuses()).toEqual(['booked', 'expired'])
  })
})

describe('what is only held', () => {
  test('is in no list of the customer’s, held or expired, and nobody can open, cancel or repeat it', async () => {
    await choose(boris)
    for (const later of [0, 10 * MINUTE, 30 * HOUR]) {
      salon.clock.now = START + later
      await boris.write('/my')
      expect(boris.screen().text).toBe('Предстоящих записей нет.')
      await boris.tap('Прошлые записи')
      expect(boris.screen().text).toBe('Прошлых записей пока нет.')
      for (const to of ['card', 'ask-cancel', 'cancel', 'repeat', 'calendar-file'] as const) {
        await boris.tapData(encodeButton({ to, bookingId: 1 }))
        expect(boris.lastToast()).toBe('Такой записи у вас нет.')
      }
      await runJob(salon.context(), expiry)
    }
  })

  test('is in the personal data as what it was', async () => {
    await choose(boris)
    await boris.write('/privacy')
    await boris.tap('📄 Получить копию')
    const data = JSON.parse(Buffer.from(boris.screen().file?.content ?? []).toString()) as object
    expect(data).toMatchObject({
      bookings: [],
      holds: [{ date: '2026-11-26', time: '09:00', services: [{ name: 'Стрижка' }] }],
    })
  })

  test('is given up by whoever erases their data', async () => {
    await choose(boris)
    await boris.write('/privacy')
    await boris.tap(/Удалить/)
    await boris.tap(/Да/)
    expect(boris.screen().kind).toBe('data-erased')
    expect(await statuses()).toEqual(['expired'])
  })

  test('is not in the business’s schedule, and no button opens it', async () => {
    const admin = await newAdmin()
    await choose(boris)
    await admin.tapData(encodeButton({ to: 'schedule-day', date: '2026-11-26', staffId: null, page: 0 }))
    expect(admin.screen().text).not.toContain('09:00')
    expect(labels(admin).filter((label) => label.includes('Борис'))).toEqual([])
    await admin.tapData(encodeButton({ to: 'visit', bookingId: 1 }))
    expect(admin.lastToast()).toBe('Такой записи нет.')
  })

  test('is named to an admin who wants that time for somebody else', async () => {
    const admin = await newAdmin()
    await choose(boris)
    const flow = { kind: 'book', serviceId: 1, staffId: 1 } as const
    await admin.tapData(encodeButton({ to: 'admin-typed-time', flow }))
    await admin.write('26.11 9:30')
    expect(admin.screen().text).toContain('• 09:00–10:00 – это время сейчас оформляет клиент')
  })

  test('gives way when the business closes the time: who confirms sees the nearest free ones', async () => {
    const admin = await newAdmin()
    await choose(boris)
    const closing = { staffId: null, startsAt: AT_NINE - HOUR, endsAt: AT_NINE + 3 * HOUR }
    await admin.tapData(encodeButton({ to: 'calendar-block-view', ...closing }))
    expect(admin.screen().text).not.toContain('Борис')
    await admin.tap(/Закрыть/)
    expect(admin.screen().text).toContain('⛔ Время закрыто')
    expect(await statuses()).toEqual(['expired'])
    await boris.tap('✅ Записаться')
    expect(boris.screen().text).toBe('Это время только что заняли. Ближайшее свободное:')
    expect(labels(boris)).toContain('чт, 26 нояб., 12:00')
  })
})
