import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { expiry } from '../../../bot/jobs/expiry.ts'
import { runJob } from '../../../bot/jobs/loop.ts'
import { waitlist } from '../../../bot/jobs/waitlist.ts'
import { lockCustomer } from '../../../bot/storage/bookings.ts'
import { encodeButton } from '../../../bot/telegram/callback-data.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { eventually } from '../../support/throwaway-servers.ts'
import { emptySalon, openSalon, type PretendPerson, type Salon, START } from './pretend.ts'
import { type Left, takeOutbox } from './support/outbox.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** Thursday 26 November, 09:00 in Moscow: the salon is open for two haircuts that day. */
const NINE = START + 24 * HOUR
const TEN = NINE + HOUR

let salon: Salon
let anna: PretendPerson
let boris: PretendPerson
let vera: PretendPerson
beforeAll(async () => {
  salon = await openSalon(8)
})
afterAll(() => salon.close())
beforeEach(async () => {
  await emptySalon(salon)
  await salon.sql(
    `insert into services (name, minutes, step_minutes, price_minor) values ('Стрижка', 60, 60, 200000)`,
  )
  await salon.sql(`insert into staff (name) values ('Мария')`)
  await salon.sql(
    `insert into working_hours (kind, weekday, opens, closes)
     select 'weekly', weekday, '09:00', '11:00' from generate_series(1, 6) weekday`,
  )
  await salon.setting({ cancellationHours: 0 })
  anna = salon.person({ first_name: 'Анна' })
  boris = salon.person({ first_name: 'Борис' })
  vera = salon.person({ first_name: 'Вера' })
})

const labels = (person: PretendPerson) => person.screen().buttons.map(({ label }) => label)

interface Row {
  id: number
  status: string
  who: string
  at: string
  waiting: number | null
}

/** All rows, in the order in which they came. */
const rows = () =>
  salon.sql<Row>(
    `select b.id::int, b.status, u.first_name as who,
            to_char(b.starts_at at time zone 'Europe/Moscow', 'DD HH24:MI') as at, b.waiting_id::int as waiting
       from bookings b join users u on u.id = b.customer_id order by b.id`,
  )
const statuses = async (who: string) =>
  (await rows()).filter((row) => row.who === who).map(({ status }) => status)

async function book(person: PretendPerson, time: '09:00' | '10:00', day = '26'): Promise<void> {
  await person.write('/book')
  await person.tap(/Стрижка/)
  await person.tap('📆 Другой день')
  await person.tap(day)
  await person.tap(time)
  await person.tap('✅ Записаться')
  expect(person.screen().text).toContain('Вы записаны')
}

/** Anna has the whole Thursday. */
async function fillThursday(): Promise<void> {
  await book(anna, '09:00')
  await book(anna, '10:00')
}

/** Longer hours on Thursday, of which Anna has the first two, and the business itself the others. */
async function openTill(closes: string): Promise<void> {
  await salon.sql('update working_hours set closes = $1', [closes])
  await salon.sql(`insert into blocked_slots (busy) values (tstzrange($1, $2))`, [
    new Date(TEN + HOUR),
    new Date(NINE + 15 * HOUR),
  ])
  await fillThursday()
}

async function wait(person: PretendPerson, day = '·26·'): Promise<void> {
  await person.write('/book')
  await person.tap(/Стрижка/)
  await person.tap('📆 Другой день')
  await person.tap(day)
  await person.tap('🔔 Сообщить, если освободится')
  expect(person.screen().text).toContain('Вы в листе ожидания')
}

async function cancel(person: PretendPerson, time: string): Promise<void> {
  await person.write('/my')
  await person.tap(new RegExp(time))
  await person.tap('❌ Отменить')
  await person.tap('Да, отменить')
}

async function openAdmin(): Promise<PretendPerson> {
  const admin = salon.person({ first_name: 'Ольга' })
  await admin.write('/start')
  salon.admins.push(admin.user.id)
  return admin
}

