import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { emptySalon, openSalon, type PretendPerson, type Salon } from './pretend.ts'

let salon: Salon
let owner: PretendPerson
let boris: PretendPerson
beforeAll(async () => {
  salon = await openSalon()
})
afterAll(() => salon.close())
beforeEach(async () => {
  await emptySalon(salon)
  await salon.sql(
    `insert into services (name, minutes, price_minor, category)
     values ('Стрижка', 60, 200000, 'Волосы'), ('Укладка', 30, 150000, 'Волосы')`,
  )
  await salon.sql(`insert into staff (name) values ('Анна')`)
  owner = salon.person({ first_name: 'Ольга' })
  await owner.write('/start')
  salon.admins.push(owner.user.id)
  boris = salon.person({ first_name: 'Борис' })
  await boris.write('/start')
})

const texts = (shown: readonly { text: string }[]) => shown.map(({ text }) => text)

/** Boris comes on Thursday at nine. */
async function booked(): Promise<void> {
  await boris.write('/book')
  await boris.tap(/Стрижка/)
  await boris.tap('чт, 26 нояб., 09:00')
  await boris.tap('✅ Записаться')
}

async function openVisit(): Promise<void> {
  await owner.write('/admin')
  await owner.tap('🗓 Расписание')
  await owner.tap('чт, 26 нояб.')
  await owner.tap(/09:00/)
}

const withoutServices = () => salon.sql('update services set is_active = false, deleted_at = now()')

describe('a booking that somebody else has changed while an admin looks at it', () => {
  beforeEach(booked)

  test('takes no reason any more, and its customer is told nothing', async () => {
    await openVisit()
    await owner.tap('❌ Отменить запись')
    await boris.write('/my')
    await boris.tap(/09:00/)
    await boris.tap('❌ Отменить')
    await boris.tap('Да, отменить')
    const heard = salon.messagesOf(boris.user.id).length
    const shown = await owner.write('Мастер заболел')
    expect(texts(shown).at(-1)).toBe('Эта запись сейчас: ❌ Отменена.')
    expect(shown[0]?.text).toContain('❌ Отменена')
    expect(salon.messagesOf(boris.user.id)).toHaveLength(heard)
    expect(owner.dialogue.get()).toBeUndefined()
  })

  test('takes no note when it is not there any more', async () => {
    await openVisit()
    await owner.tap('📝 Заметка')
    await salon.sql('truncate bookings, booking_history restart identity cascade')
    expect(texts(await owner.write('Аллергия')).at(-1)).toBe('Такой записи нет.')
    expect(owner.dialogue.get()).toBeUndefined()
  })

  test('is shown as it is now, whatever was about to be changed', async () => {
    await openVisit()
    await owner.tap('🏷 Другая услуга')
    await owner.tap(/Укладка/)
    await withoutServices()
    await owner.tap('✅ Изменить')
    expect(owner.lastToast()).toBe('Этого больше нет в списке услуг.')
    expect(owner.screen().text).toContain('Стрижка')
    expect(await salon.sql("select lines -> 0 ->> 'name' as name from bookings")).toEqual([
      { name: 'Стрижка' },
    ])
  })

  test('goes to nobody else where nobody else gives its service', async () => {
    await openVisit()
    await owner.tap('👤 Другой специалист')
    expect(owner.lastToast()).toBe('Эту услугу больше никто не делает.')
    expect(owner.screen().text).toContain('Борис')
  })
})

describe('a booking by hand whose service has been deleted meanwhile', () => {
  test('is refused in words, typed or tapped', async () => {
    await owner.write('/admin')
    await owner.tap('➕ Записать клиента')
    await owner.tap(/Стрижка/)
    const typeTime = owner.dataOf('⌨️ Ввести время')
    await owner.tap('чт, 26 нояб., 09:00')
    expect(owner.screen().text).toContain('Кого записать?')
    await withoutServices()
    expect(texts(await owner.write('Анна 8 916 123-45-67')).at(-1)).toBe('Этого больше нет в списке услуг.')
    await owner.tapData(typeTime)
    expect(owner.lastToast()).toBe('Этого больше нет в списке услуг.')
    expect(await salon.sql('select 1 from bookings')).toEqual([])
  })
})

describe('a category that has been renamed meanwhile', () => {
  test('is answered with those that are there now, tapped or typed', async () => {
    await owner.write('/admin')
    await owner.tap('💼 Услуги')
    await owner.tap('🗂 Категории')
    await owner.tap('Волосы · 2')
    const rename = owner.dataOf('✏️ Переименовать')
    await owner.tapData(rename)
    await salon.sql(`update services set category = 'Причёски'`)
    await owner.write('Волосы и брови')
    expect(owner.screen().text).toBe(
      'Этой категории больше нет. Вот свежий список.\n\nКатегории\nПо ним клиенты выбирают услугу.',
    )
    await owner.tapData(rename)
    expect(owner.lastToast()).toBe('Этой категории больше нет. Вот свежий список.')
    expect(owner.screen().buttons.map(({ label }) => label)).toContain('Причёски · 2')
  })
})

describe('a customer who is not there any more', () => {
  test('gets no tag and no note', async () => {
    for (const [button, typed] of [
      ['🏷 Метки', 'VIP'],
      ['📝 Заметка', 'Любит чай'],
    ] as const) {
      const guest = salon.person({ first_name: 'Гость' })
      await guest.write('/start')
      await owner.write('/admin')
      await owner.tap('🙋 Клиенты')
      await owner.tap('Гость')
      await owner.tap(button)
      await salon.sql('delete from users where telegram_id = $1', [guest.user.id])
      expect(texts(await owner.write(typed)).at(-1)).toBe('Такого клиента нет.')
    }
  })
})
