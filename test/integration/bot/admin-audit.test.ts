import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { actionKey } from '../../../bot/admin/journal/words.ts'
import { isTextKey } from '../../../bot/i18n/texts.ts'
import { openSalon, type PretendPerson, type Salon, START } from './pretend.ts'

const DAY = 86_400_000

let salon: Salon
let owner: PretendPerson
let moderator: PretendPerson
beforeAll(async () => {
  salon = await openSalon()
})
afterAll(() => salon.close())
beforeEach(async () => {
  await salon.sql(
    'truncate users, services, staff, bookings, booking_history, feedback, admins, admin_actions, working_hours, blocked_slots restart identity',
  )
  salon.clock.now = START
  owner = salon.person({ first_name: 'Ольга' })
  moderator = salon.person({ first_name: 'Марк' })
  await owner.write('/start')
  await moderator.write('/start')
  salon.admins.splice(0, salon.admins.length, owner.user.id)
  await salon.sql(`insert into admins (telegram_id, role) values ($1, 'moderator')`, [moderator.user.id])
  await salon.sql(`insert into services (name, minutes, price_minor) values ('Стрижка', 60, 200000)`)
})

interface Action {
  at?: number
  actor?: string
  by?: number | null
  action: string
  target?: string | null
  details?: object
}

async function logged({
  at = START,
  actor = 'admin',
  by = null,
  action,
  target = null,
  details = {},
}: Action) {
  await salon.sql(
    'insert into admin_actions (at, actor, actor_telegram_id, action, target, details) values ($1, $2, $3, $4, $5, $6)',
    [new Date(at), actor, by, action, target, JSON.stringify(details)],
  )
}

const labels = () => owner.screen().buttons.map(({ label }) => label)
const entries = () => labels().filter((label) => label.includes(' · '))
const open = async () => {
  await owner.write('/admin')
  await owner.tap(/📜/)
}
const cardOf = async (label: string | RegExp) => {
  await owner.tap(label)
  return owner.screen().text
}