/** The bot looks once; what it would send. */
async function look(): Promise<Left[]> {
  await runJob(salon.context(), expiry)
  await runJob(salon.context(), waitlist)
  return takeOutbox(salon, 'waitlist-offer', 'waitlist-ended')
}

/** The bot looks, and has something for this person alone: the offer's buttons. */
async function offerTo(
  person: PretendPerson,
): Promise<{ text: string; take: string; decline: string; leave: string }> {
  const told = await look()
  expect(told.map(({ chatId }) => chatId)).toEqual([person.user.id])
  const [offer] = told
  const [take = '', decline = '', leave = ''] = offer?.buttons.map((one) => one.data) ?? []
  return { text: offer?.text ?? '', take, decline, leave }
}

describe('a customer for whom a day is full', () => {
  test('joins its waitlist from the calendar, sees the place among the bookings, and leaves', async () => {
    await fillThursday()
    await boris.write('/book')
    await boris.tap(/Стрижка/)
    await boris.tap('📆 Другой день')
    expect(boris.screen().text).toBe(
      'Стрижка\nВыберите день. Числами отмечены дни со свободным временем.\nДни с точками заняты: нажмите на такой, и мы сообщим, если время освободится.',
    )
    // Sunday the 29th is closed.
    expect(labels(boris)).not.toContain('·29·')
    await boris.tap('·26·')
    expect(boris.screen().text).toBe(
      'Стрижка\nчт, 26 ноября: всё занято.\n\nЕсли кто-то отменит запись, мы напишем вам и ненадолго оставим это время за вами.',
    )
    expect(labels(boris)).toEqual([
      '🔔 Сообщить, если освободится',
      '📆 Другой день',
      '‹ К услугам',
      '✕ Прервать',
    ])
    const join = boris.dataOf('🔔 Сообщить, если освободится')
    await boris.tap('🔔 Сообщить, если освободится')
    const joined =
      '🔔 Вы в листе ожидания\n\nСтрижка\nчт, 26 ноября\n\nКак только время освободится, мы напишем сюда.'
    expect(boris.screen().text).toBe(joined)
    await boris.tapData(join)
    expect(boris.screen().text).toBe(joined)
    expect(await statuses('Борис')).toEqual(['waiting'])

    await boris.write('/my')
    expect(labels(boris)).toEqual(['🔔 Лист ожидания', 'Прошлые записи', '📅 Записаться'])
    await boris.tap('🔔 Лист ожидания')
    await boris.tap('чт, 26 нояб. · Стрижка')
    expect(boris.screen().text).toContain('Стрижка\nчт, 26 ноября\n\nЖдём, когда освободится время.')
    await boris.tap('Больше не ждать')
    expect(boris.screen().text).toBe('Хорошо, больше не ждём: Стрижка, чт, 26 ноября.')
    await boris.tapData(encodeButton({ to: 'wait-leave', waitingId: 3 }))
    expect(boris.screen().text).toBe('Хорошо, больше не ждём: Стрижка, чт, 26 ноября.')
    await cancel(anna, '10:00')
    expect(await look()).toEqual([])
    await boris.write('/my')
    expect(labels(boris)).not.toContain('🔔 Лист ожидания')
    await boris.tap('Прошлые записи')
    expect(boris.screen().text).toBe('Прошлых записей пока нет.')
  })

  test('waits for three days at most', async () => {
    await salon.setting({ maxBookingsPerUser: 20 })
    for (const day of ['26', '27', '28', '30']) {
      await book(anna, '09:00', day)
      await book(anna, '10:00', day)
    }
    for (const day of ['·26·', '·27·', '·28·']) await wait(boris, day)
    await boris.write('/book')
    await boris.tap(/Стрижка/)
    await boris.tap('📆 Другой день')
    await boris.tap('·30·')
    await boris.tap('🔔 Сообщить, если освободится')
    expect(boris.screen().text).toBe(
      'Ждать можно не больше 3 дней сразу. Лишнее можно убрать в листе ожидания.',
    )
    expect(await statuses('Борис')).toEqual(['waiting', 'waiting', 'waiting'])
  })

  test('is not asked to wait where the business is closed, has blocked the day, wants no waitlist, or denies them', async () => {
    await fillThursday()
    await salon.sql(`insert into blocked_slots (busy) values (tstzrange($1, $2))`, [
      new Date(NINE + 24 * HOUR - HOUR),
      new Date(NINE + 30 * HOUR),
    ])
    await boris.write('/book')
    await boris.tap(/Стрижка/)
    await boris.tap('📆 Другой день')
    expect(labels(boris).filter((label) => label.startsWith('·') && label !== '·')).toEqual(['·26·'])
    const flow = { kind: 'book', serviceId: 1, staffId: null } as const
    await boris.tapData(encodeButton({ to: 'wait-join', flow, date: '2026-11-27' }))
    expect(boris.lastToast()).toBe('На этот день встать в лист ожидания нельзя.')
    await boris.tapData(encodeButton({ to: 'wait-join', flow, date: '2026-11-29' }))
    expect(boris.lastToast()).toBe('На этот день встать в лист ожидания нельзя.')
    // Free by now: there is nothing to wait for.
    await boris.tapData(encodeButton({ to: 'wait-join', flow, date: '2026-11-28' }))
    expect(labels(boris).slice(0, 2)).toEqual(['09:00', '10:00'])
    const join = encodeButton({ to: 'wait-join', flow, date: '2026-11-26' })
    await salon.sql(`update users set booking_rule = 'deny' where telegram_id = $1`, [boris.user.id])
    await boris.tapData(join)
    await salon.sql('update users set booking_rule = null')
    await salon.setting({ waitlist: false })
    await boris.tapData(join)
    expect(await statuses('Борис')).toEqual([])
    await boris.write('/book')
    await boris.tap(/Стрижка/)
    await boris.tap('📆 Другой день')
    expect(labels(boris)).not.toContain('·26·')
  })

  test('reads all of it in English, too', async () => {
    const ann = salon.person({ first_name: 'Ann', language_code: 'en' })
    await fillThursday()
    await ann.write('/book')
    await ann.tap(/Стрижка/)
    await ann.tap(/Another day/)
    await ann.tap('·26·')
    expect(ann.screen().text).toContain('Thu 26 November: everything is taken.')
    await ann.tap('🔔 Tell me if a time becomes free')
    expect(ann.screen().text).toContain('You are on the waitlist')
    await cancel(anna, '10:00')
    expect((await offerTo(ann)).text).toBe(
      '🔔 A time has become free\n\nСтрижка\nThu 26 November, 10:00–11:00\nPrice: ₽2,000\n\nIt is kept for you until 09:30. Shall we book it?',
    )
  })
})

