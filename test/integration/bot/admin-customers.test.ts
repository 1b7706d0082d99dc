import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { emptySalon, openSalon, type PretendPerson, type Salon, START } from './pretend.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

let salon: Salon
let owner: PretendPerson
let boris: PretendPerson
beforeAll(async () => {
  salon = await openSalon()
})
afterAll(() => salon.close())
beforeEach(async () => {
  await emptySalon(salon)
  await salon.sql(`insert into services (name, minutes, price_minor) values ('Стрижка', 60, 200000)`)
  await salon.sql(`insert into staff (name) values ('Анна')`)
  owner = salon.person({ first_name: 'Ольга' })
  await owner.write('/start')
  salon.admins.push(owner.user.id)
  salon.clock.now += 1000
  boris = salon.person({ first_name: 'Борис', last_name: 'Ли', username: 'boris_li' })
  await boris.write('/start')
  await salon.sql(`update users set phone = '+79161234567' where telegram_id = $1`, [boris.user.id])
})

const labels = (person: PretendPerson) => person.screen().buttons.map(({ label }) => label)
const stored = async (person = boris) =>
  (await salon.sql('select tags, notes, booking_rule from users where telegram_id = $1', [person.user.id]))[0]
const actions = () => salon.sql('select action, details from admin_actions order by id')

/** A booking of Борис, as if it had been made. */
async function booked(
  at: number,
  status: string,
  { price = 200_000, currency = 'RUB' }: { price?: number | null; currency?: string } = {},
): Promise<void> {
  await salon.sql(
    `insert into bookings (customer_id, staff_id, status, starts_at, ends_at, busy, local_date, local_time, time_zone, lines, price_minor, currency)
     select u.id, s.id, $2, $3, $4, tstzrange($3, $4), ($3 at time zone 'Europe/Moscow')::date, ($3 at time zone 'Europe/Moscow')::time,
            'Europe/Moscow', $5, $6, $7
       from users u, staff s where u.telegram_id = $1`,
    [
      boris.user.id,
      status,
      new Date(at),
      new Date(at + HOUR),
      JSON.stringify([{ serviceId: 1, name: 'Стрижка', minutes: 60, priceMinor: price, currency }]),
      price,
      currency,
    ],
  )
}

async function openBoris(): Promise<void> {
  await owner.write('/admin')
  await owner.tap('🙋 Клиенты')
  await owner.tap(/Борис Ли/)
}

describe('finding a customer', () => {
  test.each([
    ['the name, whatever its capitals', 'борис'],
    ['a part of the last name', 'Ли'],
    ['first and last name in either order', 'ли борис'],
    ['the number with an 8', '8 (916) 123-45-67'],
    ['the number with +7', '+7 916 123 45 67'],
    ['the number without anything before it', '9161234567'],
    ['its last digits', '45-67'],
    ['the @username', '@boris_li'],
    ['a part of the username', '@Boris'],
  ])('is possible by %s', async (_, query) => {
    await owner.write('/admin')
    await owner.tap('🙋 Клиенты')
    await owner.write(query)
    expect(labels(owner)).toEqual(['Борис Ли · +79161234567', '‹ Назад'])
    await owner.tap(/Борис/)
    expect(owner.screen().text).toContain('Борис Ли (@boris_li)')
  })

  test('who is not there is said, with what to type, and the question stays', async () => {
    await owner.write('/admin')
    await owner.tap('🙋 Клиенты')
    await owner.write('%')
    expect(owner.screen().text).toBe(
      'По «%» никого не нашлось. Напишите часть имени, номер или его последние цифры, например: 45-67',
    )
    await owner.write('4567')
    expect(labels(owner)).toContain('Борис Ли · +79161234567')
  })

  test('the latest stand first, eight on a page; what was searched for is turned the same way', async () => {
    for (let one = 0; one < 10; one++) {
      salon.clock.now += 60_000
      await salon.person({ first_name: `Клара ${one}` }).write('/start')
    }
    salon.clock.now += 60_000
    await owner.write('/admin')
    await owner.tap('🙋 Клиенты')
    expect(owner.screen().text).toBe(
      'Клиенты\nНиже – кто был здесь недавно. Чтобы найти другого, напишите имя, телефон (хватит последних цифр) или @имя.',
    )
    expect(labels(owner).slice(0, 2)).toEqual(['Ольга', 'Клара 9'])
    expect(labels(owner)).toHaveLength(8 + 2 + 1)
    await owner.tap('›')
    expect(labels(owner)).toContain('Борис Ли · +79161234567')
    await owner.write('клара')
    await owner.tap('›')
    expect(labels(owner)).toEqual(['Клара 1', 'Клара 0', '‹', '2/2', '‹ Назад'])
    // The dialogue is lost: the page cannot be known any more.
    const back = owner.dataOf('‹')
    owner.dialogue.set({ v: 1, screen: 'x' })
    await owner.tapData(back)
    expect(owner.lastToast()).toBe('Что искали, не сохранилось. Напишите ещё раз.')
    expect(owner.screen().text).toContain('Ниже – кто был здесь недавно')
  })

  test('finds a name with ё by one with е, and the other way round', async () => {
    await salon.person({ first_name: 'Артём', last_name: 'Семенов' }).write('/start')
    await owner.write('/admin')
    await owner.tap('🙋 Клиенты')
    for (const query of ['артем', 'Семёнов']) {
      await owner.write(query)
      expect(labels(owner)).toEqual(['Артём Семенов', '‹ Назад'])
      await owner.tap('‹ Назад')
    }
  })

  test('a lone @ finds nobody', async () => {
    await owner.write('/admin')
    await owner.tap('🙋 Клиенты')
    await owner.write('@')
    expect(owner.screen().text).toContain('По «@» никого не нашлось')
  })

  test('who had their data erased is not booked for by a screen from before', async () => {
    await openBoris()
    await owner.tap('➕ Записать клиента')
    await owner.tap(/Стрижка/)
    await owner.tap('чт, 26 нояб., 13:00')
    await owner.tap('Борис Ли · +79161234567')
    await boris.write('/privacy')
    await boris.tap('🗑 Удалить мои данные')
    await boris.tap('Да, удалить')
    await owner.tap('✅ Записать')
    expect(owner.lastToast()).toBe('Имя не сохранилось. Напишите его ещё раз.')
    expect(await salon.sql('select 1 from bookings')).toEqual([])
  })

  test('who had their data erased is not shown, neither in the list nor by an old button', async () => {
    await openBoris()
    const card = owner.dataOf('📝 Заметка')
    await boris.write('/privacy')
    await boris.tap('🗑 Удалить мои данные')
    await boris.tap('Да, удалить')
    await owner.tapData(card)
    expect(owner.lastToast()).toBe('Такого клиента нет.')
    expect(labels(owner)).toEqual(['Ольга', '‹ Назад'])
  })
})

