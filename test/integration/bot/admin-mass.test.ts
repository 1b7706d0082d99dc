import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { encodeButton } from '../../../bot/telegram/callback-data.ts'
import { emptySalon, openSalon, type PretendPerson, type Salon, START } from './pretend.ts'

const HOUR = 3_600_000
const MINUTE = 60_000
/** Thursday 26 November, midnight in Moscow. */
const DAY = START + 15 * HOUR
const at = (hours: number, minutes = 0) => DAY + hours * HOUR + minutes * MINUTE

let salon: Salon
let owner: PretendPerson
let boris: PretendPerson
let clara: PretendPerson
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
    `insert into services (name, minutes, price_minor, price_from) values ('Маникюр', 90, 150000, true) returning id`,
  )
  anna = await id(`insert into staff (name) values ('Анна') returning id`)
  vera = await id(
    `insert into staff (name, offers) values ('Вера', jsonb_build_object($1::text, '{}'::jsonb)) returning id`,
    [cut],
  )
  owner = salon.person({ first_name: 'Ольга' })
  await owner.write('/start')
  salon.admins.push(owner.user.id)
  boris = salon.person({ first_name: 'Борис', last_name: 'Ли' })
  await boris.write('/start')
  clara = salon.person({ first_name: 'Clara', language_code: 'en' })
  await clara.write('/start')
})

async function id(sql: string, values: unknown[] = []): Promise<number> {
  const [row] = await salon.sql<{ id: string }>(sql, values)
  return Number(row?.id)
}

/** A booking of a person, or of somebody who came by phone, as if it had been made before. */
async function booked(
  who: PretendPerson | string,
  startsAt: number,
  options: { staffId?: number; status?: string; services?: number[]; minutes?: number } = {},
): Promise<number> {
  const { staffId = anna, status = 'booked', services = [cut], minutes = 60 } = options
  const customer =
    typeof who === 'string'
      ? await id(`insert into users (first_name, phone) values ($1, '+7 900 123-45-67') returning id`, [who])
      : await id('select id from users where telegram_id = $1', [who.user.id])
  const lines = services.map((serviceId) => ({
    serviceId,
    name: serviceId === cut ? 'Стрижка' : 'Маникюр',
    minutes: minutes / services.length,
    priceMinor: 200000,
    currency: 'RUB',
  }))
  return id(
    `insert into bookings (customer_id, staff_id, status, starts_at, ends_at, busy, local_date, local_time, time_zone, lines,
                           price_minor, reminders_sent, hold_expires_at)
     values ($1, $2, $3, $4, $5, tstzrange($4, $5), ($4 at time zone 'Europe/Moscow')::date,
             ($4 at time zone 'Europe/Moscow')::time, 'Europe/Moscow', $6, 200000, '{"24": true}', $7) returning id`,
    [
      customer,
      staffId,
      status,
      new Date(startsAt),
      new Date(startsAt + minutes * MINUTE),
      JSON.stringify(lines),
      status === 'hold' ? new Date(START + 10 * MINUTE) : null,
    ],
  )
}

/** `10:00–11:00 booked`, of every booking in the order in which they were made. */
const bookings = async () =>
  (
    await salon.sql<{ words: string }>(
      `select to_char(starts_at at time zone 'Europe/Moscow', 'HH24:MI–') || to_char(ends_at at time zone 'Europe/Moscow', 'HH24:MI ')
              || status as words
         from bookings order by id`,
    )
  ).map(({ words }) => words)
const lastOf = (person: PretendPerson) => salon.messagesOf(person.user.id).at(-1)
const labels = (person: PretendPerson) => person.screen().buttons.map(({ label }) => label)
const count = async (table: string) =>
  (await salon.sql<{ count: number }>(`select count(*)::int as count from ${table}`))[0]?.count

async function openShift(): Promise<void> {
  await owner.write('/admin')
  await owner.tap('🗂 Много записей сразу')
  await owner.tap('⏩ Сдвинуть записи дня')
  await owner.tap(/^26/)
}

async function openService(): Promise<void> {
  await owner.write('/admin')
  await owner.tap('🗂 Много записей сразу')
  await owner.tap('🏷 Поменять услугу на день')
  await owner.tap(/^26/)
}