describe('a time that becomes free', () => {
  test('is kept for who waits, offered once, and becomes the booking; the admins are told as of any other', async () => {
    const admin = await openAdmin()
    await fillThursday()
    await wait(boris)
    expect(await look()).toEqual([])
    await admin.tapData(encodeButton({ to: 'schedule-day', date: '2026-11-26', staffId: null, page: 0 }))
    expect(admin.screen().text).toContain('🔔 В листе ожидания: 1')
    await cancel(anna, '10:00')
    const offer = await offerTo(boris)
    expect(offer.text).toBe(
      '🔔 Освободилось время\n\nСтрижка\nчт, 26 ноября, 10:00–11:00\nСтоимость: 2 000 ₽\n\nОставили его за вами до 09:30. Записать вас?',
    )
    expect(await look()).toEqual([])
    // Nobody else is shown it meanwhile.
    await vera.write('/book')
    await vera.tap(/Стрижка/)
    await vera.tap('📆 Другой день')
    expect(labels(vera)).toContain('·26·')

    salon.clock.now += 29 * MINUTE
    await boris.tapData(offer.take)
    expect(boris.screen().text).toContain('✅ Вы записаны\n\nСтрижка\nчт, 26 ноября, 10:00–11:00')
    expect(admin.screen().text).toContain('Новая запись\nСтрижка\nчт, 26 ноября, 10:00–11:00\nБорис')
    const heard = salon.messagesOf(admin.user.id).length
    await boris.tapData(offer.take)
    expect(boris.screen().text).toContain('Эта запись уже оформлена.')
    await boris.tapData(offer.decline)
    expect(boris.lastToast()).toBe('Это уже не действует.')
    expect(salon.messagesOf(admin.user.id)).toHaveLength(heard)
    expect(await rows()).toMatchObject([
      { status: 'booked', who: 'Анна' },
      { status: 'cancelled', who: 'Анна' },
      { status: 'expired', who: 'Борис', waiting: null },
      { status: 'booked', who: 'Борис', at: '26 10:00', waiting: 3 },
    ])
    expect(await salon.sql(`select action from booking_history where booking_id = 4`)).toEqual([
      { action: 'created' },
    ])
    // Cancelled since, the old button claims nothing.
    await cancel(boris, '10:00')
    await boris.tapData(offer.take)
    expect(boris.screen().text).toBe('Эта запись уже не активна.')
    // Of all that only the visit is in the lists.
    await boris.write('/my')
    await boris.tap('Прошлые записи')
    expect(boris.screen().text.match(/Стрижка/g)).toHaveLength(1)
  })

  test('is the next one’s when the first declines it, and is not offered to the first again', async () => {
    await fillThursday()
    await wait(boris)
    await wait(vera)
    await cancel(anna, '10:00')
    const first = await offerTo(boris)
    await boris.tapData(first.decline)
    expect(boris.screen().text).toBe(
      'Хорошо, это время предложим другим. Если найдётся другое, напишем. Вы по-прежнему в листе ожидания:\n\nСтрижка\nчт, 26 ноября',
    )
    const second = await offerTo(vera)
    await vera.tapData(second.decline)
    expect(await look()).toEqual([])
    await cancel(anna, '09:00')
    expect((await offerTo(boris)).text).toContain('09:00–10:00')
  })

  test('is the next one’s when nobody answers in time; who answers too late gets the nearest times', async () => {
    await fillThursday()
    await wait(boris)
    await wait(vera)
    await cancel(anna, '10:00')
    const first = await offerTo(boris)
    salon.clock.now += 30 * MINUTE
    const second = await offerTo(vera)
    await boris.tapData(first.take)
    expect(boris.screen().text).toBe('Это время только что заняли. Ближайшее свободное:')
    expect(labels(boris)[0]).toBe('пт, 27 нояб., 09:00')
    expect(await statuses('Борис')).toEqual(['waiting', 'expired'])
    await vera.tapData(second.take)
    expect(vera.screen().text).toContain('Вы записаны')
    // Who has had an offer waits behind nobody when nobody else waits.
    await cancel(anna, '09:00')
    expect((await offerTo(boris)).text).toContain('09:00–10:00')
  })

  test('can be taken after its deadline while it is still free', async () => {
    await fillThursday()
    await wait(boris)
    await cancel(anna, '10:00')
    const { take } = await offerTo(boris)
    salon.clock.now += HOUR
    expect(await look()).toEqual([])
    await boris.tapData(take)
    expect(boris.screen().text).toContain('Вы записаны')
    expect(await statuses('Борис')).toEqual(['expired', 'booked'])
  })

  test('is not told of when Telegram could not be reached until it was over, and is offered again', async () => {
    await fillThursday()
    await wait(boris)
    await cancel(anna, '10:00')
    const queued = () => salon.sql<{ key: string }>(`select dedupe_key as key from fleet.outbox`)
    await runJob(salon.context(), waitlist)
    const [first] = await queued()
    salon.clock.now += 2 * HOUR
    await runJob(salon.context(), expiry)
    await runJob(salon.context(), waitlist)
    const after = await queued()
    expect(after).toHaveLength(1)
    expect(after).not.toContainEqual(first)
    expect((await offerTo(boris)).text).toContain('10:00–11:00')
  })

  test('is offered one at a time to each, also where another becomes free between two looks', async () => {
    await fillThursday()
    await wait(boris)
    await cancel(anna, '10:00')
    const [row] = await salon.sql<{ id: string }>('select id from users where telegram_id = $1', [
      boris.user.id,
    ])
    const lockedOut = (count: number) =>
      eventually(async () =>
        expect(
          await salon.sql(`select 1 from pg_locks where locktype = 'advisory' and not granted`),
        ).toHaveLength(count),
      )
    const looks: Promise<unknown>[] = []
    await salon.database.transaction(async (tx) => {
      await lockCustomer(tx, salon.clientId, Number(row?.id))
      looks.push(runJob(salon.context(), waitlist))
      await lockedOut(1)
      await cancel(anna, '09:00')
      looks.push(runJob(salon.context(), waitlist))
      await lockedOut(2)
    })
    await Promise.all(looks)
    expect(await takeOutbox(salon)).toHaveLength(1)
  })

  test('two of them are offered to two at once, who joined first; with none left the third hears nothing', async () => {
    await fillThursday()
    await wait(boris)
    await wait(vera)
    const gleb = salon.person({ first_name: 'Глеб' })
    await wait(gleb)
    await cancel(anna, '09:00')
    await cancel(anna, '10:00')
    const told = await look()
    expect(told.map(({ chatId, text }) => [chatId, text.match(/\d\d:00–\d\d:00/)?.[0]])).toEqual([
      [boris.user.id, '09:00–10:00'],
      [vera.user.id, '10:00–11:00'],
    ])
    expect(await look()).toEqual([])
    await vera.tapData(told[1]?.buttons.at(-1)?.data ?? '')
    expect(vera.screen().text).toContain('Хорошо, больше не ждём')
    expect((await offerTo(gleb)).text).toContain('10:00–11:00')
  })

  test('is not offered again to who did not want it, has left, and waits for that day once more', async () => {
    await fillThursday()
    await wait(boris)
    await cancel(anna, '10:00')
    const { decline, leave } = await offerTo(boris)
    await boris.tapData(decline)
    await boris.tapData(leave)
    await book(vera, '10:00')
    await wait(boris)
    await cancel(vera, '10:00')
    expect(await look()).toEqual([])
    await cancel(anna, '09:00')
    expect((await offerTo(boris)).text).toContain('09:00–10:00')
  })

  test('is offered to nobody more than three times a place; then the place ends, with a way back', async () => {
    await openTill('13:00')
    await wait(boris)
    await salon.sql('delete from blocked_slots')
    await cancel(anna, '09:00')
    await cancel(anna, '10:00')
    const first = await offerTo(boris)
    expect(first.text).toContain('09:00–10:00')
    await boris.tapData(first.decline)
    expect(labels(boris)).toEqual(['📆 Посмотреть этот день', 'Больше не ждать', '🗓 Мои записи'])
    expect((await offerTo(boris)).text).toContain('10:00–11:00')
    salon.clock.now += 30 * MINUTE
    const third = await offerTo(boris)
    expect(third.text).toContain('11:00–12:00')
    // A second tap below an old offer ends nothing while the last one stands.
    await boris.tapData(first.decline)
    expect(await statuses('Борис')).toEqual(['waiting', 'expired', 'expired', 'hold'])
    await boris.tapData(third.decline)
    expect(boris.screen().text).toBe(
      'Мы уже несколько раз предлагали вам время на этот день и больше писать о нём не будем:\n\nСтрижка\nчт, 26 ноября\n\nЕсли ещё хотите прийти, откройте этот день: свободное время можно выбрать сразу, а если всё занято, снова встать в лист ожидания.',
    )
    expect(await statuses('Борис')).toEqual(['expired', 'expired', 'expired', 'expired'])
    expect(await look()).toEqual([])
    await boris.tap('📆 Посмотреть этот день')
    expect(labels(boris).slice(0, 4)).toEqual(['09:00', '10:00', '11:00', '12:00'])
  })

  test('is offered no more to who has answered none of three offers; that is said once, and not at night', async () => {
    await openTill('13:00')
    await wait(boris)
    await salon.sql('delete from blocked_slots')
    await cancel(anna, '10:00')
    // 21:00, 21:30, and 22:00, when nobody is written to any more.
    salon.clock.now = START + 12 * HOUR
    const takes: string[] = []
    for (const time of ['10:00', '11:00']) {
      const { text, take } = await offerTo(boris)
      expect(text).toContain(time)
      takes.push(take)
      salon.clock.now += 30 * MINUTE
    }
    expect(await look()).toEqual([])
    // 08:00
    salon.clock.now = NINE - HOUR
    const last = await offerTo(boris)
    expect(last.text).toContain('12:00–13:00')
    salon.clock.now += 30 * MINUTE
    expect((await look()).map(({ chatId, text }) => [chatId, text.split('\n')[0]])).toEqual([
      [
        boris.user.id,
        'Мы уже несколько раз предлагали вам время на этот день и больше писать о нём не будем:',
      ],
    ])
    expect(await look()).toEqual([])
    await boris.tapData(last.decline)
    expect(boris.lastToast()).toBe('Это уже не действует.')
    // Who comes round all the same gets what is still free.
    await boris.tapData(takes[1] ?? '')
    expect(boris.screen().text).toContain('Вы записаны\n\nСтрижка\nчт, 26 ноября, 11:00–12:00')
  })

  test('and nineteen others are offered at once, each to another customer and in the order of joining; the next ones follow', async () => {
    await salon.sql(`update working_hours set closes = '20:00'`)
    await salon.sql('update services set minutes = 30, step_minutes = 30')
    await salon.sql(
      `insert into users (telegram_id, first_name) select 500 + n, 'Гость' from generate_series(1, 21) n`,
    )
    await salon.sql(
      `insert into bookings (customer_id, status, starts_at, ends_at, local_date, local_time, time_zone, lines, source)
       select id, 'waiting', $1, $2, '2026-11-26', '00:00', 'Europe/Moscow', $3, 'bot' from users where first_name = 'Гость' order by id`,
      [
        new Date(NINE - 9 * HOUR),
        new Date(NINE + 15 * HOUR),
        JSON.stringify([{ serviceId: 1, name: 'Стрижка', minutes: 30, priceMinor: 200000, currency: 'RUB' }]),
      ],
    )
    const told = await look()
    expect(told.map(({ chatId }) => chatId)).toEqual(Array.from({ length: 20 }, (_, index) => 501 + index))
    expect(new Set(told.map(({ text }) => text.match(/\d\d:\d\d–/)?.[0])).size).toBe(20)
    expect((await look()).map(({ chatId }) => chatId)).toEqual([521])
    expect(await look()).toEqual([])
  })

  test('is not offered at night for another day, nor to who has blocked the bot or may not book', async () => {
    await fillThursday()
    await wait(boris)
    await wait(vera)
    await cancel(anna, '10:00')
    // 23:00
    salon.clock.now = START + 14 * HOUR
    expect(await look()).toEqual([])
    await salon.sql(`update users set gone_at = now() where telegram_id = $1`, [boris.user.id])
    await salon.sql(`update users set booking_rule = 'deny' where telegram_id = $1`, [vera.user.id])
    // 08:00 of the day itself
    salon.clock.now = NINE - HOUR
    expect(await look()).toEqual([])
    await salon.setting({ quietTo: '09:00' })
    await salon.sql(`update users set booking_rule = 'approval' where telegram_id = $1`, [vera.user.id])
    const { take } = await offerTo(vera)
    await vera.tapData(take)
    expect(vera.screen().kind).toBe('booking-awaits')
    expect(await statuses('Вера')).toEqual(['expired', 'pending'])
  })

  test('is kept while the business asks for name and phone, which it does before the booking', async () => {
    await fillThursday()
    await wait(boris)
    await cancel(anna, '10:00')
    await salon.setting({ contactDetails: 'required' })
    const { take } = await offerTo(boris)
    await boris.tapData(take)
    await boris.tap('✅ Согласен(на)')
    await boris.tap('Борис')
    expect((await statuses('Борис')).at(-1)).toBe('hold')
    await boris.contact('79161234567')
    expect(boris.screen().text).toContain('Проверьте запись\n\nСтрижка\nчт, 26 ноября, 10:00–11:00')
    await boris.tap('✅ Записаться')
    expect(boris.screen().text).toContain('Вы записаны')
    expect(await statuses('Борис')).toEqual(['expired', 'expired', 'booked'])
    expect(await look()).toEqual([])
  })

  test('is offered in the business’s own words, for as long as it wants', async () => {
    await salon.setting({ waitlistOfferMinutes: 90 })
    await salon.sql(
      `insert into text_templates (key, language, body)
       values ('waitlist-offer', 'ru', 'Есть окно: {service}, {when}. До {until}!')`,
    )
    await fillThursday()
    await wait(boris)
    await cancel(anna, '10:00')
    expect((await offerTo(boris)).text).toBe('Есть окно: Стрижка, чт, 26 ноября, 10:00–11:00. До 10:30!')
  })
})

