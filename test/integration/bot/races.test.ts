import { afterAll, beforeAll, expect, test } from 'vitest'
import { NOWHERE } from '../../../bot/faults/faults.ts'
import { expiry } from '../../../bot/jobs/expiry.ts'
import type { Job } from '../../../bot/jobs/job.ts'
import { runJob } from '../../../bot/jobs/loop.ts'
import { requests } from '../../../bot/jobs/requests.ts'
import { waitlist } from '../../../bot/jobs/waitlist.ts'
import { changesIn, readVersions, type Version } from './support/booking-versions.ts'
import { type Left, takeOutbox } from './support/outbox.ts'
import { adminActs, type Overview } from './support/race-admins.ts'
import {
  expectSoundRows,
  expectTold,
  expectTrueOffers,
  expectTrueScreens,
  isActive,
  type Round,
  readHistory,
} from './support/race-checks.ts'
import { customerActs } from './support/race-customers.ts'
import { countOutcomes, notHappened } from './support/race-outcomes.ts'
import { clearRaceSalon, MINUTE, openRaceSalon, type RaceSalon } from './support/race-salon.ts'
import { type Done, historyOf } from './support/told.ts'

const ROUNDS = Number(process.env['BOOKCTL_RACE_ROUNDS'] ?? 80)
const seed = Number(process.env['BOOKCTL_RACE_SEED'] ?? 26)
/** So many rounds go by until the salon is cleared, for it becomes full of blocks and bookings. */
const CHAPTER = 12

let race: RaceSalon
/** The customers' ids by their chats. */
let ids: Map<number, number>
beforeAll(async () => {
  race = await openRaceSalon(seed, { customers: 7 })
  const rows = await race.salon.sql<{ id: number; chat: string }>(
    'select id::int as id, telegram_id::text as chat from users',
  )
  ids = new Map(rows.map(({ id, chat }) => [Number(chat), id]))
})
afterAll(() => race.salon.close())

/** What happened since the salon was cleared, as far as the next round needs it. */
interface Chapter {
  versions: Version[]
  known: Map<number, Version>
  historyId: number
  offers: Map<number, Left[]>
}
const newChapter = (): Chapter => ({ versions: [], known: new Map(), historyId: 0, offers: new Map() })

async function overview(): Promise<Overview & { rules: { id: number }[] }> {
  const { salon, customers } = race
  const bookings = await salon.sql<Overview['bookings'][number] & { at: Date }>(
    `select id::int as id, starts_at as at, staff_id::int as "staffId", status from bookings
      where status in ('pending', 'booked', 'confirmed') order by id`,
  )
  const blocks = await salon.sql<{ id: number }>('select id::int as id from blocked_slots order by id')
  return {
    bookings: bookings.map((one) => ({ ...one, startsAt: one.at.getTime() })),
    blocks: blocks.map(({ id }) => id),
    customerIds: customers.map(({ user }) => ids.get(user.id) ?? 0),
    rules: await salon.sql(`select id::int as id from users where booking_rule = 'deny'`),
  }
}

/** A job as the bot runs it; one that fails is no matter of chance. */
async function look(job: Job): Promise<void> {
  await race.pause()
  const report = (error: unknown) => {
    faults.push(error)
  }
  await runJob({ ...race.salon.context(), faults: { ...NOWHERE, report } }, job)
}
const faults: unknown[] = []

/** Everybody acts at once, and the bot looks after its holds and its waitlist. */
async function actAtOnce(before: Overview, { known, offers }: Chapter): Promise<void> {
  const { customers, admins, pause, random } = race
  const rows = [...known.values()]
  await Promise.all([
    ...customers.map(async (person) => {
      const own = rows.filter(({ customerId }) => customerId === ids.get(person.user.id))
      const of = (fits: (row: Version) => boolean) => own.filter(fits).map(({ id }) => id)
      const mine = {
        bookings: of(isActive),
        places: of(({ status }) => status === 'waiting'),
        offers: offers.get(person.user.id) ?? [],
      }
      for (let acts = random() < 0.3 ? 2 : 1; acts > 0; acts--) {
        await pause()
        await customerActs(race, person, mine)
      }
    }),
    ...admins.map(async (admin) => {
      await pause()
      await adminActs(race, admin, before)
    }),
    ...[expiry, requests, waitlist, waitlist, waitlist].map(look),
  ])
}

