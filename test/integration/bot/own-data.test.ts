import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { feedback } from '../../../bot/jobs/feedback.ts'
import { runJob } from '../../../bot/jobs/loop.ts'
import { encodeButton } from '../../../bot/telegram/callback-data.ts'
import { openSalon, type PretendPerson, type Salon } from './pretend.ts'

const HOUR = 3_600_000

let salon: Salon
let boris: PretendPerson
beforeEach(async () => {
  salon = await openSalon()
  await salon.sql('delete from services')
  await salon.sql(`insert into services (name, minutes, price_minor) values ('Стрижка', 60, 200000)`)
  boris = salon.person({ first_name: 'Борис', last_name: 'Я', username: 'boris' })
})
afterEach(() => salon.close())

async function book(): Promise<number> {
  await boris.write('/book')
  await boris.tap(/Стрижка/)
  await boris.tap(/\d\d:\d\d/)
  await boris.tap('✅ Записаться')
  const [row] = await salon.sql<{ id: string }>('select id from bookings order by id desc limit 1')
  return Number(row?.id)
}

describe('a customer’s language', () => {
  test('is the one chosen, whatever Telegram says later', async () => {
    await boris.write('/settings')
    expect(boris.screen().text).toBe('Настройки\n\nЯзык: Русский')
    expect(boris.screen().buttons.map(({ label }) => label)).toEqual([
      '• Русский',
      'English',
      '🔔 Присылать новости и акции',
      '🔒 Мои данные',
    ])
    await boris.tap('English')
    expect(boris.screen().text).toBe('Settings\n\nLanguage: English')
    await boris.write('/help')
    expect(boris.screen().text).toContain('What I can do')
    await boris.write('/settings')
    await boris.tap('Русский')
    await boris.write('/help')
    expect(boris.screen().text).toContain('Что я умею')
  })
})

describe('a customer’s data', () => {
  test('are given as a file with everything that is kept', async () => {
    await book()
    await boris.write('/privacy')
    expect(boris.screen().text).toContain('Ваши данные в «')
    await boris.tap('📄 Получить копию')
    const { file } = boris.screen()
    expect(file?.name).toBe('my-data.json')
    expect(JSON.parse(Buffer.from(file?.content ?? []).toString())).toMatchObject({
      customer: { telegramId: boris.user.id, firstName: 'Борис', lastName: 'Я', username: 'boris' },
      bookings: [{ services: [{ name: 'Стрижка' }], status: 'booked', priceMinor: 200000 }],
      feedback: [],
    })
  })

  test('stay while something is booked, and are erased when nothing is: no name, no contact, no word is left', async () => {
    const bookingId = await book()
    await boris.write('/privacy')
    await boris.tap('🗑 Удалить мои данные')
    expect(boris.lastToast()).toContain('Сначала отмените предстоящие записи')
    salon.clock.now += 3 * 24 * HOUR
    await boris.tapData(`1:vr:${bookingId.toString(36)}:2`)
    await boris.write('Борис был здесь')
    await boris.write('/privacy')
    await boris.tap('🗑 Удалить мои данные')
    expect(boris.screen().text).toContain('вернуть их нельзя')
    await boris.tap('Да, удалить')
    expect(boris.screen().text).toBe(
      'Ваши данные удалены.\n\nЕсли захотите записаться снова, нажмите /start.',
    )
    const rows = await salon.sql<{ row: string }>(
      `select to_jsonb(t)::text as row from users t union all select to_jsonb(t)::text from bookings t
       union all select to_jsonb(t)::text from booking_history t union all select to_jsonb(t)::text from feedback t`,
    )
    const all = rows.map(({ row }) => row).join('\n')
    for (const secret of ['Борис', 'boris', String(boris.user.id)]) expect(all).not.toContain(secret)
    // The visit itself stays, for the business's books.
    expect(await salon.sql('select 1 from bookings')).toHaveLength(1)
    await boris.write('/start')
    expect(boris.screen().text).toContain('Здравствуйте, Борис!')
    await boris.write('/my')
    expect(boris.screen().text).toBe('Предстоящих записей нет.')
  })

  test('take with them what the business was still about to write', async () => {
    const bookingId = await book()
    salon.clock.now += 3 * 24 * HOUR
    expect(await runJob(salon.context(), feedback)).toBe(1)
    await boris.write('/privacy')
    await boris.tapData(encodeButton({ to: 'erase-data' }))
    expect(await salon.sql('select dedupe_key from fleet.outbox')).toEqual([])
    await boris.write('/start')
    expect(await runJob(salon.context(), feedback)).toBe(0)
    expect(bookingId).toBeGreaterThan(0)
  })

  test('are complete: what the business has decided and noted about who comes, too', async () => {
    await book()
    await salon.sql(
      `update users set booking_rule = 'approval', notes = 'Любит чай', tags = '{VIP}' where telegram_id = $1`,
      [boris.user.id],
    )
    await boris.write('/privacy')
    await boris.tap('📄 Получить копию')
    expect(JSON.parse(Buffer.from(boris.screen().file?.content ?? []).toString())).toMatchObject({
      customer: { notes: 'Любит чай', tags: ['VIP'], bookingRule: 'approval' },
      bookings: [
        { staff: expect.any(String), history: [{ action: 'created', by: 'customer', to: 'booked' }] },
      ],
    })
  })

  test('of another customer are not reached by a forged button', async () => {
    const bookingId = await book()
    const stranger = salon.person()
    salon.clock.now += 3 * 24 * HOUR
    await stranger.tapData(`1:vr:${bookingId.toString(36)}:1`)
    expect(stranger.lastToast()).toBe('Такой записи у вас нет.')
    expect(await salon.sql('select 1 from feedback')).toEqual([])
  })
})

