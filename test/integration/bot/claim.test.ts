import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type BookOutcome, bookTime, cancelTime, moveTime } from '../../../bot/booking/claim.ts'
import { confirmHold, holdTime } from '../../../bot/booking/hold.ts'
import type { Shop } from '../../../bot/booking/offer.ts'
import { clientSettingsSchema, DEFAULT_WORK_HOURS } from '../../../bot/contract/settings.ts'
import { inOrder } from '../../../bot/runtime/in-order.ts'
import { listUpcoming } from '../../../bot/storage/booking-lookup.ts'
import { expireAllHolds, findHold, releaseChosen, releaseHold } from '../../../bot/storage/holds.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { openSalon, type Salon, START } from './pretend.ts'

const HOUR = 3_600_000
const CONNECTIONS = 20
const TOMORROW_AT_TEN = START + 25 * HOUR
const author = { actor: 'customer' } as const

let salon: Salon
let shop: Shop
beforeEach(async () => {
  salon = await openSalon(CONNECTIONS)
  shop = {
    clientId: salon.clientId,
    settings: clientSettingsSchema.parse({ slotStepMinutes: 15 }),
    workHours: DEFAULT_WORK_HOURS,
    now: START,
  }
})
afterEach(() => salon.close())

async function customers(count: number): Promise<number[]> {
  const rows = await salon.sql<{ id: string }>(
    'insert into users (telegram_id) select n from generate_series(1, $1::bigint) n returning id',
    [count],
  )
  return rows.map(({ id }) => Number(id))
}

async function service(minutes: number): Promise<number> {
  const [row] = await salon.sql<{ id: string }>(
    'insert into services (name, minutes, buffer_after_minutes) values ($1, $2, 5) returning id',
    [`${minutes} min`, minutes],
  )
  return Number(row?.id)
}

function book(customerId: number, serviceId: number, startsAt: number, intent = `${customerId}:${startsAt}`) {
  return salon.database.transaction((tx) =>
    bookTime(tx, shop, { customerId, serviceIds: [serviceId], staffId: null, startsAt, intent, author }),
  )
}

/** As a bot does it: at once are as many as there are connections; nobody waits in the pool until it gives up. */
async function atOnce(
  ids: readonly number[],
  work: (id: number, n: number) => Promise<BookOutcome>,
): Promise<BookOutcome[]> {
  const outcomes: BookOutcome[] = []
  await inOrder(
    [...ids.entries()],
    ([, id]) => id,
    CONNECTIONS,
    async ([n, id]) => void outcomes.push(await work(id, n)),
  )
  return outcomes
}

const reasons = (outcomes: BookOutcome[]) => outcomes.map((one) => (one.ok ? 'booked' : one.reason))

