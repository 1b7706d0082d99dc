import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { instantOf, localDate } from '../../../bot/domain/time.ts'
import { encodeButton } from '../../../bot/telegram/callback-data.ts'
import { lastBotMessage, type Person } from '../../../sandbox/client.ts'
import type { User } from '../../../sandbox/types.ts'
import { quoteIdentifier } from '../../../src/fleet/names.ts'
import { bookFirstTime } from '../../support/book.ts'
import { type RunningBot, startBot } from '../../support/bot.ts'
import { eventually } from '../../support/throwaway-servers.ts'

let running: RunningBot
let schema: string

beforeAll(async () => {
  running = await startBot()
  schema = quoteIdentifier(running.clientId)
  // Every day from early to late, so that the day on which the tests run does not matter.
  await sql(`delete from ${schema}.working_hours`)
  await sql(
    `insert into ${schema}.working_hours (kind, weekday, opens, closes) select 'weekly', d, '00:00', '00:00' from generate_series(1, 7) d`,
  )
  await sql(`delete from ${schema}.services`)
  for (const minutes of [30, 60, 90])
    await sql(
      `insert into ${schema}.services (name, minutes, step_minutes) values ('Услуга ${minutes}', ${minutes}, 15)`,
    )
})
afterAll(() => running.stop())

async function sql<R extends object>(text: string, values: unknown[] = []): Promise<R[]> {
  return (await running.db.query<R>(text, values)).rows
}

async function newPerson(user: Partial<User> = {}): Promise<Person> {
  return running.sandboxClient.person(
    running.botId,
    await running.sandboxClient.createUser({ language_code: 'ru', ...user }),
  )
}

/** Does something and waits for the bot's message to say what is expected. */
async function until(person: Person, words: string | RegExp, action: () => Promise<unknown>): Promise<void> {
  await action()
  await person.waitFor((view) => {
    const text = lastBotMessage(view)?.text ?? ''
    return typeof words === 'string' ? text.includes(words) : words.test(text)
  }, `"${words}"`)
}

async function labelsLike(person: Person, form: RegExp): Promise<string[]> {
  const markup = lastBotMessage(await person.view())?.reply_markup
  const buttons = markup && 'inline_keyboard' in markup ? markup.inline_keyboard.flat() : []
  return buttons.map((button) => button.text).filter((label) => form.test(label))
}

async function labelLike(person: Person, form: RegExp): Promise<string> {
  const [label] = await labelsLike(person, form)
  if (!label) throw new Error(`no button like ${form} in\n${await person.transcript()}`)
  return label
}

async function tapLike(person: Person, form: RegExp): Promise<void> {
  await person.tap(await labelLike(person, form))
}

async function serviceIds(): Promise<number[]> {
  return (await sql<{ id: string }>(`select id from ${schema}.services order by minutes`)).map(({ id }) =>
    Number(id),
  )
}

