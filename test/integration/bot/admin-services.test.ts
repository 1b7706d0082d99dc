import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { cleanCatalogue, openSalon, type PretendPerson, type Salon } from './pretend.ts'

let salon: Salon
let owner: PretendPerson
beforeAll(async () => {
  salon = await openSalon()
})
afterAll(() => salon.close())
beforeEach(async () => {
  await cleanCatalogue(salon)
  owner = salon.person({ first_name: 'Ольга' })
  salon.admins.splice(0, Number.POSITIVE_INFINITY, owner.user.id)
})

const labels = (person: PretendPerson) => person.screen().buttons.map(({ label }) => label)

async function addService(name: string, more: object = {}): Promise<number> {
  const values = { minutes: 60, price_minor: 100_000, category: '', sort_order: 0, ...more }
  const [row] = await salon.sql<{ id: string }>(
    `insert into services (name, minutes, price_minor, category, sort_order) values ($1, $2, $3, $4, $5) returning id`,
    [name, values.minutes, values.price_minor, values.category, values.sort_order],
  )
  return Number(row?.id)
}

async function openRoom(person = owner): Promise<void> {
  await person.write('/admin')
  await person.tap(/Услуги|Services/)
}

async function openCard(name: RegExp): Promise<void> {
  await openRoom()
  await owner.tap(name)
}

const stored = async () =>
  await salon.sql(
    `select name, description, category, minutes, step_minutes as step, buffer_before_minutes as before,
            buffer_after_minutes as after, price_minor::int as price, price_from as "from", is_active as shown
       from services where deleted_at is null order by sort_order, id`,
  )

const actions = async () =>
  (await salon.sql<{ action: string }>('select action from admin_actions order by id')).map(
    ({ action }) => action,
  )

describe('a new service', () => {
  test('takes a name, a length and a price, and can be booked at once', async () => {
    await openRoom()
    expect(owner.screen().text).toBe(
      'Услуги\nПока нет ни одной, поэтому записаться нельзя. Добавьте первую: нужны название, длительность и цена.',
    )
    expect(labels(owner)).toEqual(['➕ Добавить услугу', '🗂 Категории', '🔗 Ссылки и QR', '‹ Назад'])
    await owner.tap('➕ Добавить услугу')
    expect(owner.screen().text).toBe('Новая услуга\nНапишите её название, например: Стрижка мужская.')
    await owner.write('Стрижка  <мужская>')
    expect(owner.screen().text).toBe(
      'Стрижка <мужская>\nСколько она длится? Выберите или напишите, например: 90 или 1 ч 30 мин.',
    )
    await owner.tap('45 мин')
    expect(owner.screen().text).toBe(
      'Стрижка <мужская> · 45 мин\nСколько она стоит? Напишите, например: 1500 или от 1500. Ноль – бесплатно.',
    )
    await owner.write('от 1 500 ₽')
    expect(owner.screen().text).toBe(
      '✅ Услуга добавлена.\n\nСтрижка <мужская>\n\nДлительность: 45 мин\nЦена: от 1 500 ₽\nВыполняют: Anna',
    )
    expect(labels(owner)).toEqual([
      '✏️ Название',
      '📝 Описание',
      '⏱ Длительность',
      '💰 Цена',
      '☕ Перерыв до',
      '☕ Перерыв после',
      '🕐 Шаг записи',
      '🗂 Категория',
      '👤 Кто выполняет',
      '🔗 Ссылка и QR',
      '▲ Выше',
      '▼ Ниже',
      '🙈 Скрыть',
      '🗑 Удалить',
      '‹ Услуги',
    ])
    const guest = salon.person()
    await guest.write('/book')
    expect(labels(guest)).toEqual(['Стрижка <мужская> · 45 мин · от 1 500 ₽', '✕ Прервать'])
    expect(await salon.sql('select action, target, details from admin_actions')).toEqual([
      {
        action: 'service.create',
        target: expect.stringMatching(/^service:\d+$/),
        details: { after: { name: 'Стрижка <мужская>', minutes: 45, priceMinor: 150_000, priceFrom: true } },
      },
    ])
  })

  test('what is typed wrong is answered with an example, and the question stays', async () => {
    await openRoom()
    await owner.tap('➕ Добавить услугу')
    await owner.write('я'.repeat(101))
    expect(owner.screen().text).toBe('Название – от 1 до 100 знаков, например: Стрижка мужская.')
    await owner.write('Укладка')
    for (const wrong of ['долго', '4', '25 часов']) {
      await owner.write(wrong)
      expect(owner.screen().text).toContain('Не понял длительность.')
    }
    await owner.write('1,5 часа')
    await owner.write('дорого')
    expect(owner.screen().text).toBe('Не понял цену. Напишите сумму, например: 1500 или от 1500.')
    await owner.write('-')
    expect(owner.screen().text).toContain('Длительность: 90 мин\nЦена: не показывается')
    expect(await stored()).toMatchObject([{ name: 'Укладка', minutes: 90, price: null, from: false }])
  })

  test('a second tap on the last step, or a dialogue that was lost, begins anew and adds nothing', async () => {
    await openRoom()
    await owner.tap('➕ Добавить услугу')
    await owner.write('Укладка')
    await owner.tap('60 мин')
    const last = owner.dataOf('Не показывать цену')
    await owner.tapData(last)
    await owner.tapData(last)
    expect(owner.lastToast()).toBe('Начнём сначала: прежние ответы не сохранились или услуга уже добавлена.')
    expect(owner.screen().text).toContain('Новая услуга')
    expect(await stored()).toHaveLength(1)
  })

  test('the whole way in English', async () => {
    const ann = salon.person({ language_code: 'en' })
    salon.admins.push(ann.user.id)
    await openRoom(ann)
    await ann.tap('➕ Add a service')
    await ann.write('Haircut')
    await ann.write('1h')
    await ann.write('0')
    expect(ann.screen().text).toBe(
      '✅ The service has been added.\n\nHaircut\n\nLength: 60 min\nPrice: free\nGiven by: Anna',
    )
    await ann.tap('‹ Services')
    expect(ann.screen().text).toBe('Services\nThis is how customers see them. Press one to change it.')
    expect(labels(ann)[0]).toBe('Haircut · 60 min · free')
  })
})

