import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openSalon, type PretendPerson, type Salon } from './pretend.ts'

let salon: Salon
let admin: PretendPerson
beforeEach(async () => {
  salon = await openSalon()
  await salon.sql(`update staff set name = 'Анна'`)
  await salon.sql(`insert into staff (name, sort_order) values ('Вера', 1)`)
  admin = salon.person({ first_name: 'Хозяйка' })
  salon.admins.push(admin.user.id)
  await admin.write('/admin')
})
afterEach(() => salon.close())

const labels = (person: PretendPerson) => person.screen().buttons.map(({ label }) => label)
const actions = async () =>
  (await salon.sql<{ action: string }>('select action from admin_actions order by id')).map(
    (row) => row.action,
  )

async function idOf(name: string): Promise<number> {
  const [row] = await salon.sql<{ id: string }>('select id from staff where name = $1', [name])
  return Number(row?.id)
}

/** A customer's booking, on a Moscow day and hour. */
async function booked(staff: string, date: string, hour: number): Promise<void> {
  const start = Date.parse(`${date}T00:00:00Z`) + (hour - 3) * 3_600_000
  await salon.sql(
    `with customer as (insert into users (first_name, username, phone) values ('Борис', 'boris', '+79990000000') returning id)
     insert into bookings (customer_id, staff_id, status, starts_at, ends_at, busy, local_date, local_time, time_zone, lines)
     select customer.id, staff.id, 'booked', $2, $3, tstzrange($2, $3), $4, '10:00', 'Europe/Moscow',
            '[{"serviceId": 1, "name": "Стрижка", "minutes": 60, "priceMinor": null, "currency": "RUB"}]'
       from customer, staff
      where staff.name = $1`,
    [staff, new Date(start), new Date(start + 3_600_000), date],
  )
}

async function open(name: string): Promise<void> {
  await admin.write('/admin')
  await admin.tap('👥 Сотрудники')
  await admin.tap(name)
}

/** Times that a customer sees with this member of staff on a day. */
async function timesOf(name: string, day: string): Promise<string[]> {
  const customer = salon.person()
  await customer.write('/book')
  await customer.tap(/Консультация/)
  await customer.tap(name)
  await customer.tap('📆 Другой день')
  try {
    await customer.tap(day)
  } catch {
    return []
  }
  return labels(customer).filter((label) => /^\d\d:\d\d$/.test(label))
}