describe('in Telegram', () => {
  test('a customer books, moves and cancels; an admin is told of each in the own language', async () => {
    const admin = await newPerson({ first_name: 'Owner', language_code: 'en' })
    await until(admin, 'Hello', () => admin.write('/start'))
    await sql(`insert into ${schema}.admins (telegram_id) values ($1)`, [admin.user.id])
    const boris = await newPerson({ first_name: '<b>Борис</b>' })
    await until(boris, 'Здравствуйте, <b>Борис</b>!', () => boris.write('/start'))
    expect((await boris.view()).replyKeyboard.flat()).toContain('📅 Записаться')
    await until(boris, 'Что вас интересует', () => boris.write('📅 Записаться'))
    await until(boris, 'Ближайшее свободное', () => tapLike(boris, /Услуга 60/))
    await until(boris, 'Проверьте запись', () => tapLike(boris, /\d\d:\d\d/))
    await until(boris, 'Вы записаны', () => boris.tap('✅ Записаться'))
    await until(admin, /New booking[^]*<b>Борис<\/b>/, async () => undefined)
    await until(boris, 'Ваши записи', () => boris.tap('🗓 Мои записи'))
    await until(boris, 'Услуга 60', () => tapLike(boris, /\d\d:\d\d/))
    await until(boris, 'Переносим запись', () => boris.tap('🔁 Перенести'))
    await until(boris, 'Выберите день', () => boris.tap('📆 Другой день'))
    await until(boris, 'Ближайшее свободное', () => boris.tap('⏱ Ближайшее время'))
    // The first time on offer is the booking's own: moving to it would change nothing.
    await until(boris, 'Перенести запись?', async () =>
      boris.tap((await labelsLike(boris, /\d\d:\d\d/)).at(-1) ?? ''),
    )
    await until(boris, 'Запись перенесена', () => boris.tap('✅ Перенести'))
    await until(admin, 'Booking moved', async () => undefined)
    await until(boris, 'Ваши записи', () => boris.tap('🗓 Мои записи'))
    await until(boris, 'Услуга 60', () => tapLike(boris, /\d\d:\d\d/))
    await until(boris, 'Отменить запись?', () => boris.tap('❌ Отменить'))
    await until(boris, 'Запись отменена', () => boris.tap('Да, отменить'))
    await until(admin, 'Booking cancelled', async () => undefined)
    await sql(`delete from ${schema}.admins`)
  })

  test('who is asked for name and phone shares the number by Telegram’s own button, and has the menu back', async () => {
    const ask = (value: string) =>
      sql(`update ${schema}.settings set value = to_jsonb($1::text) where key = 'contactDetails'`, [value])
    const masha = await newPerson({ first_name: 'Маша' })
    await ask('required')
    await bookFirstTime(masha)
    await ask('off')
    expect((await masha.view()).replyKeyboard.flat()).toContain('📅 Записаться')
    expect(
      await sql(`select given_name, phone from ${schema}.users where telegram_id = $1`, [masha.user.id]),
    ).toEqual([{ given_name: 'Маша', phone: expect.stringMatching(/^\+7900\d{7}$/) }])
  })

  test('an admin gets a QR code as a file, and its link opens the service for a customer', async () => {
    const admin = await newPerson()
    await until(admin, 'Здравствуйте', () => admin.write('/start'))
    await sql(`insert into ${schema}.admins (telegram_id) values ($1)`, [admin.user.id])
    await until(admin, 'Управление', () => admin.write('/admin'))
    await until(admin, 'Так их видят клиенты', () => admin.tap('💼 Услуги'))
    await until(admin, 'Длительность: 60 мин', () => tapLike(admin, /Услуга 60/))
    await until(admin, 'https://t.me/', () => admin.tap('🔗 Ссылка и QR'))
    const link = /https:\S+/.exec(lastBotMessage(await admin.view())?.text ?? '')?.[0] ?? ''
    await admin.tap('🖨 Прислать QR-код')
    const { messages } = await admin.waitFor(
      (view) => lastBotMessage(view)?.document !== undefined,
      'a document',
    )
    expect(messages.at(-1)).toMatchObject({
      document: { file_name: expect.stringMatching(/^qr-service-\d+\.png$/) },
      caption: expect.stringContaining(link),
    })
    const guest = await newPerson()
    await until(guest, 'Ближайшее свободное', () =>
      guest.write(`/start ${new URL(link).searchParams.get('start')}`),
    )
    await sql(`delete from ${schema}.admins`)
  })

  test('a double tap books once, and both taps are answered', async () => {
    const anna = await newPerson()
    await until(anna, 'Что вас интересует', () => anna.write('/book'))
    await until(anna, 'Ближайшее свободное', () => tapLike(anna, /Услуга 30/))
    await until(anna, 'Проверьте запись', () => tapLike(anna, /\d\d:\d\d/))
    const message = lastBotMessage(await anna.view())
    const markup = message?.reply_markup
    const data =
      markup && 'inline_keyboard' in markup ? (markup.inline_keyboard[0]?.[0]?.callback_data ?? '') : ''
    const queries = [await anna.tapData(data, { forge: true }), await anna.tapData(data, { forge: true })]
    await anna.waitFor(
      (view) => queries.every((id) => view.toasts.some(({ queryId }) => queryId === id)),
      'both taps to be answered',
    )
    const rows = await sql(
      `select 1 from ${schema}.bookings b join ${schema}.users u on u.id = b.customer_id where u.telegram_id = $1`,
      [anna.user.id],
    )
    expect(rows).toHaveLength(1)
  })

  test('stickers, 4000-character names and old buttons are answered', async () => {
    const anna = await newPerson({ first_name: 'Ж'.repeat(4000) })
    await until(anna, 'Здравствуйте', () => anna.write('/start'))
    await until(anna, 'Не понял сообщение', () => anna.sticker())
    await until(anna, 'Эта кнопка устарела', () => anna.tapData('book_slot_7', { forge: true }))
    await until(anna, 'Не понял сообщение', () => anna.write('я'.repeat(4096)))
  })

  test('a customer who blocked the bot and came back can book', async () => {
    const anna = await newPerson()
    await until(anna, 'Здравствуйте', () => anna.write('/start'))
    await anna.block()
    await anna.unblock()
    await until(anna, 'С возвращением', () => anna.write('/start'))
    await until(anna, 'Что вас интересует', () => anna.write('/book'))
  })

  test('200 customers want overlapping times of different starts and lengths: each time is sold once, everybody is answered', async () => {
    const services = await serviceIds()
    const [settings] = await sql<{ value: string }>(
      `select value from ${schema}.settings where key = 'timeZone'`,
    )
    const zone = settings?.value ?? 'Europe/Moscow'
    const day = localDate(Date.now() + 5 * 86_400_000, zone)
    const first = instantOf(day, '10:00', zone)
    const people: Person[] = []
    for (let n = 0; n < 200; n++) people.push(await newPerson({ first_name: `Гость ${n}` }))
    const timeOf = (n: number) =>
      encodeButton({
        to: 'time',
        flow: { kind: 'book', serviceId: services[n % 3] ?? 0, staffId: null },
        startsAt: first + (n % 8) * 15 * 60_000,
      })
    await Promise.all(
      people.map(async (person, n) => {
        await until(person, 'Что вас интересует', () => person.write('/book'))
        await person.tapData(timeOf(n), { forge: true })
        // Kept for the one, and by that not to be had for the others.
        const view = await person.waitFor(
          (now) => /Проверьте запись|только что заняли/.test(lastBotMessage(now)?.text ?? ''),
          'an answer to the choice',
          90,
        )
        if (lastBotMessage(view)?.text?.includes('Проверьте запись')) await person.tap('✅ Записаться')
      }),
    )
    const answers = await Promise.all(
      people.map(async (person) => {
        const view = await person.waitFor(
          (now) => /Вы записаны|только что заняли/.test(lastBotMessage(now)?.text ?? ''),
          'an answer to the confirmation',
          90,
        )
        return lastBotMessage(view)?.text?.includes('Вы записаны')
      }),
    )
    const rows = await sql<{ id: string }>(
      `select id from ${schema}.bookings where local_date = $1 and status = 'booked'`,
      [day],
    )
    expect(rows.length).toBeGreaterThanOrEqual(1)
    expect(answers.filter(Boolean)).toHaveLength(rows.length)
    expect(
      await sql(
        `select a.id from ${schema}.bookings a join ${schema}.bookings b
             on a.id < b.id and a.staff_id = b.staff_id and a.busy && b.busy
          where a.status = 'booked' and b.status = 'booked'`,
      ),
    ).toEqual([])
  }, 180_000)
})