async function openCancel(): Promise<void> {
  await owner.write('/admin')
  await owner.tap('🗂 Много записей сразу')
  await owner.tap('❌ Отменить день или несколько')
  await owner.tap(/^26/)
}

describe('shifting a day', () => {
  test('is shown first, then done as shown, and each customer is told once with the old and the new time', async () => {
    await booked(boris, at(10), { status: 'confirmed' })
    await booked(clara, at(11))
    await booked('Дед', at(12))
    await booked(boris, at(10), { staffId: vera })
    await booked(boris, at(34))
    await openShift()
    expect(owner.screen().text).toBe(
      'Сдвинуть записи\nчт, 26 ноября, весь день\nВсе специалисты\nЗаписей: 4\n\nНа сколько минут? Нажмите кнопку или напишите, например 20 – позже, -20 – раньше.',
    )
    await owner.tap(/👤/)
    await owner.tap('Анна')
    await owner.tap('+30 мин')
    expect(owner.screen().text).toBe(
      [
        'Сдвинуть записи на 30 мин позже?\nчт, 26 ноября, весь день\nАнна\n',
        'Изменятся 3 записи.\n',
        '• 10:00 → 10:30 · Борис Ли · Стрижка · Анна',
        '• 11:00 → 11:30 · Clara · Стрижка · Анна',
        '📵 12:00 → 12:30 · Дед · Стрижка · Анна\n',
        'Сообщений клиентам: 2.\n',
        '📵 1 клиенту бот написать не может: позвоните сами.',
      ].join('\n'),
    )
    expect(labels(owner)).toEqual(['Да, сдвинуть 3 записи', '‹ Назад'])
    expect(await bookings()).toContain('10:00–11:00 confirmed')
    await owner.tap('Да, сдвинуть 3 записи')
    expect(owner.screen().text).toBe(
      [
        '✅ Сдвинуто записей: 3\nчт, 26 ноября, весь день\nАнна\n',
        'Клиентам отправлены сообщения: 2.\n',
        '⚠️ Этим клиентам бот написать не может. Позвоните им, пожалуйста:',
        '• чт, 26 ноября, 12:00–13:00 · Стрижка · Анна\n   Дед, +7 900 123-45-67',
      ].join('\n'),
    )
    expect(await bookings()).toEqual([
      '10:30–11:30 confirmed',
      '11:30–12:30 booked',
      '12:30–13:30 booked',
      '10:00–11:00 booked',
      '10:00–11:00 booked',
    ])
    expect(lastOf(boris)).toMatchObject({
      kind: 'customer-moved',
      text: '🔁 Ваша запись перенесена\n\nСтрижка\nБыло: чт, 26 ноября, 10:00\nТеперь: чт, 26 ноября, 10:30–11:30\n\nЕсли время не подходит, запись можно изменить.',
    })
    expect(lastOf(boris)?.buttons.map(({ label }) => label)).toEqual(['🔁 Перенести', '❌ Отменить'])
    expect(lastOf(clara)?.text).toContain('Thu 26 November, 11:00\n')
    expect(salon.messagesOf(boris.user.id).filter(({ kind }) => kind === 'customer-moved')).toHaveLength(1)
    expect(
      await salon.sql(
        `select action, old_starts_at <> new_starts_at as moved, actor from booking_history order by id`,
      ),
    ).toEqual([1, 2, 3].map(() => ({ action: 'rescheduled', moved: true, actor: 'admin' })))
    expect(await salon.sql('select action from admin_actions')).toEqual([{ action: 'bookings.shift' }])
  })

  test('reminds of the new time anew, and of a booking that stayed no second time', async () => {
    await booked(boris, at(10))
    await booked(clara, at(17))
    await openShift()
    await owner.write('60')
    await owner.tap(/^Да, сдвинуть/)
    expect(
      await salon.sql(
        'select reminders_sent as sent, timed_at is not null as timed from bookings order by id',
      ),
    ).toEqual([
      { sent: {}, timed: true },
      { sent: { '24': true }, timed: false },
    ])
  })

  test('backwards, too, and from a given hour on', async () => {
    await booked(boris, at(10))
    await booked(clara, at(14))
    await booked(boris, at(15))
    await openShift()
    await owner.tap('🕘 Не весь день, а с какого-то часа')
    expect(labels(owner)).toEqual(['10:00', '14:00', '15:00', 'Весь день', '‹ Назад'])
    await owner.write('14 часов')
    expect(lastOf(owner)?.text).toBe('Не получилось прочитать время. Напишите, например, 14:00.')
    await owner.write('14:00')
    await owner.write('много')
    expect(lastOf(owner)?.text).toBe(
      'Напишите, на сколько минут сдвинуть: от 1 до 720. Например, 20 – позже, -20 – раньше.',
    )
    await owner.write('на 45 минут раньше')
    expect(owner.screen().text).toContain('Сдвинуть записи на 45 мин раньше?\nчт, 26 ноября, с 14:00')
    await owner.tap('Да, сдвинуть 2 записи')
    expect(await bookings()).toEqual(['10:00–11:00 booked', '13:15–14:15 booked', '14:15–15:15 booked'])
  })

  test('lists what cannot move and why, and leaves just that', async () => {
    salon.clock.now = at(10, 30)
    await booked(boris, at(9), { status: 'came' })
    await booked(boris, at(10))
    await booked(clara, at(11))
    await booked('Дед', at(12))
    await booked('Яна', at(14))
    await booked('Ким', at(16))
    await booked('Лев', at(17))
    await booked('Мия', at(11), { staffId: vera })
    await salon.sql(`insert into blocked_slots (staff_id, busy) values ($1, tstzrange($2, $3))`, [
      anna,
      new Date(at(15)),
      new Date(at(15, 30)),
    ])
    await booked(clara, at(12), { staffId: vera, status: 'hold' })
    await salon.sql(`update bookings set hold_expires_at = $1 where status = 'hold'`, [new Date(at(11))])
    await openShift()
    await owner.tap('+30 мин')
    expect(owner.screen().text.split('\n\n').slice(1, 3)).toEqual([
      'Изменятся 2 записи. Останется как есть 6 записей (⚠️).',
      [
        '⚠️ 09:00 · Борис Ли · Стрижка · Анна\n   визит уже отмечен',
        '⚠️ 10:00 · Борис Ли · Стрижка · Анна\n   визит уже начался',
        '• 11:00 → 11:30 · Clara · Стрижка · Анна',
        '⚠️ 11:00 · Мия · Стрижка · Вера\n   это время держим до 11:00 за клиентом, который решает, записаться ли',
        '📵 12:00 → 12:30 · Дед · Стрижка · Анна',
        '⚠️ 14:00 · Яна · Стрижка · Анна\n   это время закрыто',
        '⚠️ 16:00 · Ким · Стрижка · Анна\n   это время занято',
        '⚠️ 17:00 · Лев · Стрижка · Анна\n   не помещается в рабочие часы',
      ].join('\n'),
    ])
    await owner.tap('Да, сдвинуть 2 записи')
    expect(owner.screen().text).toContain('Сдвинуто записей: 2')
    expect(owner.screen().text).toContain('Остались как были: 6. Их можно изменить по одной в расписании.')
    expect(await bookings()).toEqual([
      '09:00–10:00 came',
      '10:00–11:00 booked',
      '11:30–12:30 booked',
      '12:30–13:30 booked',
      '14:00–15:00 booked',
      '16:00–17:00 booked',
      '17:00–18:00 booked',
      '11:00–12:00 booked',
      '12:00–13:00 hold',
    ])
  })

  test('says that a customer is booking the time just now, and what came of it', async () => {
    await booked(boris, at(10))
    const time = (hours: number) =>
      encodeButton({
        to: 'time',
        flow: { kind: 'book', serviceId: cut, staffId: anna },
        startsAt: at(hours),
      })
    await clara.tapData(time(11))
    salon.clock.now += 3 * MINUTE
    await openShift()
    await owner.tap('+30 мин')
    expect(owner.screen().text).toBe(
      'Сдвинуть записи на 30 мин позже?\nчт, 26 ноября, весь день\nВсе специалисты\n\nИзменить нельзя ни одной записи. Останется как есть 1 запись (⚠️).\n\n⚠️ 10:00 · Борис Ли · Стрижка · Анна\n   это время держим до 09:10 за клиентом, который решает, записаться ли\n\n⏳ Кто-то как раз записывается на нужное время. Через 7 минут оно или освободится, или станет записью: тогда посмотрите ещё раз.',
    )
    expect(labels(owner)).toEqual(['🔄 Посмотреть ещё раз', '‹ Назад'])
    salon.clock.now += 7 * MINUTE
    await owner.tap('🔄 Посмотреть ещё раз')
    expect(owner.screen().text).toContain('Изменится 1 запись.\n\n• 10:00 → 10:30 · Борис Ли')
    expect(owner.screen().text).not.toContain('⏳')
    // Whoever begins to book after the look is not pushed away, and the admin is told why.
    await clara.tapData(time(11))
    await owner.tap('Да, сдвинуть 1 запись')
    expect(owner.screen().text).toContain('это время держим до 09:20')
    await clara.tap('✅ Book')
    await owner.tap('🔄 Посмотреть ещё раз')
    // Above the notice of the new booking.
    const view = salon.messagesOf(owner.user.id).at(-2)
    expect(view?.text).toContain('10:00 → 10:30 · Борис Ли · Стрижка · Анна')
    expect(view?.text).toContain('11:00 → 11:30 · Clara · Стрижка · Анна')
  })

  test('into the past is refused, and nothing is offered where nothing can be done', async () => {
    salon.clock.now = at(9, 50)
    await booked(boris, at(10))
    await openShift()
    await owner.tap('−15 мин')
    expect(owner.screen().text).toContain('Изменить нельзя ни одной записи. Останется как есть 1 запись (⚠️).')
    expect(owner.screen().text).toContain('новое время уже прошло')
    expect(labels(owner)).toEqual(['‹ Назад'])
  })

  test('does nothing when the day has changed since, but shows it anew', async () => {
    await booked(boris, at(10))
    await openShift()
    await owner.tap('+15 мин')
    await booked(clara, at(12))
    await owner.tap(/^Да, сдвинуть/)
    expect(owner.lastToast()).toBe(
      'Пока вы решали, записи изменились. Ничего не сделано: посмотрите ещё раз.',
    )
    expect(await bookings()).toEqual(['10:00–11:00 booked', '12:00–13:00 booked'])
    expect(await count('admin_actions')).toBe(0)
    await owner.tap('Да, сдвинуть 2 записи')
    expect(await bookings()).toEqual(['10:15–11:15 booked', '12:15–13:15 booked'])
  })

  test('is done once however often its button is tapped', async () => {
    await booked(boris, at(10))
    await openShift()
    await owner.tap('+15 мин')
    const screen = owner.screen()
    const data = owner.dataOf(/^Да, сдвинуть/)
    await Promise.all([owner.tapOn(screen.messageId, data), owner.tapOn(screen.messageId, data)])
    await owner.tapOn(screen.messageId, data)
    expect(owner.lastToast()).toBe('Это уже сделано.')
    expect(owner.screen().text).toContain('Сдвинуто записей: 1')
    expect(await bookings()).toEqual(['10:15–11:15 booked'])
    expect(salon.messagesOf(boris.user.id).filter(({ kind }) => kind === 'customer-moved')).toHaveLength(1)
  })

  test('tells a member of staff with an account in one message', async () => {
    const account = salon.person({ first_name: 'Анна', language_code: 'en' })
    await account.write('/start')
    await salon.sql('update staff set telegram_id = $1 where id = $2', [account.user.id, anna])
    await booked(boris, at(10))
    await booked('Дед', at(11))
    await booked(clara, at(11), { staffId: vera })
    await openShift()
    await owner.tap('+60 мин')
    await owner.tap(/^Да, сдвинуть/)
    expect(salon.messagesOf(account.user.id).filter(({ kind }) => kind === 'staff-notice')).toMatchObject([
      {
        text: '🔁 Your bookings have moved. Now:\n• Thu 26 November, 11:00–12:00 · Стрижка, Борис Ли\n• Thu 26 November, 12:00–13:00 · Стрижка, Дед',
      },
    ])
  })

  test('pages a long day', async () => {
    for (let hour = 10; hour < 18; hour++) await booked('Гость', at(hour))
    await booked('Гость', at(12), { staffId: vera })
    await openShift()
    await owner.tap('−15 мин')
    expect(labels(owner)).toEqual(['1/2', '›', 'Да, сдвинуть 9 записей', '‹ Назад'])
    await owner.tap('›')
    expect(owner.screen().text).toContain('17:00 → 16:45')
    await owner.tap('Да, сдвинуть 9 записей')
    expect(owner.screen().text).toContain('Сдвинуто записей: 9')
  })
})

