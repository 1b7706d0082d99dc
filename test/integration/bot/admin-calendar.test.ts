import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { encodeButton } from '../../../bot/telegram/callback-data.ts'
import { openSalon, type PretendPerson, type Salon, type Seen, START } from './pretend.ts'

const HOUR = 3_600_000
/** Thursday 26 November, 10:00 in Moscow. */
const TEN = START + 25 * HOUR

let salon: Salon
let owner: PretendPerson
beforeAll(async () => {
  salon = await openSalon()
})
afterAll(() => salon.close())

/** The salon as it is on its first day: Anna, one service, Monday to Saturday from 9 to 18. */
beforeEach(async () => {
  await salon.sql(
    'truncate users, services, staff, working_hours, bookings, booking_history, blocked_slots, admin_actions, settings cascade',
  )
  await salon.sql(`insert into services (name, minutes) values ('Стрижка', 60)`)
  await salon.sql(`insert into staff (name) values ('Анна')`)
  await salon.sql(
    `insert into working_hours (kind, weekday, opens, closes) select 'weekly', d, '09:00', '18:00' from generate_series(1, 6) d`,
  )
  salon.clock.now = START
  owner = salon.person({ first_name: 'Ольга' })
  salon.admins.splice(0, salon.admins.length, owner.user.id)
  await owner.write('/admin')
  await owner.tap('🕘 Часы и выходные')
})

const labels = (screen: Seen) => screen.buttons.map(({ label }) => label)

/** The owner's newest screen; notices of bookings come between. */
function shown(): Seen {
  const screen = salon.messagesOf(owner.user.id).findLast(({ kind }) => kind !== 'admin-notice')
  if (!screen) throw new Error('nothing has been shown yet')
  return screen
}

/** A customer with a booking at this instant. */
async function booked(startsAt: number, given: Parameters<Salon['person']>[0] = {}): Promise<PretendPerson> {
  const person = salon.person(given)
  await person.write('/start')
  await confirm(person, startsAt)
  expect(person.screen().text).toMatch(/Вы записаны|You are booked/)
  return person
}

let intents = 0
async function confirm(person: PretendPerson, startsAt: number): Promise<void> {
  const [service] = await salon.sql<{ id: string }>('select id from services')
  const flow = { kind: 'book', serviceId: Number(service?.id), staffId: null } as const
  await person.tapData(encodeButton({ to: 'confirm', flow, startsAt, intent: `i${++intents}` }))
}

const statuses = () => salon.sql('select status, cancel_reason from bookings order by starts_at, id')
const week = () =>
  salon.sql<{ weekday: number; hours: string }>(
    `select weekday, to_char(opens, 'HH24:MI') || '-' || to_char(closes, 'HH24:MI') as hours
       from working_hours where kind = 'weekly' and staff_id is null order by weekday, opens`,
  )
const actions = () => salon.sql('select action, target from admin_actions order by id')

/** From the room's first screen to what a block would cost. */
async function previewBlock(text: string, day = '26'): Promise<void> {
  await owner.tap('⛔ Закрыть время')
  await owner.tap(day)
  if (text === '') await owner.tap('⛔ Весь день')
  else await owner.write(text)
}

