import { afterAll, beforeAll, expect, test } from 'vitest'
import { whenWords } from '../../../bot/dialogue/words.ts'
import { encodeButton } from '../../../bot/telegram/callback-data.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { openSalon, type PretendPerson, type Salon, type Seen, START } from './pretend.ts'

const HOUR = 3_600_000
const ROUNDS = Number(process.env['BOOKCTL_RACE_ROUNDS'] ?? 40)
const CUSTOMERS = 4
const DATE = '2026-11-26'
/** Ten o'clock of that day in Moscow. */
const TEN = START + 25 * HOUR
const seed = Number(process.env['BOOKCTL_RACE_SEED'] ?? 26)

let salon: Salon
/** One admin shifts the day, the other one closes time in it. */
let owner: PretendPerson
let helper: PretendPerson
let customers: PretendPerson[]
let serviceId: number
beforeAll(async () => {
  salon = await openSalon(12)
  await salon.sql('delete from services')
  const [service] = await salon.sql<{ id: string }>(
    `insert into services (name, minutes, step_minutes) values ('Стрижка', 60, 30) returning id`,
  )
  serviceId = Number(service?.id)
  await salon.sql(`insert into staff (name) values ('Вера')`)
  await salon.setting({ maxBookingsPerUser: 20 })
  ;[owner, helper] = [salon.person(), salon.person()]
  for (const admin of [owner, helper]) {
    await admin.write('/start')
    salon.admins.push(admin.user.id)
  }
  customers = Array.from({ length: CUSTOMERS }, () => salon.person())
  for (const customer of customers) await customer.write('/start')
})
afterAll(() => salon.close())

const random = seededRandom(seed)
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
const pause = () => new Promise((resolve) => setTimeout(resolve, random() * 15))

let intents = 0
/** Books one more time, or moves or cancels a booking. */
function act(customer: PretendPerson, bookingId: number | undefined): Promise<Seen[]> {
  if (bookingId !== undefined && random() < 0.3)
    return customer.tapFirst(encodeButton({ to: 'cancel', bookingId }))
  const flow =
    bookingId === undefined || random() < 0.4
      ? ({ kind: 'book', serviceId, staffId: null } as const)
      : ({ kind: 'move', bookingId } as const)
  const startsAt = TEN + Math.floor(random() * 12) * (HOUR / 2)
  return customer.tapFirst(encodeButton({ to: 'confirm', flow, startsAt, intent: `i${++intents}` }))
}

/** Decides about what is on the screen until it is done or nothing is left to do; gives back how often it was shown again. */
async function decide(admin: PretendPerson, how: RegExp): Promise<number> {
  for (let again = 0; again < 30; again++) {
    const yes = admin.first().buttons.find(({ label }) => how.test(label))
    if (!yes) return again
    await admin.tapFirst(yes.data)
  }
  throw new Error(`it never came to a decision: ${admin.first().text}`)
}

interface HistoryRow {
  by: number
  bookingId: number
  action: string
  actor: string
  was: Date | null
  is: Date | null
}
const history = () =>
  salon.sql<HistoryRow>(
    `select u.telegram_id::int as by, h.booking_id::int as "bookingId", h.action, h.actor, h.old_starts_at as was, h.new_starts_at as is
       from booking_history h join bookings b on b.id = h.booking_id join users u on u.id = b.customer_id order by h.id`,
  )
const told = ({ user }: PretendPerson, kind: string) =>
  salon.messagesOf(user.id).filter((message) => message.kind === kind)
const words = (at: Date | null) =>
  whenWords(at?.getTime() ?? 0, undefined, { language: 'ru', timeZone: 'Europe/Moscow', now: START })

