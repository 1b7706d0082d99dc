import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { runJob } from '../../../bot/jobs/loop.ts'
import { reminders } from '../../../bot/jobs/reminders.ts'
import { requests } from '../../../bot/jobs/requests.ts'
import { openSalon, type PretendPerson, type Salon, START } from './pretend.ts'

const HOUR = 3_600_000

let salon: Salon
let owner: PretendPerson
let customer: PretendPerson
beforeAll(async () => {
  salon = await openSalon()
  await salon.sql('delete from services')
  await salon.sql(`insert into services (name, minutes, price_minor) values ('Стрижка', 60, 200000)`)
})
beforeEach(async () => {
  await salon.sql('truncate text_templates, admin_actions, bookings, booking_history, feedback')
  await salon.setting({ title: 'Анна', address: 'Ленина, 1' })
  salon.clock.now = START
  owner = salon.person({ first_name: 'Ольга' })
  customer = salon.person({ first_name: 'Борис <b>' })
  salon.admins.splice(0, salon.admins.length, owner.user.id)
})
afterAll(() => salon.close())

const labels = () => owner.screen().buttons.map(({ label }) => label)
const stored = () => salon.sql('select key, language, body from text_templates order by key, language')

/** Opens a text by the way that an owner takes. */
async function open(group: string, name: string): Promise<void> {
  await owner.write('/admin')
  await owner.tap('✏️ Тексты')
  await owner.tap(group)
  await owner.tap(name)
}

/** Puts an own text in place, from the panel's first screen to the last. */
async function edit(group: string, name: string, html: string, language: 'ru' | 'en' = 'ru'): Promise<void> {
  await open(group, name)
  if (language === 'en') await owner.tap('🌐 English')
  await owner.tap('✏️ Изменить')
  await owner.writeFormatted(html)
  await owner.tap('✅ Сохранить')
  expect(owner.lastToast()).toBe('Сохранено')
}