describe('the audit log', () => {
  test('is empty at first, and says what can be done', async () => {
    await open()
    expect(owner.screen().text).toBe(
      'Журнал действий\nКто: все\nО чём: обо всём\nКогда: за всё время\n\nЗаписей в журнале нет. Выберите другого человека, раздел или время.',
    )
  })

  test('says who did what, and what was before and after, as people say it', async () => {
    await owner.write('/admin')
    await owner.tap('💼 Услуги')
    await owner.tap(/Стрижка/)
    await owner.tap('💰 Цена')
    await owner.write('2500')
    await open()
    expect(owner.screen().text).toBe(
      'Журнал действий\nКто: все\nО чём: обо всём\nКогда: за всё время\n\nНажмите на строку, чтобы увидеть, что было и что стало.',
    )
    expect(labels()).toEqual([
      'ср, 25 нояб., 09:00 · Изменена услуга · Ольга',
      '👤 Кто',
      '🗂 О чём',
      '📅 Сегодня',
      '📄 Скачать таблицей',
      '‹ Назад',
    ])
    expect(await cardOf(/Изменена услуга/)).toBe(
      'Изменена услуга\nСтрижка\n\nКогда: ср, 25 ноября, 09:00\nКто: Ольга\n\nЦена: 2 000 ₽ → 2 500 ₽',
    )
    await owner.tap('‹ Назад')
    expect(entries()).toEqual(['ср, 25 нояб., 09:00 · Изменена услуга · Ольга'])
  })

  test.each<[string, Action, string[]]>([
    [
      'a booking that was moved',
      {
        action: 'booking.move',
        target: 'booking:7',
        details: { before: '2026-11-26T07:00:00.000Z', after: '2026-11-27T09:30:00.000Z' },
      },
      ['Запись перенесена', '№ 7', 'чт, 26 ноября, 10:00 → пт, 27 ноября, 12:30'],
    ],
    [
      'a visit that was marked',
      { action: 'booking.mark', target: 'booking:7', details: { before: 'booked', after: 'no_show' } },
      ['Отмечен визит', '№ 7', 'Статус: 🆕 Записан(а) → 🚫 Не пришёл(ла)'],
    ],
    [
      'hours of the week',
      {
        action: 'hours.week',
        target: '1',
        details: {
          before: [
            { id: 1, kind: 'weekly', staffId: null, weekday: 1, opens: '09:00', closes: '18:00', note: '' },
          ],
          after: [],
        },
      },
      ['Часы работы по дням недели', '1', 'пн 09:00–18:00 → —'],
    ],
    [
      'a note on a customer, of which it keeps the length',
      {
        action: 'customer.notes',
        target: 'customer:7',
        details: { before: { characters: 0 }, after: { characters: 20 } },
      },
      ['Заметка о клиенте', '№ 7', 'Знаков: 0 → 20'],
    ],
    [
      'a broadcast, with what was sent to whom',
      {
        action: 'broadcast.start',
        target: 'broadcast:3',
        details: { after: { audience: { kind: 'active', days: 30 }, total: 12, text: 'Скидка' } },
      },
      ['Рассылка начата', '№ 3', 'Подробности: Скидка', 'Получателей: 12', 'Кому: Кто заходил за 30 дн.'],
    ],
    [
      'days whose bookings were cancelled',
      {
        action: 'bookings.cancel',
        target: 'mass:a1',
        details: {
          before: { 7: '2026-11-26T07:00:00.000Z' },
          after: { span: { from: '2026-11-26', to: '2026-11-27' }, reason: 'Потоп', changed: [7], kept: [] },
        },
      },
      [
        'Отменены записи за дни',
        '7: чт, 26 ноября, 10:00 → —',
        'Дни: — → По: 27.11.2026, С: 26.11.2026',
        'Причина: — → Потоп',
        'Изменены записи: — → 7',
      ],
    ],
    [
      'what the bot has forgotten by itself',
      {
        actor: 'system',
        action: 'customers.erase',
        target: 'customers',
        details: { after: { count: 5, months: 12 } },
      },
      ['Удалены данные давних клиентов', 'customers', 'Клиентов: 5', 'Месяцев: 12'],
    ],
    [
      'a setting, with its name',
      { action: 'setting.set', target: 'setting:leadMinutes', details: { before: 60, after: 120 } },
      ['Изменена настройка', 'Записаться не позднее', 'Записаться не позднее: за 1 час → за 2 часа'],
    ],
    [
      'settings of the operator',
      {
        actor: 'operator',
        action: 'settings',
        target: 'title',
        details: { by: 'root', changes: { title: { from: 'Booking', to: 'Ёлка' } } },
      },
      ['Настройки изменил оператор', 'title', 'title: Booking → Ёлка'],
    ],
    [
      'an action of the old bot, by the name that it had',
      { action: 'add_admin', target: '12', details: { text: '<b>@boris</b>' } },
      ['add_admin', '12', 'Подробности: <b>@boris</b>'],
    ],
  ])('words %s', async (_, action, lines) => {
    await logged(action)
    await open()
    const text = await cardOf(/ · /)
    const [head, , changes] = text.split('\n\n')
    expect([head, changes].join('\n').split('\n')).toEqual(lines)
  })

  test('is shown of one person, about one thing, of some days, page by page', async () => {
    for (let n = 0; n < 10; n++)
      await logged({ by: moderator.user.id, action: 'booking.note', at: START - n })
    await logged({ by: owner.user.id, action: 'service.hide', target: 'service:1', at: START - 3 * DAY })
    await logged({ actor: 'operator', action: 'settings', at: START - 40 * DAY })
    await logged({ by: 5, action: 'booking.cancel', at: START - 20 * DAY })
    await open()
    expect(entries()).toHaveLength(8)
    await owner.tap('›')
    expect(entries().map((label) => label.split(' · ').slice(1))).toEqual([
      ['Заметка к записи', 'Марк'],
      ['Заметка к записи', 'Марк'],
      ['Услуга скрыта', 'Ольга'],
      ['Запись отменена', '5'],
      ['Настройки изменил оператор', 'Оператор'],
    ])
    await owner.tap('👤 Кто')
    expect(labels()).toEqual(['все', 'Марк', 'Ольга', '5', 'Оператор', '‹ Назад'])
    await owner.tap('Ольга')
    expect(entries().map((label) => label.split(' · ')[1])).toEqual(['Услуга скрыта'])
    await owner.tap('📅 Сегодня')
    expect(owner.screen().text).toContain('Кто: Ольга\nО чём: обо всём\nКогда: сегодня')
    expect(entries()).toEqual([])
    await owner.tap('📅 7 дней')
    expect(entries()).toHaveLength(1)
    await owner.tap('👤 Кто')
    await owner.tap('все')
    await owner.tap('🗂 О чём')
    expect(labels()).toEqual(['обо всём', 'Записи', 'Услуги', 'Настройки', '‹ Назад'])
    await owner.tap('Записи')
    await owner.tap('📅 30 дней')
    expect(owner.screen().text).toContain('Кто: все\nО чём: Записи\nКогда: за 30 дней')
    await owner.tap('›')
    expect(entries()).toHaveLength(3)
  })

  test('is taken along as a table, which is itself written down', async () => {
    await logged({
      by: moderator.user.id,
      action: 'service.edit',
      target: 'service:1',
      details: { before: { name: '=1+1', minutes: 60 }, after: { name: 'Стрижка', minutes: 90 } },
    })
    await open()
    await owner.tap('📄 Скачать таблицей')
    expect(owner.lastToast()).toBe('Отправлено')
    const { file, text } = owner.screen()
    expect(text).toBe('«Anna»: журнал действий, строк – 1')
    expect(file?.name).toBe('audit-2026-11-25.csv')
    expect(Buffer.from(file?.content ?? []).toString()).toBe(
      [
        '\uFEFFДата;Время;Кто;Telegram id;Действие;Что именно;Что изменилось',
        `25.11.2026;09:00;Марк;${moderator.user.id};Изменена услуга;Стрижка;"Название: =1+1 → Стрижка\nДлительность: 60 мин → 90 мин"`,
        '',
      ].join('\r\n'),
    )
    await open()
    expect(await cardOf(/Скачан журнал/)).toContain('Строк: 1')
  })

  test('keeps quiet about an entry that is not there', async () => {
    await open()
    await owner.tapData('1:Jc:::all:0:zz')
    expect(owner.lastToast()).toBe('Такой записи в журнале нет')
  })
})

test('every action that the panel writes down has words', () => {
  const bot = fileURLToPath(new URL('../../../bot', import.meta.url))
  const named = readdirSync(bot, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.startsWith('i18n'))
    .flatMap((name) => {
      const source = readFileSync(join(bot, name), 'utf8')
      return [
        ...source.matchAll(
          /audit\(\s*ctx,([^,]+),|action: ('[^']+')|_ADDED = ('[^']+')|ACTIONS = \{([^}]+)\}/g,
        ),
      ].flatMap(([, ...found]) => found.join(' ').match(/(?<=')[a-z]+\.[a-z.-]+(?=')/g) ?? [])
    })
  const actions = new Set([...named, 'settings', 'export.audit', 'export.bookings', 'export.customers'])
  expect(actions.size).toBeGreaterThan(40)
  expect([...actions].filter((action) => !isTextKey(actionKey(action)))).toEqual([])
})
