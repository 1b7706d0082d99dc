import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openSalon, type PretendPerson, type Salon, START } from './pretend.ts'

const HOUR = 3_600_000

let salon: Salon
let owner: PretendPerson
let boris: number
let staffId: number
beforeAll(async () => {
  salon = await openSalon()
})
afterAll(() => salon.close())
beforeEach(async () => {
  await salon.sql(
    'truncate users, services, staff, working_hours, blocked_slots, bookings, booking_history, feedback, admin_actions restart identity',
  )
  salon.clock.now = START
  owner = salon.person({ first_name: 'Ольга', last_name: 'Я', username: 'olga' })
  await owner.write('/start')
  salon.admins.splice(0, salon.admins.length, owner.user.id)
  const [staff] = await salon.sql<{ id: string }>(`insert into staff (name) values ('Анна') returning id`)
  staffId = Number(staff?.id)
  boris = await customer({ first_name: 'Борис', given_name: '=Боря', phone: '+79161234567' })
})

async function customer(columns: Record<string, unknown>): Promise<number> {
  const names = Object.keys(columns)
  const [row] = await salon.sql<{ id: string }>(
    `insert into users (${[...names, 'created_at'].join(', ')}) values (${[...names, ''].map((_, n) => `$${n + 1}`).join(', ')}) returning id`,
    [...Object.values(columns), new Date(START - 24 * HOUR)],
  )
  return Number(row?.id)
}

async function booked(
  customerId: number,
  hoursAhead: number,
  status: string,
  more: Record<string, unknown> = {},
) {
  const startsAt = START + hoursAhead * HOUR
  await salon.sql(
    `insert into bookings (customer_id, staff_id, status, starts_at, ends_at, busy, local_date, local_time, time_zone, lines, price_minor, note, source, hold_expires_at, created_at)
     values ($1, $2, $3, $4, $5, case when $3 = 'waiting' then null else tstzrange($4, $5) end, $4::date, '10:00', 'Europe/Moscow', $6, $7, $8, $9, $10, $11)`,
    [
      customerId,
      staffId,
      status,
      new Date(startsAt),
      new Date(startsAt + HOUR),
      JSON.stringify([
        { serviceId: 1, name: 'Стрижка', minutes: 30, priceMinor: 100000, currency: 'RUB' },
        { serviceId: 2, name: 'Борода', minutes: 30, priceMinor: 50050, currency: 'RUB' },
      ]),
      'price' in more ? more['price'] : 150050,
      more['note'] ?? '',
      more['source'] ?? 'bot',
      status === 'hold' ? new Date(START + 24 * HOUR) : null,
      new Date(START - 24 * HOUR),
    ],
  )
}

async function take(table: string, period: string): Promise<void> {
  await owner.write('/admin')
  await owner.tap(/📄/)
  await owner.tap(table)
  await owner.tap(period)
}

const fileText = () => Buffer.from(owner.screen().file?.content ?? []).toString()

test('the way to a table asks which one and of which time', async () => {
  await owner.write('/admin')
  await owner.tap('📄 Выгрузка')
  expect(owner.screen().text).toBe(
    'Выгрузка в таблицу\nФайл открывается в Excel и других таблицах. Выгрузка останется в журнале действий.',
  )
  await owner.tap('🗓 Записи')
  expect(owner.screen().text).toBe('Записи\nЗа какое время? Считается день визита.')
  await owner.tap('Прошлый год')
  expect(owner.lastToast()).toBe('За это время ничего нет. Выберите другое')
  expect(await salon.sql('select from admin_actions')).toEqual([])
})

