import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { cleanCatalogue, openSalon, type PretendPerson, type Salon } from './pretend.ts'

let salon: Salon
let guest: PretendPerson
beforeAll(async () => {
  salon = await openSalon()
})
afterAll(() => salon.close())
beforeEach(async () => {
  await cleanCatalogue(salon)
  guest = salon.person({ first_name: 'Борис' })
})

const labels = () => guest.screen().buttons.map(({ label }) => label)

async function addServices(...services: [name: string, category: string][]): Promise<number[]> {
  const ids: number[] = []
  for (const [name, category] of services) {
    const [row] = await salon.sql<{ id: string }>(
      'insert into services (name, category, minutes, price_minor) values ($1, $2, 60, 100000) returning id',
      [name, category],
    )
    ids.push(Number(row?.id))
  }
  return ids
}

describe('who books', () => {
  test('chooses a category first, then a service; what has none stands under “other”', async () => {
    await addServices(['Массаж', ''], ['Стрижка', 'Волосы'], ['Маникюр', 'Ногти'], ['Укладка', 'Волосы'])
    await guest.write('/book')
    expect(guest.screen().text).toBe('Что вас интересует?')
    expect(labels()).toEqual(['Волосы', 'Ногти', 'Другое', '✕ Прервать'])
    await guest.tap('Другое')
    expect(labels()).toEqual(['Массаж · 60 мин · 1 000 ₽', '‹ К услугам', '✕ Прервать'])
    await guest.tap('‹ К услугам')
    await guest.tap('Волосы')
    expect(guest.screen().text).toBe('Волосы\nЧто вас интересует?')
    expect(labels()).toEqual([
      'Стрижка · 60 мин · 1 000 ₽',
      'Укладка · 60 мин · 1 000 ₽',
      '‹ К услугам',
      '✕ Прервать',
    ])
    const old = guest.dataOf(/Стрижка/)
    await salon.sql(`update services set category = 'Причёски' where category = 'Волосы'`)
    await guest.tapData(old)
    expect(guest.screen().text).toContain('Ближайшее свободное время')
  })

  test('sees services at once where there is but one category, or none', async () => {
    await addServices(['Стрижка', 'Волосы'], ['Укладка', 'Волосы'])
    await guest.write('/book')
    expect(labels()[0]).toBe('Стрижка · 60 мин · 1 000 ₽')
  })

  test('with the button of a category that is gone sees what there is', async () => {
    await addServices(['Стрижка', 'Волосы'], ['Маникюр', 'Ногти'])
    await guest.write('/book')
    const hair = guest.dataOf('Волосы')
    await salon.sql(`update services set category = 'Причёски' where category = 'Волосы'`)
    await guest.tapData(hair)
    expect(labels()).toEqual(['Причёски', 'Ногти', '✕ Прервать'])
  })

  test('turns pages of a category with many services', async () => {
    await addServices(
      ['Маникюр', 'Ногти'],
      ...Array.from({ length: 23 }, (_, index): [string, string] => [`Стрижка ${index + 1}`, 'Волосы']),
    )
    await guest.write('/book')
    await guest.tap('Волосы')
    expect(labels().filter((label) => label.startsWith('Стрижка'))).toHaveLength(20)
    await guest.tap('›')
    expect(labels()[0]).toBe('Стрижка 21 · 60 мин · 1 000 ₽')
  })

  test('sees a price “from”, a free service and one without a price as such', async () => {
    await addServices(['Окрашивание', ''], ['Консультация', ''], ['Ремонт', ''])
    await salon.sql(`update services set price_from = true, price_minor = 150000 where name = 'Окрашивание'`)
    await salon.sql(`update services set price_minor = 0 where name = 'Консультация'`)
    await salon.sql(`update services set price_minor = null where name = 'Ремонт'`)
    await guest.write('/book')
    expect(labels().slice(0, 3)).toEqual([
      'Окрашивание · 60 мин · от 1 500 ₽',
      'Консультация · 60 мин · бесплатно',
      'Ремонт · 60 мин',
    ])
  })
})

describe('a link of the business', () => {
  test('opens a service after the greeting', async () => {
    const [id] = await addServices(['Стрижка', ''])
    const shown = await guest.write(`/start s_${id}`)
    expect(shown.map(({ text }) => text.split('\n')[0])).toEqual(['Здравствуйте, Борис!', 'Стрижка'])
    await guest.tap(/09:00/)
    await guest.tap('✅ Записаться')
    expect(guest.screen().text).toContain('Вы записаны')
  })

  test('opens what a member of staff gives, on own terms, and books with that one', async () => {
    const [cut] = await addServices(['Стрижка', 'Волосы'], ['Маникюр', 'Ногти'])
    const [vera] = await salon.sql<{ id: string }>(
      `insert into staff (name, offers) values ('Вера', $1) returning id`,
      [JSON.stringify({ [String(cut)]: { priceMinor: 300_000 } })],
    )
    await guest.write(`/start m_${vera?.id}`)
    expect(guest.screen().text).toBe('К специалисту: Вера\nЧто вас интересует?')
    expect(labels()).toEqual(['Стрижка · 60 мин · 3 000 ₽', '‹ К услугам', '✕ Прервать'])
    await guest.tap(/Стрижка/)
    await guest.tap('чт, 26 нояб., 09:00')
    expect(guest.screen().text).toContain('Специалист: Вера\nСтоимость: 3 000 ₽')
    await guest.tap('✅ Записаться')
    expect(await salon.sql('select staff_id from bookings')).toEqual([{ staff_id: vera?.id }])
  })

  test('to what is hidden, deleted or never was is answered with the greeting and a kind line', async () => {
    const [hidden, deleted, nobody] = await addServices(['Скрытая', ''], ['Удалённая', ''], ['Ничья', ''])
    await salon.sql('update services set is_active = false where id = $1', [hidden])
    await salon.sql('update services set is_active = false, deleted_at = now() where id = $1', [deleted])
    await salon.sql('update staff set offers = $1', [JSON.stringify({})])
    const [gone] = await salon.sql<{ id: string }>(
      `insert into staff (name, is_active) values ('Ушла', false) returning id`,
    )
    for (const payload of [`s_${hidden}`, `s_${deleted}`, `s_${nobody}`, 's_99999', `m_${gone?.id}`, 'm_1']) {
      const [greeting, more] = await guest.write(`/start ${payload}`)
      expect({ payload, more, text: greeting?.text.split('\n').at(-1) }).toEqual({
        payload,
        more: undefined,
        text: 'По этой ссылке сейчас записаться нельзя, но можно выбрать другое: нажмите «Записаться».',
      })
    }
    const [greeting] = await guest.write('/start hello')
    expect(greeting?.text).toBe('С возвращением, Борис!\n«Anna» на связи. Что сделать?')
  })
})
