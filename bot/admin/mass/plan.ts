import { differenceOf, soldBy } from '../../booking/change.ts'
import { placeOf, soldOf } from '../../booking/judge.ts'
import type { Shop } from '../../booking/offer.ts'
import { shortHash } from '../../dialogue/short-hash.ts'
import { openAround } from '../../domain/availability.ts'
import { type MassTask, type StayReason, settleWishes, type Taken, type Wish } from '../../domain/mass.ts'
import type { BookingStatus } from '../../domain/policy.ts'
import { dayBounds, type Interval, instantOf, localDate, localTime, MINUTE_MS } from '../../domain/time.ts'
import { UNMARKED_STATUSES } from '../../domain/visits.ts'
import type { Booking } from '../../storage/booking-lookup.ts'
import type { Place, Sold } from '../../storage/booking-rows.ts'
import { listStaff } from '../../storage/catalogue.ts'
import { type ComingBooking, listStarting } from '../../storage/coming.ts'
import type { Tx } from '../../storage/database.ts'
import { listTaken, readWorkingHours } from '../../storage/schedule.ts'

/** What becomes of one booking. `what`: how its history calls a change of service. */
export type Fate =
  | { kind: 'becomes'; to: Place & Sold; what: string }
  | { kind: 'ends' }
  | { kind: 'stays'; why: Exclude<StayReason, 'held'> }
  /** A customer is about to book the time, and decides until then. */
  | { kind: 'stays'; why: 'held'; until: number }

export interface Planned {
  booking: ComingBooking
  fate: Fate
}

/** What a task would do to each booking that it concerns, soonest first. */
export interface MassPlan {
  entries: Planned[]
  /** More bookings than are changed at once: nothing is planned. */
  isTooMuch: boolean
}

/** One transaction changes and tells so many; more days at once are several tasks. */
export const MOST_AT_ONCE = 300

/** Reads what a task would do now. Under the locks of customers and staff, it is what will be done. */
export async function planMass(tx: Tx, shop: Shop, task: MassTask): Promise<MassPlan> {
  const staffId = task.kind === 'service' ? null : task.staffId
  const found = await listStarting(tx, spanOf(task, shop.settings.timeZone), staffId, MOST_AT_ONCE + 1)
  if (found.length > MOST_AT_ONCE) return { entries: [], isTooMuch: true }
  const concerned =
    task.kind === 'service'
      ? found.filter(({ lines }) => lines.some(({ serviceId }) => serviceId === task.serviceId))
      : found
  const fateOf = await judgeOf(tx, shop, task)
  const entries: Planned[] = []
  for (const booking of concerned) entries.push({ booking, fate: await fateOf(booking) })
  return { entries: await withoutClashes(tx, shop.now, entries), isTooMuch: false }
}

/** The starts that a task concerns. */
export function spanOf(task: MassTask, timeZone: string): Interval {
  if (task.kind === 'cancel')
    return { start: dayBounds(task.span.from, timeZone).start, end: dayBounds(task.span.to, timeZone).end }
  const day = dayBounds(task.date, timeZone)
  if (task.kind === 'service' || task.from === null) return day
  return { ...day, start: instantOf(task.date, clockOf(task.from), timeZone) }
}

