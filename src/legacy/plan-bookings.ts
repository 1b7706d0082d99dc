import { IMPORTED_MARK } from '../../bot/contract/marks.ts'
import type { Desk } from './desk.ts'
import { assignLanes } from './lanes.ts'
import type { Customers } from './plan-customers.ts'
import type { Services } from './plan-services.ts'
import type { ImportRows } from './rows.ts'
import { readStart } from './time.ts'
import { iso, range, readId, readWhole, shorten } from './values.ts'

type Booking = ImportRows['bookings'][number]
type Status = Booking['status']

/** A booking that stands at the same time as another: an extra member of staff has it. */
export interface MovedBooking {
  booking: number
  date: string
  time: string
  staff: string
  isUpcoming: boolean
}

export interface Bookings {
  rows: Booking[]
  staff: ImportRows['staff']
  blocks: ImportRows['blocked_slots']
  moved: MovedBooking[]
  /** A booking under the number that it had with the predecessor. */
  ofOld(id: string | null): Booking | undefined
}

const MINUTE_MS = 60_000
const LONGEST_MINUTES = 1440

/** The old bot knew 'active' alone; the others are what its unused schema and ours have. */
const STATUSES: Readonly<Record<string, Status>> = {
  active: 'booked',
  booked: 'booked',
  pending: 'booked',
  confirmed: 'confirmed',
  completed: 'came',
  came: 'came',
  no_show: 'no_show',
  cancelled: 'cancelled',
  canceled: 'cancelled',
}

/** Bookings under their old numbers; those that stand at the same time as others go to extra members of staff. */
export function planBookings(desk: Desk, customers: Customers, services: Services): Bookings {
  const byOldId = new Map<number, Booking>()
  const numberless: Booking[] = []
  desk.ledger.each('bookings', (field) => {
    const id = readId(field('id'))
    const start = readStart(field('date'), field('time'), desk.timeZone)
    if (!start) {
      desk.ledger.leave('bookings', 'its date and time cannot be read', `#${field('id') ?? '?'}`)
      return false
    }
    if (start.time !== (field('time') ?? '').slice(0, 5).padStart(5, '0'))
      desk.changed(
        `bookings: #${id ?? '?'} is at ${start.time}: the clock skips ${field('time')} on ${start.date}`,
      )
    const written = minutesOf(field('minutes'))
    const service = services.ofBooking(field('serviceId'), written)
    const minutes = written ?? service.minutes
    if (written === undefined && field('minutes') !== null)
      desk.changed(`bookings: ${minutes} minutes, as its service has, in place of ${field('minutes')}`)
    const endsAt = start.instant + minutes * MINUTE_MS
    const createdAt = desk.at('bookings', field('createdAt'))
    const line = { name: service.name, minutes, priceMinor: service.price_minor, currency: 'RUB' }
    const booking: Booking = {
      id: 0,
      customer_id: customers.ofBooking(field('userId'), field('username')).id,
      staff_id: 0,
      status: statusOf(desk, field('status')),
      starts_at: iso(start.instant),
      ends_at: iso(endsAt),
      busy: range(start.instant, endsAt),
      local_date: start.date,
      local_time: start.time,
      time_zone: desk.timeZone,
      lines: [{ serviceId: service.id, ...line }],
      price_minor: service.price_minor,
      source: 'import',
      reminders_sent: { [IMPORTED_MARK]: iso(desk.now) },
      feedback_asked_at: endsAt <= desk.now ? iso(desk.now) : null,
      created_at: createdAt,
      updated_at: field('updatedAt') === null ? createdAt : desk.at('bookings', field('updatedAt')),
    }
    if (id === undefined || byOldId.has(id)) numberless.push(booking)
    else byOldId.set(id, { ...booking, id })
    return true
  })
  let last = Math.max(0, ...byOldId.keys())
  const rows = [...byOldId.values(), ...numberless.map((booking) => ({ ...booking, id: ++last }))]
  if (numberless.length > 0)
    desk.changed(
      `bookings: ${numberless.length} without a number of their own got one above #${last - numberless.length}`,
    )
  return { rows, ...staffFor(desk, rows), ofOld: (id) => byOldId.get(readId(id) ?? 0) }
}

/** Gives every booking its member of staff. */
function staffFor(desk: Desk, rows: Booking[]): Pick<Bookings, 'staff' | 'blocks' | 'moved'> {
  const { existing, now } = desk
  const main = existing.staff.find(({ isActive }) => isActive)
  const firstNewId = Math.max(0, ...existing.staff.map(({ id }) => id)) + 1
  const taking = rows.filter(({ status }) => status !== 'cancelled')
  const spanOf = (booking: Booking) => ({
    start: Date.parse(booking.starts_at),
    end: Date.parse(booking.ends_at),
  })
  const lanes = assignLanes(taking.map(spanOf))
  const staff: ImportRows['staff'] = []
  const idOfLane = (lane: number) => {
    if (lane === 0 && main) return main.id
    // Lane 0 has a row of its own only where the client has nobody yet.
    const offset = main ? lane - 1 : lane
    return firstNewId + offset
  }
  for (let lane = main ? 1 : 0; lane <= Math.max(0, ...lanes); lane++)
    staff.push({
      id: idOfLane(lane),
      name: lane === 0 ? existing.title : `${shorten(main?.name ?? existing.title, 90)} · ${lane + 1}`,
      sort_order: existing.staff.length + lane,
      // Nobody new is to be booked with somebody who is not there: only what the old bot has sold twice stands here.
      is_active: lane === 0,
    })
  for (const booking of rows) booking.staff_id = idOfLane(0)
  const moved: MovedBooking[] = []
  const blocks: ImportRows['blocked_slots'] = []
  for (const [index, booking] of taking.entries()) {
    const lane = lanes[index] ?? 0
    if (lane === 0) continue
    booking.staff_id = idOfLane(lane)
    const isUpcoming = Date.parse(booking.ends_at) > now
    const name = staff.find(({ id }) => id === booking.staff_id)?.name ?? ''
    moved.push({
      booking: booking.id,
      date: booking.local_date,
      time: booking.local_time,
      staff: name,
      isUpcoming,
    })
    // In truth it is the same person's time, which nobody may sell a third time.
    if (isUpcoming)
      blocks.push({
        staff_id: idOfLane(0),
        busy: booking.busy,
        reason: `Запись № ${booking.id} прежнего бота`,
        created_by: null,
        created_at: iso(now),
      })
  }
  return {
    staff,
    blocks,
    moved: moved.toSorted((a, b) => `${a.date}${a.time}`.localeCompare(`${b.date}${b.time}`)),
  }
}

function minutesOf(text: string | null): number | undefined {
  const minutes = readWhole(text)
  return minutes !== undefined && minutes > 0 && minutes <= LONGEST_MINUTES ? minutes : undefined
}

function statusOf(desk: Desk, text: string | null): Status {
  const status = STATUSES[(text ?? 'active').toLowerCase()]
  if (!status) desk.changed(`bookings: the status '${text}' is not known; 'booked' stands for it`)
  return status ?? 'booked'
}