test(`${ROUNDS} times a day is shifted while customers book, move and cancel and another admin closes time: no two visits meet, and everybody is told just what is so (seed ${seed})`, async () => {
  const seen = { shifted: 0, again: 0, closed: 0, kept: 0 }
  for (let round = 0; round < ROUNDS; round++) {
    await salon.sql('truncate bookings, booking_history, blocked_slots, feedback, admin_actions')
    for (const customer of customers) await act(customer, undefined)
    const first = await salon.sql<{ id: number; by: number }>(
      'select b.id::int as id, u.telegram_id::int as by from bookings b join users u on u.id = b.customer_id',
    )
    const before = customers.map((one) => [
      told(one, 'customer-moved').length,
      told(one, 'booking-cancelled-by-business').length,
    ])
    const minutes = pick([-60, -30, 30, 60])
    const task = { kind: 'shift' as const, date: DATE, staffId: null, from: null, minutes }
    await owner.tapFirst(encodeButton({ to: 'mass-view', task, page: 0 }))
    const startsAt = TEN + Math.floor(random() * 12) * (HOUR / 2)
    const closing = { staffId: null, startsAt, endsAt: startsAt + HOUR }
    const closes = random() < 0.5
    if (closes) await helper.tapFirst(encodeButton({ to: 'calendar-block-view', ...closing }))
    const [again] = await Promise.all([
      pause().then(() => decide(owner, /^Да, сдвинуть/)),
      closes ? pause().then(() => decide(helper, /отменить|^⛔ Закрыть$/)) : 0,
      ...customers.map(async (customer) => {
        await pause()
        await act(customer, first.find(({ by }) => by === customer.user.id)?.id)
      }),
    ])

    const meeting = await salon.sql(
      `select a.id from bookings a join bookings b on a.id < b.id and a.staff_id = b.staff_id and a.busy && b.busy
        where a.status <> 'cancelled' and b.status <> 'cancelled'`,
    )
    expect({ round, meeting }).toEqual({ round, meeting: [] })
    const inClosedTime = await salon.sql(
      `select b.id from bookings b join blocked_slots k on k.busy && b.busy where b.status <> 'cancelled'`,
    )
    expect({ round, inClosedTime }).toEqual({ round, inClosedTime: [] })
    const outside = await salon.sql(
      `select id from bookings where status <> 'cancelled' and (local_time < '09:00' or local_time > '17:00'
          or (starts_at at time zone 'Europe/Moscow') <> local_date + local_time)`,
    )
    expect({ round, outside }).toEqual({ round, outside: [] })

    const lines = await history()
    const shifts = lines.filter(({ action, actor }) => action === 'rescheduled' && actor === 'admin')
    for (const [index, customer] of customers.entries()) {
      const own = (line: HistoryRow) => line.by === customer.user.id
      const [moved = 0, cancelled = 0] = before[index] ?? []
      const said = told(customer, 'customer-moved')
        .slice(moved)
        .map(({ text }) => (/Было: (.*)\nТеперь: (.*)–/.exec(text) ?? []).slice(1).join(' → '))
      const so = shifts.filter(own).map(({ was, is }) => `${words(was)} → ${words(is)}`)
      expect({ round, said: said.toSorted() }).toEqual({ round, said: so.toSorted() })
      expect({ round, told: told(customer, 'booking-cancelled-by-business').length - cancelled }).toEqual({
        round,
        told: lines.filter((line) => own(line) && line.action === 'cancelled' && line.actor === 'admin')
          .length,
      })
    }
    // What was said last of a booking's time is where it lies.
    const places = await salon.sql<{ id: number; at: Date }>(
      'select id::int as id, starts_at as at from bookings order by id',
    )
    for (const { id, at } of places)
      expect({ round, id, at }).toEqual({
        round,
        id,
        at: lines.findLast(({ bookingId, is }) => bookingId === id && is !== null)?.is,
      })
    // Each booking was shifted once at most, and the screen says of how many that is so.
    expect(new Set(shifts.map(({ bookingId }) => bookingId)).size).toBe(shifts.length)
    const [, sum] = /Сдвинуто записей: (\d+)/.exec(owner.first().text) ?? []
    expect({ round, sum: Number(sum ?? 0) }).toEqual({ round, sum: shifts.length })
    seen.shifted += shifts.length
    seen.again += again
    seen.closed += lines.filter(({ action, actor }) => action === 'cancelled' && actor === 'admin').length
    seen.kept += Number(/Остались как были: (\d+)/.exec(owner.first().text)?.[1] ?? 0)
  }
  // Else the rounds would have proved nothing.
  expect(seen.shifted).toBeGreaterThan(0)
  expect(seen.again).toBeGreaterThan(0)
  expect(seen.closed).toBeGreaterThan(0)
  expect(seen.kept).toBeGreaterThan(0)
}, 120_000)