describe('a service', () => {
  test('each field is changed on its own, typed or tapped, and written down with before and after', async () => {
    await addService('Стрижка')
    await openCard(/Стрижка/)
    await owner.tap('✏️ Название')
    await owner.write('Стрижка женская')
    expect(owner.screen().text).toContain('✅ Сохранено.\n\nСтрижка женская')
    await owner.tap('📝 Описание')
    await owner.write('С мытьём & <укладкой>')
    await owner.tap('⏱ Длительность')
    await owner.tap('90 мин')
    await owner.tap('💰 Цена')
    await owner.write('2500,50')
    await owner.tap('☕ Перерыв до')
    await owner.tap('5 мин')
    await owner.tap('☕ Перерыв после')
    await owner.write('20')
    await owner.tap('🕐 Шаг записи')
    await owner.tap('15 мин')
    await owner.tap('🗂 Категория')
    await owner.write('Волосы')
    expect(owner.screen().text).toBe(
      '✅ Сохранено.\n\nСтрижка женская\nС мытьём & <укладкой>\n\nКатегория: Волосы\nДлительность: 90 мин\nЦена: 2 500,50 ₽\nПерерыв до: 5 мин\nПерерыв после: 20 мин\nНачало: каждые 15 мин\nВыполняют: Anna',
    )
    expect(await stored()).toEqual([
      {
        name: 'Стрижка женская',
        description: 'С мытьём & <укладкой>',
        category: 'Волосы',
        minutes: 90,
        step: 15,
        before: 5,
        after: 20,
        price: 250_050,
        from: false,
        shown: true,
      },
    ])
    expect((await actions()).filter((action) => action === 'service.edit')).toHaveLength(8)
    expect(await salon.sql('select details from admin_actions order by id limit 1')).toEqual([
      { details: { before: { name: 'Стрижка' }, after: { name: 'Стрижка женская' } } },
    ])
    await owner.tap('📝 Описание')
    expect(owner.screen().text).toBe(
      'Что рассказать клиентам об услуге «Стрижка женская»?\nНапишите описание, до 500 знаков.\n\nСейчас: С мытьём & <укладкой>',
    )
    await owner.tap('Без описания')
    await owner.tap('🕐 Шаг записи')
    await owner.tap('Как у всех услуг')
    await owner.tap('🗂 Категория')
    await owner.tap('Без категории')
    expect(await stored()).toMatchObject([{ description: '', step: null, category: '' }])
  })

  test('its price becomes “from” and exact again by a tap', async () => {
    await addService('Стрижка')
    await openCard(/Стрижка/)
    await owner.tap('💰 Цена')
    await owner.tap('Показывать «от 1 000 ₽»')
    expect(owner.screen().text).toContain('Цена: от 1 000 ₽')
    const guest = salon.person()
    await guest.write('/book')
    await guest.tap(/Стрижка · 60 мин · от 1 000 ₽/)
    await guest.tap(/09:00/)
    expect(guest.screen().text).toContain('Стоимость: от 1 000 ₽')
    await guest.tap('✅ Записаться')
    await owner.tap('💰 Цена')
    await owner.tap('Показывать «1 000 ₽»')
    expect(await stored()).toMatchObject([{ price: 100_000, from: false }])
    // As sold.
    await guest.write('/my')
    await guest.tap(/09:00/)
    expect(guest.screen().text).toContain('Стоимость: от 1 000 ₽')
  })

  test('out of range, or forged, is refused with what is expected', async () => {
    const id = (await addService('Стрижка')).toString(36)
    await openCard(/Стрижка/)
    await owner.tap('☕ Перерыв после')
    await owner.write('481')
    expect(owner.screen().text).toBe('Перерыв – от 0 до 480 минут, например: 15.')
    await owner.tap('‹ Назад')
    await owner.tap('📝 Описание')
    await owner.write('я'.repeat(501))
    expect(owner.screen().text).toBe('Описание – до 500 знаков. Напишите короче.')
    const before = await stored()
    for (const data of [
      `1:Sx:${id}:minutes:1`,
      `1:Sx:${id}:minutes:`,
      `1:Sx:${id}:after:zzz`,
      `1:Sx:${id}:name:1`,
      `1:Sx:${id}:price:5`,
    ]) {
      await owner.tapData(data)
      expect(owner.lastToast()).toBe('Эта кнопка устарела. Вот свежее меню.')
    }
    await owner.tapData('1:Sv:zzzz')
    expect(owner.lastToast()).toBe('Этого здесь больше нет. Вот свежий список.')
    expect(owner.screen().text).toContain('Так их видят клиенты.')
    expect(await stored()).toEqual(before)
  })

  test('is hidden and shown; saying it twice is no second action', async () => {
    await addService('Стрижка')
    await openCard(/Стрижка/)
    const hide = owner.dataOf('🙈 Скрыть')
    await owner.tapData(hide)
    await owner.tapData(hide)
    expect(owner.screen().text).toContain('🙈 Скрыта: клиенты её не видят.')
    expect(await actions()).toEqual(['service.hide'])
    const guest = salon.person()
    await guest.write('/book')
    expect(guest.screen().text).toContain('Сейчас записаться нельзя')
    await owner.tap('👁 Показать клиентам')
    await guest.write('/book')
    expect(labels(guest)[0]).toBe('Стрижка · 60 мин · 1 000 ₽')
  })

  test('goes up and down among its neighbours, as customers see them', async () => {
    for (const name of ['Первая', 'Вторая', 'Третья']) await addService(name)
    await openCard(/Третья/)
    await owner.tap('▲ Выше')
    expect(owner.lastToast()).toBe('Место в списке: 2 из 3')
    await owner.tap('▲ Выше')
    await owner.tap('▲ Выше')
    expect(owner.lastToast()).toBe('Место в списке: 1 из 3')
    const guest = salon.person()
    await guest.write('/book')
    expect(
      labels(guest)
        .slice(0, 3)
        .map((label) => label.split(' ')[0]),
    ).toEqual(['Третья', 'Первая', 'Вторая'])
    await owner.tap('▼ Ниже')
    expect((await stored()).map((one) => (one as { name: string }).name)).toEqual([
      'Первая',
      'Третья',
      'Вторая',
    ])
    expect(await actions()).toEqual(['service.move', 'service.move', 'service.move'])
  })

  test('is deleted after a question that names its bookings, which stay; and comes back hidden', async () => {
    await addService('Стрижка')
    const guest = salon.person()
    await guest.write('/book')
    await guest.tap(/Стрижка/)
    await guest.tap(/09:00/)
    await guest.tap('✅ Записаться')
    await openCard(/Стрижка/)
    await owner.tap('🗑 Удалить')
    expect(owner.screen().text).toBe(
      'Удалить услугу «Стрижка»?\n1 будущая запись останется в силе. Новых не будет. Услугу можно вернуть.',
    )
    const yes = owner.dataOf('🗑 Да, удалить')
    await owner.tapData(yes)
    expect(owner.lastToast()).toBe('Услуга удалена.')
    await owner.tapData(yes)
    expect(owner.lastToast()).toBe('Эту услугу уже удалили. Её можно вернуть из удалённых.')
    expect(await salon.sql('select status from bookings')).toEqual([{ status: 'booked' }])
    await guest.write('/my')
    await guest.tap(/09:00/)
    expect(guest.screen().text).toContain('Стрижка')
    await owner.tap('🗑 Удалённые: 1')
    await owner.tap('↩️ Стрижка')
    expect(owner.screen().text).toContain('✅ Услуга вернулась. Пока она скрыта')
    expect(await stored()).toMatchObject([{ name: 'Стрижка', shown: false }])
    expect(await actions()).toEqual(['service.delete', 'service.restore'])
  })

  test('that another admin deleted meanwhile is answered kindly, tapped or typed', async () => {
    await addService('Стрижка')
    await openCard(/Стрижка/)
    const card = owner.screen().buttons
    await owner.tap('✏️ Название')
    await salon.sql('update services set is_active = false, deleted_at = now()')
    await owner.write('Новое имя')
    expect(owner.screen().text).toContain('Эту услугу уже удалили. Её можно вернуть из удалённых.\n\nУслуги')
    expect(owner.dialogue.get()).toBeUndefined()
    for (const { label, data } of card.filter((one) => !/Услуги|Ссылка/.test(one.label))) {
      await owner.tapData(data)
      expect({ label, toast: owner.lastToast() }).toEqual({
        label,
        toast: 'Эту услугу уже удалили. Её можно вернуть из удалённых.',
      })
    }
    expect(await actions()).toEqual([])
  })

  test('two admins at once: each keeps what they changed', async () => {
    const id = await addService('Стрижка')
    const other = salon.person()
    salon.admins.push(other.user.id)
    await openCard(/Стрижка/)
    await openRoom(other)
    await other.tap(/Стрижка/)
    await owner.tap('✏️ Название')
    await other.tap('💰 Цена')
    await Promise.all([owner.write('Стрижка и борода'), other.write('3000')])
    expect(await stored()).toMatchObject([{ name: 'Стрижка и борода', price: 300_000 }])
    const [anna] = await salon.sql<{ id: string }>('select id from staff')
    const gives = `1:SW:${id.toString(36)}:${Number(anna?.id).toString(36)}:n:0`
    await Promise.all([owner.tapData(gives), other.tapData(gives)])
    expect(await salon.sql('select offers from staff')).toEqual([{ offers: {} }])
    expect((await actions()).filter((action) => action === 'service.staff')).toHaveLength(1)
  })

  test('when the dialogue is lost, what is typed changes nothing', async () => {
    await addService('Стрижка')
    await openCard(/Стрижка/)
    await owner.tap('💰 Цена')
    owner.dialogue.set({ v: 1, screen: 'question' })
    const [answer] = await owner.write('1')
    expect(answer?.text).toContain('Не понял сообщение.')
    expect(await stored()).toMatchObject([{ price: 100_000 }])
  })

  test('two admins who order the list at once leave it whole', async () => {
    for (let index = 1; index <= 6; index++) await addService(`Услуга №${index}`, { sort_order: index })
    const admins = [owner, salon.person(), salon.person()]
    for (const one of admins) salon.admins.push(one.user.id)
    const ids = await salon.sql<{ id: string }>('select id from services order by id')
    await Promise.all(
      ids.map(({ id }, index) =>
        (admins[index % 3] ?? owner).tapData(`1:Su:${Number(id).toString(36)}:${index % 2 ? 'up' : 'down'}`),
      ),
    )
    const places = await salon.sql<{ place: number }>('select sort_order as place from services order by 1')
    expect(places.map(({ place }) => place)).toEqual([1, 2, 3, 4, 5, 6])
  })

  test('a long list has pages, and no more than eight on each', async () => {
    for (let index = 1; index <= 17; index++) await addService(`Услуга №${index}`)
    await openRoom()
    expect(labels(owner).filter((label) => label.startsWith('Услуга'))).toHaveLength(8)
    await owner.tap('›')
    await owner.tap('›')
    expect(labels(owner)[0]).toBe('Услуга №17 · 60 мин · 1 000 ₽')
    await owner.tapData('1:Sl:zz')
    expect(labels(owner)[0]).toBe('Услуга №17 · 60 мин · 1 000 ₽')
  })
})

