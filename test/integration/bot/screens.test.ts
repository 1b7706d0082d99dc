import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openSalon, type PretendPerson, type Salon, START } from './pretend.ts'

const HOUR = 3_600_000
const TIME = /\d\d:\d\d/

let salon: Salon
beforeEach(async () => {
  salon = await openSalon()
  await salon.sql('delete from services')
  await salon.sql(
    `insert into services (name, minutes, price_minor, description) values ('Стрижка <b>', 60, 200000, 'С мытьём & укладкой')`,
  )
})
afterEach(() => salon.close())

/** From the menu to a booking of the first time on offer. */
async function book(person: PretendPerson, time: string | RegExp = TIME): Promise<void> {
  await person.write('/book')
  await person.tap(/Стрижка/)
  await person.tap(time)
  await person.tap('✅ Записаться')
}

describe('a customer', () => {
  test('is greeted, books, sees the booking, moves it and cancels it; the admins hear of each', async () => {
    const admin = salon.person({ first_name: 'Owner', language_code: 'en' })
    await admin.write('/start')
    salon.admins.push(admin.user.id)
    const boris = salon.person({ first_name: '<i>Борис</i>', last_name: 'Я', username: 'boris' })
    await boris.write('/start')
    expect(boris.screen().text).toContain('Здравствуйте, <i>Борис</i>!')
    await boris.write('📅 Записаться')
    expect(boris.screen().buttons.map(({ label }) => label)).toEqual([
      'Стрижка <b> · 60 мин · 2 000 ₽',
      '✕ Прервать',
    ])
    await boris.tap(/Стрижка/)
    expect(boris.screen().text).toBe(
      'Стрижка <b>\n60 мин · 2 000 ₽\nС мытьём & укладкой\n\nБлижайшее свободное время:',
    )
    await boris.tap('чт, 26 нояб., 09:00')
    expect(boris.screen().text).toBe(
      'Проверьте запись\n\nСтрижка <b>\nчт, 26 ноября, 09:00–10:00\nСтоимость: 2 000 ₽\n\n⏳ Держим это время за вами до 09:10.\nОтменить или перенести можно не позднее чем за 24 часа до начала.',
    )
    await boris.tap('✅ Записаться')
    expect(boris.screen().text).toContain('Вы записаны')
    expect(admin.screen().text).toBe(
      '🆕 New booking\nСтрижка <b>\nThu 26 November, 09:00–10:00\n<i>Борис</i> Я (@boris)',
    )

    await boris.tap('🗓 Мои записи')
    await boris.tap(/чт, 26 нояб\., 09:00/)
    await boris.tap('🔁 Перенести')
    expect(boris.screen().text).toContain('Переносим запись: Стрижка <b>\nСейчас: чт, 26 ноября, 09:00–10:00')
    await boris.tap('📆 Другой день')
    expect(boris.screen().text).toContain('Выберите день')
    await boris.tap('27')
    // By half an hour: a booking does not stand in its own way.
    await boris.tap('📆 Другой день')
    await boris.tap('26')
    await boris.tap('09:30')
    await boris.tap('✅ Перенести')
    expect(boris.screen().text).toContain('Было: чт, 26 ноября, 09:00\nТеперь: чт, 26 ноября, 09:30–10:30')
    expect(admin.screen().text).toContain('Was: Thu 26 November, 09:00\nNow: Thu 26 November, 09:30–10:30')

    await boris.tap('🗓 Мои записи')
    await boris.tap(/09:30/)
    await boris.tap('❌ Отменить')
    await boris.tap('Да, отменить')
    expect(boris.screen().text).toContain('Запись отменена.')
    expect(admin.screen().text).toContain('Booking cancelled')
    await boris.write('/my')
    expect(boris.screen().text).toBe('Предстоящих записей нет.')
    await boris.tap('Прошлые записи')
    expect(boris.screen().text).toContain('Стрижка <b> (отменена)')
    expect(await salon.sql('select action from booking_history order by id')).toEqual([
      { action: 'created' },
      { action: 'rescheduled' },
      { action: 'cancelled' },
    ])
  })

  test('who taps twice has booked once', async () => {
    const anna = salon.person()
    await anna.write('/book')
    await anna.tap(/Стрижка/)
    await anna.tap(TIME)
    const confirm = anna.dataOf('✅ Записаться')
    await Promise.all([anna.tapData(confirm), anna.tapData(confirm), anna.tapData(confirm)])
    expect(await salon.sql('select 1 from bookings')).toHaveLength(1)
    expect(anna.screen().text).toMatch(/Вы записаны|уже оформлена/)
  })

  test('cannot use another one’s buttons, and learns nothing from them', async () => {
    const anna = salon.person()
    await book(anna)
    await anna.write('/my')
    const card = anna.dataOf(TIME)
    const bookingId = card.split(':')[2] ?? ''
    const eve = salon.person()
    await eve.write('/start')
    const shown = eve.screen()
    for (const data of [card, `1:a:${bookingId}`, `1:r:${bookingId}`, `1:n:m${bookingId}`, '1:k:zzz']) {
      await eve.tapData(data)
      expect(eve.lastToast()).toBe('Такой записи у вас нет.')
      expect(eve.screen()).toEqual(shown)
    }
    const start = ((START + 50 * HOUR) / 60_000).toString(36)
    await eve.tapData(`1:c:m${bookingId}:${start}:abc`)
    expect(eve.lastToast()).toBe('Такой записи у вас нет.')
    expect(await salon.sql('select status from bookings')).toEqual([{ status: 'booked' }])
  })

  test('another one’s confirmation books for the one who taps, under the rules', async () => {
    const anna = salon.person()
    await anna.write('/book')
    await anna.tap(/Стрижка/)
    await anna.tap(TIME)
    const confirm = anna.dataOf('✅ Записаться')
    await anna.tapData(confirm)
    const eve = salon.person()
    await eve.write('/start')
    await eve.tapData(confirm)
    expect(eve.screen().text).toContain('Это время только что заняли. Ближайшее свободное:')
    await eve.tap(TIME)
    await eve.tap('✅ Записаться')
    expect(eve.screen().text).toContain('Вы записаны')
  })

  test('a forged time is judged like any other', async () => {
    const eve = salon.person()
    await eve.write('/start')
    const [service] = await salon.sql<{ id: string }>('select id from services')
    const flow = `b${Number(service?.id).toString(36)}.`
    for (const startsAt of [
      START - HOUR,
      START + 24 * HOUR + 60_000,
      START + 15 * HOUR,
      START + 400 * 24 * HOUR,
    ]) {
      await eve.tapData(`1:c:${flow}:${(startsAt / 60_000).toString(36)}:abc`)
      expect(eve.screen().text).toBe('На это время записать уже нельзя. Выберите другое:')
    }
    expect(await salon.sql('select 1 from bookings')).toEqual([])
  })

  test('has no more bookings than the limit, and hears so at once', async () => {
    await salon.setting({ maxBookingsPerUser: 1 })
    const anna = salon.person()
    await book(anna)
    await anna.write('/book')
    expect(anna.screen().text).toContain('У вас уже 1 предстоящая запись')
  })

  test('past the deadline gets the contact, and the admins are told once', async () => {
    await salon.setting({ phone: '+7 900 000-00-00' })
    const admin = salon.person()
    await admin.write('/start')
    salon.admins.push(admin.user.id)
    const anna = salon.person()
    await book(anna, 'чт, 26 нояб., 09:00')
    salon.clock.now = START + 14 * 60_000
    await anna.write('/my')
    await anna.tap(/09:00/)
    await anna.tap('❌ Отменить')
    expect(anna.screen().text).toContain('Отменить запись?')
    const yes = anna.dataOf('Да, отменить')
    salon.clock.now = START + 16 * 60_000
    const before = salon.messagesOf(admin.user.id).length
    await anna.tapData(yes)
    expect(anna.screen().text).toBe(
      'До начала осталось меньше 24 часов, поэтому отменить запись здесь уже нельзя.\nСвяжитесь с нами: +7 900 000-00-00. Администраторам мы уже сообщили.',
    )
    await anna.tapData(yes)
    await anna.write('/my')
    await anna.tap(/09:00/)
    await anna.tap('🔁 Перенести')
    expect(anna.screen().text).toContain('Свяжитесь с нами')
    const told = salon.messagesOf(admin.user.id).slice(before)
    expect(told.map(({ text }) => text.split('\n')[0])).toEqual([
      '⚠️ Клиент хочет отменить или перенести запись, но срок уже прошёл',
    ])
    expect(await salon.sql('select status from bookings')).toEqual([{ status: 'booked' }])
  })

  test('chooses among members of staff, or anyone', async () => {
    await salon.sql(`insert into staff (name) values ('Вера')`)
    const anna = salon.person()
    await anna.write('/book')
    await anna.tap(/Стрижка/)
    expect(anna.screen().text).toContain('К кому записать?')
    await anna.tap('Вера')
    await anna.tap('чт, 26 нояб., 09:00')
    expect(anna.screen().text).toContain('Специалист: Вера')
    await anna.tap('✅ Записаться')
    const boris = salon.person()
    await boris.write('/book')
    await boris.tap(/Стрижка/)
    await boris.tap('Неважно, кто')
    await boris.tap('чт, 26 нояб., 09:00')
    await boris.tap('✅ Записаться')
    expect(boris.screen().text).toContain('Вы записаны')
    expect(await salon.sql('select distinct staff_id from bookings')).toHaveLength(2)
  })

  test('who wants anyone, at different prices, gets the price of the summary', async () => {
    const [service] = await salon.sql<{ id: string }>('select id from services')
    await salon.sql(`insert into staff (name, offers) values ('Вера', $1)`, [
      JSON.stringify({ [String(service?.id)]: { priceMinor: 300_000, minutes: 30 } }),
    ])
    const anna = salon.person()
    for (const price of [200_000, 300_000]) {
      await anna.write('/book')
      await anna.tap(/Стрижка/)
      await anna.tap('Неважно, кто')
      const options = anna.screen().buttons.map(({ label }) => label)
      await anna.tap(options.find((label) => label === 'чт, 26 нояб., 09:00') ?? TIME)
      expect(anna.screen().text.replaceAll(' ', '')).toContain(`Стоимость:${price / 100}₽`)
      await anna.tap('✅ Записаться')
      expect(await salon.sql('select price_minor::int from bookings order by id desc limit 1')).toEqual([
        { price_minor: price },
      ])
    }
  })

  test('old and unknown buttons bring a fresh menu', async () => {
    const anna = salon.person()
    await anna.write('/start')
    for (const data of ['book_slot_7', '0:y', '1:zz']) {
      await anna.tapData(data)
      expect(anna.lastToast()).toBe('Эта кнопка устарела. Вот свежее меню.')
      expect(anna.screen().kind).toBe('outdated')
    }
  })

  test('a button for a service that is gone is answered kindly', async () => {
    const anna = salon.person()
    await anna.write('/book')
    await anna.tap(/Стрижка/)
    await anna.tap(TIME)
    await salon.sql('update services set is_active = false')
    await anna.tap('✅ Записаться')
    expect(anna.screen().text).toContain('Сейчас записаться нельзя')
  })

  test('stickers, long texts and strange words are answered', async () => {
    const anna = salon.person({ first_name: 'Ж'.repeat(4000) })
    await anna.write('/start')
    expect(anna.screen().text.length).toBeLessThan(400)
    for (const shown of [
      await anna.sticker(),
      await anna.write('я'.repeat(4096)),
      await anna.write('/unknown'),
    ])
      expect(shown.map(({ kind }) => kind)).toEqual(['unknown'])
    await book(anna)
    expect(anna.screen().text).toContain('Вы записаны')
  })

  test('leaves a dialogue by /cancel and by its button', async () => {
    const anna = salon.person()
    await anna.write('/cancel')
    expect(anna.screen().text).toBe('Сейчас ничего не оформляется.')
    await anna.write('/book')
    await anna.write('/cancel')
    expect(anna.screen().text).toBe('Хорошо, запись прервана.')
    await anna.write('/book')
    await anna.tap('✕ Прервать')
    expect(anna.screen().text).toContain('Запись прервана')
  })

  test('who reads English gets English', async () => {
    const ann = salon.person({ first_name: 'Ann', language_code: 'de' })
    await ann.write('/start')
    expect(ann.screen().text).toContain('Hello, Ann!')
    await ann.write('ℹ️ About')
    expect(ann.screen().text).toBe(
      'Anna\n\nServices\nСтрижка <b> · 60 min · ₽2,000\n\nOpening hours\nMon–Sat 09:00–18:00\n\nRules\nYou can cancel or move it up to 24 hours before the start.\nAt most 3 upcoming bookings at a time.',
    )
    await ann.write('/help')
    expect(ann.screen().text).toContain('What I can do')
  })

  test('a fully booked business says so', async () => {
    await salon.sql('delete from working_hours')
    await salon.sql(
      `insert into working_hours (kind, weekday, opens, closes) values ('weekly', 1, '09:00', '09:30')`,
    )
    const anna = salon.person()
    await anna.write('/book')
    await anna.tap(/Стрижка/)
    expect(anna.screen().text).toContain('На ближайшие 60 дней свободного времени нет.')
  })

  test('a day of many times is cut into its parts, within Telegram’s limits', async () => {
    await salon.setting({ slotStepMinutes: 5 })
    await salon.sql('delete from working_hours')
    await salon.sql(
      `insert into working_hours (kind, weekday, opens, closes) select 'weekly', d, '00:00', '00:00' from generate_series(1, 7) d`,
    )
    const anna = salon.person()
    await anna.write('/book')
    await anna.tap(/Стрижка/)
    await anna.tap('📆 Другой день')
    await anna.tap('27')
    expect(anna.screen().buttons.length).toBeLessThanOrEqual(100)
    // Starts go on to midnight, for the doors do not close; the evening alone has more than fit one screen.
    await anna.tap(/^Вечер 17:00–/)
    expect(anna.screen().buttons.map(({ label }) => label)).toContain('22:00')
    await anna.tap('22:00')
    expect(anna.screen().text).toContain('22:00–23:00')
  })
})