describe('a customer’s card', () => {
  test('says how they keep their bookings, what they have spent in each currency, and when they come', async () => {
    await booked(START - 30 * DAY, 'came')
    await booked(START - 20 * DAY, 'came', { price: 5_050, currency: 'EUR' })
    await booked(START - 15 * DAY, 'came', { price: null })
    await booked(START - 10 * DAY, 'no_show')
    await booked(START + 3 * DAY, 'cancelled')
    await booked(START + DAY + HOUR, 'booked')
    await openBoris()
    expect(owner.screen().text).toBe(
      [
        'Борис Ли (@boris_li)',
        'Телефон: +79161234567',
        'Впервые: ср, 25 ноября',
        'Оплачено визитов: 2 000 ₽ + 50,50 €',
        'Последний визит: вт, 10 ноября',
        'Следующая запись: чт, 26 ноября, 10:00',
        '',
        'Приходил(а): 3, не пришёл(ла): 1, отмен: 1',
      ].join('\n'),
    )
    expect(owner.screen().links).toContain(`tg://user?id=${boris.user.id}`)
    await owner.tap('🗓 Записи: 6')
    expect(owner.screen().text).toBe('Записи: Борис Ли (@boris_li)')
    expect(labels(owner)).toEqual([
      '❌ сб, 28 нояб., 09:00 · Стрижка',
      'чт, 26 нояб., 10:00 · Стрижка',
      '🚫 вс, 15 нояб., 09:00 · Стрижка',
      '✅ вт, 10 нояб., 09:00 · Стрижка',
      '✅ чт, 5 нояб., 09:00 · Стрижка',
      '✅ пн, 26 окт., 09:00 · Стрижка',
      '‹ К клиенту',
    ])
    await owner.tap('чт, 26 нояб., 10:00 · Стрижка')
    expect(owner.screen().text).toContain('Записан(а)')
    await owner.tap('👤 Клиент')
    expect(owner.screen().text).toContain('Следующая запись')
  })

  test('speaks English, too', async () => {
    await owner.write('/settings')
    await owner.tap('English')
    await owner.write('/admin')
    await owner.tap('🙋 Customers')
    await owner.tap(/Борис/)
    expect(owner.screen().text).toBe(
      'Борис Ли (@boris_li)\nPhone: +79161234567\nFirst seen: Wed 25 November\n\nCame: 0, no-show: 0, cancelled: 0',
    )
    await owner.tap('🚦 May they book?')
    expect(labels(owner)).toEqual([
      '• Yes, as everybody',
      '✋ With approval only',
      '⛔ Not at all',
      '‹ The customer',
    ])
  })

  test('keeps a note, which is changed and taken away; the record says so, and never what it says of a customer', async () => {
    await openBoris()
    await owner.tap('📝 Заметка')
    await owner.write('я'.repeat(1001))
    expect(owner.screen().text).toBe('Слишком длинно: до 1 000 знаков. Напишите короче.')
    await owner.write('Аллергия <на> краску')
    expect(owner.screen().text).toContain('Заметка: Аллергия <на> краску')
    await owner.tap('📝 Заметка')
    expect(owner.screen().text).toContain('Сейчас: Аллергия <на> краску')
    await owner.tap('🗑 Убрать заметку')
    expect(owner.screen().text).not.toContain('Заметка')
    expect(await actions()).toEqual([
      { action: 'customer.notes', details: { before: { characters: 0 }, after: { characters: 20 } } },
      { action: 'customer.notes', details: { before: { characters: 20 }, after: { characters: 0 } } },
    ])
  })

  test('loses no note of two admins who write at once: the second is shown the first one’s', async () => {
    const vera = salon.person({ first_name: 'Вера' })
    await vera.write('/start')
    salon.admins.push(vera.user.id)
    await openBoris()
    await owner.tap('📝 Заметка')
    await vera.write('/admin')
    await vera.tap('🙋 Клиенты')
    await vera.tap(/Борис Ли/)
    await vera.tap('📝 Заметка')
    await vera.write('Аллергия на краску')
    await owner.write('Любит кофе')
    expect(owner.screen().text).toMatch(/^Пока вы писали, заметку изменил другой администратор\./)
    expect(owner.screen().text).toContain('Сейчас: Аллергия на краску')
    expect(await stored()).toMatchObject({ notes: 'Аллергия на краску' })
    await owner.write('Аллергия на краску, любит кофе')
    expect(await stored()).toMatchObject({ notes: 'Аллергия на краску, любит кофе' })
  })

  test('gathers tags: typed, or tapped where they are in use; each once, at most ten', async () => {
    const clara = salon.person({ first_name: 'Клара' })
    await clara.write('/start')
    await salon.sql(`update users set tags = '{VIP}' where telegram_id = $1`, [clara.user.id])
    await openBoris()
    await owner.tap('🏷 Метки')
    expect(owner.screen().text).toContain('Метки: пока нет')
    expect(labels(owner)).toEqual(['+ VIP', '‹ Назад'])
    const add = owner.dataOf('+ VIP')
    await owner.tap('+ VIP')
    await owner.tapData(add)
    await owner.write('  #постоянный   гость ')
    expect(labels(owner)).toEqual(['✕ VIP', '✕ постоянный гость', '‹ Назад'])
    await owner.write('vip')
    expect(owner.screen().text).toBe('Такая метка уже есть.')
    await owner.write('я'.repeat(31))
    expect(owner.screen().text).toBe('Метка – это слово или два, до 30 знаков. Например: постоянный')
    for (let one = 3; one <= 10; one++) await owner.write(`метка ${one}`)
    await owner.write('лишняя')
    expect(owner.screen().text).toBe('Больше 10 меток у клиента не бывает. Сначала уберите лишнюю.')
    await owner.tap('✕ VIP')
    await owner.write('vIP')
    // As it is written elsewhere.
    expect(((await stored()) as { tags: string[] }).tags.at(-1)).toBe('VIP')
  })

  test('says nothing that outlives the customer’s wish to be forgotten', async () => {
    await openBoris()
    await owner.tap('📝 Заметка')
    await owner.write('Аллергия на краску')
    await owner.tap('🏷 Метки')
    await owner.write('беременна')
    await boris.write('/privacy')
    await boris.tap('🗑 Удалить мои данные')
    await boris.tap('Да, удалить')
    const rows = await salon.sql<{ row: string }>(
      `select to_jsonb(t)::text as row from users t union all select to_jsonb(t)::text from admin_actions t`,
    )
    const all = rows.map(({ row }) => row).join('\n')
    for (const word of ['Аллергия', 'беременна', 'Борис']) expect(all).not.toContain(word)
  })

  test('leads to a booking by hand for this customer, without asking who it is for', async () => {
    await openBoris()
    await owner.tap('➕ Записать клиента')
    await owner.tap(/Стрижка/)
    await owner.tap('чт, 26 нояб., 13:00')
    await owner.tap('Борис Ли · +79161234567')
    await owner.tap('✅ Записать')
    expect(boris.screen().text).toContain('Вас записали')
    // Another booking begun from the schedule is for nobody yet.
    await owner.write('/admin')
    await owner.tap('➕ Записать клиента')
    await owner.tap(/Стрижка/)
    await owner.tap('чт, 26 нояб., 09:00')
    expect(labels(owner)).toEqual(['‹ Назад'])
  })

  test('decides who may book; what is so already changes nothing', async () => {
    await openBoris()
    await owner.tap('🚦 Можно ли записываться')
    const deny = owner.dataOf('⛔ Нельзя')
    await owner.tap('⛔ Нельзя')
    await owner.tapData(deny)
    expect(owner.screen().text).toContain('⛔ Записываться через бота не может')
    expect(await stored()).toMatchObject({ booking_rule: 'deny' })
    expect(await actions()).toEqual([{ action: 'customer.rule', details: { before: null, after: 'deny' } }])
    await owner.tap('🚦 Можно ли записываться')
    await owner.tap('Можно, как всем')
    expect(await stored()).toMatchObject({ booking_rule: null })
  })
})