describe('who gives a service', () => {
  beforeEach(async () => {
    await salon.sql(`insert into staff (name) values ('Вера')`)
  })

  test('who is taken off one keeps the others, also the hidden and deleted ones', async () => {
    await addService('Стрижка')
    const colour = await addService('Окрашивание')
    const old = await addService('Старая')
    await salon.sql('update services set is_active = false, deleted_at = now() where id = $1', [old])
    await openCard(/Стрижка/)
    expect(owner.screen().text).toContain('Выполняют: все')
    await owner.tap('👤 Кто выполняет')
    expect(owner.screen().text).toBe(
      'Кто выполняет «Стрижка»?\nСлева отметьте специалистов. Справа – их длительность и цена, если они свои.',
    )
    expect(labels(owner)).toEqual([
      '✅ Anna',
      '✏️ 60 мин · 1 000 ₽',
      '✅ Вера',
      '✏️ 60 мин · 1 000 ₽',
      '‹ Назад',
    ])
    await owner.tap('✅ Вера')
    expect(labels(owner)).toContain('▫️ Вера')
    expect(await salon.sql('select name, offers from staff order by id')).toEqual([
      { name: 'Anna', offers: null },
      { name: 'Вера', offers: { [colour]: {}, [old]: {} } },
    ])
    await owner.tap('✅ Anna')
    expect(owner.screen().text).toContain('⚠️ Сейчас никто')
    const guest = salon.person()
    await guest.write('/book')
    expect(labels(guest)).toEqual(['Окрашивание · 60 мин · 1 000 ₽', '✕ Прервать'])
    await owner.tap('▫️ Вера')
    await owner.tap('▫️ Anna')
    expect(await salon.sql('select offers from staff')).toEqual([{ offers: null }, { offers: null }])
  })

  test('who gives everything gives what is added later, too; who does not is marked by hand', async () => {
    await addService('Стрижка')
    await openCard(/Стрижка/)
    await owner.tap('👤 Кто выполняет')
    await owner.tap('✅ Вера')
    await openRoom()
    await owner.tap('➕ Добавить услугу')
    await owner.write('Укладка')
    await owner.tap('30 мин')
    await owner.write('500')
    expect(owner.screen().text).toContain('Выполняют: Anna')
  })

  test('has own minutes and an own price, which go back to the service’s', async () => {
    const id = await addService('Стрижка')
    await openCard(/Стрижка/)
    await owner.tap('👤 Кто выполняет')
    const [, , , vera] = owner.screen().buttons
    await owner.tapData(vera?.data ?? '')
    expect(owner.screen().text).toBe('Стрижка\nВера: 60 мин · 1 000 ₽\nУ самой услуги: 60 мин · 1 000 ₽')
    await owner.tap('⏱ Своя длительность')
    await owner.write('3 минуты')
    expect(owner.screen().text).toBe(
      'Не понял длительность. Она – от 5 минут до суток, например: 60 или 1 ч 30 мин.',
    )
    await owner.write('1 ч 40 мин')
    expect(owner.screen().text).toContain('Вера: 100 мин · 1 000 ₽')
    await owner.tap('⏱ Своя длительность')
    await owner.tap('90 мин')
    await owner.tap('💰 Своя цена')
    await owner.write('от 3000')
    expect(owner.screen().text).toContain('Напишите сумму числом')
    await owner.write('3 000')
    expect(owner.screen().text).toBe(
      '✅ Сохранено.\n\nСтрижка\nВера: 90 мин · 3 000 ₽\nУ самой услуги: 60 мин · 1 000 ₽',
    )
    expect(await salon.sql(`select offers from staff where name = 'Вера'`)).toEqual([
      { offers: { [id]: { minutes: 90, priceMinor: 300_000 } } },
    ])
    const guest = salon.person()
    await guest.write('/book')
    await guest.tap(/Стрижка/)
    await guest.tap('Вера')
    expect(guest.screen().text).toContain('90 мин · 3 000 ₽')
    await owner.tap('↩️ Как у услуги')
    await owner.tap('↩️ Как у услуги')
    expect(await salon.sql(`select offers from staff where name = 'Вера'`)).toEqual([{ offers: null }])
  })
})

