import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { searchCustomers } from '../../../bot/storage/customer-search.ts'
import { openSalon, type PretendPerson, type Salon } from './pretend.ts'

const DAY = 24 * 3_600_000
const TIME = 'чт, 26 нояб., 09:00'
const SUMMARY = 'Проверьте запись\n\nСтрижка\nчт, 26 ноября, 09:00–10:00'
const MENU = ['📅 Записаться', '🗓 Мои записи', 'ℹ️ О нас']

let salon: Salon
let boris: PretendPerson
let start: number
beforeAll(async () => {
  salon = await openSalon()
  start = salon.clock.now
})
afterAll(() => salon.close())
beforeEach(async () => {
  salon.clock.now = start
  salon.admins.length = 0
  await salon.sql('truncate bookings, booking_history, feedback, admin_actions, services, settings')
  await salon.sql(`insert into services (name, minutes) values ('Стрижка', 60)`)
  await salon.setting({ title: 'Анна', contactDetails: 'asked' })
  boris = salon.person({ first_name: 'Борис', last_name: 'Я', username: 'boris' })
})

const labels = (person = boris) => person.screen().buttons.map(({ label }) => label)
async function chooseTime(person = boris, time: string | RegExp = TIME): Promise<void> {
  await person.write('/book')
  await person.tap(/Стрижка/)
  await person.tap(time)
}
async function known(person = boris) {
  const [row] = await salon.sql<{ given_name: string | null; phone: string | null; consent: unknown }>(
    `select given_name, phone, consents -> 'personalData' as consent from users where telegram_id = $1`,
    [person.user.id],
  )
  return row
}
async function giveEverything(person = boris): Promise<void> {
  await chooseTime(person)
  await person.tap('✅ Согласен(на)')
  await person.tap('Борис Я')
  await person.contact('79161234567')
  await person.tap('✅ Записаться')
}

