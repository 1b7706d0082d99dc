import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  bookableDates,
  busyRange,
  checkStart,
  freeSlots,
  nearestSlots,
  type Offering,
  type SlotQuery,
  slotsAround,
} from '../../../bot/domain/availability.ts'
import { openIntervals, type WorkingHoursRow } from '../../../bot/domain/schedule.ts'
import {
  addDays,
  instantOf,
  localDate,
  localTime,
  MINUTE_MS,
  mergeIntervals,
  overlaps,
} from '../../../bot/domain/time.ts'

const MONDAY = '2026-11-23'
const hour = { minutes: 60, stepMinutes: 60, bufferBeforeMinutes: 0, bufferAfterMinutes: 0 }

function everyDay(opens: string, closes: string): WorkingHoursRow[] {
  return [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ kind: 'weekly', staffId: null, weekday, opens, closes }))
}

function shop(offering: Partial<Offering> = {}, query: Partial<SlotQuery> = {}): SlotQuery {
  const timeZone = query.timeZone ?? 'Europe/Moscow'
  return {
    timeZone,
    offerings: [{ staffId: 1, rows: everyDay('09:00', '13:00'), busy: [], terms: hour, ...offering }],
    rules: { leadMinutes: 0, horizonDays: 30 },
    now: instantOf('2026-11-22', '12:00', timeZone),
    ...query,
  }
}

const at = (time: string, date = MONDAY, zone = 'Europe/Moscow') => instantOf(date, time, zone)
const taken = (from: string, to: string) => ({ start: at(from), end: at(to) })
const labels = (query: SlotQuery, date = MONDAY) =>
  freeSlots(query, date).map(({ start }) => localTime(start, query.timeZone))

describe('times that a customer is offered', () => {
  const cases: [string, SlotQuery, string[]][] = [
    ['every hour that ends by closing time', shop(), ['09:00', '10:00', '11:00', '12:00']],
    [
      'the step of the service is the grid',
      shop({ terms: { ...hour, stepMinutes: 90 } }),
      ['09:00', '10:30', '12:00'],
    ],
    [
      'the grid begins at the opening, also at 09:10',
      shop({ rows: everyDay('09:10', '12:10') }),
      ['09:10', '10:10', '11:10'],
    ],
    [
      'a long service does not run past closing',
      shop({ terms: { ...hour, minutes: 150 } }),
      ['09:00', '10:00'],
    ],
    ['a service longer than the day is not offered', shop({ terms: { ...hour, minutes: 300 } }), []],
    ['a taken hour is gone', shop({ busy: [taken('10:00', '11:00')] }), ['09:00', '11:00', '12:00']],
    ['an hour taken in part is gone', shop({ busy: [taken('10:30', '10:45')] }), ['09:00', '11:00', '12:00']],
    [
      'cleaning after the service keeps the next hour free',
      shop({ terms: { ...hour, bufferAfterMinutes: 10 }, busy: [taken('11:00', '12:00')] }),
      ['09:00', '12:00'],
    ],
    [
      'preparation before the service needs room too',
      shop({ terms: { ...hour, bufferBeforeMinutes: 10 }, busy: [taken('09:00', '10:00')] }),
      ['11:00', '12:00'],
    ],
    [
      'buffers may hang over the edge of the day',
      shop({ terms: { ...hour, bufferBeforeMinutes: 30, bufferAfterMinutes: 30 } }),
      ['09:00', '10:00', '11:00', '12:00'],
    ],
    [
      'nothing in the past, and the present minute is past',
      shop({}, { now: at('10:00') }),
      ['11:00', '12:00'],
    ],
    [
      'lead time is kept',
      shop({}, { now: at('09:30'), rules: { leadMinutes: 90, horizonDays: 30 } }),
      ['11:00', '12:00'],
    ],
    [
      'who never closes sells the hours around midnight, too',
      shop({ rows: everyDay('00:00', '24:00'), terms: { ...hour, minutes: 180, stepMinutes: 240 } }),
      ['00:00', '04:00', '08:00', '12:00', '16:00', '20:00'],
    ],
    [
      'as late as the last start before midnight',
      shop({ rows: everyDay('20:00', '20:00'), terms: { ...hour, minutes: 300, stepMinutes: 180 } }),
      ['20:00', '23:00', '02:00', '05:00', '08:00', '11:00', '14:00', '17:00'],
    ],
    ['nothing beyond the horizon', shop({}, { rules: { leadMinutes: 0, horizonDays: 0 } }), []],
  ]
  test.each(cases)('%s', (_title, query, expected) => {
    expect(labels(query)).toEqual(expected)
  })

  test('two members of staff double what is offered, each with an own end', () => {
    const query = shop()
    const second = { ...(query.offerings[0] as Offering), staffId: 2, terms: { ...hour, minutes: 30 } }
    expect(freeSlots({ ...query, offerings: [...query.offerings, second] }, MONDAY)[0]).toEqual({
      start: at('09:00'),
      offers: [
        { staffId: 1, end: at('10:00') },
        { staffId: 2, end: at('09:30') },
      ],
    })
  })
})