describe('the months of a calendar', () => {
  test('say why a day cannot be chosen', async () => {
    await salon.setting({ horizonDays: 10 })
    const anna = salon.person()
    await anna.write('/book')
    await anna.tap(/Стрижка/)
    await anna.tap('📆 Другой день')
    const why = async () => {
      const dots = anna.screen().buttons.filter(({ label }) => label === '·')
      const said: (string | undefined)[] = []
      for (const data of new Set(dots.map((dot) => dot.data))) {
        await anna.tapData(data)
        said.push(anna.lastToast())
      }
      return said
    }
    expect(await why()).toEqual(['Этот день уже прошёл.', 'В этот день свободного времени нет.'])
    await anna.tap('›')
    expect(await why()).toEqual(['Так далеко запись ещё не открыта.'])
  })
})

describe('a group', () => {
  test('gets a kind answer to a button that was forwarded there, and nothing is shown in it', async () => {
    const anna = salon.person()
    const group = { id: -100_501, type: 'supergroup' } as const
    const shown = await anna.tapOn(7, '1:y', group)
    expect(shown).toEqual([])
    expect(anna.lastToast()).toBe('Эта кнопка устарела. Вот свежее меню.')
  })

  test('is told once that bookings are private', async () => {
    const anna = salon.person()
    const group = { id: -100_500, type: 'supergroup' } as const
    await anna.write('привет', group)
    await anna.write('/start@other_bot', group)
    expect(salon.messagesOf(group.id)).toEqual([])
    await anna.write('/start', group)
    await anna.write('/book', group)
    expect(salon.messagesOf(group.id).map(({ text }) => text)).toEqual([
      'Я записываю в личных сообщениях: https://t.me/salon_bot',
    ])
  })
})