describe('the texts', () => {
  test('are found by their sections, and each is shown as a customer sees it, with what can be put in', async () => {
    await owner.write('/admin')
    await owner.tap('✏️ Тексты')
    expect(owner.screen().text).toBe(
      'Тексты\nЗдесь можно изменить то, что бот пишет клиентам. Выберите раздел.',
    )
    expect(labels()).toEqual([
      '👋 Приветствие',
      '🔎 Выбор времени',
      '📅 Запись',
      '🔔 Лист ожидания',
      '👤 Имя и телефон',
      '🗓 Свои записи',
      '🔁 Перенос и отмена',
      '📣 Изменения от вас',
      '⏰ Напоминания',
      '⭐ Отзывы и новости',
      '📜 Правила и контакт',
      '‹ Назад',
    ])
    await owner.tap('⏰ Напоминания')
    expect(labels()).toEqual(['Напоминание', 'Клиент придёт', '‹ Назад'])
    await owner.tap('Напоминание')
    expect(owner.screen().text).toBe(`Напоминание · Русский
Стандартный текст

Так видит клиент (данные для примера):
──────────
⏰ Напоминаем о записи

Стрижка
завтра, 10:00–11:00
Специалист: Мария
Стоимость: 2 000 ₽
Адрес: Ленина, 1
──────────
Обязательно вставить: {услуга}, {время}
Можно вставить: {подробности}`)
    expect(labels()).toEqual(['✏️ Изменить', '🌐 English', '‹ Назад'])
    await owner.tap('🌐 English')
    expect(owner.screen().text).toContain('⏰ A reminder of your booking\n\nHaircut\ntomorrow, 10:00–11:00')

    const english = salon.person({ language_code: 'en' })
    salon.admins.push(english.user.id)
    await english.write('/admin')
    await english.tap('✏️ Texts')
    await english.tap('📜 Rules and contact')
    await english.tap('Moving: deadline')
    expect(english.screen().text).toBe(`Moving: deadline · English
The standard text

What a customer sees (with example data):
──────────
You can move it up to 24 hours before.
──────────
You can put in: {hours}`)
  })

  test('are changed in one message, looked at, saved; the next customer reads it, formatted, in that language', async () => {
    await open('👋 Приветствие', 'Приветствие новичка')
    await owner.tap('✏️ Изменить')
    expect(owner.screen().text).toBe(`Приветствие новичка · Русский
Пришлите новый текст одним сообщением. Жирный, курсив и ссылки сохранятся. Слова в фигурных скобках бот заменит сам.

Сейчас (нажмите, чтобы скопировать):
Здравствуйте, {имя}!
Здесь можно записаться в «{название}»: за минуту и в любое время суток.

Нажмите «Записаться», и я покажу ближайшее свободное время.
Можно вставить: {имя}, {название}`)
    await owner.writeFormatted(
      '<b>{Имя}</b>, рады видеть вас в <a href="https://anna.ru">{title}</a> & не только!',
    )
    expect(owner.screen().text).toBe(`Приветствие новичка · Русский
Проверьте: так увидит клиент (данные для примера).
──────────
Анна, рады видеть вас в Анна & не только!
──────────
Ещё не сохранено. Чтобы поправить, пришлите текст ещё раз.`)
    expect(await stored()).toEqual([])
    await owner.tap('✅ Сохранить')
    expect(owner.screen().text).toContain(
      '✅ Сохранено. Клиенты увидят этот текст уже в следующем сообщении.\n\nПриветствие новичка · Русский\n✏️ Ваш текст',
    )
    const body = '<b>{name}</b>, рады видеть вас в <a href="https://anna.ru">{title}</a> &amp; не только!'
    expect(await stored()).toEqual([{ key: 'greeting-new', language: 'ru', body }])

    await customer.write('/start')
    expect(customer.screen().html).toBe(
      '<b>Борис &lt;b&gt;</b>, рады видеть вас в <a href="https://anna.ru">Анна</a> &amp; не только!',
    )
    const english = salon.person({ first_name: 'Ann', language_code: 'en' })
    await english.write('/start')
    expect(english.screen().text).toContain('Hello, Ann!')
    expect(await salon.sql('select actor_telegram_id, action, target, details from admin_actions')).toEqual([
      {
        actor_telegram_id: owner.user.id,
        action: 'text.edit',
        target: 'text:greeting-new:ru',
        details: { before: null, after: body },
      },
    ])
  })

  test('of one’s own stand beside the product’s, and give way to it again', async () => {
    await edit('🔎 Выбор времени', 'Выбор услуги', 'Что делаем?')
    expect(labels()).toEqual(['✏️ Изменить', '👁 Стандартный текст', '🌐 English', '‹ Назад'])
    await owner.tap('👁 Стандартный текст')
    expect(owner.screen().text).toContain('Стандартный текст – сейчас вместо него ваш')
    expect(owner.screen().text).toContain('Что вас интересует?')
    await owner.tap('‹ Ваш текст')
    await owner.tap('‹ Назад')
    expect(labels()).toContain('✏️ Выбор услуги')
    await owner.tap('‹ Назад')
    expect(owner.screen().text).toContain('Своих текстов: 1')
    await customer.write('/book')
    expect(customer.screen().text).toBe('Что делаем?')

    await open('🔎 Выбор времени', '✏️ Выбор услуги')
    await owner.tap('👁 Стандартный текст')
    const reset = owner.dataOf('↺ Вернуть стандартный')
    await owner.tapData(reset)
    expect(owner.lastToast()).toBe('Вернули стандартный текст')
    await owner.tapData(reset)
    expect(owner.lastToast()).toBe('Уже стандартный')
    await customer.write('/book')
    expect(customer.screen().text).toBe('Что вас интересует?')
    expect(await salon.sql('select action, details from admin_actions order by id')).toEqual([
      { action: 'text.edit', details: { before: null, after: 'Что делаем?' } },
      { action: 'text.reset', details: { before: 'Что делаем?', after: null } },
    ])
  })

  test('are refused with what is wrong, and the question stays open', async () => {
    await open('📅 Запись', 'Запись оформлена')
    await owner.tap('✏️ Изменить')
    for (const [typed, answer] of [
      ['&lt;b&gt;Ура&lt;/b&gt;', 'Теги не нужны: клиент увидел бы «<b>» буквально.'],
      [
        'Ура! {услуга}, {дата}',
        'Не знаю, что подставить вместо {дата}. Здесь можно вставить: {услуга}, {время}, {подробности}, {правила}.',
      ],
      ['Ура! {услуга} {', 'Лишняя фигурная скобка.'],
      ['Ура! {услуга}', 'В тексте не хватает: {время}. Без этого клиент не поймёт, о чём сообщение.'],
      [
        `{услуга} {время} ${'я'.repeat(3200)}`,
        'Слишком длинно: вместе с подстановками должно остаться не больше 3 100 знаков',
      ],
    ] as const) {
      await owner.writeFormatted(typed)
      expect(owner.screen().text).toContain(answer)
    }
    await owner.write('{Service} – {when}. До встречи!')
    await owner.tap('✅ Сохранить')
    expect(await stored()).toEqual([
      { key: 'booked', language: 'ru', body: '{service} – {when}. До встречи!' },
    ])
    await open('👋 Приветствие', 'Непонятное сообщение')
    await owner.tap('✏️ Изменить')
    await owner.write('Привет, {имя}')
    expect(owner.screen().text).toBe(
      'Не знаю, что подставить вместо {имя}: в этот текст ничего не подставляется.',
    )
  })

  test('are saved as they were looked at: an older preview, a lost draft and a second tap change nothing', async () => {
    await open('👋 Приветствие', 'Непонятное сообщение')
    await owner.tap('✏️ Изменить')
    await owner.write('Первый')
    const first = owner.dataOf('✅ Сохранить')
    await owner.write('Второй')
    const second = owner.dataOf('✅ Сохранить')
    await owner.tapData(first)
    expect(owner.lastToast()).toBe('Черновик потерялся. Пришлите текст ещё раз.')
    expect(await stored()).toEqual([])
    await owner.write('Второй')
    await owner.tapData(second)
    await owner.tapData(second)
    expect(owner.lastToast()).toBe('Уже так')
    expect(await stored()).toEqual([{ key: 'unknown', language: 'ru', body: 'Второй' }])
    expect(await salon.sql('select 1 from admin_actions')).toHaveLength(1)
    await customer.write('ау')
    expect(customer.screen().text).toBe('Второй')
  })

  test('of two admins who write at once are both seen: the second is shown what the first has saved', async () => {
    const vera = salon.person({ first_name: 'Вера' })
    salon.admins.push(vera.user.id)
    await open('⏰ Напоминания', 'Клиент придёт')
    await owner.tap('✏️ Изменить')
    await owner.writeFormatted('Ждём вас!')
    await vera.write('/admin')
    for (const label of ['✏️ Тексты', '⏰ Напоминания', 'Клиент придёт', '✏️ Изменить']) await vera.tap(label)
    await vera.writeFormatted('До встречи!')
    await vera.tap('✅ Сохранить')
    await owner.tap('✅ Сохранить')
    expect(owner.lastToast()).toContain('Пока вы писали, этот текст изменил другой администратор.')
    expect(owner.screen().text).toContain('До встречи!')
    expect(await stored()).toMatchObject([{ body: 'До встречи!' }])
    await owner.writeFormatted('Ждём вас! До встречи!')
    await owner.tap('✅ Сохранить')
    expect(await stored()).toMatchObject([{ body: 'Ждём вас! До встречи!' }])
  })

  test('reach customers who are written to by an admin or by the bot itself', async () => {
    await salon.sql(
      `insert into text_templates (key, language, body) values
         ('reminder', 'ru', 'Ждём: {service}, {when}'), ('schedule-tell-cancelled', 'ru', 'Увы: {service}, {when}'),
         ('rules', 'ru', 'За {hours} ч')`,
    )
    await customer.write('/book')
    await customer.tap(/Стрижка/)
    await customer.tap('📆 Другой день')
    await customer.tap('27')
    await customer.tap('12:00')
    expect(customer.screen().text).toMatch(/\nЗа 24 ч$/)
    await customer.tap('✅ Записаться')
    salon.clock.now = START + 27 * HOUR
    expect(await runJob(salon.context(), reminders)).toBe(1)
    expect(
      await salon.sql(
        `delete from fleet.outbox where kind = 'reminder' returning payload ->> 'text' as text`,
      ),
    ).toEqual([{ text: 'Ждём: Стрижка, завтра, 12:00–13:00' }])

    await owner.write('/admin')
    await owner.tap('🗓 Расписание')
    await owner.tap('пт, 27 нояб.')
    await owner.tap(/12:00/)
    await owner.tap('❌ Отменить запись')
    await owner.tap('Да, отменить без причины')
    expect(customer.screen().text).toMatch(/^Увы: Стрижка, пт, 27 ноября, 12:00–13:00/)
  })
})

