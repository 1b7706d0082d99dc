import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { encodeButton } from '../../../bot/telegram/callback-data.ts'
import { emptySalon, openSalon, type PretendPerson, type Salon, START } from './pretend.ts'

const HOUR = 3_600_000
/** Thursday 26 November, 10:00 in Moscow. */
const AT_TEN = START + 25 * HOUR

let salon: Salon
let owner: PretendPerson
let boris: PretendPerson
let cut: number
let nails: number
let anna: number
let vera: number
beforeAll(async () => {
  salon = await openSalon()
})
afterAll(() => salon.close())
beforeEach(async () => {
  await emptySalon(salon)
  cut = await id(
    `insert into services (name, minutes, price_minor) values ('Стрижка', 60, 200000) returning id`,
  )
  nails = await id(
    `insert into services (name, minutes, price_minor) values ('Маникюр', 90, 150000) returning id`,
  )
  anna = await id(`insert into staff (name) values ('Анна') returning id`)
  vera = await id(
    `insert into staff (name, offers) values ('Вера', jsonb_build_object($1::text, '{"minutes": 30, "priceMinor": 250000}'::jsonb)) returning id`,
    [cut],
  )
  owner = salon.person({ first_name: 'Ольга' })
  await owner.write('/start')
  salon.admins.push(owner.user.id)
  boris = salon.person({ first_name: 'Борис', last_name: 'Ли', username: 'boris' })
  await boris.write('/start')
})

async function id(sql: string, values: unknown[] = []): Promise<number> {
  const [row] = await salon.sql<{ id: string }>(sql, values)
  return Number(row?.id)
}

/** A booking of a person, as if they had made it. */
async function booked(
  person: PretendPerson,
  startsAt = AT_TEN,
  { staffId = anna, minutes = 60, status = 'booked' } = {},
): Promise<number> {
  const end = new Date(startsAt + minutes * 60_000)
  const bookingId = await id(
    `insert into bookings (customer_id, staff_id, status, starts_at, ends_at, busy, local_date, local_time, time_zone, lines, price_minor)
     select id, $2, $3, $4, $5, tstzrange($4, $5), ($4 at time zone 'Europe/Moscow')::date, ($4 at time zone 'Europe/Moscow')::time,
            'Europe/Moscow', $6, 200000
       from users where telegram_id = $1 returning id`,
    [
      person.user.id,
      staffId,
      status,
      new Date(startsAt),
      end,
      JSON.stringify([{ serviceId: cut, name: 'Стрижка', minutes, priceMinor: 200000, currency: 'RUB' }]),
    ],
  )
  await salon.sql(
    `insert into booking_history (booking_id, at, action, actor, new_status, new_starts_at) values ($1, $2, 'created', 'customer', $3, $4)`,
    [bookingId, new Date(START), status, new Date(startsAt)],
  )
  return bookingId
}

const labels = (person: PretendPerson) => person.screen().buttons.map(({ label }) => label)
const statusOf = async (bookingId: number) =>
  (await salon.sql<{ status: string }>('select status from bookings where id = $1', [bookingId]))[0]?.status
const history = (bookingId: number) =>
  salon.sql(
    'select action, actor, old_status, new_status, reason from booking_history where booking_id = $1 order by id offset 1',
    [bookingId],
  )
const audited = async () =>
  (await salon.sql<{ action: string }>('select action from admin_actions order by id')).map(
    ({ action }) => action,
  )

/** From the panel to the card of the booking at ten. */
async function openCard(): Promise<void> {
  await owner.write('/admin')
  await owner.tap('🗓 Расписание')
  await owner.tap('чт, 26 нояб.')
  await owner.tap(/10:00/)
}