describe('closing time', () => {
  test('shows whom it hits, cancels, tells each in their language with the reason, and offers new times', async () => {
    const boris = await booked(TEN, { first_name: 'Борис', username: 'boris' })
    const ann = await booked(TEN + HOUR, { first_name: 'Ann', language_code: 'en' })
    const late = await booked(TEN + 4 * HOUR)
    await salon.sql(`insert into users (first_name, phone) values ('Вера', '+79001234567')`)
    await salon.sql(
      `insert into bookings (customer_id, staff_id, status, starts_at, ends_at, busy, local_date, local_time, time_zone, lines)
       select (select max(id) from users), min(id), 'booked', $1, $2, tstzrange($1, $2), '2026-11-26', '12:00', 'Europe/Moscow',
              '[{"serviceId": 1, "name": "Маникюр", "minutes": 60, "priceMinor": null, "currency": "RUB"}]' from staff`,
      [new Date(TEN + 2 * HOUR), new Date(TEN + 3 * HOUR)],
    )
    await previewBlock('10:30-13')
    expect(shown().text).toBe(
      'Закрыть это время?\nчт, 26 ноября, 10:30–13:00\n\nНа это время есть 3 записи:\n' +
        '• чт, 26 ноября, 10:00–11:00 · Стрижка · Анна\n   Борис (@boris)\n' +
        '• чт, 26 ноября, 11:00–12:00 · Стрижка · Анна\n   Ann\n' +
        '• чт, 26 ноября, 12:00–13:00 · Маникюр · Анна\n   Вера, +79001234567\n\n' +
        'Если отменить, каждому клиенту придёт сообщение и предложение выбрать другое время.',
    )
    expect(labels(shown())).toEqual([
      '❌ Закрыть и отменить 3 записи',
      '⛔ Закрыть, записи оставить',
      '💬 Указать причину',
      '‹ Назад',
    ])
    await owner.tap('💬 Указать причину')
    await owner.write('мастер <заболел>')
    expect(shown().text).toContain('10:30–13:00\nПричина: мастер <заболел>\n')
    await owner.tap('❌ Закрыть и отменить 3 записи')
    expect(shown().text).toBe(
      '⛔ Время закрыто\nчт, 26 ноября, 10:30–13:00\nПричина: мастер <заболел>\n\nОтменено записей: 3.\n\n' +
        'Клиентам отправлены сообщения: 2.\n\n' +
        '⚠️ Этим клиентам бот написать не может. Позвоните им, пожалуйста:\n' +
        '• чт, 26 ноября, 12:00–13:00 · Маникюр · Анна\n   Вера, +79001234567',
    )
    expect(boris.screen().text).toBe(
      '❌ Нам пришлось отменить вашу запись\n\nСтрижка\nчт, 26 ноября, 10:00–11:00\nПричина: мастер <заболел>\n\n' +
        'Извините, пожалуйста. Мы будем рады видеть вас в другое время.',
    )
    expect(ann.screen().text).toBe(
      '❌ We had to cancel your booking\n\nСтрижка\nThu 26 November, 11:00–12:00\nReason: мастер <заболел>\n\n' +
        'We are sorry. We would be glad to see you at another time.',
    )
    expect(late.screen().text).toContain('Вы записаны')
    const reason = 'мастер <заболел>'
    expect(await statuses()).toEqual([
      ...Array.from({ length: 3 }, () => ({ status: 'cancelled', cancel_reason: reason })),
      { status: 'booked', cancel_reason: null },
    ])
    expect(
      await salon.sql(
        `select actor, actor_telegram_id::int as by, old_status from booking_history where action = 'cancelled'`,
      ),
    ).toEqual(Array.from({ length: 3 }, () => ({ actor: 'admin', by: owner.user.id, old_status: 'booked' })))
    expect((await actions()).map((row) => (row as { action: string }).action)).toEqual(['block.add'])

    await boris.tap('🕘 Выбрать другое время')
    expect(boris.screen().text).toBe('Стрижка\n60 мин\n\nБлижайшее свободное время:')
    expect(labels(boris.screen())[0]).toBe('ср, 25 нояб., 10:00')
    await boris.tap('📆 Другой день')
    await boris.tap('26')
    expect(labels(boris.screen()).filter((label) => /^\d\d:/.test(label))).toEqual([
      '09:00',
      '09:30',
      '13:00',
      '15:00',
      '15:30',
      '16:00',
      '16:30',
      '17:00',
    ])
  })

  test('can keep what it hits; nobody is told, and nobody else can book', async () => {
    const boris = await booked(TEN)
    const before = boris.screen()
    await previewBlock('')
    expect(shown().text).toContain('чт, 26 ноября, весь день\n\nНа это время есть 1 запись:')
    await owner.tap('⛔ Закрыть, записи оставить')
    expect(shown().text).toBe(
      '⛔ Время закрыто\nчт, 26 ноября, весь день\n\nОставлено записей: 1. Их можно перенести или отменить в расписании.',
    )
    expect(boris.screen()).toEqual(before)
    const eve = salon.person()
    await eve.write('/start')
    await confirm(eve, TEN + 3 * HOUR)
    expect(eve.screen().text).toContain('Это время только что заняли')
    // Later it can still be cancelled, without a second block.
    await owner.tap('🔒 Закрытое время')
    await previewBlock('')
    expect(shown().text).toContain('Это время уже закрыто\nчт, 26 ноября, весь день\n\nНа это время есть 1')
    expect(labels(shown())).toEqual(['❌ Закрыть и отменить 1 запись', '💬 Указать причину', '‹ Назад'])
    await owner.tap('❌ Закрыть и отменить 1 запись')
    expect(boris.screen().text).toContain('Нам пришлось отменить вашу запись')
    expect(await salon.sql('select 1 from blocked_slots')).toHaveLength(1)
  })

  test('cancels nothing that was not shown: who books meanwhile is shown first', async () => {
    await booked(TEN)
    await previewBlock('')
    const eve = await booked(TEN + 2 * HOUR)
    await owner.tap(/Закрыть и отменить/)
    expect(owner.lastToast()).toBe(
      'Пока вы решали, записи изменились. Ничего не сделано: посмотрите ещё раз.',
    )
    expect(shown().text).toContain('На это время есть 2 записи')
    expect(eve.screen().text).toContain('Вы записаны')
    expect(await salon.sql('select 1 from blocked_slots')).toEqual([])
    await owner.tap(/Закрыть и отменить/)
    expect(eve.screen().text).toContain('Нам пришлось отменить')
  })

  test('a double tap closes once, tells once, and leaves the result on the screen', async () => {
    const boris = await booked(TEN)
    const before = salon.messagesOf(boris.user.id).length
    await previewBlock('9-12')
    const data = owner.dataOf(/Закрыть и отменить/)
    await Promise.all([owner.tapData(data), owner.tapData(data)])
    expect(shown().text).toContain('Отменено записей: 1.')
    await owner.tapData(data)
    expect(owner.lastToast()).toBe('Это время уже закрыто.')
    expect(shown().text).toContain('Отменено записей: 1.')
    expect(await salon.sql('select 1 from blocked_slots')).toHaveLength(1)
    expect(salon.messagesOf(boris.user.id)).toHaveLength(before + 1)
  })

  test('does not send a reason that was lost with the dialogue', async () => {
    await booked(TEN)
    await previewBlock('')
    await owner.tap('💬 Указать причину')
    await owner.write('отпуск')
    owner.dialogue.set({ v: 1, screen: 'other' })
    await owner.tap(/Закрыть и отменить/)
    expect(owner.lastToast()).toBe('Причина не сохранилась. Проверьте и укажите её ещё раз, если нужно.')
    expect(await statuses()).toEqual([{ status: 'booked', cancel_reason: null }])
    await owner.tap('💬 Указать причину')
    await owner.write('я'.repeat(201))
    expect(shown().text).toContain('причина – до 200 знаков')
    await owner.write('отпуск')
    await owner.tap('💬 Изменить причину')
    await owner.tap('‹ Назад')
    expect(shown().text).toContain('Причина: отпуск')
    await owner.tap('💬 Изменить причину')
    await owner.write('-')
    expect(shown().text).not.toContain('Причина')
  })

  test('leaves alone what has begun, and customers who have blocked the bot are named', async () => {
    const boris = await booked(TEN, { first_name: 'Борис' })
    await booked(TEN + 2 * HOUR, { first_name: 'Глеб' })
    await salon.sql(`update users set gone_at = now() where first_name = 'Глеб'`)
    salon.clock.now = TEN + HOUR / 2
    await previewBlock('')
    await owner.tap('❌ Закрыть и отменить 1 запись')
    expect(shown().text).toContain(
      'Позвоните им, пожалуйста:\n• чт, 26 ноября, 12:00–13:00 · Стрижка · Анна\n   Глеб',
    )
    expect(shown().text).not.toContain('Клиентам отправлены')
    expect(boris.screen().text).toContain('Вы записаны')
  })

  test('concerns one member of staff, or everybody', async () => {
    await salon.sql(`insert into staff (name) values ('Вера')`)
    const first = await booked(TEN)
    const second = await booked(TEN)
    await owner.tap('⛔ Закрыть время')
    expect(labels(shown())).toEqual(['Все специалисты', 'Анна', 'Вера', '‹ Назад'])
    await owner.tap('Вера')
    await owner.write('26.11')
    await owner.write('9-18')
    expect(shown().text).toContain('чт, 26 ноября, 09:00–18:00\nВера\n\nНа это время есть 1 запись')
    await owner.tap(/Закрыть и отменить/)
    const cancelled = [first, second].filter((one) => one.screen().text.includes('пришлось отменить'))
    expect(cancelled).toHaveLength(1)
    await owner.tap('🔒 Закрытое время')
    await owner.tap('чт, 26 нояб., 09:00–18:00 · Вера')
    await owner.tap('‹ Назад')
    await owner.tap('⛔ Закрыть время')
    await owner.tap('Все специалисты')
    await owner.write('26.11')
    await owner.tap('⛔ Весь день')
    expect(shown().text).toContain('чт, 26 ноября, весь день\nВсе специалисты\n\nНа это время есть 1')
  })

  test('several days are closed as a whole; the list shows what is to come first, and opens it again', async () => {
    await owner.tap('🔒 Закрытое время (0)')
    expect(shown().text).toContain('Закрытого времени нет.')
    for (let day = 1; day <= 9; day++)
      await salon.sql(
        `insert into blocked_slots (busy) values (tstzrange('2026-11-${10 + day}T09:00+03', '2026-11-${10 + day}T12:00+03'))`,
      )
    await owner.tap('⛔ Закрыть время')
    await owner.tap('›')
    await owner.tap('30')
    await owner.tap('📆 Несколько дней подряд')
    expect(shown().text).toContain('С какого дня: ср, 30 декабря')
    await owner.write('29.12')
    expect(shown().text).toBe('Последний день раньше первого. Напишите, например, 30.12-08.01.')
    await owner.write('08.01')
    expect(shown().text).toBe('ср, 30 декабря – пт, 8 января 2027 г.\nЭти дни закроются целиком.')
    await owner.tap('⛔ Закрыть эти дни')
    await owner.tap('⛔ Закрыть')
    expect(
      await salon.sql(
        `select lower(busy)::text as start, upper(busy)::text as end from blocked_slots order by id desc limit 1`,
      ),
    ).toEqual([{ start: '2026-12-29 21:00:00+00', end: '2027-01-08 21:00:00+00' }])
    await owner.tap('🔒 Закрытое время')
    expect(labels(shown()).slice(0, 3)).toEqual([
      'ср, 30 дек. – пт, 8 янв. 2027 г., весь день',
      '✓ чт, 19 нояб., 09:00–12:00',
      '✓ ср, 18 нояб., 09:00–12:00',
    ])
    await owner.tap('›')
    expect(labels(shown())).toHaveLength(2 + 3)
    await owner.tap('‹')
    await owner.tap(/30 дек/)
    const open = owner.dataOf('🔓 Открыть')
    await owner.tap('🔓 Открыть')
    expect(owner.lastToast()).toBe('Время открыто: на него снова можно записаться.')
    await owner.tapData(open)
    expect(owner.lastToast()).toBe('Это время уже открыто. Вот свежий список.')
    expect((await actions()).map((row) => (row as { action: string }).action)).toEqual([
      'block.add',
      'block.remove',
    ])
    await owner.tap('⛔ Закрыть время')
    await owner.write('30.12-08.01')
    await owner.write('9-12')
    expect(shown().text).toContain('только целиком')
  })

  test('answers what it cannot read with what is expected, and goes on asking', async () => {
    await owner.tap('⛔ Закрыть время')
    for (const [typed, answer] of [
      ['abc', 'Не получилось прочитать дату. Напишите, например, 31.12 или 30.12-08.01.'],
      ['31.02', 'Не получилось прочитать дату. Напишите, например, 31.12 или 30.12-08.01.'],
      ['24.11.2026', 'Это время уже прошло. Выберите другое.'],
      ['01.01.2030', 'Так далеко планировать нельзя: можно не больше чем на два года вперёд.'],
      ['30.12.2026-01.01.2028', 'Слишком много дней подряд: за один раз – не больше года.'],
    ] as const) {
      await owner.write(typed)
      expect(shown().text).toBe(answer)
    }
    await owner.write('завтра')
    expect(shown().text).toContain('чт, 26 ноября\nКакое время закрыть?')
    for (const time of ['12', '12-13, 14-15', 'выходной']) {
      await owner.write(time)
      expect(shown().text).toContain('Нужен один промежуток')
    }
  })

  test('means the wall clock when the clocks change', async () => {
    await salon.setting({ timeZone: 'Europe/Berlin' })
    await owner.tap('⛔ Закрыть время')
    await owner.write('28.03.2027')
    // From 02:00 the clocks show 03:00.
    await owner.write('02:30-03:15')
    expect(shown().text).toContain('Такого времени в этот день нет')
    await owner.write('01:00-04:00')
    await owner.tap('⛔ Закрыть')
    await owner.tap('🔒 Закрытое время')
    await previewBlock('', '26')
    await owner.tap('⛔ Закрыть')
    expect(
      await salon.sql(
        `select (extract(epoch from upper(busy) - lower(busy)) / 3600)::int as hours from blocked_slots order by id`,
      ),
    ).toEqual([{ hours: 2 }, { hours: 24 }])
  })

  test('forged and old buttons are answered kindly and change nothing', async () => {
    const closing = { staffId: null, startsAt: TEN, endsAt: TEN + HOUR }
    const decide = { to: 'calendar-block-do', bookings: 'cancel', seen: '', reason: '' } as const
    for (const [changed, said] of [
      [{ endsAt: TEN }, 'Такого времени в этот день нет: часы переводят. Укажите другое.'],
      [{ startsAt: START - 2 * HOUR, endsAt: START - HOUR }, 'Это время уже прошло. Выберите другое.'],
      [{ staffId: 99 }, 'Этого специалиста больше нет. Начните заново.'],
      [
        { endsAt: TEN + 24 * HOUR * 5000 },
        'Так далеко планировать нельзя: можно не больше чем на два года вперёд.',
      ],
    ] as const) {
      await owner.tapData(encodeButton({ ...decide, ...closing, ...changed }))
      expect(owner.lastToast()).toBe(said)
    }
    await owner.tapData(encodeButton({ to: 'calendar-block-card', blockId: 99 }))
    expect(owner.lastToast()).toBe('Это время уже открыто. Вот свежий список.')
    expect(await salon.sql('select 1 from blocked_slots')).toEqual([])
  })
})

