import { afterAll, beforeAll, expect, test } from 'vitest'
import { encodeButton } from '../../../bot/telegram/callback-data.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { openSalon, type PretendPerson, type Salon, type Seen, START } from './pretend.ts'

const HOUR = 3_600_000
const ROUNDS = 200
const CUSTOMERS = 3
/** Thursday 26 November in Moscow, the day that is closed in every round. */
const DAY = { start: START + 15 * HOUR, end: START + 39 * HOUR }
const TEN = START + 25 * HOUR
const seed = Number(process.env['BOOKCTL_RACE_SEED'] ?? 26)

let salon: Salon
let owner: PretendPerson
let customers: PretendPerson[]
let serviceId: number
beforeAll(async () => {
  salon = await openSalon(12)
  await salon.sql('delete from services')
  const [service] = await salon.sql<{ id: string }>(
    `insert into services (name, minutes, buffer_after_minutes) values ('Стрижка', 60, 5) returning id`,
  )
  serviceId = Number(service?.id)
  await salon.sql(`insert into staff (name) values ('Вера')`)
  await salon.setting({ maxBookingsPerUser: 10 })
  owner = salon.person()
  await owner.write('/start')
  salon.admins.push(owner.user.id)
  customers = Array.from({ length: CUSTOMERS }, () => salon.person())
  for (const customer of customers) await customer.write('/start')
})
afterAll(() => salon.close())

const random = seededRandom(seed)
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

let intents = 0
function confirm(customer: PretendPerson, bookingId?: number): Promise<Seen[]> {
  const startsAt = TEN + pick([0, 1, 2, 3, 4, 5, 24]) * HOUR
  const flow =
    bookingId === undefined
      ? ({ kind: 'book', serviceId, staffId: null } as const)
      : ({ kind: 'move', bookingId } as const)
  const data = encodeButton({ to: 'confirm', flow, startsAt, intent: `i${++intents}` })
  return customer.tapFirst(data)
}

/** Books one more time; or cancels, or moves, what this customer has. */
function act(customer: PretendPerson, bookingId: number | undefined): Promise<Seen[]> {
  if (bookingId === undefined || random() < 0.5) return confirm(customer)
  if (random() < 0.5) return confirm(customer, bookingId)
  return customer.tapFirst(encodeButton({ to: 'cancel', bookingId }))
}

const closing = { staffId: null, startsAt: DAY.start, endsAt: DAY.end }
const view = encodeButton({ to: 'calendar-block-view', ...closing })

/** Decides about what is on the screen until it holds still; gives back how often it had to be shown again. */
async function block(how: RegExp): Promise<number> {
  for (let again = 0; again < 20; again++) {
    const decide = owner.first().buttons.find(({ label }) => how.test(label)) ?? owner.first().buttons[0]
    await owner.tapFirst(decide?.data ?? '')
    if (owner.first().text.startsWith('⛔ Время закрыто')) return again
  }
  throw new Error(`the block never came to be: ${owner.first().text}`)
}

interface Row {
  id: number
  by: number
  status: string
  cancelledBy: string | null
  inDay: boolean
}

function bookings(): Promise<Row[]> {
  return salon.sql<Row>(
    `select b.id::int as id, u.telegram_id::int as by, b.status, b.cancelled_by as "cancelledBy", tstzrange(b.starts_at, b.ends_at) && tstzrange($1, $2) as "inDay"
       from bookings b join users u on u.id = b.customer_id order by b.id`,
    [new Date(DAY.start), new Date(DAY.end)],
  )
}

const noticesTo = (customer: PretendPerson) =>
  salon.messagesOf(customer.user.id).filter(({ kind }) => kind === 'booking-cancelled-by-business').length

test(`${ROUNDS} times an admin closes the day in which customers book, move and cancel: nothing is left in it, and just those are told (seed ${seed})`, async () => {
  let shownAgain = 0
  let cancelledInAll = 0
  for (let round = 0; round < ROUNDS; round++) {
    await salon.sql('truncate bookings, booking_history, blocked_slots, feedback, admin_actions')
    for (const customer of customers.slice(0, Math.floor(random() * 4))) await confirm(customer)
    await owner.tapFirst(view)
    const before = customers.map(noticesTo)
    const keeps = random() < 0.3
    const first = await bookings()
    const shownFirst = first.filter(({ inDay }) => inDay).map(({ id }) => id)
    const wait = () => pause(random() * 12)
    const [again] = await Promise.all([
      wait().then(() => block(keeps ? /записи оставить/ : /Закрыть и отменить/)),
      ...customers.map(async (customer) => {
        await wait()
        await act(customer, first.find(({ by }) => by === customer.user.id)?.id)
      }),
    ])
    shownAgain += again
    const rows = await bookings()
    const [action] = await salon.sql<{ kept: number[]; cancelled: number[] }>(
      `select details->'after'->'kept' as kept, details->'after'->'cancelled' as cancelled from admin_actions where action = 'block.add'`,
    )
    const idsOf = (list: readonly number[] = []) => list.toSorted((a, b) => a - b)
    const active = rows.filter(({ status, inDay }) => inDay && status !== 'cancelled')
    const cancelled = rows.filter(({ cancelledBy }) => cancelledBy === 'admin')
    const context = { round, keeps, again }
    const kept = idsOf(action?.kept)
    expect({ ...context, left: active.filter(({ id }) => !kept.includes(id)) }).toEqual({
      ...context,
      left: [],
    })
    expect({ ...context, gone: cancelled.map(({ id }) => id) }).toEqual({
      ...context,
      gone: idsOf(action?.cancelled),
    })
    // Kept is what was on the screen; what a customer has cancelled since needs no keeping.
    if (keeps && again === 0)
      expect({ ...context, unseen: active.filter(({ id }) => !shownFirst.includes(id)) }).toEqual({
        ...context,
        unseen: [],
      })
    if (!keeps) expect({ ...context, kept }).toEqual({ ...context, kept: [] })
    for (const [index, customer] of customers.entries())
      expect({ ...context, index, told: noticesTo(customer) - (before[index] ?? 0) }).toEqual({
        ...context,
        index,
        told: cancelled.filter(({ by }) => by === customer.user.id).length,
      })
    expect(await salon.sql('select 1 from blocked_slots')).toHaveLength(1)
    cancelledInAll += cancelled.length
  }
  // Else the rounds would have proved nothing.
  expect(cancelledInAll).toBeGreaterThan(0)
  expect(shownAgain).toBeGreaterThan(0)
})