describe('the schedule', () => {
  test('shows a day, a week and a month, of everybody or of one member of staff', async () => {
    await booked(boris)
    await booked(boris, AT_TEN, { staffId: vera, status: 'confirmed' })
    await owner.write('/admin')
    expect(labels(owner).slice(0, 2)).toEqual(['🗓 Расписание', '➕ Записать клиента'])
    await owner.tap('🗓 Расписание')
    expect(owner.screen().text).toBe(
      'ср, 25 ноября\nСпециалист: Все специалисты\nЗаписей нет. Если клиент позвонил или пришёл сам, нажмите «Записать клиента».',
    )
    await owner.tap('чт, 26 нояб.')
    expect(owner.screen().text).toBe('чт, 26 ноября\nСпециалист: Все специалисты\n2 записи')
    expect(labels(owner)).toEqual([
      '10:00 Борис Ли · Стрижка · Анна',
      '☑️ 10:00 Борис Ли · Стрижка · Вера',
      'ср, 25 нояб.',
      'Сегодня',
      'пт, 27 нояб.',
      'Неделя',
      'Месяц',
      '👤 Все специалисты',
      '➕ Записать клиента',
      '‹ Управление',
    ])
    await owner.tap(/👤/)
    await owner.tap('Вера')
    expect(owner.screen().text).toBe('чт, 26 ноября\nСпециалист: Вера\n1 запись')
    await owner.tap('Неделя')
    expect(owner.screen().text).toBe(
      [
        'Неделя пн, 23 нояб. – вс, 29 нояб.\nСпециалист: Вера\n',
        'пн, 23 нояб.: записей нет, весь день свободен',
        'вт, 24 нояб.: записей нет, весь день свободен',
        'ср, 25 нояб.: записей нет, весь день свободен',
        'чт, 26 нояб.: 1 запись, есть свободное время',
        'пт, 27 нояб.: записей нет, весь день свободен',
        'сб, 28 нояб.: записей нет, весь день свободен',
        'вс, 29 нояб.: записей нет, выходной',
      ].join('\n'),
    )
    await owner.tap('Месяц')
    expect(owner.screen().text).toBe(
      'Ноябрь 2026\nСпециалист: Вера\nПосле точки – сколько записей в этот день.',
    )
    expect(labels(owner)).toContain('26·1')
    expect(labels(owner)).toContain('•25')
    await owner.tap('›')
    expect(owner.screen().text).toContain('Декабрь 2026')
    await owner.tap('‹')
    await owner.tap('26·1')
    expect(owner.screen().text).toContain('1 запись')
  })

  test('is paged, and survives forged and old buttons', async () => {
    for (let hour = 0; hour < 9; hour += 1) await booked(boris, AT_TEN - 8 * HOUR + hour * HOUR)
    await owner.write('/admin')
    await owner.tap('🗓 Расписание')
    await owner.tap('чт, 26 нояб.')
    expect(labels(owner)).toContain('1/2')
    await owner.tap('›')
    expect(labels(owner)[0]).toBe('10:00 Борис Ли · Стрижка · Анна')
    await owner.tapData('1:BD:2026-11-26::zz')
    expect(labels(owner)).toContain('2/2')
    for (const data of ['1:BD:0001-01-01::0', '1:BW:9999-12-31:', '1:BM:0001-01:', '1:BD:2026-11-26:zzz:0'])
      await owner.tapData(data)
    expect(owner.screen().text).toContain('Записей нет')
    await owner.tapData('1:BC:zzz')
    expect(owner.lastToast()).toBe('Такой записи нет.')
    expect(owner.screen().text).toContain('ср, 25 ноября')
  })

  test('speaks English', async () => {
    const john = salon.person({ first_name: 'John', language_code: 'en' })
    await john.write('/start')
    salon.admins.push(john.user.id)
    await booked(boris)
    await john.write('/admin')
    await john.tap('🗓 Schedule')
    expect(john.screen().text).toBe(
      'Wed 25 November\nWith: Everybody\nNo bookings. If somebody calls or walks in, press “Book a customer”.',
    )
    await john.tap('Thu 26 Nov')
    await john.tap(/10:00/)
    expect(john.screen().text).toBe(
      'Стрижка\nThu 26 November, 10:00–11:00\nWith: Анна\nPrice: ₽2,000\n\nБорис Ли (@boris)\nCame: 0, no-show: 0, cancelled: 0\n\n🆕 Booked\nWed 25 Nov, 09:00 – booked by customer',
    )
    expect(labels(john)).toEqual([
      '☑️ Confirm',
      '🔁 Move',
      '❌ Cancel booking',
      '🏷 Another service',
      '👤 Another specialist',
      '📝 Note',
      '👤 Customer',
      '‹ Schedule',
    ])
  })
})