/** `14:00` of minutes since midnight. */
export function clockOf(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

/** Short for all that a plan promises, to see whether it is still the one that was shown. */
export function sealOfPlan({ entries }: MassPlan): string {
  const facts = entries.map(({ booking, fate }) => [
    booking.id,
    booking.startsAt,
    booking.endsAt,
    fate.kind === 'becomes'
      ? [fate.to.startsAt, fate.to.endsAt, fate.to.priceMinor, fate.what]
      : // Not until when a time is held: who looks at it once more changes nothing.
        [fate.kind, fate.kind === 'stays' ? fate.why : ''],
  ])
  return shortHash(JSON.stringify(facts))
}

/** What a booking takes of its member of staff's time, with its buffers. */
export function busyOf({ startsAt, endsAt, bufferBeforeMinutes, bufferAfterMinutes }: Booking): Interval {
  return { start: startsAt - bufferBeforeMinutes * MINUTE_MS, end: endsAt + bufferAfterMinutes * MINUTE_MS }
}

/** Judges each booking by itself, as if it were alone in the day. */
async function judgeOf(
  tx: Tx,
  shop: Shop,
  task: MassTask,
): Promise<(booking: ComingBooking) => Promise<Fate>> {
  const { now, settings } = shop
  const rows = await readWorkingHours(tx, shop.workHours)
  const staff = await listStaff(tx)
  const stays = (why: Exclude<StayReason, 'held'>): Fate => ({ kind: 'stays', why })
  const inHours = ({ to, what }: { to: Place & Sold; what: string }): Fate => {
    const span = { start: to.startsAt, end: to.endsAt }
    const isOpen = openAround(rows, to.staffId, span, settings.timeZone).length > 0
    return isOpen ? { kind: 'becomes', to, what } : stays('outside-hours')
  }
  return async (booking) => {
    if (!(UNMARKED_STATUSES as readonly BookingStatus[]).includes(booking.status)) return stays('marked')
    if (booking.startsAt <= now) return stays('begun')
    if (task.kind === 'cancel') return { kind: 'ends' }
    if (task.kind === 'shift') {
      const to = shifted(booking, task.minutes * MINUTE_MS, settings.timeZone)
      return to.startsAt <= now ? stays('to-past') : inHours({ to, what: '' })
    }
    if (booking.lines.length > 1) return stays('several')
    const member = staff.find(({ id }) => id === booking.staffId)
    const sold = member && (await soldBy(tx, shop, booking, task.toId, member))
    if (!sold) return stays('not-offered')
    const to = { ...placeOf(shop, sold, booking.startsAt), ...soldOf(sold) }
    return inHours({ to, what: differenceOf(booking, { to, staffName: booking.staffName }) })
  }
}

function shifted(booking: Booking, byMs: number, timeZone: string): Place & Sold {
  const { staffId, lines, priceMinor, currency } = booking
  const startsAt = booking.startsAt + byMs
  const busy = busyOf(booking)
  return {
    staffId,
    startsAt,
    endsAt: booking.endsAt + byMs,
    busy: { start: busy.start + byMs, end: busy.end + byMs },
    localDate: localDate(startsAt, timeZone),
    localTime: localTime(startsAt, timeZone),
    timeZone,
    lines,
    priceMinor,
    currency,
  }
}

/** The wish behind an entry, where there is one. */
export function wishOf({ booking, fate }: Planned): Wish[] {
  if (fate.kind !== 'becomes') return []
  return [{ id: booking.id, staffId: booking.staffId, now: busyOf(booking), wanted: fate.to.busy }]
}

/** The same entries; those that would hit another booking or closed time stay. */
async function withoutClashes(tx: Tx, now: number, entries: readonly Planned[]): Promise<Planned[]> {
  const wishes = entries.flatMap(wishOf)
  if (wishes.length === 0) return [...entries]
  const span = {
    start: Math.min(...wishes.map(({ wanted }) => wanted.start)),
    end: Math.max(...wishes.map(({ wanted }) => wanted.end)),
  }
  const moving = new Set(wishes.map(({ id }) => id))
  const taken = (await listTaken(tx, [...new Set(wishes.map(({ staffId }) => staffId))], span, now))
    .filter(({ bookingId }) => bookingId === null || !moving.has(bookingId))
    .map(({ start, end, staffId, bookingId, heldUntil }): Taken => {
      const time = { start, end, staffId }
      if (heldUntil !== null) return { ...time, by: 'hold', until: heldUntil }
      return { ...time, by: bookingId === null ? 'block' : 'booking' }
    })
  const clashes = settleWishes(wishes, taken)
  return entries.map((entry) => {
    const clash = clashes.get(entry.booking.id)
    return clash === undefined ? entry : { ...entry, fate: { kind: 'stays', ...clash } }
  })
}
