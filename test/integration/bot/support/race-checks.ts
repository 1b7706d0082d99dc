import { expect } from 'vitest'
import { localTime } from '../../../../bot/domain/time.ts'
import { decodeButton } from '../../../../bot/telegram/callback-data.ts'
import type { PretendPerson, Said } from '../pretend.ts'
import type { Version } from './booking-versions.ts'
import type { Left } from './outbox.ts'
import { HOURS, LIMIT, type RaceSalon } from './race-salon.ts'
import { type Done, factsIn, type HistoryLine, isNews, newsOf, type Telling, whenOf } from './told.ts'

const ACTIVE = `status in ('pending', 'booked', 'confirmed')`
const TAKING = `(${ACTIVE} or status = 'hold' and hold_expires_at > $1)`

/** What the database must hold at any moment at which nobody is writing; each question names rows that break it. */
export async function expectSoundRows({ salon }: RaceSalon, about: object): Promise<void> {
  const now = new Date(salon.clock.now)
  const hours = JSON.stringify(
    Object.entries(HOURS).flatMap(([name, ranges]) =>
      ranges.map(([opens, closes]) => ({ name, opens, closes })),
    ),
  )
  const [broken] = await salon.sql<Record<string, unknown>>(
    `with b as (select * from bookings where ${TAKING}),
          kept as (
            select substr(a.target, 7)::bigint as id,
                   jsonb_array_elements_text(a.details -> 'after' -> 'kept')::bigint as booking_id
              from admin_actions a where a.action = 'block.add')
     select (select array_agg(array[x.id, y.id]) from b x join b y
               on x.id < y.id and x.staff_id = y.staff_id and x.busy && y.busy) as overlapping,
            (select array_agg(array[b.id, k.id]) from b join blocked_slots k
               on (k.staff_id is null or k.staff_id = b.staff_id) and k.busy && tstzrange(b.starts_at, b.ends_at)
              -- What had begun when the time was closed is left alone: its customer is there.
              where b.starts_at > k.created_at
                and not exists (select from kept where kept.id = k.id and kept.booking_id = b.id)) as in_closed_time,
            (select array_agg(b.id) from b join staff s on s.id = b.staff_id
              where not exists (select from jsonb_to_recordset($2) h (name text, opens time, closes time)
                                 where h.name = s.name and h.opens <= b.local_time
                                   and b.local_time + (b.ends_at - b.starts_at) <= h.closes)) as outside_hours,
            (select array_agg(id) from b
              where (starts_at at time zone 'Europe/Moscow') <> local_date + local_time) as other_clock,
            (select array_agg(id) from b where not exists (
               select from staff s where s.id = b.staff_id and (s.offers is null or (
                 select bool_and(s.offers ? (line ->> 'serviceId')) from jsonb_array_elements(b.lines) line)))) as not_offered,
            (select array_agg(customer_id) from (
               select customer_id from b where ${ACTIVE} and starts_at > $1 and source = 'bot'
                  and not exists (select from booking_history h
                                   where h.booking_id = b.id and h.action = 'rescheduled' and h.actor = 'admin')
                group by 1 having count(*) > ${LIMIT}) many) as above_limit,
            (select array_agg(customer_id) from (
               select customer_id from bookings where status = 'hold' and waiting_id is null
                group by 1 having count(*) > 1) many) as two_choices,
            (select array_agg(waiting_id) from (
               select waiting_id from b where status = 'hold' and waiting_id is not null
                group by 1 having count(*) > 1) many) as two_offers,
            (select array_agg(b.id) from b left join bookings w
                on w.id = b.waiting_id and w.customer_id = b.customer_id and w.status = 'waiting'
              where b.status = 'hold' and b.waiting_id is not null and w.id is null) as offered_to_nobody`,
    [now, hours],
  )
  const found = Object.fromEntries(Object.entries(broken ?? {}).filter(([, ids]) => ids !== null))
  expect({ ...about, ...found }).toEqual(about)
}

/** What a round has said, done and left behind. */
export interface Round {
  about: object
  said: readonly Said[]
  left: readonly Left[]
  done: readonly Done[]
  /** All versions of all rows since the salon was cleared. */
  versions: readonly Version[]
  /** Who had which rule at some moment of the round, by the customer's id. */
  denied: ReadonlySet<number>
  /** How many bookings of each customer were active at some moment of the round. */
  active: ReadonlyMap<number, number>
  telling: Telling
}

/**
 * Each customer was told of everything that was done to their bookings, once, in the order in which it was done, and of
 * nothing else: so the last they heard of each booking is how it is.
 */
