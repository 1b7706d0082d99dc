import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { feedback } from '../../../bot/jobs/feedback.ts'
import type { Job } from '../../../bot/jobs/job.ts'
import { runJob } from '../../../bot/jobs/loop.ts'
import { reminders } from '../../../bot/jobs/reminders.ts'
import { openSalon, type PretendPerson, type Salon, START } from './pretend.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

let salon: Salon
let boris: PretendPerson
beforeEach(async () => {
  salon = await openSalon()
  await salon.sql('delete from services')
  await salon.sql(`insert into services (name, minutes, price_minor) values ('Стрижка', 60, 200000)`)
  await salon.setting({ address: 'Тверская, 1' })
  boris = salon.person({ first_name: 'Борис' })
})
afterEach(() => salon.close())

/** Friday 27 November, 12:00 in Moscow: two days and three hours after the beginning. */
async function bookFriday(): Promise<number> {
  await boris.write('/book')
  await boris.tap(/Стрижка/)
  await boris.tap('📆 Другой день')
  await boris.tap('27')
  await boris.tap('12:00')
  await boris.tap('✅ Записаться')
  const [row] = await salon.sql<{ id: number }>('select id from bookings')
  return Number(row?.id)
}

/** Lets the bot look every ten minutes, as long as it takes, and gives back what it said and when. */
async function look(job: Job, until: number): Promise<string[]> {
  const heard: string[] = []
  for (; salon.clock.now <= until; salon.clock.now += HOUR / 6) {
    if ((await runJob(salon.context(), job)) === 0) continue
    const rows = await salon.sql<{ text: string }>(
      `delete from fleet.outbox where kind in ('reminder', 'feedback') returning payload ->> 'text' as text`,
    )
    const time = new Date(salon.clock.now + 3 * HOUR).toISOString().slice(0, 16).replace('T', ' ')
    heard.push(...rows.map(({ text }) => `${time} ${text.replaceAll(/<[^>]+>/g, '').split('\n')[3]}`))
  }
  return heard
}