describe('changing the service of a day', () => {
  test('gives the new length and price where that fits, and says where it does not', async () => {
    await booked(boris, at(10))
    await booked(clara, at(11))
    await booked('Дед', at(14))
    await booked(boris, at(10), { staffId: vera })
    await booked(clara, at(16), { services: [cut, nails], minutes: 90 })
    await openService()
    expect(owner.screen().text).toBe('чт, 26 ноября\nКакую услугу поменять? После точки – сколько записей.')
    expect(labels(owner)).toEqual(['Стрижка · 5', 'Маникюр · 1', '‹ Назад'])
    await owner.tap('Стрижка · 5')
    await owner.tap('Маникюр')
    expect(owner.screen().text).toBe(
      [
        'Поменять «Стрижка» на «Маникюр»?\nчт, 26 ноября\nНачало не изменится. Длительность и цена будут как у новой услуги.\n',
        'Изменятся 2 записи. Останутся как есть 3 записи (⚠️).\n',
        '⚠️ 10:00 · Борис Ли · Стрижка · Анна\n   это время занято',
        '⚠️ 10:00 · Борис Ли · Стрижка · Вера\n   специалист не делает новую услугу',
        '• 11:00 · Clara · Стрижка · Анна\n   до 12:30, от 1 500 ₽',
        '📵 14:00 · Дед · Стрижка · Анна\n   до 15:30, от 1 500 ₽',
        '⚠️ 16:00 · Clara · Стрижка + Маникюр · Анна\n   в записи несколько услуг, поменяйте её отдельно\n',
        'Сообщений клиентам: 1.\n',
        '📵 1 клиенту бот написать не может: позвоните сами.',
      ].join('\n'),
    )
    await owner.tap('Да, поменять в 2 записях')
    expect(owner.screen().text).toContain('✅ Услуга изменена, записей: 2')
    expect(await bookings()).toEqual([
      '10:00–11:00 booked',
      '11:00–12:30 booked',
      '14:00–15:30 booked',
      '10:00–11:00 booked',
      '16:00–17:30 booked',
    ])
    expect(
      await salon.sql(
        `select lines->0->>'name' as name, price_minor::int as price from bookings where id = (select min(id) + 1 from bookings)`,
      ),
    ).toEqual([{ name: 'Маникюр', price: 150000 }])
    expect(lastOf(clara)?.text).toContain('Маникюр\nThu 26 November, 11:00–12:30')
    expect(lastOf(clara)?.text).toContain('from ₽1,500')
    expect(lastOf(boris)?.kind).not.toBe('customer-changed')
    expect(await salon.sql('select action, reason from booking_history')).toEqual([
      { action: 'changed', reason: 'Стрижка → Маникюр' },
      { action: 'changed', reason: 'Стрижка → Маникюр' },
    ])
  })

  test('takes no service that is gone, and nothing where there are no bookings', async () => {
    await openService()
    expect(owner.screen().text).toBe('чт, 26 ноября\nЗаписей нет, менять нечего. Выберите другой день.')
    await owner.tapData(
      encodeButton({
        to: 'mass-view',
        task: { kind: 'service', date: '2026-11-26', serviceId: cut, toId: 999 },
        page: 0,
      }),
    )
    expect(owner.lastToast()).toBe('Этого больше нет в списке услуг.')
  })
})

