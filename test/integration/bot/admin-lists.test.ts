import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { autoCame } from '../../../bot/jobs/auto-came.ts'
import { eveningList } from '../../../bot/jobs/evening.ts'
import type { Job } from '../../../bot/jobs/job.ts'
import { runJob } from '../../../bot/jobs/loop.ts'
import { morningList } from '../../../bot/jobs/morning.ts'
import type { ClientContext } from '../../../bot/runtime/turn.ts'
import { emptySalon, openSalon, type PretendPerson, type Salon, START } from './pretend.ts'

const HOUR = 3_600_000
/** Wednesday, 20:00 in Moscow. */
const EVENING = START + 11 * HOUR

let salon: Salon
let owner: PretendPerson
let boris: PretendPerson
beforeAll(async () => {
  salon = await openSalon()
})
afterAll(() => salon.close())
beforeEach(async () => {
  await emptySalon(salon)
  await salon.sql(`insert into staff (name) values ('Анна'), ('Вера')`)
  owner = salon.person({ first_name: 'Ольга' })
  await owner.write('/start')
  salon.admins.push(owner.user.id)
  boris = salon.person({ first_name: 'Борис', username: 'boris' })
  await boris.write('/start')
})

async function booked(startsAt: number, { staffId = 1, status = 'booked' } = {}): Promise<number> {
  const [row] = await salon.sql<{ id: string }>(
    `insert into bookings (customer_id, staff_id, status, starts_at, ends_at, busy, local_date, local_time, time_zone, lines)
     select id, $2, $3, $4::timestamptz, $4::timestamptz + interval '30 min',
            tstzrange($4::timestamptz, $4::timestamptz + interval '30 min'), '2026-11-25', '10:00', 'Europe/Moscow',
            '[{"name": "Стрижка", "minutes": 30, "serviceId": 1, "priceMinor": null, "currency": "RUB"}]'
       from users where telegram_id = $1 returning id`,
    [boris.user.id, staffId, status, new Date(startsAt)],
  )
  return Number(row?.id)
}

function run(job: Job): Promise<number> {
  return runJob(salon.context(), job)
}

/** What the outbox holds for somebody, as people would read it. */
async function heard(person: PretendPerson): Promise<string[]> {
  const rows = await salon.sql<{ text: string }>(
    `select payload ->> 'text' as text from fleet.outbox where chat_id = $1 order by id`,
    [person.user.id],
  )
  return rows.map(({ text }) => text.replaceAll(/<[^>]+>/g, ''))
}

const statuses = async () =>
  (await salon.sql<{ status: string }>('select status from bookings order by id')).map(({ status }) => status)

describe('the morning list', () => {
  test('tells admins of everybody’s day and staff of their own, once, also after the bot has started again', async () => {
    const vera = salon.person({ first_name: 'Vera', language_code: 'en' })
    await vera.write('/start')
    const anna = salon.person({ first_name: 'Анна' })
    await anna.write('/start')
    await salon.sql('update staff set telegram_id = $1 where id = 2', [vera.user.id])
    await salon.sql('update staff set telegram_id = $1 where id = 1', [anna.user.id])
    await booked(START + 2 * HOUR, { staffId: 2 })
    await booked(START + 3 * HOUR, { staffId: 2, status: 'confirmed' })
    await booked(START + 3 * HOUR, { status: 'cancelled' })
    await booked(START + 26 * HOUR)
    expect(await run(morningList)).toBe(2)
    expect(await run(morningList)).toBe(0)
    expect(await heard(owner)).toEqual([
      'Сегодня, ср, 25 ноября\n2 записи:\n11:00–11:30 Борис (@boris) · Стрижка\n12:00–12:30 Борис (@boris) · Стрижка',
    ])
    expect(await heard(vera)).toEqual([
      'Your bookings today, Wed 25 November\n\n11:00–11:30 Борис (@boris) · Стрижка\n12:00–12:30 Борис (@boris) · Стрижка',
    ])
    expect(await heard(anna)).toEqual([])
    salon.clock.now = START + 23 * HOUR
    expect(await run(morningList)).toBe(2)
    expect((await heard(anna))[0]).toContain('Ваши записи на сегодня, чт, 26 ноября')
  })

  test('of an empty day is one line; nobody gets it who has blocked the bot or never wrote to it', async () => {
    salon.admins.push(999_999)
    const gone = salon.person()
    await gone.write('/start')
    salon.admins.push(gone.user.id)
    await salon.sql('update users set gone_at = now() where telegram_id = $1', [gone.user.id])
    expect(await run(morningList)).toBe(1)
    expect(await heard(owner)).toEqual(['Сегодня, ср, 25 ноября, записей нет.'])
  })

  test.each([
    ['before its time', '10:00', 0],
    ['hours after its time', '05:30', 0],
    ['when it is off', '', 0],
    ['within three hours after it', '06:01', 1],
  ])('%s', async (_title, morningListTime, count) => {
    await salon.setting({ morningListTime })
    expect(await run(morningList)).toBe(count)
  })

  test('of the fullest day fits a message', async () => {
    await salon.sql(
      `update users set first_name = repeat('&', 60), last_name = repeat('<', 60), phone = '+79161234567', username = repeat('x', 32)`,
    )
    await salon.sql(`update staff set name = repeat('Я', 100)`)
    for (let n = 0; n < 40; n += 1) await booked(START + n * 1_800_000 - 6 * HOUR, { staffId: 1 + (n % 2) })
    await run(morningList)
    const [text = ''] = await heard(owner)
    expect(text).toContain('… и ещё')
    const [row] = await salon.sql<{ length: number }>(
      `select max(length(payload ->> 'text')) as length from fleet.outbox`,
    )
    // Telegram counts without tags and entities; what was sent counts more.
    expect(text.replaceAll(/&\w+;/g, '&').length).toBeLessThan(4096)
    expect(row?.length).toBeLessThan(16_000)
  })
})

