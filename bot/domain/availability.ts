import { doorsOnDay, type WorkingHoursRow } from './schedule.ts'
import {
  addDays,
  clocksSetBack,
  dayBounds,
  type Interval,
  type IsoDate,
  type LocalDay,
  localDate,
  localDay,
  localTime,
  MINUTE_MS,
  overlaps,
} from './time.ts'

/** A service as one member of staff gives it. All in minutes; buffers are time kept free around it. */
export interface ServiceTerms {
  minutes: number
  stepMinutes: number
  bufferBeforeMinutes: number
  bufferAfterMinutes: number
}

/** How early and how far ahead somebody may book, and which starts they may name. */
export interface BookingRules {
  leadMinutes: number
  horizonDays: number
  /** Left out: those of the grid alone. `in-hours`: any minute of the working hours. `any`: any minute at all. */
  starts?: 'in-hours' | 'any'
}

/** One member of staff who gives the service. `busy` holds bookings with their buffers, and blocks. */
export interface Offering {
  staffId: number
  rows: readonly WorkingHoursRow[]
  busy: readonly Interval[]
  terms: ServiceTerms
}

/** A start that somebody can take; each offer has its own end, for members of staff may need different times. */
export interface Slot {
  start: number
  offers: { staffId: number; end: number }[]
}

export interface SlotQuery {
  timeZone: string
  offerings: readonly Offering[]
  rules: BookingRules
  now: number
}

export type StartRefusal =
  | 'in-the-past'
  | 'too-soon'
  | 'beyond-horizon'
  | 'outside-hours'
  | 'off-grid'
  | 'taken'

/** What a booking keeps its staff member from selling twice: the service with its buffers. Buffers of neighbours add up. */
export function busyRange(start: number, terms: ServiceTerms): Interval {
  return {
    start: start - terms.bufferBeforeMinutes * MINUTE_MS,
    end: start + (terms.minutes + terms.bufferAfterMinutes) * MINUTE_MS,
  }
}

/**
 * Starts that a customer may choose on a local date, ascending. The grid of starts begins at each opening and goes on by
 * `stepMinutes` of elapsed time, so an owner who opens at 10:10 sees 10:10; a wall-clock hour that a daylight-saving
 * change skips is never offered, and of an hour that comes twice only the first showing of a label is.
 * The service must end by closing time, be it past midnight; its buffers may hang over the edge of the working hours, but not into other bookings.
 */
export function freeSlots(query: SlotQuery, date: IsoDate): Slot[] {
  return slotsOfDay(query, bookingWindow(query), date)
}

function slotsOfDay(query: SlotQuery, window: BookingWindow, date: IsoDate): Slot[] {
  const day = localDay(date, query.timeZone)
  const slots = new Map<number, Slot>()
  for (const offering of query.offerings) {
    for (const start of freeStarts(query.now, window, offering, day)) {
      const slot = slots.get(start) ?? { start, offers: [] }
      slot.offers.push({ staffId: offering.staffId, end: start + offering.terms.minutes * MINUTE_MS })
      slots.set(start, slot)
    }
  }
  return withoutRepeatedLabels(
    [...slots.values()].toSorted((a, b) => a.start - b.start),
    query.timeZone,
  )
}

/** The days of a span (both ends included) on which something is free: what a calendar shows as open. */
export function bookableDates(query: SlotQuery, from: IsoDate, to: IsoDate): IsoDate[] {
  const window = bookingWindow(query)
  const dates: IsoDate[] = []
  const last = earlier(to, window.lastDate)
  for (let date = later(from, window.firstDate); date <= last; date = addDays(date, 1)) {
    const day = localDay(date, query.timeZone)
    if (query.offerings.some((offering) => !freeStarts(query.now, window, offering, day).next().done))
      dates.push(date)
  }
  return dates
}

/**
 * The next times, for a first screen: at most two a day while there are enough days, so that a customer sees a choice
 * of days and not six quarters of the same hour.
 */
export function nearestSlots(
  query: SlotQuery,
  count: number,
  options: { perDay?: number; searchDays?: number } = {},
): Slot[] {
  const { perDay = 2, searchDays = 30 } = options
  const window = bookingWindow(query)
  const found: Slot[] = []
  let date = window.firstDate
  for (let day = 0; day < searchDays && found.length < count && date <= window.lastDate; day++) {
    found.push(...spread(slotsOfDay(query, window, date), Math.min(perDay, count - found.length)))
    date = addDays(date, 1)
  }
  return found
}

/** Free times around a moment that was just taken: nearest first in choice, ascending in answer. */
export function slotsAround(query: SlotQuery, wanted: number, count: number): Slot[] {
  const date = localDate(wanted, query.timeZone)
  const window = bookingWindow(query)
  const near = [-1, 0, 1].flatMap((days) => slotsOfDay(query, window, addDays(date, days)))
  const nearest = near
    .toSorted((a, b) => Math.abs(a.start - wanted) - Math.abs(b.start - wanted))
    .slice(0, count)
  const chosen = nearest.length > 0 ? nearest : nearestSlots(query, count)
  return chosen.toSorted((a, b) => a.start - b.start)
}

