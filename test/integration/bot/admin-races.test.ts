import { afterAll, beforeAll, expect, test } from 'vitest'
import { decodeButton, encodeButton } from '../../../bot/telegram/callback-data.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { openSalon, type PretendPerson, type Salon, START } from './pretend.ts'

const HOUR = 3_600_000
const ROUNDS = 200
const AT_ONCE = 6
/** Thursday 26 November, 10:00 to 16:00 in Moscow. */
const TIMES = Array.from({ length: 6 }, (_, hour) => START + (25 + hour) * HOUR)

interface Line {
  booking_id: string
  action: string
  actor: string
  old_status: string | null
  new_status: string | null
  old_starts_at: Date | null
  new_starts_at: Date | null
}

let salon: Salon
let admins: PretendPerson[]
let guests: PretendPerson[]
beforeAll(async () => {
  salon = await openSalon(20)
  await salon.sql('delete from services')
  await salon.sql(`insert into services (name, minutes) values ('Стрижка', 60)`)
  await salon.sql(`insert into staff (name) values ('Вера')`)
  await salon.setting({ cancellationHours: 0 })
  admins = [salon.person(), salon.person()]
  guests = [salon.person(), salon.person(), salon.person()]
  for (const one of [...admins, ...guests]) await one.write('/start')
  salon.admins.push(...admins.map(({ user }) => user.id))
})
afterAll(() => salon.close())

const b36 = (value: number) => value.toString(36)
const minutes = (instant: number) => b36(instant / 60_000)

/** A booking of each guest, at the first times, with the first member of staff. */
async function bookEach(): Promise<{ bookingId: number; guest: PretendPerson; startsAt: number }[]> {
  await salon.sql('truncate bookings, booking_history, feedback')
  return Promise.all(
    guests.map(async (guest, n) => {
      const startsAt = TIMES[n] ?? 0
      const [row] = await salon.sql<{ id: string }>(
        `insert into bookings (customer_id, staff_id, status, starts_at, ends_at, busy, local_date, local_time, time_zone, lines)
         select u.id, (select min(id) from staff), 'booked', $2, $3, tstzrange($2, $3), '2026-11-26', '10:00', 'Europe/Moscow',
                jsonb_build_array(jsonb_build_object('serviceId', s.id, 'name', s.name, 'minutes', 60, 'priceMinor', null, 'currency', 'RUB'))
           from users u, services s where u.telegram_id = $1 returning id`,
        [guest.user.id, new Date(startsAt), new Date(startsAt + HOUR)],
      )
      return { bookingId: Number(row?.id), guest, startsAt }
    }),
  )
}

/** From the question to the answer, if the question can be asked at all. */
async function changeStaff(
  admin: PretendPerson,
  bookingId: number,
  seen: number,
  staffId: number,
): Promise<void> {
  await admin.tapFirst(encodeButton({ to: 'visit-change', bookingId, seen, serviceId: null, staffId }))
  const yes = admin.first().buttons.find(({ data }) => decodeButton(data)?.to === 'visit-change-sure')
  if (yes) await admin.tapFirst(yes.data)
}

test('customers and admins who move, change, confirm and cancel the same bookings at once: one truth, and only that is told', async () => {
  const random = seededRandom(20_261_126)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const staff = (await salon.sql<{ id: string }>('select id from staff order by id')).map(({ id }) =>
    Number(id),
  )
  let changes = 0
  for (let round = 0; round < ROUNDS; round += 1) {
    const booked = await bookEach()
    const heardBefore = new Map(
      [...guests, ...admins].map(({ user }) => [user.id, salon.messagesOf(user.id).length]),
    )
    const taps = Array.from({ length: AT_ONCE }, () => {
      const { bookingId, guest, startsAt } = pick(booked)
      const id = b36(bookingId)
      const to = minutes(pick(TIMES))
      const seen = minutes(startsAt)
      return pick([
        () => guest.tapData(`1:c:m${id}:${to}:a`),
        () => guest.tapData(`1:r:${id}`),
        () => pick(admins).tapData(`1:Bo:${id}:${seen}:${to}:in-hours`),
        () => pick(admins).tapData(`1:BR:${id}:${seen}:plain`),
        () => changeStaff(pick(admins), bookingId, startsAt, pick(staff)),
        () => pick(admins).tapData(`1:BK:${id}:confirmed:booked`),
      ])
    })
    await Promise.all(taps.map((tap) => tap()))

    expect(
      await salon.sql(
        `select a.id from bookings a join bookings b on a.id < b.id and a.staff_id = b.staff_id and a.busy && b.busy
          where a.status <> 'cancelled' and b.status <> 'cancelled'`,
      ),
    ).toEqual([])
    const lines = await salon.sql<Line>('select * from booking_history order by id')
    const rows = await salon.sql<{ id: string; status: string; starts_at: Date }>('select * from bookings')
    changes += lines.length
    for (const { bookingId, guest, startsAt } of booked) {
      const own = lines.filter((line) => Number(line.booking_id) === bookingId)
      const row = rows.find(({ id }) => Number(id) === bookingId)
      // Each line begins where the one before it ended, and the last one is the booking.
      let now = { status: 'booked', at: startsAt }
      for (const line of own) {
        if (line.action === 'rescheduled') {
          expect(line.old_starts_at?.getTime()).toBe(now.at)
          now = { ...now, at: line.new_starts_at?.getTime() ?? 0 }
        } else if (line.action !== 'changed') {
          expect(line.old_status).toBe(now.status)
          now = { ...now, status: line.new_status ?? '' }
        }
      }
      expect({ status: row?.status, at: row?.starts_at.getTime() }).toEqual(now)

      const heard = salon.messagesOf(guest.user.id).slice(heardBefore.get(guest.user.id))
      expect(heard.map(newsOf).filter(Boolean).toSorted()).toEqual(
        own.flatMap((line) => (line.actor === 'admin' ? [factOf(line)] : [])).toSorted(),
      )
    }
    const byCustomers = lines.filter(({ actor }) => actor === 'customer').length
    for (const { user } of admins) {
      const heard = salon.messagesOf(user.id).slice(heardBefore.get(user.id))
      expect(heard.filter(({ kind }) => kind === 'admin-notice')).toHaveLength(byCustomers)
    }
  }
  // The rounds were not all refusals.
  expect(changes).toBeGreaterThan(0)
})

/** What a message says that an admin did; empty for answers to the guest's own taps. */
function newsOf({ kind, text }: { kind: string; text: string }): string {
  const [, what = ''] = /^customer-(\w+)$/.exec(kind) ?? []
  return what === 'moved'
    ? `moved ${/Теперь: .*?, (\d\d:\d\d)/.exec(text.replace('26 ноября, ', ''))?.[1]}`
    : what
}

function factOf(line: Line): string {
  if (line.action === 'rescheduled') {
    const moscow = new Date((line.new_starts_at?.getTime() ?? 0) + 3 * HOUR)
    return `moved ${moscow.toISOString().slice(11, 16)}`
  }
  return line.action === 'status' ? (line.new_status ?? '') : line.action
}
