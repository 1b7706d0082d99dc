import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  changePercent,
  comparePeriods,
  loadPercent,
  type MemberTime,
  PERIODS,
  type Period,
  ratingsOf,
  textBar,
} from '../../../bot/domain/statistics.ts'
import { daysBetween, type Interval, instantOf, localDate, localTime } from '../../../bot/domain/time.ts'

const HOUR = 3_600_000

/** A stretch as a person would say it. */
function said({ span, days }: ReturnType<typeof comparePeriods>['present'], zone: string): string {
  return `${days.from}…${days.to} ${localTime(span.end, zone)}, ${(span.end - span.start) / HOUR} h`
}

describe('what a period is compared with', () => {
  test.each<[Period, string, string, string, string, string]>([
    // period, zone, now (local), present, before, end of what is ahead
    [
      'day',
      'Europe/Moscow',
      '2026-11-25 09:00',
      '2026-11-25…2026-11-25 09:00, 9 h',
      '2026-11-24…2026-11-24 09:00, 9 h',
      '2026-11-26 00:00',
    ],
    [
      'week',
      'Europe/Moscow',
      '2026-11-25 09:00',
      '2026-11-23…2026-11-25 09:00, 57 h',
      '2026-11-16…2026-11-18 09:00, 57 h',
      '2026-11-30 00:00',
    ],
    [
      'month',
      'Europe/Moscow',
      '2026-11-25 09:00',
      '2026-11-01…2026-11-25 09:00, 585 h',
      '2026-10-01…2026-10-25 09:00, 585 h',
      '2026-12-01 00:00',
    ],
    // The first minute of a month, and of a year.
    [
      'month',
      'Europe/Moscow',
      '2027-01-01 00:00',
      '2027-01-01…2027-01-01 00:00, 0 h',
      '2026-12-01…2026-12-01 00:00, 0 h',
      '2027-02-01 00:00',
    ],
    // February has not got 31 days: as many days, ending with its last one.
    [
      'month',
      'Europe/Moscow',
      '2026-03-31 12:00',
      '2026-03-01…2026-03-31 12:00, 732 h',
      '2026-01-29…2026-02-28 12:00, 732 h',
      '2026-04-01 00:00',
    ],
    // Berlin's clocks go forward on 29 March 2026: an hour less, the same time of the day.
    [
      'day',
      'Europe/Berlin',
      '2026-03-29 12:00',
      '2026-03-29…2026-03-29 12:00, 11 h',
      '2026-03-28…2026-03-28 12:00, 12 h',
      '2026-03-30 00:00',
    ],
    [
      'week',
      'Europe/Berlin',
      '2026-03-29 12:00',
      '2026-03-23…2026-03-29 12:00, 155 h',
      '2026-03-16…2026-03-22 12:00, 156 h',
      '2026-03-30 00:00',
    ],
    // 02:30 was not there on 29 March: the clock stood at 03:30.
    [
      'day',
      'Europe/Berlin',
      '2026-03-30 02:30',
      '2026-03-30…2026-03-30 02:30, 2.5 h',
      '2026-03-29…2026-03-29 03:30, 2.5 h',
      '2026-03-31 00:00',
    ],
    // And back on 25 October.
    [
      'day',
      'Europe/Berlin',
      '2026-10-25 12:00',
      '2026-10-25…2026-10-25 12:00, 13 h',
      '2026-10-24…2026-10-24 12:00, 12 h',
      '2026-10-26 00:00',
    ],
  ])('%s in %s at %s', (period, zone, now, present, before, end) => {
    const [date = '', time = ''] = now.split(' ')
    const comparison = comparePeriods(period, instantOf(date, time, zone) + 30_000, zone)
    expect(said(comparison.present, zone)).toBe(present)
    expect(said(comparison.before, zone)).toBe(before)
    const { start, end: last } = comparison.ahead.span
    expect(start).toBe(comparison.present.span.end)
    expect(`${localDate(last, zone)} ${localTime(last, zone)}`).toBe(end)
  })

  test('both have as many days and never overlap, whenever it is', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2030, 0, 1) }),
        fc.constantFrom(...PERIODS),
        fc.constantFrom('Europe/Moscow', 'Europe/Berlin', 'Africa/Cairo', 'Asia/Kolkata'),
        (now, period, zone) => {
          const { present, before } = comparePeriods(period, now, zone)
          expect(daysBetween(before.days.from, before.days.to)).toBe(
            daysBetween(present.days.from, present.days.to),
          )
          expect(before.days.to < present.days.from).toBe(true)
          expect(before.span.start).toBeLessThanOrEqual(before.span.end)
          expect(before.span.end).toBeLessThanOrEqual(present.span.start)
        },
      ),
      { numRuns: 300 },
    )
  })
})

test.each([
  [12, 10, 20],
  [8, 10, -20],
  [10, 10, 0],
  [0, 4, -100],
  [3, 0, undefined],
  [0, 0, undefined],
])('from %i after %i nobody reads a wrong percentage', (present, before, percent) => {
  expect(changePercent(present, before)).toBe(percent)
})

describe('load', () => {
  const at = (from: number, to: number) => ({ start: from * HOUR, end: to * HOUR })
  const day = at(0, 24)
  const member = (open: Interval[], booked: Interval[], blocked: Interval[] = [], visits = booked) => ({
    open,
    booked,
    visits,
    blocked,
  })
  test.each<[string, MemberTime[], number | undefined]>([
    ['nobody works here', [], undefined],
    ['a day off', [member([], [])], undefined],
    ['a day off on which somebody came all the same', [member([], [at(10, 11)])], 100],
    ['a free day', [member([at(9, 19)], [])], 0],
    ['half of it booked', [member([at(9, 19)], [at(9, 14)])], 50],
    ['closed time is no working time', [member([at(9, 19)], [at(9, 14)], [at(14, 19)])], 100],
    ['a booking kept in closed time', [member([at(9, 19)], [at(9, 14)], [at(9, 19)])], 100],
    ['all of it closed', [member([at(9, 19)], [], [at(0, 24)])], undefined],
    ['hours that were longer then than they are now', [member([at(9, 13)], [at(9, 13), at(15, 19)])], 100],
    ['a visit outside of the hours makes them longer', [member([at(9, 13)], [at(12, 14)])], 40],
    ['a break before or after a visit does not', [member([at(9, 19)], [at(8, 11)], [], [at(9, 10)])], 20],
    ['what lies outside of the span', [member([at(-5, 5)], [at(-5, 0)])], 0],
    ['two, one of them idle', [member([at(9, 19)], [at(9, 19)]), member([at(9, 19)], [])], 50],
  ])('%s', (_, members, percent) => {
    expect(loadPercent(members, day)).toBe(percent)
  })
})

test('ratings: a mean of those that were given, and none of none', () => {
  expect(ratingsOf(new Map()).mean).toBeUndefined()
  expect(
    ratingsOf(
      new Map([
        [5, 3],
        [2, 1],
      ]),
    ),
  ).toEqual({
    total: 4,
    mean: 4.25,
    counts: [
      { stars: 5, count: 3 },
      { stars: 4, count: 0 },
      { stars: 3, count: 0 },
      { stars: 2, count: 1 },
      { stars: 1, count: 0 },
    ],
  })
})

test.each([
  [0, 0, ''],
  [0, 9, ''],
  [1, 100, '▇'],
  [50, 100, '▇▇▇▇▇'],
  [100, 100, '▇▇▇▇▇▇▇▇▇▇'],
])('a bar of %i beside one of %i is %s', (value, greatest, bar) => {
  expect(textBar(value, greatest)).toBe(bar)
})