describe('the hours of the week', () => {
  test('are shown and typed with breaks, become a day off, and are copied to other days', async () => {
    await owner.tap('🕘 Часы по дням недели')
    expect(shown().text).toBe(
      'Часы по дням недели\nЭто часы всего заведения. У специалиста могут быть свои.\n\nНажмите на день, чтобы изменить его.',
    )
    expect(labels(shown())).toEqual([
      ...['пн', 'вт', 'ср', 'чт', 'пт', 'сб'].map((day) => `${day}: 09:00–18:00`),
      'вс: выходной',
      '‹ Назад',
    ])
    await owner.tap(/^пн/)
    expect(shown().text).toBe(
      'понедельник\nСейчас: 09:00–18:00\n\nНапишите новые часы, например 9-18. С перерывом: 9-13, 14-18. До ночи: 18-02.',
    )
    await owner.write('9-13, 14:30-18')
    expect(shown().text).toContain('✅ Сохранено.')
    await owner.tap(/^пн: 09:00–13:00, 14:30–18:00/)
    await owner.tap('📋 Скопировать на другие дни')
    await owner.tap('▫️ вт')
    await owner.tap('▫️ вс')
    await owner.tap('▫️ ср')
    await owner.tap('✅ вт')
    expect(labels(shown())).toEqual([
      '▫️ вт',
      '✅ ср',
      '▫️ чт',
      '▫️ пт',
      '▫️ сб',
      '✅ вс',
      '📋 Скопировать на 2 дня',
      '‹ Назад',
    ])
    await owner.tap('📋 Скопировать на 2 дня')
    await owner.tap(/^сб/)
    const off = owner.dataOf('🚫 Сделать выходным')
    await owner.tapData(off)
    await owner.tapData(off)
    expect(shown().text).toContain('Так уже и было – менять нечего.')
    const both = (weekday: number) => ['09:00-13:00', '14:30-18:00'].map((hours) => ({ weekday, hours }))
    expect(await week()).toEqual([
      ...both(1),
      { weekday: 2, hours: '09:00-18:00' },
      ...both(3),
      { weekday: 4, hours: '09:00-18:00' },
      { weekday: 5, hours: '09:00-18:00' },
      ...both(7),
    ])
    expect(await actions()).toEqual([
      { action: 'hours.week', target: 'weekdays:1' },
      { action: 'hours.week', target: 'weekdays:37' },
      { action: 'hours.week', target: 'weekdays:6' },
    ])
    expect(
      await salon.sql(`select details->'before' as before from admin_actions order by id desc limit 1`),
    ).toMatchObject([{ before: [{ weekday: 6, opens: '09:00', closes: '18:00' }] }])
  })

  test('that become shorter show whom they leave outside; those bookings stay', async () => {
    const boris = await booked(TEN + 7 * HOUR, { first_name: 'Борис' })
    await booked(TEN)
    await owner.tap('🕘 Часы по дням недели')
    await owner.tap(/^чт/)
    await owner.write('9-17')
    expect(shown().text).toBe(
      '⚠️ Вне новых часов окажется 1 запись\n• чт, 26 ноября, 17:00–18:00 · Стрижка · Анна\n   Борис\n\n' +
        'Сами они не отменятся, клиентам ничего не придёт. Перенесите или отмените их в расписании. Сохранить новые часы?',
    )
    expect(await week()).toContainEqual({ weekday: 4, hours: '09:00-18:00' })
    await owner.tap('Сохранить, записи оставить')
    expect(shown().text).toContain(
      '✅ Сохранено. Вне рабочих часов осталась 1 запись: перенесите или отмените их в расписании.',
    )
    expect(await week()).toContainEqual({ weekday: 4, hours: '09:00-17:00' })
    expect(boris.screen().text).toContain('Вы записаны')
    expect((await statuses()).length).toBe(2)
    // They are outside already: the next change is not about them.
    await owner.tap(/^чт/)
    await owner.write('9-16')
    expect(shown().text).toContain('✅ Сохранено.\n')
  })

  test('never end with a week without hours', async () => {
    await owner.tap('🕘 Часы по дням недели')
    await owner.tapData(
      encodeButton({ to: 'calendar-week-set', weekdays: [1, 2, 3, 4, 5, 6, 7], ranges: [], sure: 'ask' }),
    )
    expect(owner.lastToast()).toContain('Хотя бы один день недели должен быть рабочим.')
    expect(await week()).toHaveLength(6)
  })

  test('are written down whole at the first change, while nobody has written a week', async () => {
    await salon.sql('delete from working_hours')
    // One member's own hours leave those of the others as they are.
    await salon.sql(`insert into staff (name) values ('Вера')`)
    await salon.sql(
      `insert into working_hours (kind, staff_id, weekday, opens, closes) select 'weekly', max(id), 1, '10:00', '12:00' from staff`,
    )
    await booked(TEN)
    await owner.tap('🕘 Часы по дням недели')
    await owner.tap('вс: выходной')
    await owner.write('11-15')
    expect(await week()).toEqual([
      ...[1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, hours: '09:00-18:00' })),
      { weekday: 7, hours: '11:00-15:00' },
    ])
  })

  test.each([
    ['9', 'Не получилось прочитать часы.'],
    ['18-9', 'Конец раньше начала.'],
    ['9-14, 13-18', 'Эти часы пересекаются.'],
    ['1-2, 3-4, 5-6, 7-8, 9-10, 11-12, 13-14', 'Слишком много промежутков'],
  ])('typed as %s are refused with a sentence', async (typed, answer) => {
    await owner.tap('🕘 Часы по дням недели')
    await owner.tap(/^пн/)
    await owner.write(typed)
    expect(shown().text).toContain(answer)
    expect(await week()).toHaveLength(6)
  })

  test('changed by two admins at once hold what one of them said, not both', async () => {
    const other = salon.person()
    salon.admins.push(other.user.id)
    await other.write('/admin')
    const set = (opens: string) =>
      encodeButton({
        to: 'calendar-week-set',
        weekdays: [1],
        ranges: [{ opens, closes: '20:00' }],
        sure: 'ask',
      })
    await Promise.all([owner.tapData(set('10:00')), other.tapData(set('11:00'))])
    expect((await week()).filter(({ weekday }) => weekday === 1)).toHaveLength(1)
  })
})