describe('a business that approves bookings itself, and says so in its own words', () => {
  const LATE = ['📣 Изменения от вас', 'Вы не ответили на запись'] as const

  async function asks(person: PretendPerson, time: string): Promise<void> {
    await person.write('/start')
    await salon.sql(`update users set booking_rule = 'approval' where telegram_id = $1`, [person.user.id])
    await person.write('/book')
    await person.tap(/60/)
    await person.tap(new RegExp(time))
  }

  test('is read by its customers, each in their language: before they book, and when the bot gives up', async () => {
    await edit('📅 Запись', 'Запись подтверждаете вы', 'Ответим <b>сами</b>.')
    await edit('📅 Запись', 'Держим время', 'Ваше до {срок}.')
    await edit('📅 Запись', 'Запись ждёт подтверждения', 'Спросили мастера: {услуга}, {время}')
    await edit('📅 Запись', '✏️ Запись ждёт подтверждения', 'We have asked: {service}, {when}', 'en')
    await edit(...LATE, 'Не успели ответить: {услуга}, {время}. {контакт}')
    await edit(LATE[0], `✏️ ${LATE[1]}`, 'Nobody answered: {service}, {when}', 'en')
    await edit('📜 Правила и контакт', 'Как с вами связаться', 'Заходите: {связь}')
    const english = salon.person({ first_name: 'Ann', language_code: 'en' })

    await asks(customer, '26 нояб., 13:00')
    expect(customer.screen().text).toContain('\n\nВаше до 09:10.\n')
    expect(customer.screen().html).toMatch(/\n\nОтветим <b>сами<\/b>\.$/)
    await customer.tap('✅ Записаться')
    expect(customer.screen().text).toBe('Спросили мастера: Стрижка, чт, 26 ноября, 13:00–14:00')
    await asks(english, '26 Nov, 14:00')
    await english.tap('✅ Book')
    expect(english.screen().text).toBe('We have asked: Стрижка, Thu 26 November, 14:00–15:00')

    salon.clock.now = START + 27 * HOUR
    await runJob(salon.context(), requests)
    const told = await salon.sql<{ chat: string; text: string }>(
      `delete from fleet.outbox where kind = 'request-expired' returning chat_id::text as chat, payload ->> 'text' as text`,
    )
    expect(Object.fromEntries(told.map(({ chat, text }) => [chat, text]))).toEqual({
      [customer.user.id]: 'Не успели ответить: Стрижка, чт, 26 ноября, 13:00–14:00. Заходите: Ленина, 1',
      [english.user.id]: 'Nobody answered: Стрижка, Thu 26 November, 14:00–15:00',
    })
  })

  test('is read by a customer whom an admin refuses, and by none of the other language', async () => {
    await edit('📣 Изменения от вас', 'Вы отклонили запись', 'Увы, не выйдет: {услуга}, {время}{причина}')
    const english = salon.person({ first_name: 'Ann', language_code: 'en' })
    await asks(customer, '26 нояб., 13:00')
    await customer.tap('✅ Записаться')
    await owner.tap('❌ Отклонить')
    await owner.write('Все заняты')
    await owner.tap('Да, отклонить')
    expect(customer.screen().text).toBe(
      'Увы, не выйдет: Стрижка, чт, 26 ноября, 13:00–14:00\nПричина: Все заняты',
    )
    await asks(english, '26 Nov, 13:00')
    await english.tap('✅ Book')
    await owner.tap('❌ Отклонить')
    await owner.tap('Да, отклонить без причины')
    expect(english.screen().text).not.toContain('Увы')
    expect(english.screen().text).toContain('Стрижка\nThu 26 November, 13:00–14:00')
  })
})