/**
 * Judges one start for one member of staff by the same rules that `freeSlots` offers it by.
 * `taken` is only this reading's view: the database has the last word.
 */
export function checkStart(
  query: SlotQuery,
  offering: Offering,
  start: number,
): { ok: true; end: number } | { ok: false; reason: StartRefusal } {
  const window = bookingWindow(query)
  if (start <= query.now) return { ok: false, reason: 'in-the-past' }
  if (start < window.earliest) return { ok: false, reason: 'too-soon' }
  if (start >= window.latest) return { ok: false, reason: 'beyond-horizon' }
  const end = start + offering.terms.minutes * MINUTE_MS
  const misplaced = placeRefusal(query, offering, { start, end })
  if (misplaced) return { ok: false, reason: misplaced }
  const range = busyRange(start, offering.terms)
  if (offering.busy.some((busy) => overlaps(busy, range))) return { ok: false, reason: 'taken' }
  return { ok: true, end }
}

/** Why a span does not lie where the rules want it; undefined where it does. */
function placeRefusal(
  { rules, timeZone }: SlotQuery,
  { rows, staffId, terms }: Offering,
  { start, end }: Interval,
): 'outside-hours' | 'off-grid' | undefined {
  if (rules.starts === 'any') return undefined
  const open = openAround(rows, staffId, { start, end }, timeZone)
  if (open.length === 0) return 'outside-hours'
  if (rules.starts === 'in-hours') return undefined
  const stepMs = terms.stepMinutes * MINUTE_MS
  return open.some((interval) => (start - interval.start) % stepMs === 0) ? undefined : 'off-grid'
}

/** The working hours in which a whole span lies; none where some of it lies outside. */
export function openAround(
  rows: readonly WorkingHoursRow[],
  staffId: number,
  { start, end }: Interval,
  timeZone: string,
): Interval[] {
  const date = localDate(start, timeZone)
  // Hours that close after midnight belong to the date before.
  return [date, addDays(date, -1)]
    .flatMap((day) => doorsOnDay(rows, staffId, localDay(day, timeZone)))
    .filter((interval) => interval.start <= start && start < interval.end && end <= interval.closes)
}

/** What may be booked at all: instants in [earliest, latest), which lie on local dates from firstDate to lastDate. */
export interface BookingWindow {
  earliest: number
  latest: number
  firstDate: IsoDate
  lastDate: IsoDate
}

export function bookingWindow(query: Pick<SlotQuery, 'now' | 'rules' | 'timeZone'>): BookingWindow {
  const earliest = query.now + query.rules.leadMinutes * MINUTE_MS
  // Hours of yesterday that close after midnight may still have starts left.
  const firstDate = addDays(localDate(earliest, query.timeZone), -1)
  const lastDate = addDays(localDate(query.now, query.timeZone), query.rules.horizonDays)
  return { earliest, latest: dayBounds(lastDate, query.timeZone).end, firstDate, lastDate }
}

function* freeStarts(
  now: number,
  { earliest, latest }: BookingWindow,
  offering: Offering,
  day: LocalDay,
): Generator<number> {
  const stepMs = offering.terms.stepMinutes * MINUTE_MS
  const lengthMs = offering.terms.minutes * MINUTE_MS
  for (const open of doorsOnDay(offering.rows, offering.staffId, day)) {
    const skipped = Math.max(0, Math.ceil((earliest - open.start) / stepMs))
    const until = Math.min(open.end - 1, open.closes - lengthMs)
    for (let start = open.start + skipped * stepMs; start <= until; start += stepMs) {
      if (start <= now || start >= latest) continue
      const range = busyRange(start, offering.terms)
      if (!offering.busy.some((busy) => overlaps(busy, range))) yield start
    }
  }
}

/** On the day of 25 hours `02:30` comes twice; two buttons of one name would mean two different times. */
function withoutRepeatedLabels(slots: Slot[], timeZone: string): Slot[] {
  const [first, last] = [slots.at(0), slots.at(-1)]
  if (!first || !last || !clocksSetBack(first.start, last.start, timeZone)) return slots
  const seen = new Set<string>()
  return slots.filter(({ start }) => {
    const label = `${localDate(start, timeZone)} ${localTime(start, timeZone)}`
    if (seen.has(label)) return false
    seen.add(label)
    return true
  })
}

/** Picks `count` of a list, first one first, the others evenly over the rest. */
function spread<T>(list: readonly T[], count: number): T[] {
  if (list.length <= count) return [...list]
  return Array.from({ length: count }, (_, i) => list[Math.floor((i * list.length) / count)] as T)
}

function earlier(a: IsoDate, b: IsoDate): IsoDate {
  return a < b ? a : b
}

function later(a: IsoDate, b: IsoDate): IsoDate {
  return a > b ? a : b
}