describe('special days', () => {
  test('replace the hours of a date or of several, with a note, and go again', async () => {
    await owner.tap('📅 Особые дни (0)')
    expect(shown().text).toContain('Пока их нет. Добавьте дату')
    await owner.tap('➕ Добавить день')
    await owner.tap('29')
    expect(shown().text).toBe('вс, 29 ноября\nКакие будут часы? Напишите, например, 10-15 или 9-13, 14-18.')
    await owner.write('10-12, 13-15')
    expect(shown().text).toBe('✅ Сохранено.\n\nвс, 29 ноября\nЧасы: 10:00–12:00, 13:00–15:00')
    await owner.tap('💬 Пометка')
    await owner.write('ярмарка')
    expect(shown().text).toBe('вс, 29 ноября\nЧасы: 10:00–12:00, 13:00–15:00\nПометка: ярмарка')
    await owner.tap('✏️ Изменить часы')
    await owner.write('11-14')
    expect(shown().text).toContain('Часы: 11:00–14:00\nПометка: ярмарка')
    await owner.tap('‹ Назад')
    await owner.tap('➕ Добавить день')
    await owner.write('28.11-05.12')
    await owner.tap('🚫 Не работаем')
    await owner.tap('‹ Назад')
    // The new days have taken the place of the fair.
    expect(labels(shown())).toEqual(['сб, 28 нояб. – сб, 5 дек.: выходной', '➕ Добавить день', '‹ Назад'])
    await owner.tap('➕ Добавить день')
    await owner.write('30.11')
    await owner.write('9-11')
    await owner.tap('‹ Назад')
    expect(labels(shown()).slice(0, 3)).toEqual([
      'сб, 28 нояб. – вс, 29 нояб.: выходной',
      'пн, 30 нояб.: 09:00–11:00',
      'вт, 1 дек. – сб, 5 дек.: выходной',
    ])
    await owner.tap(/^пн, 30/)
    const gone = owner.dataOf('🗑 Вернуть обычные часы')
    await owner.tap('🗑 Вернуть обычные часы')
    expect(shown().text).toContain('✅ Сохранено.\n\nОсобые дни')
    await owner.tapData(gone)
    expect(owner.lastToast()).toBe('Этого особого дня уже нет. Вот свежий список.')
  })

  test('that close a day show whose bookings are on it', async () => {
    await booked(TEN)
    await owner.tap(/Особые дни/)
    await owner.tap('➕ Добавить день')
    await owner.tap('26')
    await owner.tap('🚫 Не работаем')
    expect(shown().text).toContain('Вне новых часов окажется 1 запись')
    await owner.tap('‹ Назад')
    expect(shown().text).toContain('чт, 26 ноября\nКакие будут часы?')
    await owner.tap('🚫 Не работаем')
    await owner.tap('Сохранить, записи оставить')
    expect(shown().text).toContain('чт, 26 ноября\nЧасы: выходной')
    expect(await statuses()).toEqual([{ status: 'booked', cancel_reason: null }])
    const eve = salon.person()
    await eve.write('/start')
    await confirm(eve, TEN + HOUR)
    expect(eve.screen().text).toContain('На это время записать уже нельзя')
  })
})

