import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openSalon, type PretendPerson, type Salon } from './pretend.ts'

let salon: Salon
let owner: PretendPerson
beforeAll(async () => {
  salon = await openSalon()
  await salon.sql('delete from services')
  await salon.sql(`insert into services (name, minutes) values ('Стрижка', 60)`)
})
beforeEach(async () => {
  await salon.sql('delete from settings')
  await salon.sql('delete from admin_actions')
  await salon.setting({ title: 'Анна' })
  owner = salon.person({ first_name: 'Ольга' })
  salon.admins.splice(0, salon.admins.length, owner.user.id)
})
afterAll(() => salon.close())

const labels = () => owner.screen().buttons.map(({ label }) => label)
const row = async (key: string) =>
  (await salon.sql('select value, updated_by from settings where key = $1', [key]))[0]
const open = async (group: string, name: string) => {
  await owner.write('/admin')
  await owner.tap('⚙️ Настройки')
  await owner.tap(group)
  await owner.tap(new RegExp(`^${name}:`))
}

describe('the settings', () => {
  test('are shown at a glance with units, in either language; name and zone are the operator’s', async () => {
    await salon.setting({ address: 'Ленина, 1 <у парка>', cancellationHours: 12 })
    await owner.write('/admin')
    await owner.tap('⚙️ Настройки')
    expect(owner.screen().text).toBe(`Настройки

📅 Запись
Шаг времени: 30 мин
Записаться не позднее: за 1 час
Запись открыта: на 60 дней вперёд
Записей у одного клиента: 3 записи
Имя и телефон: не спрашивать
Держать время: 10 мин
Лист ожидания: да
Держать для очереди: 30 мин

🔁 Отмена и перенос
Отменить можно: за 12 часов
Перенести можно: как для отмены
Время передумать: 15 мин

📍 Контакты
Адрес: Ленина, 1 <у парка>
Телефон: не указано
Ссылка на карту: не указано
Сайт: не указано
Политика о данных: не указано
О нас: не указано

🔔 Уведомления
Напоминания: за 24 часа, 2 часа, 1 час
Вопрос «Как всё прошло?»: через 2 часа
Тихие часы: с: 22:00
Тихие часы: до: 08:00
Список на день: 08:00
Кто не отмечен: 20:00
Сам отметит «пришёл»: через 24 часа
Сообщать о записях: да

🛡 Защита от спама
Сообщений от человека: 120 в минуту
Нажатий от человека: 200 в минуту
Новых администраторов: 3 в час

🔒 Данные клиентов
Хранить данные клиентов: без срока

От оператора
Название: Анна
Часовой пояс: Europe/Moscow
Чтобы изменить их, напишите оператору.`)
    const english = salon.person({ language_code: 'en' })
    salon.admins.push(english.user.id)
    await english.write('/admin')
    await english.tap('⚙️ Settings')
    expect(english.screen().text).toContain('🔁 Cancelling and moving\nCancelling: 12 hours before')
    await english.tap('🛡 Against spam')
    await english.tap(/^New admins/)
    expect(english.screen().text).toBe(`New admins
How many admins can be added within an hour. Whoever gets hold of your account cannot bring in a crowd.

Now: 3 an hour

Choose, or send a number from 1 to 20.`)
  })

  test('are chosen by a tap, count at once, and are written down with who did it', async () => {
    await open('🔁 Отмена и перенос', 'Отменить можно')
    expect(owner.screen().text).toBe(`Отменить можно
За сколько до начала клиент ещё может отменить запись сам.

Сейчас: за 24 часа

Выберите или пришлите своё число часов: от 0 до 720. Можно и так: «3 дня».`)
    expect(labels()).toEqual([
      'до самого начала',
      'за 2 часа',
      'за 6 часов',
      'за 12 часов',
      '✓ за 24 часа',
      'за 2 дня',
      '‹ Назад',
    ])
    const choice = owner.dataOf('за 2 часа')
    await owner.tapData(choice)
    expect(owner.lastToast()).toBe('Сохранено')
    expect(owner.screen().text).toBe(
      '✅ Отменить можно: за 2 часа\n\n🔁 Отмена и перенос\nНажмите на то, что хотите изменить.',
    )
    await owner.tapData(choice)
    expect(owner.lastToast()).toBe('Уже так')
    expect(await row('cancellationHours')).toEqual({ value: 2, updated_by: `admin:${owner.user.id}` })
    const customer = salon.person()
    await customer.write('/about')
    expect(customer.screen().text).toContain('не позднее чем за 2 часа до начала')
    await owner.tap(/^Отменить можно:/)
    await owner.tap('↺ По умолчанию: за 24 часа')
    expect(await row('cancellationHours')).toBeUndefined()
    await customer.write('/about')
    expect(customer.screen().text).toContain('не позднее чем за 24 часа до начала')
    expect(await salon.sql('select action, target, details from admin_actions order by id')).toEqual([
      { action: 'setting.set', target: 'setting:cancellationHours', details: { before: 24, after: 2 } },
      { action: 'setting.set', target: 'setting:cancellationHours', details: { before: 2, after: 24 } },
    ])
  })

  test('are typed as people write, and what cannot be is asked again with what is expected', async () => {
    await open('📅 Запись', 'Шаг времени')
    await owner.write('полчаса')
    expect(owner.screen().text).toBe(
      'Такое значение не подходит. Выберите или пришлите своё число минут: от 5 до 480. Можно и так: «2 часа».',
    )
    await owner.write('481')
    expect(owner.screen().text).toContain('от 5 до 480')
    await owner.write('1 час')
    expect(owner.screen().text).toContain('✅ Шаг времени: 1 час')
    expect(await row('slotStepMinutes')).toMatchObject({ value: 60 })
    // The question is answered: what comes next is no setting.
    await owner.write('15')
    expect(await row('slotStepMinutes')).toMatchObject({ value: 60 })
  })

  test.each([
    ['Адрес', 'address', 'я'.repeat(201), 'Ленина, 1', 'Ленина, 1'],
    ['Телефон', 'phone', 'звоните', '+7 900 123-45-67', '+7 900 123-45-67'],
    ['Ссылка на карту', 'mapUrl', 'http://maps.ru/x', 'yandex.ru/maps/-/C', 'https://yandex.ru/maps/-/C'],
    ['Сайт', 'siteUrl', 'javascript:alert(1)', 'https://anna.example', 'https://anna.example'],
    ['О нас', 'about', 'я'.repeat(1001), 'Салон <b>', 'Салон <b>'],
  ])('%s is checked, kept, seen by customers, and can be cleared', async (name, key, wrong, typed, kept) => {
    await open('📍 Контакты', name)
    await owner.write(wrong)
    expect(owner.screen().text).toContain('Такое значение не подходит.')
    expect(await row(key)).toBeUndefined()
    await owner.write(typed)
    expect(await row(key)).toMatchObject({ value: kept })
    const customer = salon.person()
    await customer.write('/about')
    const { text, links } = customer.screen()
    expect([text, ...links].some((part) => part.includes(kept))).toBe(true)
    await owner.tap(new RegExp(`^${name}:`))
    await owner.tap('🗑 Очистить')
    expect(await row(key)).toBeUndefined()
  })

  test('are switched by buttons', async () => {
    await open('🔔 Уведомления', 'Сообщать о записях')
    await owner.write('нет')
    expect(owner.screen().text).toBe('Такое значение не подходит. Выберите кнопкой.')
    await owner.tap('нет')
    expect(await row('notifyAdmins')).toMatchObject({ value: false })
  })

  test('never close booking altogether, whichever of the two comes last', async () => {
    await salon.setting({ horizonDays: 7 })
    await open('📅 Запись', 'Записаться не позднее')
    await owner.write('7 дней')
    expect(owner.screen().text).toContain('записаться не сможет никто')
    await owner.write('6 дней')
    await owner.tap(/^Запись открыта/)
    await owner.write('6')
    expect(owner.screen().text).toContain('записаться не сможет никто')
    expect(await row('horizonDays')).toMatchObject({ value: 7 })
  })

  test('take no value from a forged button that the setting does not allow', async () => {
    await owner.write('/admin')
    for (const [data, key] of [
      ['1:Gv:slotStepMinutes:1', 'slotStepMinutes'],
      ['1:Gv:rateMessagesPerMinute:1', 'rateMessagesPerMinute'],
      ['1:Gv:address:5', 'address'],
    ] as const) {
      await owner.tapData(data)
      expect(owner.lastToast()).toBe('Такое значение не подходит')
      expect(owner.screen().text).toContain('Нажмите на то, что хотите изменить.')
      expect(await row(key)).toBeUndefined()
    }
    await owner.tapData('1:Gv:title:5')
    expect(await row('title')).toMatchObject({ value: 'Анна' })
  })

  test('of two admins who change the same one, the last counts, and both changes are on record', async () => {
    const partner = salon.person()
    salon.admins.push(partner.user.id)
    await owner.write('/admin')
    await partner.write('/admin')
    await Promise.all([
      owner.tapData('1:Gv:maxBookingsPerUser:5'),
      partner.tapData('1:Gv:maxBookingsPerUser:2'),
    ])
    const after = await salon.sql<{ value: number }>(
      `select details -> 'after' as value from admin_actions order by id`,
    )
    expect(after.map(({ value }) => value).toSorted((a, b) => a - b)).toEqual([2, 5])
    expect([2, 5]).toContain(((await row('maxBookingsPerUser')) as { value: number }).value)
  })
})