describe('the staff', () => {
  test('is a list and a card for each, in Russian and in English', async () => {
    await admin.tap('👥 Сотрудники')
    expect(admin.screen().text).toBe(
      'Сотрудники\nК ним записываются клиенты – в этом порядке. Нажмите на имя, чтобы настроить.',
    )
    expect(labels(admin)).toEqual(['Анна', 'Вера', '➕ Добавить', '‹ Назад'])
    await admin.tap('Вера')
    expect(admin.screen().text).toBe(
      'Вера\n✅ Принимает записи\nЧасы: как у всего заведения\nПредстоящих записей: 0\nTelegram не привязан',
    )
    expect(labels(admin)).toEqual([
      '🕘 Часы работы',
      '🏖 Отпуск, особые дни',
      '📋 Записи',
      '✏️ Имя',
      '⬆️ Выше',
      '⬇️ Ниже',
      '⏸ Не принимает',
      '🔗 Привязать Telegram',
      '🗑 Удалить',
      '‹ Все сотрудники',
    ])
    const owner = salon.person({ language_code: 'en' })
    salon.admins.push(owner.user.id)
    await owner.write('/admin')
    await owner.tap('👥 Staff')
    expect(owner.screen().text).toBe(
      'Staff\nCustomers book with them, in this order. Tap a name to set things up.',
    )
    await owner.tap('Вера')
    expect(owner.screen().text).toBe(
      'Вера\n✅ Takes bookings\nHours: as the business\nUpcoming bookings: 0\nTelegram is not linked',
    )
  })

  test('grows by a typed name, which must tell apart from the others; it can be changed', async () => {
    await admin.tap('👥 Сотрудники')
    await admin.tap('➕ Добавить')
    await admin.write('я'.repeat(101))
    expect(admin.screen().text).toContain('Имя – от 1 до 100 символов')
    await admin.write('вера')
    expect(admin.screen().text).toContain('«вера» уже есть')
    await admin.write('  Вера   <b>Петрова ')
    expect(admin.screen().text).toContain('Вера <b>Петрова\n✅ Принимает записи')
    await admin.tap('✏️ Имя')
    await admin.write('Глаша')
    expect(admin.screen().text).toContain('Глаша\n')
    await admin.tap('‹ Все сотрудники')
    expect(labels(admin).slice(0, 3)).toEqual(['Анна', 'Вера', 'Глаша'])
    expect(await actions()).toEqual(['staff.add', 'staff.rename'])
    expect(
      await salon.sql(
        'select distinct extract(epoch from created_at)::float8 * 1000 as at from staff where id > 2',
      ),
    ).toEqual([{ at: salon.clock.now }])
  })

  test('is ordered as customers see it, and a place at the end stays', async () => {
    await open('Вера')
    await admin.tap('⬆️ Выше')
    expect(admin.lastToast()).toBe('Место в списке: 1 из 2')
    await admin.tap('⬆️ Выше')
    expect(admin.lastToast()).toBe('Место в списке: 1 из 2')
    const customer = salon.person()
    await customer.write('/book')
    await customer.tap(/Консультация/)
    expect(labels(customer).slice(0, 3)).toEqual(['Неважно, кто', 'Вера', 'Анна'])
    expect(await actions()).toEqual(['staff.order'])
  })

  test('who takes no bookings is hidden from customers; the last one cannot be', async () => {
    await booked('Вера', '2026-11-27', 10)
    await open('Вера')
    const off = admin.dataOf('⏸ Не принимает')
    await admin.tapData(off)
    expect(admin.lastToast()).toBe('Новых записей не будет. Прежние остаются: 1.')
    await admin.tapData(off)
    expect(admin.screen().text).toContain('⏸ Не принимает записи: клиенты его не видят')
    await open('Анна')
    await admin.tap('⏸ Не принимает')
    expect(admin.lastToast()).toContain('Это единственный, кто принимает записи.')
    await open('⏸ Вера')
    await admin.tap('▶️ Принимает')
    expect(admin.screen().text).toContain('✅ Принимает записи')
    expect(await actions()).toEqual(['staff.deactivate', 'staff.activate'])
  })

  test('of two admins who switch off the last two at once, one is told no', async () => {
    const other = salon.person()
    salon.admins.push(other.user.id)
    await other.write('/admin')
    await other.tap('👥 Сотрудники')
    await other.tap('Анна')
    await open('Вера')
    await Promise.all([admin.tap('⏸ Не принимает'), other.tap('⏸ Не принимает')])
    expect(await salon.sql('select 1 from staff where is_active')).toHaveLength(1)
    expect(await actions()).toEqual(['staff.deactivate'])
  })

  test('nobody is deleted whom a customer is waiting for; others are after a question, and can come back', async () => {
    await booked('Вера', '2026-11-27', 10)
    await open('Вера')
    await admin.tap('🗑 Удалить')
    expect(admin.screen().text).toContain('пока нельзя: к нему ждёт своего времени 1 запись.')
    await admin.tap('📋 Записи')
    expect(admin.screen().text).toBe(
      'Вера\nПредстоящих записей: 1\n\nпт, 27 ноября, 10:00–11:00\nСтрижка\nБорис (@boris), +79990000000',
    )
    await salon.sql(`update bookings set status = 'cancelled'`)
    await open('Вера')
    await admin.tap('🗑 Удалить')
    expect(admin.screen().text).toContain('Удалить сотрудника «Вера»?')
    const yes = admin.dataOf('🗑 Да, удалить')
    await admin.tapData(yes)
    expect(labels(admin)).toEqual(['Анна', '➕ Добавить', '🗑 Удалённые (1)', '‹ Назад'])
    await admin.tapData(yes)
    expect(admin.lastToast()).toBe('Этого сотрудника уже нет в списке.')
    await admin.tap('Анна')
    await admin.tap('🗑 Удалить')
    expect(admin.lastToast()).toContain('Это единственный, кто принимает записи.')
    await admin.tap('‹ Все сотрудники')
    await admin.tap('🗑 Удалённые (1)')
    const back = admin.dataOf('↩ Вера')
    await admin.tapData(back)
    await admin.tapData(back)
    expect(admin.screen().text).toContain('Вера\n⏸ Не принимает записи')
    expect(await actions()).toEqual(['staff.delete', 'staff.restore'])
  })

  test('an answer about somebody who was deleted meanwhile ends at the list', async () => {
    await open('Вера')
    await admin.tap('✏️ Имя')
    await salon.sql(`update staff set is_active = false, deleted_at = now() where name = 'Вера'`)
    await admin.write('Глаша')
    expect(admin.screen().text).toContain('Этого сотрудника уже нет в списке.\n\nСотрудники')
    expect(await idOf('Глаша')).toBeNaN()
  })
})