describe('a booking’s card', () => {
  test('says all about it, and takes a note that only admins see', async () => {
    const bookingId = await booked(boris)
    await salon.sql(`update users set phone = '+79161234567' where telegram_id = $1`, [boris.user.id])
    await openCard()
    expect(owner.screen().text).toBe(
      'Стрижка\nчт, 26 ноября, 10:00–11:00\nСпециалист: Анна\nСтоимость: 2 000 ₽\n\nБорис Ли (@boris), +79161234567\nПриходил(а): 0, не пришёл(ла): 0, отмен: 0\n\n🆕 Записан(а)\nср, 25 нояб., 09:00 – записал(а) клиент',
    )
    await owner.tap('📝 Заметка')
    await owner.write('я'.repeat(501))
    expect(owner.screen().text).toContain('Слишком длинно: 501')
    await owner.write('Просила <без> фена')
    expect(owner.screen().text).toContain('Заметка сохранена.')
    expect(owner.screen().text).toContain('Заметка: Просила <без> фена')
    await owner.tap('📝 Заметка')
    await owner.tap('🗑 Убрать заметку')
    expect(owner.screen().text).not.toContain('фена')
    expect(await audited()).toEqual(['booking.note', 'booking.note'])
    expect(await history(bookingId)).toEqual([])
  })

  test('keeps who made it in sight, however long its history has become', async () => {
    const bookingId = await booked(boris)
    await salon.sql(
      `insert into booking_history (booking_id, action, actor, reason) select $1, 'changed', 'operator', 'n' || n from generate_series(1, 20) n`,
      [bookingId],
    )
    await openCard()
    const { text } = owner.screen()
    expect(text).toContain('записал(а) клиент')
    expect(text).toContain('оператор: n20')
    expect(text).not.toContain('n13')
  })

  test('is confirmed, and the customer hears of it once in their own language', async () => {
    const eve = salon.person({ first_name: 'Eve', language_code: 'en' })
    await eve.write('/start')
    const bookingId = await booked(eve)
    await openCard()
    const confirm = owner.dataOf('☑️ Подтвердить')
    await owner.tapData(confirm)
    expect(owner.screen().text).toContain('Клиенту отправлено сообщение.')
    expect(eve.screen().text).toBe(
      '✅ Your booking is confirmed\n\nСтрижка\nThu 26 November, 10:00–11:00\nWith: Анна\nPrice: ₽2,000',
    )
    const heard = salon.messagesOf(eve.user.id).length
    await owner.tapData(confirm)
    expect(owner.lastToast()).toBe('Уже отмечено.')
    expect(salon.messagesOf(eve.user.id)).toHaveLength(heard)
    expect(await history(bookingId)).toEqual([
      { action: 'status', actor: 'admin', old_status: 'booked', new_status: 'confirmed', reason: null },
    ])
  })

  test('is marked from the start on, and put right within the day', async () => {
    const bookingId = await booked(boris)
    await openCard()
    expect(labels(owner)).not.toContain('✅ Пришёл(ла)')
    await owner.tapData(`1:BK:${bookingId.toString(36)}:came:booked`)
    expect(owner.lastToast()).toContain('Визит ещё не начался')
    salon.clock.now = AT_TEN
    await openCardAgain()
    await owner.tap('✅ Пришёл(ла)')
    expect(await statusOf(bookingId)).toBe('came')
    await owner.tap('🚫 Не пришёл(ла)')
    expect(await statusOf(bookingId)).toBe('no_show')
    expect(owner.screen().text).toContain('не пришёл(ла): 1')
    salon.clock.now = AT_TEN + 24 * HOUR
    await owner.tapData(`1:BK:${bookingId.toString(36)}:came:no_show`)
    expect(owner.lastToast()).toContain('Исправить отметку можно только')
    expect(await statusOf(bookingId)).toBe('no_show')

    async function openCardAgain(): Promise<void> {
      await owner.tapData(`1:BC:${bookingId.toString(36)}`)
    }
  })

  test('that has become something else meanwhile says what it is now, and changes nothing', async () => {
    const bookingId = await booked(boris)
    await openCard()
    const [confirm, cancel] = [owner.dataOf('☑️ Подтвердить'), owner.dataOf('❌ Отменить запись')]
    await boris.write('/my')
    await boris.tap(/10:00/)
    await boris.tap('❌ Отменить')
    await boris.tap('Да, отменить')
    const heard = salon.messagesOf(boris.user.id).length
    for (const data of [confirm, cancel]) {
      await owner.tapData(data)
      expect(owner.lastToast()).toBe('Эта запись сейчас: ❌ Отменена.')
      expect(owner.screen().text).toContain('❌ Отменена')
    }
    expect(salon.messagesOf(boris.user.id)).toHaveLength(heard)
    expect((await history(bookingId)).map((line) => (line as { actor: string }).actor)).toEqual(['customer'])
  })

  test('is cancelled with a reason, which is asked once more and told to the customer', async () => {
    const bookingId = await booked(boris)
    await openCard()
    await owner.tap('❌ Отменить запись')
    expect(owner.screen().text).toBe(
      'Отменить запись?\n\nСтрижка\nчт, 26 ноября, 10:00–11:00\nБорис Ли (@boris)\n\nВремя освободится. Клиент получит сообщение.\nМожно указать причину: просто напишите её сообщением.',
    )
    await owner.write('Мастер <заболел>')
    expect(await statusOf(bookingId)).toBe('booked')
    const yes = owner.dataOf('Да, отменить')
    owner.dialogue.set({ v: 1, screen: 'lost' })
    await owner.tapData(yes)
    expect(owner.lastToast()).toBe('Причина не сохранилась. Напишите её ещё раз.')
    await owner.write('Мастер <заболел>')
    await owner.tap('Да, отменить')
    expect(owner.screen().text).toContain('Запись отменена. Клиенту отправлено сообщение.')
    expect(boris.screen().text).toBe(
      '❌ Ваша запись отменена\n\nСтрижка\nчт, 26 ноября, 10:00–11:00\nПричина: Мастер <заболел>\n\nИзвините за неудобство. Выбрать другое время можно здесь же.',
    )
    expect(await history(bookingId)).toEqual([
      {
        action: 'cancelled',
        actor: 'admin',
        old_status: 'booked',
        new_status: 'cancelled',
        // With the booking, where it can be erased; the card shows it all the same.
        reason: null,
      },
    ])
    expect(owner.screen().text).toContain('(Мастер <заболел>)')
    await owner.tapData(yes)
    expect(owner.lastToast()).toContain('Эта запись сейчас')
  })

  test('of somebody whom the bot cannot reach says so', async () => {
    await salon.sql('update users set gone_at = now() where telegram_id = $1', [boris.user.id])
    await booked(boris)
    await openCard()
    await owner.tap('❌ Отменить запись')
    await owner.tap('Да, отменить без причины')
    expect(owner.screen().text).toContain('он заблокировал бота. Позвоните сами.')
    expect(boris.screen().text).not.toContain('отменена')
  })
})