describe('a customer is reminded', () => {
  test('24, 2 and 1 hours before, each once, with the day as people say it; nothing comes after the start', async () => {
    await bookFriday()
    expect(await look(reminders, START + 3 * DAY)).toEqual([
      '2026-11-26 12:00 завтра, 12:00–13:00',
      '2026-11-27 10:00 сегодня, 12:00–13:00',
      '2026-11-27 11:00 сегодня, 12:00–13:00',
    ])
  })

  test('only of what is still to come by the hours that the business wants', async () => {
    await salon.setting({ reminderHours: [3] })
    await bookFriday()
    expect(await look(reminders, START + 3 * DAY)).toEqual(['2026-11-27 09:00 сегодня, 12:00–13:00'])
  })

  test('anew after a move, and not when the new time is nearer than the reminder', async () => {
    await bookFriday()
    expect(await look(reminders, START + 28 * HOUR)).toEqual(['2026-11-26 12:00 завтра, 12:00–13:00'])
    // Thursday, 13:10: to Friday, 11:00, less than a day ahead.
    await boris.write('/my')
    await boris.tap(/Стрижка/)
    await salon.setting({ cancellationHours: 0 })
    await boris.tap('🔁 Перенести')
    await boris.tap('📆 Другой день')
    await boris.tap('27')
    await boris.tap('11:00')
    await boris.tap('✅ Перенести')
    expect(await look(reminders, START + 3 * DAY)).toEqual([
      '2026-11-27 09:00 сегодня, 11:00–12:00',
      '2026-11-27 10:00 сегодня, 11:00–12:00',
    ])
  })

  test('not of a booking that was cancelled, nor by a bot that the customer has blocked', async () => {
    await bookFriday()
    await salon.sql('update users set gone_at = now()')
    expect(await look(reminders, START + 2 * DAY)).toEqual([])
    await salon.sql(`update users set gone_at = null`)
    await salon.sql(`update bookings set status = 'cancelled'`)
    expect(await look(reminders, START + 3 * DAY)).toEqual([])
  })

  test.each([
    ['was cancelled', `update bookings set status = 'cancelled'`, 0],
    [
      'was moved',
      `update bookings set starts_at = starts_at + interval '7 days', ends_at = ends_at + interval '7 days',
                          busy = tstzrange(lower(busy) + interval '7 days', upper(busy) + interval '7 days')`,
      0,
    ],
    ['has begun', 'select 1', 2 * DAY],
  ])('not of a booking that %s while Telegram could not be reached', async (_, sql, later) => {
    await bookFriday()
    salon.clock.now = START + DAY + 3 * HOUR
    const waiting = () => salon.sql(`select 1 from fleet.outbox where kind = 'reminder' and state = 'queued'`)
    await runJob(salon.context(), reminders)
    await runJob(salon.context(), reminders)
    expect(await waiting()).toHaveLength(1)
    await salon.sql(sql)
    salon.clock.now += later
    await runJob(salon.context(), reminders)
    expect(await waiting()).toEqual([])
  })

  test('once for several that fell into an outage', async () => {
    await bookFriday()
    salon.clock.now = START + 2 * DAY + 2.5 * HOUR
    expect(await look(reminders, START + 3 * DAY)).toEqual(['2026-11-27 11:30 сегодня, 12:00–13:00'])
  })

  test('of an imported booking only of what the old bot had not to say', async () => {
    await bookFriday()
    await salon.sql(`update bookings set reminders_sent = jsonb_build_object('imported', $1::text)`, [
      new Date(START + 2 * DAY).toISOString(),
    ])
    salon.clock.now = START + 2 * DAY
    expect(await look(reminders, START + 3 * DAY)).toEqual([
      '2026-11-27 10:00 сегодня, 12:00–13:00',
      '2026-11-27 11:00 сегодня, 12:00–13:00',
    ])
  })

  test('and answers “I will come” with a tap, once and for the present time', async () => {
    const bookingId = await bookFriday()
    await boris.tapData(`1:vc:${bookingId.toString(36)}`)
    expect(boris.screen().text).toBe(
      '✅ Спасибо, ждём вас!\n\nСтрижка\nпт, 27 ноября, 12:00–13:00\nСтоимость: 2 000 ₽\nАдрес: Тверская, 1',
    )
    expect(await salon.sql('select status from bookings')).toEqual([{ status: 'confirmed' }])
    await boris.tapData(`1:vc:${bookingId.toString(36)}`)
    expect(await salon.sql(`select 1 from booking_history where action = 'status'`)).toHaveLength(1)
    const stranger = salon.person()
    await stranger.tapData(`1:vc:${bookingId.toString(36)}`)
    expect(stranger.lastToast()).toBe('Такой записи у вас нет.')
    salon.clock.now = START + 3 * DAY
    await boris.tapData(`1:vc:${bookingId.toString(36)}`)
    expect(boris.lastToast()).toBe('Эта запись уже началась, изменить её нельзя.')
  })
})

describe('a customer is asked how it was', () => {
  test('some hours after the end, once', async () => {
    await bookFriday()
    expect(await look(feedback, START + 3 * DAY)).toEqual(['2026-11-27 15:00 пт, 27 ноября, 12:00'])
  })

  test('in the morning, when the bot was down until the night', async () => {
    await bookFriday()
    salon.clock.now = START + 2 * DAY + 15 * HOUR
    expect(await look(feedback, START + 4 * DAY)).toEqual(['2026-11-28 08:00 пт, 27 ноября, 12:00'])
  })

  test('not after a visit that did not take place, nor where the business does not ask', async () => {
    await bookFriday()
    await salon.sql(`update bookings set status = 'no_show'`)
    expect(await look(feedback, START + 3 * DAY)).toEqual([])
    await salon.sql(`update bookings set status = 'came'`)
    await salon.setting({ feedbackHours: 0 })
    expect(await look(feedback, START + 3.2 * DAY)).toEqual([])
  })
})