describe('hours of a member of staff', () => {
  test('are typed for each day with breaks; the other days stay as they were; others keep the business’s', async () => {
    await open('Вера')
    await admin.tap('🕘 Часы работы')
    expect(admin.screen().text).toBe(
      [
        'Вера\nЧасы: как у всего заведения\n',
        'пн  09:00–18:00\nвт  09:00–18:00\nср  09:00–18:00\nчт  09:00–18:00\nпт  09:00–18:00\nсб  09:00–18:00\nвс  выходной',
      ].join('\n'),
    )
    await admin.tap('пт')
    await admin.write('18-9')
    expect(admin.screen().text).toContain('начало и конец перепутаны')
    await admin.write('9-14, 13-18')
    expect(admin.screen().text).toContain('накладываются')
    await admin.write('когда как')
    expect(admin.screen().text).toContain('Не понял часы')
    await admin.write('10-12, 16:00–18')
    expect(admin.screen().text).toContain('Часы: свои')
    expect(admin.screen().text).toContain('чт  09:00–18:00\nпт  10:00–12:00, 16:00–18:00\nсб  09:00–18:00')
    expect(await timesOf('Вера', '27')).toEqual(['10:00', '10:30', '11:00', '16:00', '16:30', '17:00'])
    expect(await timesOf('Анна', '27')).toContain('13:00')
  })

  test('of one day are copied to others; a week has a day of work; own hours are given up after a question', async () => {
    await open('Вера')
    await admin.tap('🕘 Часы работы')
    await admin.tap('пн')
    await admin.write('12-15')
    await admin.tap('пн')
    await admin.tap('📋 Скопировать на другие дни')
    expect(admin.screen().text).toBe('пн: 12:00–15:00\nНа какие дни скопировать?')
    await admin.tap('Вся неделя')
    expect(admin.screen().text).toContain('сб  12:00–15:00\nвс  12:00–15:00')
    for (const day of ['вт', 'ср', 'чт', 'пт', 'сб', 'вс']) {
      await admin.tap(day)
      await admin.tap('Выходной')
    }
    await admin.tap('пн')
    await admin.tap('Выходной')
    expect(admin.lastToast()).toContain('Хотя бы один день в неделе должен быть рабочим.')
    await admin.tap('‹ Назад')
    await admin.tap('🏠 Как у всего заведения')
    expect(admin.screen().text).toContain('Вернуть часы всего заведения?')
    await admin.tap('Да, вернуть')
    expect(admin.screen().text).toContain('Часы: как у всего заведения')
    expect(await salon.sql('select 1 from working_hours where staff_id is not null')).toEqual([])
  })

  test('a day’s question that a rota has overtaken ends at the week as it is now', async () => {
    await open('Вера')
    await admin.tap('🕘 Часы работы')
    await admin.tap('пт')
    const dayOff = admin.dataOf('Выходной')
    await salon.sql(
      `insert into working_hours (kind, staff_id, anchor_date, pattern, opens, closes)
       values ('rota', $1, '2026-11-26', '{1,0}', '10:00', '20:00')`,
      [await idOf('Вера')],
    )
    await admin.tapData(dayOff)
    expect(admin.lastToast()).toContain('устарела')
    expect(admin.screen().text).toContain('Сменный график 1/1')
    await admin.tapData(dayOff.replace('TO:', 'TW:'))
    await admin.tapData(`1:TW:${(await idOf('Вера')).toString(36)}:9`)
    expect(
      await salon.sql(`select 1 from working_hours where kind = 'weekly' and staff_id is not null`),
    ).toEqual([])
  })

  test('do not take the guide’s hours from colleagues where the business has set none', async () => {
    await salon.sql('delete from working_hours')
    await open('Вера')
    await admin.tap('🕘 Часы работы')
    await admin.tap('пт')
    await admin.write('12-15')
    expect(await timesOf('Вера', '27')).toEqual(['12:00', '12:30', '13:00', '13:30', '14:00'])
    expect(await timesOf('Анна', '27')).toContain('09:00')
  })

  test('follow a rota, shown for the next 14 days', async () => {
    await open('Вера')
    await admin.tap('🕘 Часы работы')
    await admin.tap('🔄 Сменный график')
    await admin.tap('✏️ Другой')
    await admin.write('через день')
    expect(admin.screen().text).toContain('Не понял график')
    await admin.write('0/2')
    expect(admin.screen().text).toContain('нет ни одного рабочего дня')
    await admin.write('2 через 2')
    await admin.write('вчера')
    expect(admin.screen().text).toContain('Не понял дату')
    await admin.tap('чт, 26 ноября')
    await admin.write('выходной')
    expect(admin.screen().text).toContain('Для смены нужны рабочие часы')
    await admin.write('10-14, 20-02')
    expect(admin.screen().text).toBe(
      [
        'Вера\nБлижайшие 14 дней:\n',
        'ср, 25 ноября  выходной',
        'чт, 26 ноября  10:00–14:00, 20:00–02:00',
        'пт, 27 ноября  10:00–14:00, 20:00–02:00',
        'сб, 28 ноября  выходной',
        'вс, 29 ноября  выходной',
        'пн, 30 ноября  10:00–14:00, 20:00–02:00',
        'вт, 1 декабря  10:00–14:00, 20:00–02:00',
        'ср, 2 декабря  выходной',
        'чт, 3 декабря  выходной',
        'пт, 4 декабря  10:00–14:00, 20:00–02:00',
        'сб, 5 декабря  10:00–14:00, 20:00–02:00',
        'вс, 6 декабря  выходной',
        'пн, 7 декабря  выходной',
        'вт, 8 декабря  10:00–14:00, 20:00–02:00',
      ].join('\n'),
    )
    expect(await timesOf('Вера', '28')).toEqual([])
    await admin.tap('🕘 Часы работы')
    expect(admin.screen().text).toContain('Сменный график 2/2 с чт, 26 ноября: 10:00–14:00, 20:00–02:00')
    await admin.tap('✕ Убрать график')
    expect(admin.screen().text).toContain('Часы: как у всего заведения')
  })

  test('that leave bookings outside say so: a day, a rota, its end, and the business’s hours again', async () => {
    await booked('Вера', '2026-12-02', 10)
    await booked('Вера', '2026-12-04', 16)
    await booked('Анна', '2026-12-02', 10)
    await open('Вера')
    await admin.tap('🕘 Часы работы')
    await admin.tap('ср')
    await admin.write('12-18')
    expect(admin.screen().text).toContain('⚠️ Вне новых рабочих часов остаётся 1 запись.')
    await admin.tap('📋 Записи')
    expect(admin.screen().text).toContain('2 декабря')
    // What lay outside before is nothing new.
    await open('Вера')
    await admin.tap('🕘 Часы работы')
    await admin.tap('ср')
    await admin.write('13-18')
    expect(admin.screen().text).not.toContain('⚠️')
    await admin.tap('🏠 Как у всего заведения')
    await admin.tap('Да, вернуть')
    expect(admin.screen().text).not.toContain('⚠️')
    await admin.tap('🔄 Сменный график')
    await admin.tap('2/2')
    await admin.tap('чт, 26 ноября')
    await admin.write('10-15')
    // Fridays and the second are off by it or end too soon.
    expect(admin.screen().text).toContain('⚠️ Вне новых рабочих часов остаются 2 записи.')
    expect(labels(admin)).toContain('📋 Записи')
    // The business works in the evenings now: what lies within the rota does not lie within its hours.
    await booked('Вера', '2026-12-08', 12)
    await salon.sql(`delete from working_hours where staff_id is null`)
    await salon.sql(
      `insert into working_hours (kind, weekday, opens, closes) select 'weekly', n, '19:00', '21:00' from generate_series(1, 7) n`,
    )
    await open('Вера')
    await admin.tap('🕘 Часы работы')
    await admin.tap('✕ Убрать график')
    expect(admin.screen().text).toContain('⚠️ Вне новых рабочих часов остаётся 1 запись.')
  })
})