export function expectTold(race: RaceSalon, customerId: number, person: PretendPerson, round: Round): void {
  const { about, telling } = round
  const services = race.services.map(({ name }) => name)
  const own = round.done.filter(({ is }) => is.customerId === customerId)
  const bySystem = ({ line }: Done) => line.actor === 'system'
  const heard = round.said.filter((one) => one.chatId === person.user.id && isNews(one)).filter(isFirst)
  const left = round.left.filter(
    ({ chatId, kind }) => chatId === person.user.id && kind === 'request-expired',
  )
  expect({
    ...about,
    customerId,
    told: together(
      heard,
      ({ turn }) => turn,
      (one) => factsIn(one, services),
    ),
  }).toEqual({
    ...about,
    customerId,
    told: together(
      own.filter((one) => !bySystem(one)),
      ({ is }) => is.tx,
      (one) => newsOf(one, telling),
    ),
  })
  expect({ ...about, customerId, told: left.map((one) => factsIn(one, services)).toSorted() }).toEqual({
    ...about,
    customerId,
    told: own
      .filter(bySystem)
      .flatMap((one) => newsOf(one, telling) ?? [])
      .toSorted(),
  })
}

/** A second tap of a confirmation that waits for approval is answered as the first one was: that is no news. */
function isFirst({ kind, text }: Said, index: number, all: readonly Said[]): boolean {
  return kind !== 'booking-awaits' || all.findIndex((one) => one.kind === kind && one.text === text) === index
}

/** What belongs together (one transaction, one turn) has no order within itself. */
function together<T>(
  list: readonly T[],
  keyOf: (one: T) => number,
  wordsOf: (one: T) => string | undefined,
): string[][] {
  const groups = new Map<number, string[]>()
  for (const one of list) {
    const words = wordsOf(one)
    const key = keyOf(one)
    if (words !== undefined) groups.set(key, [...(groups.get(key) ?? []), words])
  }
  return [...groups.values()].map((group) => group.toSorted())
}

/** What a customer's own screens have claimed in passing was so: holds, places in line, limits. */
export function expectTrueScreens(
  race: RaceSalon,
  customerId: number,
  person: PretendPerson,
  round: Round,
): void {
  const own = round.versions.filter((version) => version.customerId === customerId)
  const has = (text: string, { service, startsAt, endsAt }: Version) =>
    text.includes(`\n${service}\n`) && text.includes(`\n${whenOf({ startsAt, endsAt }, round.telling)}`)
  const untrue = round.said.filter(({ chatId, kind, text }) => {
    if (chatId !== person.user.id) return false
    if (kind === 'limit-reached') return (round.active.get(customerId) ?? 0) < LIMIT
    if (kind === 'booking-denied') return !round.denied.has(customerId)
    if (kind === 'waitlist-joined')
      return !own.some(
        ({ status, service, startsAt }) =>
          status === 'waiting' &&
          text.includes(`\n${service}\n${whenOf({ startsAt }, round.telling).replace(/, 00:00$/, '')}`),
      )
    const [, until] = /Держим это время за вами до (\d\d:\d\d)\./.exec(text) ?? []
    if (until !== undefined)
      return !own.some(
        (one) =>
          one.status === 'hold' && has(text, one) && localTime(one.expiresAt ?? 0, 'Europe/Moscow') === until,
      )
    if (text.startsWith('Эта запись уже оформлена'))
      return !own.some((one) => isActive(one) && has(`${text}\n`, one))
    return false
  })
  expect({ ...round.about, customerId, untrue: untrue.map(({ text }) => text) }).toEqual({
    ...round.about,
    customerId,
    untrue: [],
  })
}

export const isActive = ({ status }: Pick<Version, 'status'>): boolean =>
  ['pending', 'booked', 'confirmed'].includes(status)

/** Each offer of the waitlist was of a time that was kept for whom it went to, for a place of theirs, until then. */
export function expectTrueOffers(
  offers: readonly Left[],
  ids: ReadonlyMap<number, number>,
  round: Round,
): void {
  const untrue = offers.filter(({ chatId, text, buttons }) => {
    const customerId = ids.get(chatId)
    const holdIds = buttons.flatMap(({ data }) => {
      const button = decodeButton(data)
      return button?.to === 'wait-take' ? [button.holdId] : []
    })
    const hold = round.versions.find(({ id, status }) => id === holdIds[0] && status === 'hold')
    const place = round.versions.find(({ id, status }) => id === hold?.waitingId && status === 'waiting')
    return !(
      hold?.customerId === customerId &&
      place?.customerId === customerId &&
      text.includes(`\n${hold?.service}\n${whenOf(hold ?? { startsAt: 0 }, round.telling)}`) &&
      text.includes(`до ${localTime(hold?.expiresAt ?? 0, 'Europe/Moscow')}`)
    )
  })
  expect({ ...round.about, untrue }).toEqual({ ...round.about, untrue: [] })
}

/** The history of each booking since the last round, in order. */
export async function readHistory({ salon }: RaceSalon, after: number): Promise<HistoryLine[]> {
  const rows = await salon.sql<
    Omit<HistoryLine, 'at' | 'oldStartsAt' | 'newStartsAt'> & { at: Date; was: Date | null; is: Date | null }
  >(
    `select id::int, booking_id::int as "bookingId", action, actor, at, old_status as "oldStatus",
            new_status as "newStatus", old_starts_at as was, new_starts_at as is
       from booking_history where id > $1 order by id`,
    [after],
  )
  return rows.map(({ was, is, at, ...row }) => ({
    ...row,
    at: at.getTime(),
    oldStartsAt: was?.getTime() ?? null,
    newStartsAt: is?.getTime() ?? null,
  }))
}