describe('categories', () => {
  test('are made at a service, ordered, renamed, joined and removed; services stay', async () => {
    await addService('Стрижка', { category: 'Волосы', sort_order: 1 })
    await addService('Маникюр', { category: 'Ногти', sort_order: 2 })
    await addService('Массаж', { sort_order: 3 })
    await openRoom()
    await owner.tap('🗂 Категории')
    expect(labels(owner)).toEqual(['Волосы · 1', 'Ногти · 1', '‹ Услуги'])
    await owner.tap('Ногти · 1')
    expect(owner.screen().text).toBe('Ногти\n\n• Маникюр')
    await owner.tap('▲ Выше')
    expect(labels(owner)).toEqual(['Ногти · 1', 'Волосы · 1', '‹ Услуги'])
    await owner.tap('Ногти · 1')
    const old = owner.dataOf('✏️ Переименовать')
    await owner.tap('✏️ Переименовать')
    await owner.write('я'.repeat(41))
    expect(owner.screen().text).toBe('Название категории – от 1 до 40 знаков, например: Маникюр.')
    await owner.write('Руки & ноги')
    expect(owner.screen().text).toBe('✅ Сохранено.\n\nРуки & ноги\n\n• Маникюр')
    await owner.tapData(old)
    expect(owner.lastToast()).toBe('Этой категории больше нет. Вот свежий список.')
    await owner.tap('Руки & ноги · 1')
    await owner.tap('✏️ Переименовать')
    await owner.write('волосы')
    expect(owner.screen().text).toBe(
      '✅ Услуги теперь в категории «Волосы», которая уже была.\n\nВолосы\n\n• Маникюр\n• Стрижка',
    )
    await owner.tap('🗑 Убрать категорию')
    expect(owner.screen().text).toBe('Убрать категорию «Волосы»?\n2 услуги останутся без категории.')
    await owner.tap('Да, убрать')
    expect(owner.screen().text).toContain('Пока ни одной: клиенты видят все услуги одним списком.')
    expect((await stored()).map((one) => (one as { category: string }).category)).toEqual(['', '', ''])
    expect(await actions()).toEqual([
      'category.move',
      'category.rename',
      'category.rename',
      'category.remove',
    ])
  })

  test('one that is there is chosen by a tap', async () => {
    await addService('Стрижка', { category: 'Волосы' })
    await addService('Укладка')
    await openCard(/Укладка/)
    await owner.tap('🗂 Категория')
    await owner.tap('Волосы')
    expect(owner.screen().text).toContain('Категория: Волосы')
    await owner.tap('🗂 Категория')
    await owner.write('ВОЛОСЫ')
    expect(owner.screen().text).toContain('Категория: Волосы')
  })
})