describe('times of day and lists of hours', () => {
  test('are tapped or typed as people write them, and can be switched off where that is possible', async () => {
    await open('🔔 Уведомления', 'Напоминания')
    expect(labels()).toEqual([
      '✓ за 24 часа, 2 часа, 1 час',
      'за 24 часа, 2 часа',
      'за 24 часа',
      'за 2 часа',
      'нет',
      '‹ Назад',
    ])
    await owner.write('когда-нибудь')
    expect(owner.screen().text).toContain('Такое значение не подходит')
    await owner.write('48, 3 ч')
    expect(await row('reminderHours')).toMatchObject({ value: [48, 3] })
    expect(owner.screen().text).toContain('✅ Напоминания: за 2 дня, 3 часа')
    await open('🔔 Уведомления', 'Напоминания')
    await owner.tap('нет')
    expect(await row('reminderHours')).toMatchObject({ value: [] })

    await open('🔔 Уведомления', 'Список на день')
    await owner.write('25:00')
    expect(owner.screen().text).toContain('Такое значение не подходит')
    await owner.write('9.30')
    expect(await row('morningListTime')).toMatchObject({ value: '09:30' })
    await open('🔔 Уведомления', 'Список на день')
    await owner.tap('нет')
    expect(await row('morningListTime')).toMatchObject({ value: '' })
    // Quiet hours have no such switch: who wants none makes them begin when they end.
    await open('🔔 Уведомления', 'Тихие часы: с')
    await owner.write('нет')
    expect(owner.screen().text).toContain('Такое значение не подходит')
    expect(await row('quietFrom')).toBeUndefined()
  })
})