describe('the evening list', () => {
  test('asks who came, marks with a tap, and says when all is done', async () => {
    await booked(START + HOUR)
    await booked(START + 2 * HOUR)
    await booked(START + 3 * HOUR, { status: 'came' })
    await booked(EVENING + HOUR)
    salon.clock.now = EVENING
    expect(await run(eveningList)).toBe(1)
    expect(await run(eveningList)).toBe(0)
    expect(await heard(owner)).toEqual([
      'ср, 25 ноября: кто пришёл?\nНе отмечено: 2. Слева – пришёл, справа – не пришёл.',
    ])
    await owner.tapData('1:BE:2026-11-25:0')
    expect(owner.screen().buttons.map(({ label }) => label)).toEqual([
      '✅ 10:00 Борис',
      '🚫 Не пришёл(ла)',
      '✅ 11:00 Борис',
      '🚫 Не пришёл(ла)',
      '🗓 Открыть день',
    ])
    const [came, noShow] = [owner.dataOf('✅ 10:00 Борис'), owner.dataOf('🚫 Не пришёл(ла)')]
    await owner.tapData(came)
    expect(owner.lastToast()).toBe('Отмечено: ✅ Пришёл(ла).')
    // A list of another admin, or an old one: what was said is not turned round by it.
    await owner.tapData(noShow)
    expect(owner.lastToast()).toBe('Эта запись сейчас: ✅ Пришёл(ла).')
    await owner.tapData(came)
    expect(owner.lastToast()).toBe('Уже отмечено.')
    await owner.tap('🚫 Не пришёл(ла)')
    expect(owner.screen().text).toBe('ср, 25 ноября: все визиты отмечены. Спасибо!')
    expect(await statuses()).toEqual(['came', 'no_show', 'came', 'booked'])
  })

  test('asks the next evening for visits that began after it had been sent', async () => {
    await booked(EVENING + HOUR)
    await booked(EVENING + 15 * HOUR, { status: 'no_show' })
    salon.clock.now = EVENING + 24 * HOUR
    expect(await run(eveningList)).toBe(1)
    expect(await heard(owner)).toEqual([
      'чт, 26 ноября: кто пришёл?\nНе отмечено: 1. Слева – пришёл, справа – не пришёл.',
    ])
    await owner.tapData('1:BE:2026-11-26:0')
    await owner.tap('✅ 25.11 21:00 Борис')
    expect(owner.screen().text).toBe('чт, 26 ноября: все визиты отмечены. Спасибо!')
    expect(await statuses()).toEqual(['came', 'no_show'])
  })

  test('is silent where nothing is to be asked', async () => {
    await booked(START + 3 * HOUR, { status: 'no_show' })
    await booked(EVENING + HOUR)
    salon.clock.now = EVENING
    expect(await run(eveningList)).toBe(0)
    salon.clock.now = EVENING + 2 * HOUR
    expect(await run(eveningList)).toBe(0)
  })

  test('of many visits is paged', async () => {
    for (let n = 0; n < 18; n += 1) await booked(START + n * 1_800_000)
    salon.clock.now = EVENING
    await run(eveningList)
    await owner.tapData('1:BE:2026-11-25:0')
    expect(owner.screen().buttons.length).toBeLessThanOrEqual(100)
    await owner.tap('›')
    await owner.tap('›')
    expect(owner.screen().buttons[0]?.label).toBe('✅ 17:00 Борис')
  })
})

describe('visits that nobody has marked', () => {
  test('count as come a day after their end, with the bot in their history, and admins can put them right', async () => {
    const first = await booked(START)
    await booked(START + HOUR, { status: 'confirmed' })
    await booked(START + 2 * HOUR, { status: 'cancelled' })
    salon.clock.now = START + 24 * HOUR + 30 * 60_000
    await run(autoCame)
    expect(await statuses()).toEqual(['came', 'confirmed', 'cancelled'])
    expect(
      await salon.sql('select action, actor, old_status, new_status from booking_history order by id'),
    ).toEqual([{ action: 'status', actor: 'system', old_status: 'booked', new_status: 'came' }])
    await owner.tapData(`1:BC:${first}`)
    await owner.tap('🚫 Не пришёл(ла)')
    expect(await statuses()).toEqual(['no_show', 'confirmed', 'cancelled'])
  })

  test('stay as they are where that is switched off', async () => {
    await booked(START)
    await salon.setting({ autoCameHours: 0 })
    salon.clock.now = START + 240 * HOUR
    await run(autoCame)
    expect(await statuses()).toEqual(['booked'])
  })
})

test('a job that fails does nothing, and is no end of the others', async () => {
  const reports: unknown[] = []
  const client: ClientContext = {
    ...salon.context(),
    faults: { ...salon.context().faults, report: (_error, tags) => void reports.push(tags) },
  }
  const broken: Job = {
    name: 'broken',
    async run({ tx }) {
      await tx.query(`update staff set name = 'Никто'`)
      throw new Error('no luck')
    },
  }
  expect(await runJob(client, broken)).toBe(0)
  expect(reports).toEqual([{ event: 'job_failed', job: 'broken' }])
  expect(await salon.sql(`select 1 from staff where name = 'Никто'`)).toEqual([])
  expect(await runJob(client, morningList)).toBe(1)
  // An outage is nobody's fault: the loop waits it out.
  const away = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })
  const cutOff = { ...client, db: { ...client.db, transaction: () => Promise.reject(away) } }
  await expect(runJob(cutOff, morningList)).rejects.toBe(away)
  expect(reports).toHaveLength(1)
})
