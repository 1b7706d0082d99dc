import { seededRandom } from '../../../support/seeded-random.ts'
import { openSalon, type PretendPerson, type Salon, START } from '../pretend.ts'
import { keepVersions } from './booking-versions.ts'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DATES = ['2026-11-26', '2026-11-27'] as const
/** Nine in Moscow on the first of these dates, when the salon opens. */
export const NINE = START + 24 * HOUR
export const LIMIT = 3

/** When each member of staff works, on the clock of the salon. */
export const HOURS: Record<string, readonly (readonly [string, string])[]> = {
  Анна: [['09:00', '12:00']],
  Вера: [
    ['09:00', '10:30'],
    ['11:00', '13:00'],
  ],
  Мария: [['09:00', '12:00']],
}

export interface RaceSalon {
  salon: Salon
  customers: PretendPerson[]
  admins: PretendPerson[]
  services: { id: number; name: string }[]
  staff: { id: number; name: string }[]
  /** How often each act was tried, and each outcome seen. */
  seen: Map<string, number>
  count: (what: string) => void
  random: () => number
  pick: <T>(list: readonly T[]) => T
  /** Some milliseconds, so that acts meet at ever other moments. */
  pause: () => Promise<void>
}

/** A small salon in which there is never enough room: three members of staff with own hours and terms, short days. */
export async function openRaceSalon(
  seed: number,
  { customers: crowd }: { customers: number },
): Promise<RaceSalon> {
  const salon = await openSalon(14)
  await salon.sql('truncate services, staff, bookings restart identity cascade')
  await salon.sql(
    `insert into services (name, minutes, buffer_before_minutes, buffer_after_minutes)
     values ('Стрижка', 60, 0, 10), ('Укладка', 30, 0, 0), ('Окраска', 90, 10, 0)`,
  )
  await salon.sql(
    `insert into staff (name, offers) values ('Анна', null), ('Вера', null), ('Мария', '{"1": {"minutes": 45}, "2": {}}')`,
  )
  for (const [name, ranges] of Object.entries(HOURS))
    for (const [opens, closes] of ranges)
      await salon.sql(
        `insert into working_hours (kind, staff_id, weekday, opens, closes)
         select 'weekly', (select id from staff where name = $1), weekday, $2, $3 from generate_series(1, 6) weekday`,
        [name, opens, closes],
      )
  await salon.setting({
    cancellationHours: 0,
    leadMinutes: 15,
    maxBookingsPerUser: LIMIT,
    waitlistOfferMinutes: 5,
  })
  const admins = [salon.person(), salon.person()]
  const customers = Array.from({ length: crowd }, () => salon.person())
  for (const person of [...admins, ...customers]) await person.write('/start')
  salon.admins.push(...admins.map(({ user }) => user.id))
  await keepVersions(salon)
  const random = seededRandom(seed)
  const seen = new Map<string, number>()
  return {
    salon,
    customers,
    admins,
    services: await salon.sql('select id::int as id, name from services order by id'),
    staff: await salon.sql('select id::int as id, name from staff order by id'),
    seen,
    count: (what) => void seen.set(what, (seen.get(what) ?? 0) + 1),
    random,
    pick: <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T,
    pause: () => new Promise((resolve) => setTimeout(resolve, random() * 15)),
  }
}

/** Nobody has booked, nothing is closed, some need approval; an hour before the salon opens, or the day before. */
export async function clearRaceSalon({ salon, customers, pick }: RaceSalon): Promise<void> {
  await salon.sql(
    'truncate bookings, booking_history, booking_versions, blocked_slots, feedback, admin_actions',
  )
  await salon.sql(
    `update users set booking_rule = case when telegram_id = any($1::bigint[]) then 'approval' end`,
    [customers.slice(0, 3).map(({ user }) => user.id)],
  )
  await salon.sql('delete from fleet.outbox')
  salon.clock.now = pick([START, NINE - HOUR])
}