describe('claiming a time', () => {
  test('of 200 customers who want overlapping times at once each gets an answer, and no time is sold twice', async () => {
    const ids = await customers(200)
    const services = await Promise.all([service(30), service(60), service(90)])
    const outcomes = await atOnce(ids, (id, n) =>
      book(id, services[n % 3] ?? 0, TOMORROW_AT_TEN + (n % 8) * 15 * 60_000),
    )
    const booked = outcomes.filter((one) => one.ok)
    expect(booked.length).toBeGreaterThanOrEqual(1)
    expect(reasons(outcomes).filter((reason) => reason !== 'booked' && reason !== 'taken')).toEqual([])
    expect(
      await salon.sql(
        'select a.id from bookings a join bookings b on a.id < b.id and a.staff_id = b.staff_id and a.busy && b.busy',
      ),
    ).toEqual([])
    expect(await salon.sql('select 1 from bookings')).toHaveLength(booked.length)
  })

  test('200 customers and one time: exactly one has it', async () => {
    const ids = await customers(200)
    const cut = await service(60)
    const outcomes = await atOnce(ids, (id) => book(id, cut, TOMORROW_AT_TEN))
    expect(outcomes).toHaveLength(200)
    expect(outcomes.filter((one) => one.ok)).toHaveLength(1)
  })

  test('the limit holds under parallel confirmations with two members of staff', async () => {
    await salon.sql(`insert into staff (name) values ('Вера')`)
    const [id = 0] = await customers(1)
    const cut = await service(60)
    const staff = await salon.sql<{ id: string }>('select id from staff order by id')
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        salon.database.transaction((tx) =>
          bookTime(tx, shop, {
            customerId: id,
            serviceIds: [cut],
            staffId: Number(staff[n % 2]?.id),
            startsAt: TOMORROW_AT_TEN + Math.floor(n / 2) * 75 * 60_000,
            intent: `${id}:${n}`,
            author,
          }),
        ),
      ),
    )
    expect(outcomes.filter((one) => one.ok)).toHaveLength(3)
    expect(new Set(reasons(outcomes))).toEqual(new Set(['booked', 'limit-reached']))
  })

  test('one intent books once and gives back what it booked', async () => {
    const [id = 0] = await customers(1)
    const cut = await service(60)
    const outcomes = await Promise.all(
      Array.from({ length: 5 }, () => book(id, cut, TOMORROW_AT_TEN, `${id}:same`)),
    )
    expect(outcomes.map((one) => one.ok && one.booking.id)).toEqual(
      Array.from({ length: 5 }, () => expect.any(Number) as number),
    )
    expect(outcomes.filter((one) => one.ok && !one.again)).toHaveLength(1)
    expect(await salon.sql('select 1 from bookings')).toHaveLength(1)
  })

  test('a block made in the meantime is respected, and an expired hold gives way', async () => {
    const [id = 0] = await customers(1)
    const cut = await service(60)
    await salon.sql('insert into blocked_slots (busy) values (tstzrange($1, $2))', [
      new Date(TOMORROW_AT_TEN + 30 * 60_000),
      new Date(TOMORROW_AT_TEN + HOUR),
    ])
    expect(reasons([await book(id, cut, TOMORROW_AT_TEN)])).toEqual(['taken'])
    await salon.sql('delete from blocked_slots')
    await salon.sql(
      `insert into bookings (customer_id, staff_id, status, starts_at, ends_at, busy, local_date, local_time, time_zone, lines, hold_expires_at)
       select $1, (select min(id) from staff), 'hold', $2, $3, tstzrange($2, $3), '2026-11-26', '10:00', 'Europe/Moscow', '[{}]', $4`,
      [id, new Date(TOMORROW_AT_TEN), new Date(TOMORROW_AT_TEN + HOUR), new Date(START - 1)],
    )
    expect(reasons([await book(id, cut, TOMORROW_AT_TEN)])).toEqual(['booked'])
  })

  test('rivals who move to one time: one moves, the other stays where it was', async () => {
    const [one = 0, two = 0] = await customers(2)
    const cut = await service(60)
    const a = await book(one, cut, TOMORROW_AT_TEN)
    const b = await book(two, cut, TOMORROW_AT_TEN + 2 * HOUR)
    const move = (customerId: number, outcome: BookOutcome) =>
      salon.database.transaction((tx) =>
        moveTime(tx, shop, {
          customerId,
          bookingId: outcome.ok ? outcome.booking.id : 0,
          startsAt: TOMORROW_AT_TEN + 5 * HOUR,
          author,
        }),
      )
    const moved = await Promise.all([move(one, a), move(two, b)])
    expect(moved.map((each) => (each.ok ? 'moved' : each.reason)).toSorted()).toEqual(['moved', 'taken'])
  })

  test('a cancelled time is free again, and is cancelled once', async () => {
    const [one = 0, two = 0] = await customers(2)
    const cut = await service(60)
    const made = await book(one, cut, TOMORROW_AT_TEN)
    const bookingId = made.ok ? made.booking.id : 0
    const cancel = (customerId: number) =>
      salon.database.transaction((tx) => cancelTime(tx, shop, { customerId, bookingId, author }))
    expect(await cancel(two)).toEqual({ ok: false, reason: 'not-yours' })
    expect((await cancel(one)).ok).toBe(true)
    expect(await cancel(one)).toMatchObject({ ok: false, reason: 'not-active' })
    expect((await book(two, cut, TOMORROW_AT_TEN)).ok).toBe(true)
  })
})