describe('special days of a member of staff', () => {
  test('off say first what they hit, keep those bookings, and the newest word about a day holds', async () => {
    await booked('Вера', '2026-12-02', 10)
    await booked('Вера', '2026-12-04', 11)
    await booked('Анна', '2026-12-03', 10)
    await open('Вера')
    await admin.tap('🏖 Отпуск, особые дни')
    expect(admin.screen().text).toContain('Особых дней нет.')
    await admin.tap('🏖 Отпуск или выходной')
    await admin.write('01.11.2026')
    expect(admin.screen().text).toContain('уже прошли')
    await admin.write('1-7 декабря')
    expect(admin.screen().text).toBe(
      [
        'Закрыть для записи?\nВера: вт, 1 декабря – пн, 7 декабря',
        '⚠️ На эти дни уже есть 2 записи. Они не отменятся: перенесите или отмените их в расписании.',
        'ср, 2 декабря, 10:00–11:00\nСтрижка\nБорис (@boris), +79990000000',
        'пт, 4 декабря, 11:00–12:00\nСтрижка\nБорис (@boris), +79990000000',
      ].join('\n\n'),
    )
    await admin.tap('✏️ Закрыть с пометкой')
    await admin.write('Море')
    expect(admin.screen().text).toContain('⚠️ В эти дни вне рабочих часов остаются 2 записи.')
    expect(await timesOf('Вера', '2')).toEqual([])

    await admin.tap('🏖 Отпуск, особые дни')
    await admin.tap('🕘 Другие часы')
    await admin.write('2.12')
    await admin.write('9-12')
    expect(admin.screen().text).toBe('✅ Вера\nср, 2 декабря: 09:00–12:00')
    await admin.tap('🏖 Отпуск, особые дни')
    expect(labels(admin).slice(0, 3)).toEqual([
      'вт, 1 декабря · выходной',
      'ср, 2 декабря · 09:00–12:00',
      'чт, 3 декабря – пн, 7 декабря · выходной',
    ])
    await admin.tap(/чт, 3 декабря/)
    expect(admin.screen().text).toBe('чт, 3 декабря – пн, 7 декабря\nвыходной\nМоре')
    const drop = admin.dataOf('✕ Убрать: снова как обычно')
    await admin.tapData(drop)
    await admin.tapData(drop)
    expect(labels(admin).slice(0, 2)).toEqual(['вт, 1 декабря · выходной', 'ср, 2 декабря · 09:00–12:00'])
    expect(await actions()).toEqual(['staff.special-days', 'staff.special-days', 'staff.special-days'])
    expect(await salon.sql(`select 1 from bookings where status = 'booked'`)).toHaveLength(3)
  })
})