test('bookings of a month open in a Russian Excel: every one that was made, nobody’s formula, no erased person', async () => {
  await booked(boris, 1, 'booked', { note: 'аллергия; "лак"\nпозвонить' })
  await booked(await customer({ gone_at: new Date(START) }), 3, 'cancelled', { price: null, source: 'admin' })
  await booked(boris, 24 * 30, 'booked')
  for (const status of ['hold', 'waiting', 'expired']) await booked(boris, 5, status)
  await take('🗓 Записи', 'Этот месяц')
  expect(owner.lastToast()).toBe('Отправлено')
  expect(owner.screen()).toMatchObject({
    text: '«Anna»: записи, строк – 2',
    file: { name: 'bookings-2026-11-25.csv' },
  })
  expect(fileText()).toBe(
    [
      '\uFEFFНомер;Дата;Начало;Конец;Услуги;Специалист;Клиент;Телефон;Telegram;Статус;Цена;Валюта;Кто записал;Заметка;Причина отмены;Создана',
      `1;25.11.2026;10:00;11:00;Стрижка + Борода;Анна;'=Боря;8 916 123-45-67;;записан;1500,50;RUB;клиент;"аллергия; ""лак""\nпозвонить";;24.11.2026`,
      '2;25.11.2026;12:00;13:00;Стрижка + Борода;Анна;;;;отменена;;RUB;администратор;;;24.11.2026',
      '',
    ].join('\r\n'),
  )
  expect(await salon.sql('select action, target, actor_telegram_id, details from admin_actions')).toEqual([
    {
      action: 'export.bookings',
      target: 'bookings',
      actor_telegram_id: owner.user.id,
      details: { after: { from: '2026-11-01', to: '2026-11-30', rows: 2 } },
    },
  ])
})

test('dates and times are those of the business’s clock', async () => {
  await salon.setting({ timeZone: 'Asia/Kamchatka' })
  // 21:30 in Moscow on the last of November is December in Kamchatka.
  await booked(boris, 24 * 5 + 12.5, 'booked')
  await take('🗓 Записи', 'Этот месяц')
  expect(owner.lastToast()).toBe('За это время ничего нет. Выберите другое')
  await owner.tap('Всё время')
  expect(fileText()).toContain('1;01.12.2026;06:30;07:30;')
  await salon.setting({ timeZone: 'Europe/Moscow' })
})

test('customers come with what they did in that time; who asked to be forgotten is not among them', async () => {
  await booked(boris, -30, 'came')
  await booked(boris, -28, 'no_show')
  await booked(boris, -26, 'cancelled')
  await booked(boris, -24 * 40, 'came')
  await salon.sql(`update users set tags = '{vip,-10%}', notes = 'любит кофе' where id = $1`, [boris])
  await booked(await customer({ gone_at: new Date(START) }), -20, 'came')
  await take('🙋 Клиенты', 'Этот месяц')
  expect(fileText()).toBe(
    [
      '\uFEFFНомер;Имя;Телефон;Telegram;С нами с;Последний визит;Визитов;Не пришёл;Отмен;Потрачено;Валюта;Метки;Заметки',
      '1;Ольга Я;;olga;25.11.2026;;0;0;0;0,00;;;',
      `2;'=Боря;8 916 123-45-67;;24.11.2026;24.11.2026;1;1;1;1500,50;RUB;vip, -10%;любит кофе`,
      '',
    ].join('\r\n'),
  )
})

test('a long table comes whole, in files that Telegram takes; one that is too long is refused with the limit', async () => {
  const many = (count: number) =>
    salon.sql(
      `insert into bookings (customer_id, staff_id, status, starts_at, ends_at, busy, local_date, local_time, time_zone, lines, note)
       select $1, $2, 'cancelled', $3::timestamptz + n * interval '1 second', $3::timestamptz + n * interval '1 second' + interval '1 hour',
              tstzrange($3::timestamptz + n * interval '1 second', $3::timestamptz + n * interval '1 second' + interval '1 hour'),
              '2026-11-25', '10:00', 'Europe/Moscow', '[{"name": "Стрижка"}]', repeat('я', 50)
         from generate_series(1, $4::int) as n`,
      [boris, staffId, new Date(START), count],
    )
  await many(6_001)
  await take('🗓 Записи', 'Этот месяц')
  const files = salon.messagesOf(owner.user.id).flatMap(({ file }) => file ?? [])
  expect(files.length).toBeGreaterThan(1)
  expect(files[0]?.name).toBe(`bookings-2026-11-25-1-of-${files.length}.csv`)
  const numbers = files.flatMap(({ content }) => {
    expect(content.length).toBeLessThanOrEqual(1_000_000)
    return Buffer.from(content)
      .toString()
      .split('\r\n')
      .slice(1, -1)
      .map((line) => Number(line.split(';')[0]))
  })
  expect(numbers).toEqual(Array.from({ length: 6_001 }, (_, n) => n + 1))
  await many(14_000)
  await take('🗓 Записи', 'Этот месяц')
  expect(owner.lastToast()?.replaceAll('\u00a0', ' ')).toBe(
    'Строк слишком много: 20 001. В таблицу помещается 20 000: выберите время короче',
  )
})