describe('a hold that is offered', () => {
  const hold = (customerId: number, serviceId: number, more: { waitingId?: number } = {}) =>
    salon.database.transaction((tx) =>
      holdTime(tx, shop, {
        customerId,
        serviceIds: [serviceId],
        staffId: null,
        startsAt: TOMORROW_AT_TEN,
        expiresAt: shop.now + HOUR,
        ...more,
      }),
    )
  const confirm = (customerId: number, holdId: number) =>
    salon.database.transaction((tx) => confirmHold(tx, shop, { customerId, holdId, author }))

  async function offer(customerId: number, serviceId: number): Promise<number> {
    const [place] = await salon.sql<{ id: string }>(
      `insert into bookings (customer_id, status, starts_at, ends_at, local_date, local_time, time_zone, lines)
       values ($1, 'waiting', $2, $3, '2026-11-26', '00:00', 'Europe/Moscow', '[{}]') returning id`,
      [customerId, new Date(TOMORROW_AT_TEN), new Date(TOMORROW_AT_TEN + HOUR)],
    )
    const held = await hold(customerId, serviceId, { waitingId: Number(place?.id) })
    if (!held.ok) throw new Error(held.reason)
    return held.hold.id
  }

  test('is confirmed once, by its own customer alone, and keeps its place on the waitlist', async () => {
    const [one = 0, two = 0] = await customers(2)
    const cut = await service(60)
    const holdId = await offer(one, cut)
    expect(reasons([await book(two, cut, TOMORROW_AT_TEN)])).toEqual(['taken'])
    expect(reasons([await confirm(two, holdId)])).toEqual(['not-on-offer'])
    const outcomes = await Promise.all([confirm(one, holdId), confirm(one, holdId)])
    expect(outcomes.map((each) => each.ok && each.booking.id)).toEqual([holdId, holdId])
    expect(outcomes.filter((each) => each.ok && !each.again)).toHaveLength(1)
    expect(
      await salon.sql('select status, waiting_id is not null as "isOffered" from bookings order by id'),
    ).toEqual([
      { status: 'waiting', isOffered: false },
      { status: 'booked', isOffered: true },
    ])
  })

  test('stands beside an own choice, and gives way to it only at the same time', async () => {
    const [one = 0] = await customers(1)
    const cut = await service(60)
    const holdId = await offer(one, cut)
    expect((await hold(one, cut)).ok).toBe(true)
    const rows = await salon.sql<{ id: string; status: string }>(
      `select id, status from bookings where status <> 'waiting' order by id`,
    )
    expect(rows.map(({ status }) => status)).toEqual(['expired', 'hold'])
    expect(Number(rows[0]?.id)).toBe(holdId)
  })

  test('gives way to an own booking that is moved to its time, as the calendar promises', async () => {
    const [one = 0, two = 0] = await customers(2)
    const cut = await service(60)
    const made = await book(one, cut, TOMORROW_AT_TEN + 5 * HOUR)
    await offer(one, cut)
    const bookingId = made.ok ? made.booking.id : 0
    const move = (customerId: number, id: number) =>
      salon.database.transaction((tx) =>
        moveTime(tx, shop, { customerId, bookingId: id, startsAt: TOMORROW_AT_TEN, author }),
      )
    const others = await book(two, cut, TOMORROW_AT_TEN + 7 * HOUR)
    expect(await move(two, others.ok ? others.booking.id : 0)).toMatchObject({ ok: false, reason: 'taken' })
    expect(await move(one, bookingId)).toMatchObject({ ok: true, booking: { startsAt: TOMORROW_AT_TEN } })
  })

  test('that is given back, or past its deadline, is free for the next one', async () => {
    const [one = 0, two = 0] = await customers(2)
    const cut = await service(60)
    const holdId = await offer(one, cut)
    expect(await salon.database.transaction((tx) => releaseHold(tx, holdId, shop.now))).toBe(true)
    expect(await salon.database.transaction((tx) => releaseHold(tx, holdId, shop.now))).toBe(false)
    const next = await offer(two, cut)
    expect(reasons([await confirm(one, holdId)])).toEqual(['taken'])
    shop = { ...shop, now: shop.now + HOUR }
    // Nobody has taken it: late is as good as in time.
    expect(reasons([await confirm(two, next)])).toEqual(['booked'])
  })
})

