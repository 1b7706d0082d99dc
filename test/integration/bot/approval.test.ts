import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { autoCame } from '../../../bot/jobs/auto-came.ts'
import { runJob } from '../../../bot/jobs/loop.ts'
import { reminders } from '../../../bot/jobs/reminders.ts'
import { requests } from '../../../bot/jobs/requests.ts'
import { encodeButton } from '../../../bot/telegram/callback-data.ts'
import { emptySalon, openSalon, type PretendPerson, type Salon, START } from './pretend.ts'

const HOUR = 3_600_000
const MINUTE = 60_000

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
  boris = salon.person({ first_name: 'Борис' })
  await boris.write('/start')
})

const rule = (what: string | null, person = boris) =>
  salon.sql('update users set booking_rule = $2 where telegram_id = $1', [person.user.id, what])
/** Of what was confirmed: a time that was only kept for a while is none. */
const statuses = () => salon.sql('select status from bookings where hold_expires_at is null order by id')
const labels = (person: PretendPerson) => person.screen().buttons.map(({ label }) => label)
const told = (kind?: string) =>
  salon
    .sql<{ text: string; chat: string }>(
      `select payload ->> 'text' as text, chat_id::text as chat from fleet.outbox where $1::text is null or kind = $1 order by id`,
      [kind ?? null],
    )
    .then((rows) => rows.map(({ text, chat }) => [Number(chat), text.split('\n')[0]]))

/** What the file for the calendar says of the only booking. */
async function calendarFile(): Promise<string[]> {
  const [row] = await salon.sql<{ id: string }>('select id from bookings')
  const [message] = await boris.tapData(encodeButton({ to: 'calendar-file', bookingId: Number(row?.id) }))
  const lines = Buffer.from(message?.file?.content ?? [])
    .toString()
    .split('\r\n')
  return lines.filter((line) => /^(?:SEQUENCE|STATUS):/.test(line))
}

async function ask(time = 'чт, 26 нояб., 09:00', person = boris): Promise<void> {
  await person.write('/book')
  await person.tap(/Стрижка/)
  await person.tap(time)
  await person.tap('✅ Записаться')
}

describe('a customer who may not book', () => {
  beforeEach(async () => {
    await salon.setting({ phone: '+7 900 000-00-00' })
  })
  const KIND =
    'Записать вас через бота сейчас не получится. Пожалуйста, свяжитесь с нами напрямую. Связаться с нами: +7 900 000-00-00.'

  test('is kindly sent to the telephone, at the first screen and by any old button', async () => {
    await boris.write('/book')
    const service = boris.dataOf(/Стрижка/)
    await boris.tap(/Стрижка/)
    const time = boris.dataOf('чт, 26 нояб., 09:00')
    await boris.tap('чт, 26 нояб., 09:00')
    const confirm = boris.dataOf('✅ Записаться')
    await rule('deny')
    await boris.write('/book')
    expect(boris.screen().text).toBe(KIND)
    for (const data of [service, time, confirm]) {
      await boris.tapData(data)
      expect(boris.screen().text).toBe(KIND)
    }
    expect(await statuses()).toEqual([])
  })

  test('keeps what was booked before, may move and cancel it, and can be booked by an admin', async () => {
    await ask()
    await rule('deny')
    await boris.write('/my')
    await boris.tap(/09:00/)
    await boris.tap('🔁 Перенести')
    await boris.tap('чт, 26 нояб., 13:00')
    await boris.tap('✅ Перенести')
    expect(boris.screen().text).toContain('Запись перенесена')
    await owner.write('/admin')
    await owner.tap('➕ Записать клиента')
    await owner.tap(/Стрижка/)
    await owner.tap('пт, 27 нояб., 09:00')
    await owner.write('Борис')
    await owner.tap(/^Борис/)
    await owner.tap('✅ Записать')
    expect(await statuses()).toEqual([{ status: 'booked' }, { status: 'booked' }])
  })
})