test('Telegram shows the bot’s commands and descriptions in Russian, and in English to who reads English', async () => {
  const [account] = await eventually(async () => {
    const bots = await running.sandboxClient.bots()
    expect(bots[0]?.texts).toHaveProperty('short description|en')
    return bots
  })
  const described = (language: string) =>
    account?.commands[`{"type":"default"}|${language}`]?.map(
      ({ command, description }) => `/${command} ${description}`,
    )
  expect(described('')).toEqual([
    '/book Записаться',
    '/my Мои записи',
    '/about Услуги, часы работы, адрес',
    '/help Что умеет бот',
    '/settings Язык и мои данные',
    '/privacy Что о вас хранится',
    '/cancel Прервать запись',
  ])
  expect(described('en')).toEqual([
    '/book Book a time',
    '/my My bookings',
    '/about Services, opening hours, address',
    '/help What this bot can do',
    '/settings Language and my data',
    '/privacy What is kept about you',
    '/cancel Stop booking',
  ])
  expect(account?.texts).toEqual({
    'description|':
      'Запись в «Anna» в любое время суток: выберите услугу и удобное время, перенесите или отмените запись сами.',
    'description|en':
      'Book with “Anna” at any time of day: choose a service and a time, move or cancel it yourself.',
    'short description|': 'Онлайн-запись: «Anna»',
    'short description|en': 'Online booking: “Anna”',
  })
})