describe('links and QR codes', () => {
  test('of the bot, of each service and member of staff; the code comes as a file', async () => {
    const id = await addService('Стрижка')
    await addService('Скрытая')
    await salon.sql(`update services set is_active = false where name = 'Скрытая'`)
    await openRoom()
    await owner.tap('🔗 Ссылки и QR')
    expect(labels(owner)).toEqual(['🤖 Anna', '🏷 Стрижка', '👤 Anna', '‹ Услуги'])
    await owner.tap('🏷 Стрижка')
    expect(owner.screen().text).toBe(`Стрижка\nhttps://t.me/salon_bot?start=s_${id}`)
    await owner.tap('🖨 Прислать QR-код')
    expect(owner.screen()).toMatchObject({
      kind: 'qr-code',
      text: `Стрижка\nhttps://t.me/salon_bot?start=s_${id}\n\nФайл можно распечатать: код читается камерой телефона.`,
      file: { name: `qr-service-${id}.png` },
    })
    expect(
      Buffer.from(owner.screen().file?.content ?? [])
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG')
    await openCard(/Скрытая/)
    await owner.tap('🔗 Ссылка и QR')
    expect(owner.screen().text).toContain('Сейчас это скрыто от клиентов')
    await owner.tap('‹ Назад')
    expect(owner.screen().text).toContain('Скрытая\n\nДлительность')
    await owner.tapData('1:SK:mzz:0')
    expect(owner.lastToast()).toBe('Этого здесь больше нет. Вот свежий список.')
  })
})

test('a moderator may edit services, too', async () => {
  const moderator = salon.person()
  await salon.sql(`insert into admins (telegram_id, role) values ($1, 'moderator')`, [moderator.user.id])
  await openRoom(moderator)
  await moderator.tap('➕ Добавить услугу')
  await moderator.write('Укладка')
  await moderator.tap('60 мин')
  await moderator.write('1 500')
  expect(await stored()).toMatchObject([{ name: 'Укладка', price: 150_000 }])
})