describe('days on which clocks change', () => {
  const night = (timeZone: string, date: string) => {
    const rows = everyDay('00:00', '05:00')
    return labels(shop({ rows }, { timeZone, now: instantOf(addDays(date, -1), '12:00', timeZone) }), date)
  }
  test.each([
    ['Europe/Berlin', '2026-03-29', ['00:00', '01:00', '03:00', '04:00']],
    ['America/New_York', '2026-03-08', ['00:00', '01:00', '03:00', '04:00']],
    ['Europe/Moscow', '2026-03-29', ['00:00', '01:00', '02:00', '03:00', '04:00']],
    ['Europe/Berlin', '2026-10-25', ['00:00', '01:00', '02:00', '03:00', '04:00']],
    ['America/New_York', '2026-11-01', ['00:00', '01:00', '02:00', '03:00', '04:00']],
  ])('%s on %s offers no skipped hour and no label twice', (zone, date, expected) => {
    expect(night(zone, date)).toEqual(expected)
  })
})

describe('a start that a button names is judged again', () => {
  const query = shop({ busy: [taken('10:00', '11:00')] }, { rules: { leadMinutes: 30, horizonDays: 7 } })
  test.each([
    ['a free hour', at('11:00'), { ok: true, end: at('12:00') }],
    ['yesterday', at('11:00', '2026-11-21'), { ok: false, reason: 'in-the-past' }],
    ['in ten minutes', at('12:10', '2026-11-22'), { ok: false, reason: 'too-soon' }],
    ['next year', at('11:00', '2027-11-22'), { ok: false, reason: 'beyond-horizon' }],
    ['at night', at('03:00'), { ok: false, reason: 'outside-hours' }],
    ['a forged minute', at('11:07'), { ok: false, reason: 'off-grid' }],
    ['somebody was faster', at('10:00'), { ok: false, reason: 'taken' }],
  ])('%s', (_title, start, expected) => {
    expect(checkStart(query, query.offerings[0] as Offering, start)).toEqual(expected)
  })
})

describe('first screens', () => {
  test('the nearest times show a choice of days', () => {
    const near = nearestSlots(shop(), 5).map(({ start }) => localDate(start, 'Europe/Moscow'))
    expect(near).toEqual(['2026-11-23', '2026-11-23', '2026-11-24', '2026-11-24', '2026-11-25'])
  })

  test('who was too late is shown the free times around', () => {
    const query = shop({ busy: [taken('10:00', '11:00')] })
    expect(slotsAround(query, at('10:00'), 3).map(({ start }) => localTime(start, query.timeZone))).toEqual([
      '09:00',
      '11:00',
      '12:00',
    ])
  })

  test('a calendar opens only days with a free time', () => {
    expect(bookableDates(shop({ busy: [taken('00:00', '24:00')] }), '2026-11-23', '2026-11-25')).toEqual([
      '2026-11-24',
      '2026-11-25',
    ])
  })
})