/** Each change has its line in the history, in order, and no line is without a change. */
function withHistory(about: object, changes: ReturnType<typeof changesIn>, lines: Done['line'][]): Done[] {
  const byBooking = (one: { bookingId: number }, other: { bookingId: number }) =>
    one.bookingId - other.bookingId
  const said = lines.toSorted(byBooking)
  const inOrder = changes.toSorted((a, b) => a.is.id - b.is.id)
  expect({ ...about, history: said.map(({ id: _, at: __, actor: ___, ...line }) => line) }).toEqual({
    ...about,
    history: inOrder.map(historyOf),
  })
  return inOrder
    .map((change, index) => ({ ...change, line: said[index] as Done['line'] }))
    .toSorted((a, b) => a.is.v - b.is.v)
}

async function lookBack(
  about: object,
  before: Awaited<ReturnType<typeof overview>>,
  chapter: Chapter,
): Promise<Round> {
  const { salon, staff } = race
  const activeBefore = [...chapter.known.values()].filter(isActive)
  const versions = await readVersions(salon, chapter.versions.at(-1)?.v ?? 0)
  const changes = changesIn(versions, chapter.known)
  chapter.versions.push(...versions)
  const lines = await readHistory(race, chapter.historyId)
  chapter.historyId = lines.at(-1)?.id ?? chapter.historyId
  const closed = await salon.sql<{ id: number }>(
    `select jsonb_array_elements_text(details -> 'after' -> 'cancelled')::int as id from admin_actions where action = 'block.add'`,
  )
  const denials = await salon.sql<{ id: number }>(
    `select substr(target, 10)::int as id from admin_actions where action = 'customer.rule' and details ->> 'after' = 'deny'`,
  )
  const done = withHistory(about, changes, lines)
  const active = new Map<number, number>()
  for (const { customerId } of [
    ...activeBefore,
    ...done.flatMap(({ action, is }) => (action === 'created' ? [is] : [])),
  ])
    active.set(customerId, (active.get(customerId) ?? 0) + 1)
  return {
    about,
    said: salon.takeSaid(),
    left: await takeOutbox(salon),
    done,
    versions: chapter.versions,
    denied: new Set([...before.rules, ...denials].map(({ id }) => id)),
    active,
    telling: {
      now: salon.clock.now,
      staffNames: new Map(staff.map(({ id, name }) => [id, name])),
      closed: new Set(closed.map(({ id }) => id)),
    },
  }
}

test(
  `${ROUNDS} times customers hold, book, move, cancel and wait while admins close, shift, book, move and cancel, and deadlines pass: no two claims of one member of staff meet, and nobody is told what is not so (seed ${seed})`,
  async () => {
    const { salon, customers, pick } = race
    let chapter = newChapter()
    // What is rare may need some more rounds; without it they would prove nothing.
    const goesOn = (round: number) => round < ROUNDS || (round < 10 * ROUNDS && notHappened(race).length > 0)
    for (let round = 0; goesOn(round); round++) {
      if (round % CHAPTER === 0) {
        await clearRaceSalon(race)
        chapter = newChapter()
        salon.takeSaid()
      }
      const before = await overview()
      const newest = chapter.versions.at(-1)?.v ?? 0
      await actAtOnce(before, chapter)
      const about = { seed, round }
      expect({ ...about, faults }).toEqual({ ...about, faults: [] })
      await expectSoundRows(race, about)
      const seen = await lookBack(about, before, chapter)
      for (const person of customers) {
        const customerId = ids.get(person.user.id) ?? 0
        expectTold(race, customerId, person, seen)
        expectTrueScreens(race, customerId, person, seen)
      }
      const offers = seen.left.filter(({ kind }) => kind === 'waitlist-offer')
      expectTrueOffers(offers, ids, seen)
      for (const offer of offers)
        chapter.offers.set(offer.chatId, [...(chapter.offers.get(offer.chatId) ?? []), offer])
      countOutcomes(race, seen, newest)
      salon.clock.now += pick([0, 2, 8, 16, 25]) * MINUTE
    }
    // Whoever asks for more rounds wants to know what they were.
    if (process.env['BOOKCTL_RACE_ROUNDS'])
      console.info(Object.fromEntries([...race.seen].toSorted(([a], [b]) => a.localeCompare(b))))
    expect(notHappened(race)).toEqual([])
  },
  600_000 + ROUNDS * 3_000,
)