describe('public holidays', () => {
  test('are offered for this year and the next, ticked one by one or all, and marked', async () => {
    await owner.tap('🎉 Праздники')
    expect(shown().text).toBe(
      'Праздники 2027 года\n✅ – не работаем. Нажмите на день, чтобы изменить. 1–8 января – новогодние каникулы, 7 января – Рождество.\n\n' +
        'Здесь только постоянные праздники из Трудового кодекса. Переносы выходных правительство назначает каждый год отдельно: бот их не знает, добавьте такие дни сами.',
    )
    await owner.tap('▫️ 8 янв.')
    await owner.tap('▫️ 8 мар. · Международный женский день')
    expect(
      await salon.sql(
        `select kind, from_date::text as date, opens, note from working_hours where kind = 'holiday' order by 2`,
      ),
    ).toEqual([
      { kind: 'holiday', date: '2027-01-08', opens: null, note: 'Новогодние каникулы' },
      { kind: 'holiday', date: '2027-03-08', opens: null, note: 'Международный женский день' },
    ])
    await owner.tap('✅ 8 янв.')
    await owner.tap('✅ Не работаем во все праздники')
    expect(labels(shown())).toEqual([
      ...[1, 2, 3, 4, 5, 6, 7, 8].map((day) => `✅ ${day} янв.`),
      '✅ 23 февр. · День защитника Отечества',
      '✅ 8 мар. · Международный женский день',
      '✅ 1 мая · Праздник Весны и Труда',
      '✅ 9 мая · День Победы',
      '✅ 12 июн. · День России',
      '✅ 4 нояб. · День народного единства',
      '➕ Другой день',
      '2026',
      '‹ Назад',
    ])
    await owner.tap('2026')
    expect(shown().text).toContain('В этом году праздников больше не осталось.')
    await owner.tapData(
      encodeButton({ to: 'calendar-holiday', date: '2026-11-04', become: 'closed', sure: 'ask' }),
    )
    expect(owner.lastToast()).toBe('Это время уже прошло. Выберите другое.')
    await owner.tapData(encodeButton({ to: 'calendar-holidays', year: 1 }))
    expect(shown().text).toContain('Праздники 2026 года')
  })

  test('show whose bookings are on them before they close', async () => {
    const newYear = Date.UTC(2027, 0, 2, 7, 0)
    await booked(newYear)
    await owner.tap('🎉 Праздники')
    await owner.tap('▫️ 2 янв.')
    expect(shown().text).toContain('Вне новых часов окажется 1 запись\n• сб, 2 января 2027 г.')
    await owner.tap('Сохранить, записи оставить')
    expect(labels(shown())).toContain('✅ 2 янв.')
  })
})

test('the room speaks English as well', async () => {
  const anne = salon.person({ language_code: 'en' })
  salon.admins.push(anne.user.id)
  await anne.write('/admin')
  await anne.tap('🕘 Hours and days off')
  expect(anne.screen().text).toBe('Hours and days off\nWhen people can book with you. Changes count at once.')
  expect(labels(anne.screen())).toEqual([
    '🕘 Hours of the week',
    '📅 Special days (0)',
    '🎉 Public holidays',
    '⛔ Close some time',
    '🔒 Closed time (0)',
    '‹ Back',
  ])
  await anne.tap('⛔ Close some time')
  await anne.write('26.11')
  await anne.write('12-15')
  expect(anne.screen().text).toBe(
    'Close this time?\nThu 26 November, 12:00–15:00\n\nThere are no bookings at this time.',
  )
})