describe('a customer who books for the first time', () => {
  test('agrees, says a name, shares the number, and goes on with the very time that was chosen; nobody asks again', async () => {
    await salon.setting({ privacyUrl: 'https://anna.example/privacy' })
    await chooseTime()
    expect(boris.screen().text).toBe(`Согласие на обработку персональных данных

«Анна» просит ваше имя и телефон, чтобы записывать вас, напоминать о визитах и связаться с вами, если что-то изменится. Их видят только сотрудники «Анна», а хранятся они, пока вы не отзовёте согласие.

Подробнее, копия данных и отзыв согласия: /privacy
Политика обработки персональных данных

Записаться можно и без согласия.`)
    expect(boris.screen().links).toContain('https://anna.example/privacy')
    expect(labels()).toEqual(['✅ Согласен(на)', 'Не сейчас', '‹ Другое время', '✕ Прервать'])
    await boris.tap('✅ Согласен(на)')
    expect(boris.screen().text).toBe('Как к вам обращаться?\n\nНажмите на имя или напишите другое.')
    expect(labels()).toEqual(['Борис Я', 'Пропустить', '‹ Другое время', '✕ Прервать'])
    const [asked] = await boris.write('  Борис   Иванович ')
    expect(asked?.text).toBe(`Ваш телефон

По нему «Анна» сможет связаться с вами, если что-то изменится.

Нажмите «📱 Отправить мой номер» внизу или напишите номер, например +7 916 123-45-67.`)
    expect(asked?.keyboard).toEqual(['📱 Отправить мой номер', 'Пропустить', '✕ Прервать'])
    const [thanks, summary] = await boris.contact('79161234567')
    expect(thanks).toMatchObject({ text: 'Спасибо! Ваш номер: +79161234567', keyboard: MENU })
    expect(summary?.text).toContain(SUMMARY)
    await boris.tap('✅ Записаться')
    expect(boris.screen().text).toContain('Вы записаны')
    expect(await known()).toEqual({
      given_name: 'Борис Иванович',
      phone: '+79161234567',
      consent: { version: 1, at: new Date(start).toISOString() },
    })
    await chooseTime(boris, /10:00/)
    expect(boris.screen().text).toContain('Проверьте запись')
  })

  test('reads all of it in English', async () => {
    const john = salon.person({ first_name: 'John', language_code: 'en' })
    await chooseTime(john, /09:00/)
    expect(john.screen().text).toBe(`Consent to the processing of personal data

“Анна” asks for your name and phone number to book you in, to remind you of your visits and to reach you if something changes. Only the staff of “Анна” see them, and they are kept until you withdraw your consent.

Details, a copy of your data and withdrawal: /privacy

You can book without it, too.`)
    await john.tap('✅ I agree')
    expect(john.screen().text).toBe('What shall we call you?\n\nTap the name or write another one.')
    const shown = await john.tap('John')
    expect(shown.map(({ text }) => text)).toEqual([
      'Tap “📱 Share my number” below or write the number, for example +44 20 7946 0958.',
    ])
    await john.write('Skip')
    expect(john.screen().text).toContain('Please check')
    expect(await known(john)).toMatchObject({ given_name: 'John', phone: null })
  })

  test('may leave out each thing, and is not asked again at the next booking', async () => {
    await chooseTime()
    await boris.tap('✅ Согласен(на)')
    await boris.tap('Пропустить')
    const [skipped, summary] = await boris.write('Пропустить')
    expect(skipped).toMatchObject({ text: 'Хорошо, без телефона.', keyboard: MENU })
    expect(summary?.text).toContain(SUMMARY)
    await boris.tap('✅ Записаться')
    await chooseTime(boris, /10:00/)
    expect(boris.screen().text).toContain('Проверьте запись')
    expect(await known()).toMatchObject({ given_name: null, phone: null })
  })

  test('may refuse to agree, books all the same and is not asked again', async () => {
    await chooseTime()
    await boris.tap('Не сейчас')
    expect(boris.screen().text).toContain(SUMMARY)
    await boris.tap('✅ Записаться')
    expect(boris.screen().text).toContain('Вы записаны')
    await chooseTime(boris, /10:00/)
    expect(boris.screen().text).toContain('Проверьте запись')
    expect(await known()).toMatchObject({
      given_name: null,
      phone: null,
      consent: { refused: { version: 1, at: new Date(start).toISOString() } },
    })
  })

  test('is not asked for anything by a business that does not want it', async () => {
    await salon.setting({ contactDetails: 'off' })
    await chooseTime()
    expect(boris.screen().text).toContain(SUMMARY)
  })

  test('books not without consent where name and phone are required, and may come back to it', async () => {
    await salon.setting({ contactDetails: 'required', phone: '+7 495 000-00-00' })
    await chooseTime()
    expect(boris.screen().text).toContain('Без согласия записаться через бот нельзя.')
    await boris.tap('Не сейчас')
    expect(boris.screen().text).toBe(
      'Хорошо. Но без имени и телефона «Анна» не записывает через бот. Связаться с нами: +7 495 000-00-00.',
    )
    expect(boris.dialogue.get()).toBeUndefined()
    await boris.tap('‹ Вернуться к согласию')
    await boris.tap('✅ Согласен(на)')
    expect(labels()).toEqual(['Борис Я', '‹ Другое время', '✕ Прервать'])
    await boris.tapData('1:js')
    expect(boris.screen().text).toContain('Как к вам обращаться?')
    await boris.tap('Борис Я')
    expect(boris.screen().keyboard).toEqual(['📱 Отправить мой номер', '✕ Прервать'])
    await boris.write('Пропустить')
    expect(boris.screen().text).toContain('Это не похоже на номер телефона.')
    await boris.write('8 (916) 123-45-67')
    expect(boris.screen().text).toContain(SUMMARY)
    expect(await known()).toMatchObject({ given_name: 'Борис Я', phone: '+79161234567' })
  })

  test('who skipped once is asked when the business begins to require it', async () => {
    await chooseTime()
    await boris.tap('Не сейчас')
    await salon.setting({ contactDetails: 'required' })
    await chooseTime()
    expect(boris.screen().text).toContain('Без согласия записаться через бот нельзя.')
  })

  test('is asked for what is missing only: whose number the business has gives the name', async () => {
    await boris.write('/start')
    await salon.sql(`update users set phone = '+79160000000' where telegram_id = $1`, [boris.user.id])
    await chooseTime()
    await boris.tap('✅ Согласен(на)')
    await boris.tap('Борис Я')
    expect(boris.screen().text).toContain(SUMMARY)
  })

  test('who agreed to a former text is asked anew, and keeps what was given', async () => {
    await giveEverything()
    await salon.sql(
      `update users set consents = jsonb_set(consents, '{personalData,version}', '0') where telegram_id = $1`,
      [boris.user.id],
    )
    await chooseTime(boris, /10:00/)
    expect(boris.screen().text).toContain('Согласие на обработку персональных данных')
    await boris.tap('✅ Согласен(на)')
    expect(boris.screen().text).toContain('Проверьте запись')
    expect(await known()).toMatchObject({ phone: '+79161234567', consent: { version: 1 } })
  })
})