describe('moving', () => {
  test('by the customers’ screens without their deadlines; both times are told', async () => {
    await salon.setting({ leadMinutes: 600 })
    const bookingId = await booked(boris, START + HOUR)
    await owner.write('/admin')
    await owner.tap('🗓 Расписание')
    await owner.tap(/10:00/)
    await owner.tap('🔁 Перенести')
    expect(owner.screen().text).toContain('Переносим запись: Стрижка')
    await owner.tap('📆 Другой день')
    await owner.tap('25')
    await owner.tap('09:30')
    expect(owner.screen().text).toBe(
      'Перенести запись?\n\nСтрижка\nСпециалист: Анна\nБорис Ли (@boris)\nБыло: ср, 25 ноября, 10:00–11:00\nБудет: ср, 25 ноября, 09:30–10:30\n\nКлиент получит сообщение.',
    )
    const move = owner.dataOf('✅ Перенести')
    await owner.tapData(move)
    expect(owner.screen().text).toContain('Запись перенесена. Клиенту отправлено сообщение.')
    expect(boris.screen().text).toBe(
      '🔁 Ваша запись перенесена\n\nСтрижка\nБыло: ср, 25 ноября, 10:00\nТеперь: ср, 25 ноября, 09:30–10:30\n\nЕсли время не подходит, запись можно изменить.',
    )
    const heard = salon.messagesOf(boris.user.id).length
    await owner.tapData(move)
    expect(owner.lastToast()).toBe('Запись уже на этом времени.')
    expect(salon.messagesOf(boris.user.id)).toHaveLength(heard)
    expect(await history(bookingId)).toHaveLength(1)
    expect(await audited()).toEqual(['booking.move'])
  })

  test('to a typed time: off the grid at once, outside the hours after a question, never onto another booking', async () => {
    const bookingId = await booked(boris)
    const eve = salon.person({ first_name: 'Eve' })
    await eve.write('/start')
    await booked(eve, AT_TEN + 4 * HOUR)
    await salon.sql(`insert into blocked_slots (busy, reason) values (tstzrange($1, $2), 'Обед')`, [
      new Date(AT_TEN + 2 * HOUR),
      new Date(AT_TEN + 3 * HOUR),
    ])
    await openCard()
    await owner.tap('🔁 Перенести')
    await owner.tap('⌨️ Ввести время')
    for (const [typed, answer] of [
      ['в пятницу', 'Не понял время. Напишите день и время так: 26.11 14:30'],
      ['31.02 10:00', 'Такого дня нет в календаре. Напишите день и время так: 26.11 14:30'],
      ['25.11 08:00', 'Это время уже прошло. Напишите будущее, например: завтра 9:00'],
      ['25.11.2028 08:00', 'Это больше чем через год. Напишите время поближе, например: 26.11 14:30'],
      ['26.11 13:20', 'В это время занято:\n• 14:00–15:00 – Eve, Стрижка\n\nНапишите другое время.'],
      ['26.11 12:10', 'В это время занято:\n• 12:00–13:00 – время закрыто: Обед\n\nНапишите другое время.'],
    ] as const) {
      await owner.write(typed)
      expect(owner.screen().text).toBe(answer)
    }
    await owner.write('26.11 10:07')
    expect(owner.screen().text).toContain('Будет: чт, 26 ноября, 10:07–11:07\n\nКлиент получит сообщение.')
    await owner.tap('✅ Перенести')
    expect(boris.screen().text).toContain('Теперь: чт, 26 ноября, 10:07–11:07')
    await owner.tap('🔁 Перенести')
    await owner.tap('⌨️ Ввести время')
    await owner.write('29.11 21:00')
    expect(owner.screen().text).toContain('⚠️ Это время вне рабочих часов.')
    const forged = owner.dataOf('Да, всё равно').replace(':any', ':in-hours')
    await owner.tapData(forged)
    expect(owner.screen().text).toContain('⚠️ Это время вне рабочих часов.')
    await owner.tap('Да, всё равно')
    expect(boris.screen().text).toContain('Теперь: вс, 29 ноября, 21:00–22:00')
    expect(await history(bookingId)).toHaveLength(2)
  })

  test('a booking that its customer has moved meanwhile is shown again', async () => {
    await booked(boris, AT_TEN + 24 * HOUR)
    await owner.write('/admin')
    await owner.tapData('1:BD:2026-11-27::0')
    await owner.tap(/10:00/)
    await owner.tap('🔁 Перенести')
    await owner.tap(/пт, 27 нояб.*13:00/)
    const move = owner.dataOf('✅ Перенести')
    await boris.write('/my')
    await boris.tap(/10:00/)
    await boris.tap('🔁 Перенести')
    await boris.tap(/26 нояб.*09:00/)
    await boris.tap('✅ Перенести')
    await owner.tapData(move)
    expect(owner.lastToast()).toBe('Пока вы смотрели, запись изменили. Вот как она выглядит сейчас.')
    expect(owner.screen().text).toContain('чт, 26 ноября, 09:00–10:00')
  })
})

