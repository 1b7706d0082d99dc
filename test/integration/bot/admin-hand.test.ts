import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { emptySalon, openSalon, type PretendPerson, type Salon, START } from './pretend.ts'

const HOUR = 3_600_000

let salon: Salon
let owner: PretendPerson
beforeAll(async () => {
  salon = await openSalon()
})
afterAll(() => salon.close())
beforeEach(async () => {
  await emptySalon(salon)
  await salon.sql(`insert into services (name, minutes, price_minor) values ('Стрижка', 60, 200000)`)
  await salon.sql(`insert into staff (name) values ('Анна'), ('Вера')`)
  owner = salon.person({ first_name: 'Ольга' })
  await owner.write('/start')
  salon.admins.push(owner.user.id)
})

const labels = (person: PretendPerson) => person.screen().buttons.map(({ label }) => label)
const customers = () => salon.sql('select first_name, phone from users where telegram_id is null order by id')
const bookings = () => salon.sql('select staff_id::int, status, source from bookings order by id')

/** From the panel to the question for whom, at a time with Анна. */
async function chooseTime(time: string | RegExp = 'чт, 26 нояб., 09:00'): Promise<void> {
  await owner.write('/admin')
  await owner.tap('➕ Записать клиента')
  await owner.tap(/Стрижка/)
  await owner.tap('Анна')
  await owner.tap(time)
}