const zones = fc.constantFrom('Europe/Moscow', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata')
const dates = fc.constantFrom(MONDAY, '2026-03-29', '2026-10-25', '2026-03-08', '2026-11-01')
const wall = fc.integer({ min: 0, max: 95 }).map((quarter) => {
  const pad = (n: number) => String(n).padStart(2, '0')
  return `${pad(Math.floor(quarter / 4))}:${pad((quarter % 4) * 15)}`
})
const anyShop = fc
  .record({
    timeZone: zones,
    date: dates,
    opens: wall,
    closes: wall,
    minutes: fc.integer({ min: 5, max: 240 }),
    stepMinutes: fc.integer({ min: 5, max: 120 }),
    bufferBeforeMinutes: fc.integer({ min: 0, max: 60 }),
    bufferAfterMinutes: fc.integer({ min: 0, max: 60 }),
    leadMinutes: fc.integer({ min: 0, max: 2000 }),
    busy: fc.array(
      fc.record({ from: fc.integer({ min: -300, max: 2000 }), minutes: fc.integer({ min: 1, max: 300 }) }),
      { maxLength: 6 },
    ),
  })
  .map(({ timeZone, date, opens, closes, leadMinutes, busy, ...terms }) => {
    const midnight = instantOf(date, '00:00', timeZone)
    const offering: Offering = {
      staffId: 1,
      rows: everyDay(opens, closes),
      busy: busy.map(({ from, minutes }) => ({
        start: midnight + from * MINUTE_MS,
        end: midnight + (from + minutes) * MINUTE_MS,
      })),
      terms,
    }
    const query: SlotQuery = {
      timeZone,
      offerings: [offering],
      rules: { leadMinutes, horizonDays: 3 },
      now: midnight - 600 * MINUTE_MS,
    }
    return { query, offering, date }
  })

describe('whatever the shop', () => {
  test('no offered time overlaps what is taken', () => {
    fc.assert(
      fc.property(anyShop, ({ query, offering, date }) => {
        for (const { start } of freeSlots(query, date)) {
          expect(offering.busy.some((busy) => overlaps(busy, busyRange(start, offering.terms)))).toBe(false)
        }
      }),
    )
  })

  test('every offered time can be booked, and ends when it said', () => {
    fc.assert(
      fc.property(anyShop, ({ query, offering, date }) => {
        for (const slot of freeSlots(query, date)) {
          expect(checkStart(query, offering, slot.start)).toEqual({ ok: true, end: slot.offers[0]?.end })
        }
      }),
    )
  })

  test('every free start that fits is offered, none before the lead time, none outside the opening hours', () => {
    fc.assert(
      fc.property(anyShop, ({ query, offering, date }) => {
        const { terms, rows, busy, staffId } = offering
        const earliest = query.now + query.rules.leadMinutes * MINUTE_MS
        // Where the next day's hours begin when these end, the doors do not close.
        const days = [date, addDays(date, 1)]
        const whole = mergeIntervals(days.flatMap((day) => openIntervals(rows, staffId, day, query.timeZone)))
        const fitting = openIntervals(rows, staffId, date, query.timeZone).flatMap((open) => {
          const doors = whole.find(({ start, end }) => start <= open.start && open.end <= end)
          const count = Math.floor((open.end - open.start) / (terms.stepMinutes * MINUTE_MS)) + 1
          return Array.from(
            { length: count },
            (_, n) => open.start + n * terms.stepMinutes * MINUTE_MS,
          ).filter(
            (start) =>
              start >= earliest &&
              start < open.end &&
              start + terms.minutes * MINUTE_MS <= Number(doors?.end) &&
              !busy.some((taken) => overlaps(taken, busyRange(start, terms))),
          )
        })
        // Of an hour that the clocks show twice, the first is meant.
        const labelOf = (start: number) =>
          `${localDate(start, query.timeZone)} ${localTime(start, query.timeZone)}`
        const first = fitting.filter(
          (start, n) => fitting.findIndex((one) => labelOf(one) === labelOf(start)) === n,
        )
        expect(freeSlots(query, date).map(({ start }) => start)).toEqual(first)
      }),
    )
  })

  test('labels of a day are distinct and ascending in time', () => {
    fc.assert(
      fc.property(anyShop, ({ query, date }) => {
        const slots = freeSlots(query, date)
        const shown = slots.map(
          ({ start }) => `${localDate(start, query.timeZone)} ${localTime(start, query.timeZone)}`,
        )
        expect(new Set(shown).size).toBe(shown.length)
        expect(slots.map(({ start }) => start)).toEqual(
          slots.map(({ start }) => start).toSorted((a, b) => a - b),
        )
      }),
    )
  })

  test('a calendar opens exactly the days that have times', () => {
    fc.assert(
      fc.property(anyShop, ({ query, date }) => {
        expect(bookableDates(query, date, date)).toEqual(freeSlots(query, date).length > 0 ? [date] : [])
      }),
    )
  })
})