describe('cancelling days', () => {
  test('tells each customer why; what has begun or is marked stays', async () => {
    salon.clock.now = at(10, 30)
    await booked(boris, at(10))
    await booked(clara, at(12))
    await booked('Дед', at(12), { staffId: vera })
    await booked(boris, at(34))
    await openCancel()
    expect(labels(owner)).toEqual([
      'Да, отменить 2 записи',
      '💬 Указать причину',
      '📆 Несколько дней подряд',
      '👤 Все специалисты',
      '⛔ Закрыть время и отменить',
      '‹ Назад',
    ])
    await owner.tap('📆 Несколько дней подряд')
    await owner.write('27.11')
    await owner.tap('💬 Указать причину')
    await owner.write('прорвало <трубу>')
    expect(owner.screen().text).toBe(
      [
        'Отменить записи?\nчт, 26 ноября – пт, 27 ноября\nВсе специалисты\n',
        'Причина: прорвало <трубу>\n',
        'Отменятся 3 записи. Останется как есть 1 запись (⚠️).\n',
        '⚠️ чт, 26 нояб., 10:00 · Борис Ли · Стрижка · Анна\n   визит уже начался',
        '• чт, 26 нояб., 12:00 · Clara · Стрижка · Анна',
        '📵 чт, 26 нояб., 12:00 · Дед · Стрижка · Вера',
        '• пт, 27 нояб., 10:00 · Борис Ли · Стрижка · Анна\n',
        'Сообщений клиентам: 2.\n',
        '📵 1 клиенту бот написать не может: позвоните сами.\n',
        'Время освободится, и на него снова можно будет записаться. Если вы не работаете, лучше закройте его: записи тоже отменятся.',
      ].join('\n'),
    )
    await owner.tap('Да, отменить 3 записи')
    expect(owner.screen().text).toContain('✅ Отменено записей: 3\nчт, 26 ноября – пт, 27 ноября')
    expect(owner.screen().text).toContain('Клиентам отправлены сообщения: 2.')
    expect(await bookings()).toEqual([
      '10:00–11:00 booked',
      '12:00–13:00 cancelled',
      '12:00–13:00 cancelled',
      '10:00–11:00 cancelled',
    ])
    expect(lastOf(clara)?.text).toContain('прорвало <трубу>')
    expect(lastOf(boris)?.text).toBe(
      '❌ Ваша запись отменена\n\nСтрижка\nпт, 27 ноября, 10:00–11:00\nПричина: прорвало <трубу>\n\nИзвините за неудобство. Выбрать другое время можно здесь же.',
    )
  })

  test('asks again when the reason was lost', async () => {
    await booked(boris, at(10))
    await openCancel()
    await owner.tap('💬 Указать причину')
    await owner.write('болею')
    owner.dialogue.set({ v: 1, screen: 'other' })
    await owner.tap(/^Да, отменить/)
    expect(owner.lastToast()).toBe('Причина не сохранилась. Проверьте и укажите её ещё раз, если нужно.')
    expect(await bookings()).toEqual(['10:00–11:00 booked'])
  })

  test('one member of staff alone, or rather by closing the time', async () => {
    await booked(boris, at(10))
    await booked(clara, at(10), { staffId: vera })
    await openCancel()
    await owner.tap(/👤/)
    await owner.tap('Вера')
    await owner.tap('Да, отменить 1 запись')
    expect(await bookings()).toEqual(['10:00–11:00 booked', '10:00–11:00 cancelled'])
    await openCancel()
    await owner.tap('⛔ Закрыть время и отменить')
    expect(owner.screen().text).toContain('Закрыть это время?\nчт, 26 ноября, весь день')
  })

  test('is not done to days that are over', async () => {
    salon.clock.now = at(9 + 24)
    await owner.tapData(
      encodeButton({
        to: 'mass-view',
        task: { kind: 'cancel', span: { from: '2026-11-26', to: '2026-11-26' }, staffId: null },
        page: 0,
      }),
    )
    expect(owner.lastToast()).toBe('Это время уже прошло. Выберите другое.')
  })
})

test('customers who have blocked the bot are not written to, and the admin is told so', async () => {
  await booked(boris, at(10))
  await salon.sql('update users set gone_at = now() where telegram_id = $1', [boris.user.id])
  await openShift()
  await owner.tap('+15 мин')
  expect(owner.screen().text).toContain('Сообщений клиентам не будет.')
  await owner.tap(/^Да, сдвинуть/)
  expect(owner.screen().text).toContain('Этим клиентам бот написать не может')
  expect(lastOf(boris)?.kind).not.toBe('customer-moved')
})