describe('booking by hand', () => {
  test('somebody new, by name and phone', async () => {
    await owner.write('/admin')
    await owner.tap('➕ Записать клиента')
    expect(labels(owner)).toEqual(['Стрижка · 60 мин · 2 000 ₽', '‹ К расписанию'])
    await owner.tap(/Стрижка/)
    expect(labels(owner)).toEqual(['Неважно, кто', 'Анна', 'Вера', '‹ К услугам'])
    await owner.tap('Анна')
    // At once: the lead time is the customers'.
    expect(labels(owner)[0]).toBe('ср, 25 нояб., 09:30')
    await owner.tap('чт, 26 нояб., 09:00')
    expect(owner.screen().text).toBe(
      'Стрижка\nчт, 26 ноября, 09:00–10:00\n\nКого записать? Напишите имя и телефон, например: Анна 8 916 123-45-67.\nЕсли клиент уже бывал у вас, хватит имени, номера или его последних цифр.',
    )
    await owner.write('Марина 8 (916) 123-45-67')
    expect(owner.screen().text).toBe('По «Марина, +79161234567» никого не нашлось. Новый клиент?')
    await owner.tap('➕ Новый клиент: Марина, +79161234567')
    expect(owner.screen().text).toBe(
      'Записать?\n\nМарина, +79161234567\nСтрижка\nСпециалист: Анна\nчт, 26 ноября, 09:00–10:00\nСтоимость: 2 000 ₽\n\nСообщения клиент не получит: в боте его нет. Позвоните сами.',
    )
    const yes = owner.dataOf('✅ Записать')
    await owner.tapData(yes)
    expect(owner.screen().text).toContain('Клиент записан. Сообщения клиент не получит')
    expect(owner.screen().text).toContain('Марина, +79161234567')
    expect(owner.screen().text).toContain('записал(а) администратор Ольга')
    await owner.tapData(yes)
    expect(owner.lastToast()).toBe('Эта запись уже сделана.')
    expect(await customers()).toEqual([{ first_name: 'Марина', phone: '+79161234567' }])
    expect(await bookings()).toEqual([{ staff_id: 1, status: 'booked', source: 'admin' }])
    expect(await salon.sql('select action from admin_actions')).toEqual([{ action: 'booking.create' }])
  })

  test('somebody known, beyond their limit, told in their own language', async () => {
    await salon.setting({ maxBookingsPerUser: 1 })
    const eve = salon.person({ first_name: 'Eve', last_name: '50%', username: 'eve_x', language_code: 'en' })
    await eve.write('/start')
    for (const time of ['чт, 26 нояб., 09:00', 'пт, 27 нояб., 09:00']) {
      await chooseTime(time)
      await owner.write('50%')
      expect(labels(owner)[0]).toBe('Eve 50% · @eve_x')
      await owner.tap('Eve 50% · @eve_x')
      expect(owner.screen().text).toContain('Eve 50% (@eve_x)')
      await owner.tap('✅ Записать')
      expect(owner.screen().text).toContain('Клиент записан. Клиенту отправлено сообщение.')
    }
    expect(eve.screen().text).toBe(
      '✅ You have been booked\n\nСтрижка\nFri 27 November, 09:00–10:00\nWith: Анна\nPrice: ₽2,000\n\nYou can cancel or move it up to 24 hours before the start.',
    )
    expect(await bookings()).toHaveLength(2)
  })

  test('the same number is the same customer, however it is written and whatever the name', async () => {
    await salon.sql(`insert into users (first_name, phone) values ('Марина', '8 916 123-45-67')`)
    await chooseTime()
    for (const typed of ['+79161234567', 'Марина Петровна 916 1234567', '45-67']) {
      await owner.write(typed)
      expect(labels(owner)).toEqual(['Марина · 8 916 123-45-67', '‹ Назад'])
    }
    await owner.write('99-99')
    expect(owner.screen().text).toContain('Номера с такими цифрами нет.')
    await owner.write('+79990000000')
    expect(owner.screen().text).toBe(
      'Клиента с номером +79990000000 ещё нет. Напишите имя и номер вместе, например: Анна +79990000000',
    )
    await owner.write('%')
    expect(owner.screen().text).toContain('По «%» никого не нашлось.')
  })

  test('two admins who write down one number at once make one customer', async () => {
    const partner = salon.person({ first_name: 'Пётр' })
    await partner.write('/start')
    salon.admins.push(partner.user.id)
    const admins = [owner, partner]
    const confirm: string[] = []
    for (const [index, admin] of admins.entries()) {
      await admin.write('/admin')
      await admin.tap('➕ Записать клиента')
      await admin.tap(/Стрижка/)
      await admin.tap('Анна')
      await admin.tap(index === 0 ? 'чт, 26 нояб., 09:00' : 'пт, 27 нояб., 09:00')
      await admin.write('Марина 8 916 123-45-67')
      await admin.tap(/Новый клиент/)
      confirm.push(admin.dataOf('✅ Записать'))
    }
    await Promise.all(admins.map((admin, index) => admin.tapData(confirm[index] ?? '')))
    expect(await customers()).toHaveLength(1)
    expect(await bookings()).toHaveLength(2)
  })

  test('a name that Redis has lost is asked for again, and nothing is booked', async () => {
    await chooseTime()
    await owner.write('Марина')
    await owner.tap(/Новый клиент: Марина/)
    const yes = owner.dataOf('✅ Записать')
    owner.dialogue.set({ v: 1, screen: 'lost' })
    await owner.tapData(yes)
    expect(owner.lastToast()).toBe('Имя не сохранилось. Напишите его ещё раз.')
    expect(owner.screen().text).toContain('Кого записать?')
    await owner.write('Марина')
    await owner.tap(/Новый клиент: Марина/)
    await owner.tap('✅ Записать')
    expect(await customers()).toEqual([{ first_name: 'Марина', phone: null }])
  })

  test('a time that has been taken meanwhile is answered with others, and nobody is written down', async () => {
    await chooseTime()
    await owner.write('Марина')
    await owner.tap(/Новый клиент/)
    await salon.sql('insert into blocked_slots (busy) values (tstzrange($1, $2))', [
      new Date(START),
      new Date(START + 30 * HOUR),
    ])
    await owner.tap('✅ Записать')
    expect(owner.screen().text).toBe('Это время только что заняли. Ближайшее свободное:')
    expect(await customers()).toEqual([])
    // The others are an admin's buttons too.
    await owner.tap(/\d\d:\d\d/)
    expect(owner.screen().text).toContain('Кого записать?')
  })

  test('at a typed time outside the hours, after a question', async () => {
    await owner.write('/admin')
    await owner.tap('➕ Записать клиента')
    await owner.tap(/Стрижка/)
    await owner.tap('Неважно, кто')
    await owner.tap('⌨️ Ввести время')
    await owner.write('29.11 20:10')
    expect(owner.screen().text).toContain('⚠️ Это время вне рабочих часов.')
    await owner.write('Марина')
    await owner.tap(/Новый клиент/)
    expect(owner.screen().text).toContain('⚠️ Это время вне рабочих часов.')
    await owner.tap('Да, всё равно')
    expect(owner.screen().text).toContain('вс, 29 ноября, 20:10–21:10')
  })

  test('where nothing is on offer says what to do', async () => {
    await salon.sql('update services set is_active = false')
    await owner.write('/admin')
    await owner.tap('➕ Записать клиента')
    expect(owner.screen().text).toBe(
      'Записать пока не на что: нет ни одной включённой услуги. Добавьте её в разделе услуг.',
    )
    await owner.tapData('1:Bv:1:0')
    expect(owner.lastToast()).toBe('Этого больше нет в списке услуг.')
  })
})