describe('whoever repeats or moves', () => {
  test('a past visit is asked like anybody who books; a move asks nothing', async () => {
    await salon.setting({ contactDetails: 'off' })
    await chooseTime()
    await boris.tap('✅ Записаться')
    await salon.setting({ contactDetails: 'asked' })
    await boris.tap('🗓 Мои записи')
    await boris.tap(/09:00/)
    await boris.tap('🔁 Перенести')
    await boris.tap(/10:00/)
    await boris.tap('✅ Перенести')
    expect(boris.screen().text).toContain('Запись перенесена')
    salon.clock.now += 3 * DAY
    await boris.write('/my')
    await boris.tap('Прошлые записи')
    await boris.tap(/Стрижка/)
    expect(boris.screen().text).toContain('Согласие на обработку персональных данных')
    await boris.tap('Не сейчас')
    expect(boris.screen().text).toContain('Проверьте запись')
  })
})

describe('in the middle of the questions', () => {
  test('typed words, stickers and odd names get a sentence that helps, and the question stays', async () => {
    await chooseTime()
    await boris.write('да')
    expect(boris.screen().text).toBe('Выберите кнопкой: «Согласен(на)» или «Не сейчас».')
    await boris.sticker()
    expect(boris.screen().text).toContain('Согласие на обработку персональных данных')
    await boris.tap('✅ Согласен(на)')
    for (const wrong of ['+7 916 123-45-67', 'я'.repeat(101), 'Б\u0007орис', '👋']) {
      await boris.write(wrong)
      expect(boris.screen().text).toBe('Напишите имя обычными буквами, до 100 знаков, например: Анна.')
    }
    await boris.sticker()
    expect(boris.screen().text).toContain('Как к вам обращаться?')
    await boris.write('<b>Боря</b>')
    for (const wrong of ['12345', 'позвоните мне', '+0 123 456 78 90', '+7 916 123'])
      expect((await boris.write(wrong)).at(-1)?.text).toContain('Это не похоже на номер телефона.')
    await boris.sticker()
    expect(boris.screen().keyboard).toEqual(['📱 Отправить мой номер', 'Пропустить', '✕ Прервать'])
    await boris.write('+49 30 1234567')
    expect(boris.screen().text).toContain(SUMMARY)
    expect(await known()).toMatchObject({ given_name: '<b>Боря</b>', phone: '+49301234567' })
  })

  test('somebody else’s number is refused kindly, and the own one is taken after it', async () => {
    await chooseTime()
    await boris.tap('✅ Согласен(на)')
    await boris.tap('Борис Я')
    for (const of of [{ user_id: 42 }, {}]) {
      const [answer] = await boris.contact('+79990000000', of)
      expect(answer?.text).toContain('Это номер другого человека.')
      expect(answer?.keyboard).toBeUndefined()
    }
    expect(await known()).toMatchObject({ phone: null })
    await boris.contact('+79161234567')
    expect(await known()).toMatchObject({ phone: '+79161234567' })
  })

  test('/start, the menu and «Прервать» lead out, with the menu back under the input line', async () => {
    await chooseTime()
    await boris.tap('✅ Согласен(на)')
    await boris.tap('Борис Я')
    const [greeting] = await boris.write('/start')
    expect(greeting?.keyboard).toEqual(MENU)
    // The keyboard of a telephone may still show the old buttons.
    expect((await boris.write('Пропустить'))[0]).toMatchObject({ keyboard: MENU })
    expect((await boris.contact('+79161234567'))[0]).toMatchObject({
      text: 'Спасибо! Ваш номер: +79161234567',
      keyboard: MENU,
    })
    const olga = salon.person({ first_name: 'Ольга' })
    await chooseTime(olga)
    await olga.tap('✅ Согласен(на)')
    await olga.write('🗓 Мои записи')
    expect(olga.screen().text).toBe('Предстоящих записей нет.')
    await chooseTime(olga)
    await olga.tap('Ольга')
    expect((await olga.write('✕ Прервать'))[0]).toMatchObject({
      text: 'Хорошо, запись прервана.',
      keyboard: MENU,
    })
    expect(await salon.sql(`select 1 from bookings where status <> 'expired'`)).toEqual([])
  })

  test('a number that nobody agreed to keep is not kept', async () => {
    await boris.write('/start')
    expect((await boris.contact('+79161234567'))[0]).toMatchObject({ kind: 'unknown', keyboard: MENU })
    expect(await known()).toMatchObject({ phone: null })
    await chooseTime()
    await boris.tap('✅ Согласен(на)')
    await boris.tap('Борис Я')
    await boris.write('/privacy')
    await boris.tap('↩️ Отозвать согласие')
    const asked = boris.dialogue.get()
    await boris.tap('Да, отозвать')
    if (asked) boris.dialogue.set(asked)
    const [answer] = await boris.contact('+79161234567')
    expect(answer).toMatchObject({ text: 'Согласие отозвано, поэтому ничего не сохранено.', keyboard: MENU })
    expect(await known()).toMatchObject({ given_name: null, phone: null })
  })

  test('a lost dialogue costs the chosen time and nothing else; a second tap answers no other question', async () => {
    await chooseTime()
    const consent = boris.screen().messageId
    await boris.tap('✅ Согласен(на)')
    await boris.tapOn(consent, '1:ja')
    expect(boris.lastToast()).toBe('Эта кнопка уже не действует.')
    expect(boris.screen().text).toContain('Как к вам обращаться?')
    await boris.write('/cancel')
    await boris.tapOn(consent, '1:jt')
    expect(salon.messagesOf(boris.user.id).find(({ messageId }) => messageId === consent)?.text).toBe(
      'Выбранное время потерялось. Начните запись ещё раз, это займёт полминуты.',
    )
    await chooseTime()
    expect(boris.screen().text).toContain('Как к вам обращаться?')
  })

  test('a time that somebody else takes meanwhile is answered with the nearest ones', async () => {
    await chooseTime()
    await boris.tap('✅ Согласен(на)')
    await boris.tap('Борис Я')
    const olga = salon.person()
    // Not before the time that was kept for the one who answers is over.
    await olga.write('/book')
    await olga.tap(/Стрижка/)
    expect(labels(olga)).not.toContain(TIME)
    salon.clock.now += 11 * 60_000
    await chooseTime(olga)
    await olga.tap('Не сейчас')
    await olga.tap('✅ Записаться')
    await boris.contact('79161234567')
    expect(boris.screen().kind).toBe('other-times')
  })
})