describe('the sections', () => {
  test('have eight texts on a page of a telephone, and lead back to the page on which a text stands', async () => {
    await owner.write('/admin')
    await owner.tap('✏️ Тексты')
    await owner.tap('📅 Запись')
    expect(labels()).toHaveLength(11)
    expect(labels().slice(8)).toEqual(['1/2', '›', '‹ Назад'])
    await owner.tap('›')
    expect(labels()).toEqual([
      'Время заняли, другого нет',
      'Записаться уже нельзя',
      'Слишком много записей',
      'Клиенту нельзя записаться',
      'Клиент прервал запись',
      '‹',
      '2/2',
      '‹ Назад',
    ])
    await owner.tap('Клиенту нельзя записаться')
    await owner.tap('‹ Назад')
    expect(labels()).toContain('Клиенту нельзя записаться')
  })
})

describe('an own text that fits no longer', () => {
  test('gives way to the product’s, and the panel says which one and why; it is kept', async () => {
    await salon.sql(
      `insert into text_templates (key, language, body) values
         ('unknown', 'ru', 'Что, {name}?'), ('booked', 'ru', 'Ура, {when}'), ('no-such-text', 'ru', 'Было'),
         ('help', 'ru', 'Помощь <b>')`,
    )
    await customer.write('ау')
    expect(customer.screen().text).toContain('Не понял сообщение.')
    await customer.write('/help')
    expect(customer.screen().text).toContain('Что я умею')

    await owner.write('/admin')
    await owner.tap('✏️ Тексты')
    expect(owner.screen().text).toContain('Своих текстов: 3\n⚠️ Требуют внимания: 3')
    expect(labels().slice(0, 3)).toEqual(['⚠️ 👋 Приветствие', '🔎 Выбор времени', '⚠️ 📅 Запись'])
    await owner.tap('⚠️ 📅 Запись')
    await owner.tap('⚠️ Запись оформлена')
    expect(owner.screen().text).toContain(
      '⚠️ Ваш текст требует внимания. В тексте не хватает: {услуга}. Без этого клиент не поймёт, о чём сообщение.\n\n' +
        'Так видит клиент (данные для примера):\n──────────\nУра, ',
    )
    await open('⚠️ 👋 Приветствие', '⚠️ Помощь')
    expect(owner.screen().text).toContain(
      '⚠️ Ваш текст требует внимания. Он записан с ошибкой. Напишите его заново или верните стандартный.\nКлиенты видят стандартный текст.',
    )
    await owner.tap('✏️ Изменить')
    expect(owner.screen().text).toContain('/book – записаться')
    expect(await stored()).toHaveLength(4)
  })
})
