// Free times of 30 days for 5 members of staff, as a calendar needs them, against a map of minutes that is looked through
// minute by minute. Both must find the same. Run: npm run bench -- slots
import { freeSlots, type Offering, type SlotQuery } from '../bot/domain/availability.ts'
import { openIntervals, type WorkingHoursRow } from '../bot/domain/schedule.ts'
import { addDays, type Interval, instantOf, MINUTE_MS } from '../bot/domain/time.ts'
import { median, percentile, printTable } from './support.ts'

const STAFF = 5
const DAYS = 30
const ROUNDS = 21
const ZONE = 'Europe/Moscow'
const FIRST = '2026-11-26'
const TERMS = { minutes: 60, stepMinutes: 30, bufferBeforeMinutes: 0, bufferAfterMinutes: 15 }

const rows: WorkingHoursRow[] = [1, 2, 3, 4, 5, 6, 7].flatMap((weekday) =>
  [
    { opens: '09:00', closes: '13:00' },
    { opens: '14:00', closes: '20:00' },
  ].map((hours) => ({ kind: 'weekly' as const, staffId: null, weekday, ...hours })),
)
const dates = Array.from({ length: DAYS }, (_, day) => addDays(FIRST, day))

/** Five bookings a day for each, at other hours each day. */
const offerings: Offering[] = Array.from({ length: STAFF }, (_, staff) => ({
  staffId: staff + 1,
  rows,
  terms: TERMS,
  busy: dates.flatMap((date, day) =>
    Array.from({ length: 5 }, (_, number): Interval => {
      const start = instantOf(date, '09:00', ZONE) + (number * 120 + ((staff + day) % 4) * 30) * MINUTE_MS
      return { start, end: start + 60 * MINUTE_MS }
    }),
  ),
}))
const query: SlotQuery = {
  timeZone: ZONE,
  offerings,
  rules: { leadMinutes: 60, horizonDays: 60 },
  now: instantOf(FIRST, '08:00', ZONE),
}

/** `start` and `staffId` of everything that is free. */
function byIntervals(): string[] {
  return dates.flatMap((date) =>
    freeSlots(query, date).flatMap(({ start, offers }) => offers.map(({ staffId }) => `${start} ${staffId}`)),
  )
}

function byMinutes(): string[] {
  const found: string[] = []
  for (const { staffId, busy, terms } of offerings) {
    const taken = new Set<number>()
    for (const { start, end } of busy) for (let at = start; at < end; at += MINUTE_MS) taken.add(at)
    for (const date of dates)
      for (const open of openIntervals(rows, staffId, date, ZONE))
        for (let start = open.start; start < open.end; start += MINUTE_MS) {
          if ((start - open.start) % (terms.stepMinutes * MINUTE_MS) !== 0) continue
          if (start < query.now + query.rules.leadMinutes * MINUTE_MS) continue
          if (start + terms.minutes * MINUTE_MS > open.end) continue
          let free = true
          for (let minute = 0; minute < terms.minutes + terms.bufferAfterMinutes; minute++)
            if (taken.has(start + minute * MINUTE_MS)) free = false
          if (free) found.push(`${start} ${staffId}`)
        }
  }
  return found
}

/** What both begin with: when everybody works, on the days of the zone. */
function hoursAlone(): number {
  return dates.reduce(
    (sum, date) =>
      sum + offerings.reduce((n, { staffId }) => n + openIntervals(rows, staffId, date, ZONE).length, 0),
    0,
  )
}

const [ours, theirs] = [byIntervals().toSorted(), byMinutes().toSorted()]
if (ours.join() !== theirs.join())
  throw new Error(`${ours.length} free times by intervals, ${theirs.length} by minutes`)

const times = { intervals: [] as number[], minutes: [] as number[], hours: [] as number[] }
for (let round = 0; round < ROUNDS; round++)
  for (const [name, work] of [
    ['intervals', byIntervals],
    ['minutes', byMinutes],
    ['hours', hoursAlone],
  ] as const) {
    const started = performance.now()
    work()
    times[name].push(performance.now() - started)
  }
const row = (label: string, list: number[]) => [
  label,
  `${median(list).toFixed(1)} ms`,
  `${percentile(list, 99).toFixed(1)} ms`,
  (median(times.minutes) / median(list)).toFixed(2),
]
printTable(
  [`${DAYS} days, ${STAFF} staff, ${ours.length} free times`, `median of ${ROUNDS}`, 'p99', 'ratio'],
  [
    row('minute by minute', times.minutes),
    row('by intervals', times.intervals),
    row('the working hours alone, which both need', times.hours),
  ],
)