describe('the business', () => {
  test('chooses by a tap whether customers are asked, and what is chosen counts at the next booking', async () => {
    const owner = salon.person({ first_name: 'Хозяйка' })
    salon.admins.push(owner.user.id)
    await owner.write('/admin')
    await owner.tap('⚙️ Настройки')
    await owner.tap('📅 Запись')
    await owner.tap('Имя и телефон: спрашивать, можно пропустить')
    expect(labels(owner)).toEqual([
      'не спрашивать',
      '✓ спрашивать, можно пропустить',
      'обязательно',
      '↺ По умолчанию: не спрашивать',
      '‹ Назад',
    ])
    await owner.write('да')
    expect(owner.screen().text).toBe('Такое значение не подходит. Выберите кнопкой.')
    await owner.tap('обязательно')
    expect(owner.lastToast()).toBe('Сохранено')
    await chooseTime()
    expect(boris.screen().text).toContain('Без согласия записаться через бот нельзя.')
  })

  test('sees the customer under the name given, with the number, and finds them by it', async () => {
    const admin = salon.person({ first_name: 'Хозяйка' })
    await admin.write('/start')
    salon.admins.push(admin.user.id)
    await chooseTime()
    await boris.tap('✅ Согласен(на)')
    await boris.write('Борис Иванович')
    await boris.contact('79161234567')
    await boris.tap('✅ Записаться')
    expect(admin.screen().text).toBe(
      '🆕 Новая запись\nСтрижка\nчт, 26 ноября, 09:00–10:00\nБорис Иванович (@boris), +79161234567',
    )
    for (const name of ['иванович', 'boris']) {
      const found = await salon.database.transaction((tx) =>
        searchCustomers(tx, { name, phone: undefined, digits: undefined }, 5),
      )
      expect(found).toContainEqual(
        expect.objectContaining({ telegramId: boris.user.id, firstName: 'Борис Иванович', lastName: null }),
      )
    }
    // What Telegram calls them does not change it.
    await boris.write('/my')
    await admin.write('/admin')
    await admin.tap('🗓 Расписание')
    await admin.tap('чт, 26 нояб.')
    await admin.tap(/Борис Иванович/)
    expect(admin.screen().text).toContain('Борис Иванович (@boris), +79161234567')
    await boris.write('/start')
    expect(boris.screen().text).toContain('С возвращением, Борис Иванович!')
  })
})