describe('a place on the waitlist', () => {
  test('ends with its day, and with a booking that the customer finds alone', async () => {
    await fillThursday()
    await wait(boris)
    await wait(vera)
    await cancel(anna, '10:00')
    await salon.setting({ waitlist: false })
    await book(boris, '10:00')
    expect(await statuses('Борис')).toEqual(['expired', 'booked'])
    salon.clock.now = NINE + 15 * HOUR
    expect(await look()).toEqual([])
    expect(await statuses('Вера')).toEqual(['expired'])
  })

  test('ends with a booking that an admin makes by hand for its customer', async () => {
    const admin = await openAdmin()
    await fillThursday()
    await wait(boris)
    await cancel(anna, '10:00')
    await admin.write('/admin')
    await admin.tap('➕ Записать клиента')
    await admin.tap(/Стрижка/)
    await admin.tap('чт, 26 нояб., 10:00')
    await admin.write('Борис')
    await admin.tap(/^Борис/)
    await admin.tap('✅ Записать')
    expect(await statuses('Борис')).toEqual(['expired', 'booked'])
    await cancel(anna, '09:00')
    expect(await look()).toEqual([])
  })

  test('ends when a booking of its customer is moved to that day, but not when one of that day is moved within it', async () => {
    await book(boris, '09:00')
    await book(anna, '10:00')
    await wait(boris)
    await wait(vera)
    await book(vera, '09:00', '27')
    await cancel(anna, '10:00')
    const move = (bookingId: number, startsAt: number) =>
      encodeButton({ to: 'confirm', flow: { kind: 'move', bookingId }, startsAt, intent: 'm' })
    await boris.tapData(move(1, TEN))
    expect(boris.screen().text).toContain('10:00')
    expect(await statuses('Борис')).toEqual(['booked', 'waiting'])
    await vera.tapData(move(5, NINE))
    expect(await statuses('Вера')).toEqual(['expired', 'booked'])
  })

  test('ends when an admin changes a booking of that day to the service that its customer waits for', async () => {
    const admin = await openAdmin()
    await salon.sql(`insert into services (name, minutes, step_minutes) values ('Укладка', 60, 60)`)
    await book(anna, '09:00')
    await boris.write('/book')
    await boris.tap(/Укладка/)
    await boris.tap('чт, 26 нояб., 10:00')
    await boris.tap('✅ Записаться')
    await wait(boris)
    expect(await statuses('Борис')).toEqual(['booked', 'waiting'])
    await admin.tapData(
      encodeButton({ to: 'visit-change', bookingId: 2, seen: TEN, serviceId: 1, staffId: 1 }),
    )
    await admin.tap('✅ Изменить')
    expect(await statuses('Борис')).toEqual(['booked', 'expired'])
  })

  test('ends when its customer’s data are erased, and is part of the copy of them', async () => {
    await fillThursday()
    await wait(boris)
    await boris.write('/privacy')
    const [file] = await boris.tapData(encodeButton({ to: 'export-data' }))
    const copy = JSON.parse(Buffer.from(file?.file?.content ?? []).toString()) as Record<string, unknown[]>
    expect(copy['waitlist']).toMatchObject([{ date: '2026-11-26', status: 'waiting' }])
    expect([copy['bookings'], copy['holds']]).toEqual([[], []])
    await boris.tapData(encodeButton({ to: 'erase-data' }))
    await cancel(anna, '10:00')
    expect(await look()).toEqual([])
    expect((await rows()).at(-1)).toMatchObject({ status: 'expired' })
  })

  test('is nobody else’s to see, to leave or to take', async () => {
    await fillThursday()
    await wait(boris)
    await cancel(anna, '10:00')
    const { take, decline, leave } = await offerTo(boris)
    await vera.write('/my')
    for (const button of [take, decline, leave]) {
      await vera.tapData(button)
      expect(vera.lastToast()).toBe('Это уже не действует.')
    }
    expect(await statuses('Борис')).toEqual(['waiting', 'hold'])
  })
})