describe('changing', () => {
  test('the member of staff: on that member’s terms, told to the customer', async () => {
    const bookingId = await booked(boris)
    await openCard()
    await owner.tap('👤 Другой специалист')
    await owner.tap('Вера')
    expect(owner.screen().text).toBe(
      'Изменить запись?\n\nБыло: Стрижка, Анна, чт, 26 ноября, 10:00–11:00, 2 000 ₽\nБудет: Стрижка, Вера, чт, 26 ноября, 10:00–10:30, 2 500 ₽\n\nКлиент получит сообщение.',
    )
    const yes = owner.dataOf('✅ Изменить')
    await owner.tapData(yes)
    expect(owner.screen().text).toContain('Запись изменена. Клиенту отправлено сообщение.')
    expect(boris.screen().text).toBe(
      '✏️ Ваша запись изменена\n\nСтрижка\nчт, 26 ноября, 10:00–10:30\nСпециалист: Вера\nСтоимость: 2 500 ₽',
    )
    await owner.tapData(yes)
    expect(owner.lastToast()).toBe('Уже отмечено.')
    expect(await history(bookingId)).toEqual([
      { action: 'changed', actor: 'admin', old_status: null, new_status: null, reason: 'Анна → Вера' },
    ])
    await owner.tap('🏷 Другая услуга')
    expect(owner.lastToast()).toBe('Вера не делает других услуг. Сначала выберите другого специалиста.')
  })

  test('the service: longer ones must fit, and what is in the way is named', async () => {
    const bookingId = await booked(boris)
    const eve = salon.person({ first_name: 'Eve' })
    await eve.write('/start')
    const other = await booked(eve, AT_TEN + HOUR)
    await openCard()
    await owner.tap('🏷 Другая услуга')
    expect(labels(owner)).toEqual(['Маникюр', '‹ К записи'])
    const wanted = owner.dataOf('Маникюр')
    await owner.tapData(wanted)
    expect(owner.screen().text).toBe(
      'Так не получится, в это время занято:\n• 11:00–12:00 – Eve, Стрижка\n\nВыберите другое или сначала перенесите запись.',
    )
    await salon.sql(`update bookings set status = 'cancelled' where id = $1`, [other])
    await owner.tapData(wanted)
    expect(owner.screen().text).toContain('Будет: Маникюр, Анна, чт, 26 ноября, 10:00–11:30, 1 500 ₽')
    const yes = owner.dataOf('✅ Изменить')
    await salon.sql(`update bookings set status = 'booked' where id = $1`, [other])
    await owner.tapData(yes)
    expect(owner.screen().text).toContain('Так не получится')
    await salon.sql(`update bookings set status = 'cancelled' where id = $1`, [other])
    await owner.tapData(yes)
    expect(boris.screen().text).toContain('Маникюр\nчт, 26 ноября, 10:00–11:30')
    expect(await history(bookingId)).toMatchObject([{ action: 'changed', reason: 'Стрижка → Маникюр' }])
    expect(
      await salon.sql('select price_minor::int, lines from bookings where id = $1', [bookingId]),
    ).toEqual([
      {
        price_minor: 150000,
        lines: [{ serviceId: nails, name: 'Маникюр', minutes: 90, priceMinor: 150000, currency: 'RUB' }],
      },
    ])
  })

  test('what another admin has changed meanwhile is shown first: nobody says yes to what they have not seen', async () => {
    const bookingId = await booked(boris)
    // The haircut would be done in time, the manicure would not.
    const dina = await id(`insert into staff (name) values ('Дина') returning id`)
    await salon.sql(
      `insert into working_hours (kind, staff_id, weekday, opens, closes) values ('weekly', $1, 4, '09:00', '11:00')`,
      [dina],
    )
    const helper = salon.person({ first_name: 'Инна' })
    await helper.write('/start')
    salon.admins.push(helper.user.id)
    await openCard()
    await owner.tap('👤 Другой специалист')
    await owner.tap('Дина')
    const yes = owner.dataOf('✅ Изменить')
    await helper.tapData(encodeButton({ to: 'visit', bookingId }))
    await helper.tap('🏷 Другая услуга')
    await helper.tap('Маникюр')
    await helper.tap('✅ Изменить')
    await owner.tapData(yes)
    expect(owner.lastToast()).toBe('Пока вы смотрели, запись изменили. Вот как она выглядит сейчас.')
    expect(owner.screen().text).toContain('Маникюр\nчт, 26 ноября, 10:00–11:30\nСпециалист: Анна')
    expect(await history(bookingId)).toMatchObject([{ reason: 'Стрижка → Маникюр' }])
    await owner.tap('👤 Другой специалист')
    await owner.tap('Дина')
    expect(labels(owner)).toEqual(['Да, всё равно', '‹ К записи'])
  })
})