const ROUNDS = 60
const seed = Number(process.env['BOOKCTL_RACE_SEED'] ?? 6)

test(`${ROUNDS} times customers hold, confirm, book, move, cancel and let go at once, and deadlines pass: no time is taken twice, and each answer is so (seed ${seed})`, async () => {
  const random = seededRandom(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const people = await customers(6)
  const services = [await service(30), await service(60), await service(90)]
  await salon.sql(`insert into staff (name) values ('Вера')`)
  const told = new Map<string, number>()
  const count = (what: string) => told.set(what, (told.get(what) ?? 0) + 1)
  let intents = 0
  let now = START

  async function act(customerId: number): Promise<void> {
    const at: Shop = { ...shop, now }
    const startsAt = TOMORROW_AT_TEN + Math.floor(random() * 8) * 15 * 60_000
    const serviceIds = random() < 0.7 ? [pick(services)] : services.slice(0, 2)
    const wanted = { customerId, serviceIds, staffId: null, startsAt }
    const what = pick(['hold', 'hold', 'hold', 'book', 'confirm', 'release', 'expire', 'move', 'cancel'])
    await salon.database.transaction(async (tx) => {
      if (what === 'hold') {
        const outcome = await holdTime(tx, at, { ...wanted, expiresAt: now + 10 * 60_000 })
        count(outcome.ok ? 'held' : outcome.reason)
      } else if (what === 'book') {
        const outcome = await bookTime(tx, at, { ...wanted, intent: `${customerId}:${++intents}`, author })
        count(outcome.ok ? 'booked' : outcome.reason)
      } else if (what === 'confirm') {
        const held = await findHold(tx, customerId, now)
        if (!held) return
        const request = {
          customerId,
          serviceIds: held.lines.map(({ serviceId }) => serviceId),
          staffId: held.staffId,
          startsAt: held.startsAt,
          intent: `${customerId}:${++intents}`,
          author,
        }
        const outcome = await bookTime(tx, at, request)
        count(outcome.ok ? 'confirmed' : outcome.reason)
      } else if (what === 'release') await releaseChosen(tx, customerId, now)
      else if (what === 'expire') await expireAllHolds(tx, now)
      else {
        const [booking] = await listUpcoming(tx, customerId, now)
        if (!booking) return
        const request = { customerId, bookingId: booking.id, author }
        const outcome =
          what === 'move'
            ? await moveTime(tx, at, { ...request, startsAt })
            : await cancelTime(tx, at, request)
        count(outcome.ok ? what : outcome.reason)
      }
    })
  }

  for (let round = 0; round < ROUNDS; round++) {
    if (round % 5 === 0) await salon.sql('truncate bookings, booking_history, feedback')
    await Promise.all([...people, ...people].map(act))
    expect({
      round,
      overlapping: await salon.sql(
        `select a.id, b.id as other
           from bookings a
           join bookings b on a.id < b.id and a.staff_id = b.staff_id and a.busy && b.busy
          where a.status in ('hold', 'booked')
            and b.status in ('hold', 'booked')`,
      ),
      held: await salon.sql(
        `select customer_id from bookings where status = 'hold' group by 1 having count(*) > 1`,
      ),
      // A hold has no history; a booking was made once.
      history: await salon.sql(
        `select b.id
           from bookings b
           left join booking_history h on h.booking_id = b.id and h.action = 'created'
          group by b.id, b.status
         having count(h.id) <> case when b.status in ('hold', 'expired') then 0 else 1 end`,
      ),
      beyondLimit: await salon.sql(
        `select customer_id from bookings where status = 'booked' group by 1 having count(*) > 3`,
      ),
    }).toEqual({ round, overlapping: [], held: [], history: [], beyondLimit: [] })
    now += Math.floor(random() * 8) * 60_000
  }
  // Else the rounds would have proved nothing.
  for (const what of ['held', 'booked', 'confirmed', 'taken', 'move', 'cancel'])
    expect({ what, times: told.get(what) ?? 0 }).toEqual({
      what,
      times: expect.toSatisfy((n: number) => n > 0),
    })
})