describe('a rating', () => {
  test('is given once; a low one reaches the admins at once, the comment follows', async () => {
    const admin = salon.person({ first_name: 'Owner' })
    await admin.write('/start')
    salon.admins.push(admin.user.id)
    const bookingId = await book()
    await boris.tapData(`1:vr:${bookingId.toString(36)}:5`)
    expect(boris.lastToast()).toBe('Такой записи у вас нет.')
    salon.clock.now += 3 * 24 * HOUR
    await boris.tapData(`1:vr:${bookingId.toString(36)}:2`)
    expect(boris.screen().text).toContain('Спасибо за оценку: ★★☆☆☆')
    expect(admin.screen().text).toMatch(/^⚠️ Низкая оценка: ★★☆☆☆\nСтрижка\n.*\nБорис Я \(@boris\)$/)
    await boris.tapData(`1:vr:${bookingId.toString(36)}:5`)
    expect(boris.lastToast()).toBe('Вы уже оценили этот визит. Спасибо!')
    await boris.write('б'.repeat(1001))
    expect(boris.screen().text).toBe('Слишком длинно: до 1 000 знаков. Напишите короче.')
    await boris.write('Долго ждал <b>')
    expect(boris.screen().text).toBe('Спасибо! Ваш отзыв сохранён.')
    expect(admin.screen().text).toContain('💬 Отзыв: ★★☆☆☆')
    expect(admin.screen().text).toContain('Долго ждал <b>')
    expect(await salon.sql('select rating, comment from feedback')).toEqual([
      { rating: 2, comment: 'Долго ждал <b>' },
    ])
  })

  test('that is high leads to the map, where the business has named one', async () => {
    await salon.setting({ mapUrl: 'https://yandex.ru/maps/org/1' })
    const bookingId = await book()
    salon.clock.now += 3 * 24 * HOUR
    await boris.tapData(`1:vr:${bookingId.toString(36)}:5`)
    expect(boris.screen().buttons.map(({ label }) => label)).toContain('⭐ Оставить отзыв на карте')
    await boris.tap('Добавить нечего')
    const said = salon.messagesOf(boris.user.id).map(({ text }) => text)
    expect(said.at(-2)).toContain('Спасибо! Если найдёте минуту')
    expect(said.at(-1)).toContain('Можно иногда писать вам о новостях')
  })
})

test('who has booked meanwhile, on another telephone, is not forgotten by an old button', async () => {
  await boris.write('/privacy')
  await boris.tap('🗑 Удалить мои данные')
  const yes = boris.dataOf('Да, удалить')
  await book()
  await boris.tapData(yes)
  expect(boris.lastToast()).toContain('Сначала отмените предстоящие записи')
  expect(await salon.sql('select first_name from users')).toEqual([{ first_name: 'Борис' }])
})