test('an offer that is taken while it expires and another customer books that time: one of them has it, and only that one is told so', async () => {
  const random = seededRandom(20_261_126)
  const outcomes = new Set<string>()
  await vera.write('/start')
  await fillThursday()
  await wait(boris)
  await cancel(anna, '10:00')
  for (let round = 0; round < 60; round += 1) {
    await salon.sql('delete from booking_history where booking_id > 3')
    await salon.sql('delete from bookings where id > 3')
    await salon.sql(`update bookings set status = 'waiting', hold_expires_at = null where id = 3`)
    salon.clock.now = START
    const { take } = await offerTo(boris)
    salon.clock.now += 30 * MINUTE + (random() < 0.3 ? -1 : 0)
    const flow = { kind: 'book', serviceId: 1, staffId: null } as const
    const confirm = encodeButton({ to: 'confirm', flow, startsAt: TEN, intent: `r${round}` })
    const taps = [
      () => boris.tapData(take),
      () => boris.tapData(take),
      () => vera.tapData(confirm),
      () => runJob(salon.context(), expiry),
      () => runJob(salon.context(), waitlist),
    ].toSorted(() => random() - 0.5)
    await Promise.all(taps.map((tap) => tap()))
    const booked = (await rows()).filter(({ at, status }) => at === '26 10:00' && status === 'booked')
    expect(booked).toHaveLength(1)
    const isTold = (person: PretendPerson) => /Вы записаны|уже оформлена/.test(person.screen().text)
    expect([boris, vera].filter(isTold).map(({ user }) => user.first_name)).toEqual(
      booked.map(({ who }) => who),
    )
    outcomes.add(booked[0]?.who ?? '')
    expect(await statuses('Борис')).toContain(booked[0]?.who === 'Борис' ? 'booked' : 'waiting')
  }
  expect([...outcomes].toSorted()).toEqual(['Борис', 'Вера'])
})