describe('a customer who books with approval', () => {
  beforeEach(() => rule('approval'))

  test('is told so before and after; the time is kept; yes makes it a booking, of which everybody hears', async () => {
    await salon.setting({ notifyAdmins: false })
    const master = salon.person({ first_name: 'Анна' })
    await master.write('/start')
    await salon.sql('update staff set telegram_id = $1', [master.user.id])
    await boris.write('/book')
    await boris.tap(/Стрижка/)
    await boris.tap('чт, 26 нояб., 09:00')
    expect(boris.screen().text).toContain(
      'Запись подтверждает администратор: мы сразу передадим ему вашу просьбу и сообщим ответ.',
    )
    const confirm = boris.dataOf('✅ Записаться')
    await boris.tap('✅ Записаться')
    await boris.tapData(confirm)
    expect(boris.screen().text).toBe(
      '⏳ Ждёт подтверждения\n\nСтрижка\nчт, 26 ноября, 09:00–10:00\nСтоимость: 2 000 ₽\n\nВремя за вами. Администратор ответит, и мы сразу напишем.',
    )
    expect(await statuses()).toEqual([{ status: 'pending' }])
    // Notices of every booking are off, but nobody else can answer.
    expect(owner.screen().text).toBe(
      '⏳ Новая запись ждёт вашего подтверждения\nСтрижка\nчт, 26 ноября, 09:00–10:00\nБорис',
    )
    expect(labels(owner)).toEqual(['✅ Подтвердить', '❌ Отклонить'])
    expect(master.screen().text).toContain('ждёт вашего подтверждения')
    expect(labels(master)).toEqual([])

    const other = salon.person()
    await other.write('/book')
    await other.tap(/Стрижка/)
    expect(labels(other)).not.toContain('чт, 26 нояб., 09:00')

    await boris.write('/my')
    await boris.tap(/⏳ чт, 26 нояб\., 09:00/)
    expect(boris.screen().text).toContain('⏳ Эта запись ждёт подтверждения.')

    const yes = owner.dataOf('✅ Подтвердить')
    await owner.tapData(yes)
    expect(owner.screen().text).toMatch(/^Запись подтверждена\. Клиенту отправлено сообщение\./)
    expect(boris.screen().text).toContain('✅ Ваша запись подтверждена')
    expect(master.screen().text).toContain('✅ Запись подтверждена')
    await owner.tapData(yes)
    expect(owner.lastToast()).toBe('Эта запись сейчас: 🆕 Записан(а).')
    expect(await salon.sql('select action, details from admin_actions')).toEqual([
      { action: 'booking.approve', details: { before: 'pending', after: 'booked' } },
    ])
  })

  test('is told of a no, with its reason; the time is free again', async () => {
    await ask()
    await owner.tap('❌ Отклонить')
    expect(owner.screen().text).toContain('Отклонить запись?')
    await owner.write('Все заняты')
    await owner.tap('Да, отклонить')
    expect(owner.screen().text).toContain('Запись отклонена.')
    expect(boris.screen().text).toBe(
      'Записать вас на это время не получится\n\nСтрижка\nчт, 26 ноября, 09:00–10:00\nПричина: Все заняты\n\nИзвините. Можно выбрать другое время.',
    )
    expect(boris.screen().buttons.map(({ label }) => label)).toEqual(['📅 Записаться'])
    expect(await statuses()).toEqual([{ status: 'cancelled' }])
  })

  test('finds it in the schedule as what it is; its card offers both answers and nothing that passes over them', async () => {
    await ask()
    await owner.write('/admin')
    await owner.tap('🗓 Расписание')
    await owner.tap('чт, 26 нояб.')
    await owner.tap('⏳ 09:00 Борис · Стрижка')
    expect(owner.screen().text).toContain('⏳ Ждёт подтверждения')
    expect(labels(owner)).toEqual([
      '✅ Подтвердить',
      '❌ Отклонить',
      '🔁 Перенести',
      '🏷 Другая услуга',
      '👤 Другой специалист',
      '📝 Заметка',
      '👤 Клиент',
      '‹ К расписанию',
    ])
  })

  test('asks anew with each move, and cannot confirm it by an old reminder; an admin who moves it has agreed', async () => {
    await rule(null)
    await ask()
    await rule('approval')
    await boris.write('/my')
    await boris.tap(/09:00/)
    await boris.tap('🔁 Перенести')
    await boris.tap('чт, 26 нояб., 13:00')
    await boris.tap('✅ Перенести')
    expect(boris.screen().text).toContain('⏳ Ждёт подтверждения')
    expect(owner.screen().text).toBe(
      '⏳ Клиент переносит запись, нужно ваше подтверждение\nСтрижка\nБыло: чт, 26 ноября, 09:00\nПросит: чт, 26 ноября, 13:00–14:00\nБорис',
    )
    await boris.tapData('1:vc:1')
    expect(boris.lastToast()).toContain('ждёт подтверждения')
    expect(await statuses()).toEqual([{ status: 'pending' }])
    await owner.write('/admin')
    await owner.tap('🗓 Расписание')
    await owner.tap('чт, 26 нояб.')
    await owner.tap('⏳ 13:00 Борис · Стрижка')
    await owner.tap('🔁 Перенести')
    await owner.tap('чт, 26 нояб., 09:00')
    await owner.tap(/^✅|^Да/)
    expect(boris.screen().text).toContain('Ваша запись перенесена')
    expect(await statuses()).toEqual([{ status: 'booked' }])
  })

  test('is not reminded of what is not sure; an approval that comes later brings no reminder at once', async () => {
    await ask('чт, 26 нояб., 13:00')
    salon.clock.now = START + 5 * HOUR
    await runJob(salon.context(), reminders)
    expect(await told()).toEqual([])
    await owner.tap('✅ Подтвердить')
    await runJob(salon.context(), reminders)
    expect(await told()).toEqual([])
    salon.clock.now = START + 26 * HOUR + MINUTE
    await runJob(salon.context(), reminders)
    expect((await told('reminder')).length).toBe(1)
  })

  test('two admins who answer at once: one answer counts, and the other one sees it', async () => {
    await ask()
    const second = salon.person()
    await second.write('/start')
    const yes = owner.dataOf('✅ Подтвердить')
    salon.admins.push(second.user.id)
    await Promise.all([owner.tapData(yes), second.tapData(yes)])
    expect(await salon.sql(`select count(*)::int as n from admin_actions`)).toEqual([{ n: 1 }])
    expect(await statuses()).toEqual([{ status: 'booked' }])
  })

  test('hears in time when nobody has answered, and so do the admins; the time is free and nothing counts as come', async () => {
    await ask('чт, 26 нояб., 13:00')
    expect(await calendarFile()).toEqual(['SEQUENCE:0', 'STATUS:TENTATIVE'])
    salon.clock.now = START + 26 * HOUR - MINUTE
    await runJob(salon.context(), requests)
    expect(await told()).toEqual([])
    salon.clock.now = START + 26 * HOUR
    await runJob(salon.context(), requests)
    await runJob(salon.context(), requests)
    expect(await told()).toEqual([
      [boris.user.id, '⌛ <b>Запись не подтвердили вовремя</b>'],
      [owner.user.id, '⌛ <b>Запись снята: её никто не подтвердил</b>'],
    ])
    expect(await statuses()).toEqual([{ status: 'expired' }])
    // A newer file, or calendars would keep the entry.
    expect(await calendarFile()).toEqual(['SEQUENCE:1', 'STATUS:CANCELLED'])
    await owner.tap('✅ Подтвердить')
    expect(owner.lastToast()).toBe('Эта запись сейчас: ⌛ Не подтверждена вовремя.')
    salon.clock.now = START + 100 * HOUR
    await runJob(salon.context(), autoCame)
    expect(await statuses()).toEqual([{ status: 'expired' }])
  })
})