test('days off are looked at before they are closed, and are no longer closed once they are over', async () => {
  const { now } = salon.clock
  await booked('Анна', '2026-11-27', 12)
  await open('Анна')
  await admin.tap('🏖 Отпуск, особые дни')
  await admin.tap('🏖 Отпуск или выходной')
  await admin.write('27.11')
  const question = admin.screen().text
  expect(question).toContain('Закрыть для записи?\nАнна: пт, 27 ноября\n\n⚠️ На эти дни уже есть 1 запись.')
  await admin.tap('✏️ Закрыть с пометкой')
  await admin.tap('‹ Назад')
  expect(admin.screen().text).toBe(question)
  const close = admin.dataOf('✅ Закрыть')
  salon.clock.now = now + 3 * 24 * 3_600_000
  await admin.tapData(close)
  expect(admin.lastToast()).toBe('Эта кнопка устарела. Вот свежее меню.')
  expect(admin.screen().text).toContain('Особых дней нет.')
  salon.clock.now = now
  await admin.tapData(close)
  expect(admin.screen().text).toContain('✅ Анна\nпт, 27 ноября')
  expect(await actions()).toEqual(['staff.special-days'])
})

test('a note on days off that are over meanwhile leads back to the question for the days', async () => {
  await open('Анна')
  await admin.tap('🏖 Отпуск, особые дни')
  await admin.tap('🏖 Отпуск или выходной')
  await admin.write('27.11')
  await admin.tap('✏️ Закрыть с пометкой')
  salon.clock.now += 3 * 24 * 3_600_000
  await admin.write('К морю')
  expect(admin.screen().text).toContain('В какие дни не работает?')
  await admin.write('30.11')
  expect(admin.screen().text).toContain('Закрыть для записи?\nАнна: пн, 30 ноября')
  expect(await actions()).toEqual([])
})