describe('what a customer has given', () => {
  test('can be seen and put right in the settings', async () => {
    await giveEverything()
    await boris.write('/settings')
    await boris.tap('👤 Имя и телефон')
    expect(boris.screen().text).toBe(
      'Имя и телефон\n\nИмя: Борис Я\nТелефон: +79161234567\n\nТак к вам обращаются и по этому номеру связываются в «Анна».',
    )
    await boris.tap('✏️ Имя')
    expect(labels()).toEqual(['Борис Я', '‹ Назад'])
    await boris.write('Боря')
    expect(boris.screen().text).toContain('Имя: Боря')
    await boris.tap('📱 Телефон')
    await boris.write('✕ Прервать')
    expect(boris.screen()).toMatchObject({ text: 'Хорошо, всё осталось как было.', keyboard: MENU })
    await boris.write('/settings')
    await boris.tap('👤 Имя и телефон')
    await boris.tap('📱 Телефон')
    await boris.write('+7 999 000-00-00')
    expect(boris.screen().text).toContain('Телефон: +79990000000')
  })

  test('can be given later by who did not want to at first, after consent', async () => {
    await salon.setting({ privacyUrl: 'https://anna.example/privacy' })
    await boris.write('/privacy')
    expect(boris.screen().links).toEqual(['https://anna.example/privacy'])
    await boris.write('/settings')
    await boris.tap('👤 Имя и телефон')
    expect(boris.screen().text).toContain('Имя: не указано\nТелефон: не указано')
    await boris.tap('📱 Телефон')
    expect(boris.screen().text).toContain('Согласие на обработку персональных данных')
    await boris.tap('Не сейчас')
    expect(boris.screen().text).toContain('Телефон: не указано')
    await boris.tap('📱 Телефон')
    await boris.tap('✅ Согласен(на)')
    await boris.contact('79161234567')
    expect(boris.screen().text).toContain('Телефон: +79161234567')
  })

  test('goes at once when consent is withdrawn; bookings stay, and the admins know that they cannot call', async () => {
    const admin = salon.person({ first_name: 'Хозяйка' })
    await admin.write('/start')
    salon.admins.push(admin.user.id)
    await salon.setting({ contactDetails: 'required' })
    await giveEverything()
    await boris.write('/privacy')
    expect(boris.screen().text).toContain(
      'Имя и телефон, которые вы дали сами, хранятся с вашего согласия: ср, 25 ноября.',
    )
    await boris.tap('↩️ Отозвать согласие')
    expect(boris.screen().text).toBe(`Отозвать согласие?

Имя и телефон, которые вы дали, будут удалены из вашего профиля. «Анна» увидит только имя из Telegram.

Предстоящие записи останутся; администраторы узнают, что позвонить вам больше нельзя.

Чтобы записаться снова, понадобится новое согласие.`)
    await boris.tap('Нет, оставить')
    expect(await known()).toMatchObject({ phone: '+79161234567' })
    await boris.tap('↩️ Отозвать согласие')
    const yes = boris.dataOf('Да, отозвать')
    await boris.tap('Да, отозвать')
    expect(boris.screen().text).toBe('Согласие отозвано, имя и телефон удалены. «Анна» их больше не видит.')
    const notice = `🔒 Клиент отозвал согласие
Борис Я (@boris)
Имя и телефон удалены; предстоящие записи остаются. Написать клиенту можно в Telegram.`
    expect(admin.screen().text).toBe(notice)
    await boris.tapData(yes)
    expect(boris.lastToast()).toBe('Согласие уже отозвано.')
    expect(salon.messagesOf(admin.user.id).filter(({ text }) => text === notice)).toHaveLength(1)
    const at = new Date(start).toISOString()
    expect(await known()).toEqual({
      given_name: null,
      phone: null,
      consent: { version: 1, at, withdrawnAt: at, refused: { version: 1, at } },
    })
    expect(await salon.sql(`select status from bookings`)).toEqual([{ status: 'booked' }])
    await boris.tap('🔒 Мои данные')
    expect(labels()).not.toContain('↩️ Отозвать согласие')
    await chooseTime(boris, /10:00/)
    expect(boris.screen().text).toContain('Без согласия записаться через бот нельзя.')
  })

  test('is in the copy of the own data, and is erased with them', async () => {
    await giveEverything()
    await boris.write('/privacy')
    await boris.tap('📄 Получить копию')
    const { file } = boris.screen()
    expect(JSON.parse(Buffer.from(file?.content ?? []).toString())).toMatchObject({
      customer: {
        givenName: 'Борис Я',
        phone: '+79161234567',
        consents: { personalData: { version: 1, at: new Date(start).toISOString() } },
      },
    })
    salon.clock.now += 3 * DAY
    await boris.write('/privacy')
    await boris.tap('🗑 Удалить мои данные')
    await boris.tap('Да, удалить')
    expect(
      await salon.sql('select given_name, phone, consents from users where telegram_id is null'),
    ).toEqual([{ given_name: null, phone: null, consents: {} }])
  })
})
