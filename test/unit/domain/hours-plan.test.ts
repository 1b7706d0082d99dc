import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findHoliday, holidaysOf } from '../../../bot/domain/holidays.ts'
import {
  afterPlan,
  type HoursRow,
  isSame,
  leftOutside,
  type NewHoursRow,
  planDates,
  planWeek,
} from '../../../bot/domain/hours-plan.ts'
import { addDays, instantOf } from '../../../bot/domain/time.ts'

const NINE_TO_SIX = { opens: '09:00', closes: '18:00' }
const SHORT = { opens: '10:00', closes: '15:00' }

const weekly = (id: number | null, weekday: number, range = NINE_TO_SIX): HoursRow => ({
  id,
  kind: 'weekly',
  staffId: null,
  weekday,
  ...range,
  note: '',
})
const days = (id: number, fromDate: string, toDate: string, note = ''): HoursRow => ({
  id,
  kind: 'exception',
  staffId: null,
  fromDate,
  toDate,
  opens: null,
  closes: null,
  note,
})

/** Rows as an owner would say them. */
function said(rows: readonly NewHoursRow[]): string[] {
  return rows
    .map((row) => {
      const when = row.kind === 'weekly' ? String(row.weekday) : `${row.fromDate}..${row.toDate}`
      return `${when} ${row.opens === null ? 'closed' : `${row.opens}-${row.closes}`}${row.note && ` ${row.note}`}`
    })
    .toSorted()
}

describe('a change of the week', () => {
  const rows = [weekly(1, 1), weekly(2, 2), days(3, '2026-12-31', '2026-12-31')]

  test('replaces the hours of its days only', () => {
    const after = afterPlan(rows, planWeek(rows, [2, 7], [SHORT]))
    expect(said(after)).toEqual([
      '1 09:00-18:00',
      '2 10:00-15:00',
      '2026-12-31..2026-12-31 closed',
      '7 10:00-15:00',
    ])
  })

  test('to a day off leaves no row of that day', () => {
    expect(said(afterPlan(rows, planWeek(rows, [1], [])))).toEqual([
      '2 09:00-18:00',
      '2026-12-31..2026-12-31 closed',
    ])
  })

  test('is none where it is so already', () => {
    expect(isSame(planWeek(rows, [1], [NINE_TO_SIX]))).toBe(true)
    expect(isSame(planWeek(rows, [7], []))).toBe(true)
    expect(isSame(planWeek(rows, [1], [SHORT]))).toBe(false)
  })

  test('writes a week down that only stood in', () => {
    const standIn = [weekly(null, 1), weekly(null, 2)]
    const plan = planWeek(standIn, [2], [SHORT])
    expect(said(plan.add)).toEqual(['1 09:00-18:00', '2 10:00-15:00'])
    expect(isSame(planWeek(standIn, [1], [NINE_TO_SIX]))).toBe(false)
  })
})

describe('a change of dates', () => {
  const fair = days(1, '2026-12-10', '2026-12-20', 'fair')
  const cases: [string, string, string, string[]][] = [
    [
      'within others leaves both ends of them',
      '2026-12-12',
      '2026-12-13',
      [
        '2026-12-10..2026-12-11 closed fair',
        '2026-12-12..2026-12-13 10:00-15:00',
        '2026-12-14..2026-12-20 closed fair',
      ],
    ],
    [
      'over their end leaves the beginning',
      '2026-12-20',
      '2026-12-21',
      ['2026-12-10..2026-12-19 closed fair', '2026-12-20..2026-12-21 10:00-15:00'],
    ],
    ['over all of them leaves nothing', '2026-12-01', '2026-12-31', ['2026-12-01..2026-12-31 10:00-15:00']],
    [
      'beside them leaves them alone',
      '2026-12-21',
      '2026-12-21',
      ['2026-12-10..2026-12-20 closed fair', '2026-12-21..2026-12-21 10:00-15:00'],
    ],
  ]
  test.each(cases)('%s', (_, from, to, expected) => {
    expect(said(afterPlan([fair], planDates([fair], 'exception', { from, to }, [SHORT])))).toEqual(expected)
  })

  test('says nothing about rows of another kind', () => {
    const plan = planDates([fair], 'holiday', { from: '2026-12-10', to: '2026-12-20' }, [], 'name')
    expect(plan.remove).toEqual([])
  })

  test('any changes, one after another: each date follows the last one about it', () => {
    const date = fc.integer({ min: 0, max: 20 })
    const change = fc.record({ a: date, b: date, does: fc.constantFrom('open', 'close', 'usual') })
    fc.assert(
      fc.property(fc.array(change, { maxLength: 8 }), (changes) => {
        const start = '2026-12-20'
        let rows: HoursRow[] = []
        const model = new Map<number, string>()
        let id = 0
        for (const { a, b, does } of changes) {
          const [from, to] = [Math.min(a, b), Math.max(a, b)]
          const hours =
            does === 'usual'
              ? 'as-usual'
              : does === 'open'
                ? [SHORT, { opens: '16:00', closes: '17:00' }]
                : []
          const span = { from: addDays(start, from), to: addDays(start, to) }
          rows = afterPlan(rows, planDates(rows, 'exception', span, hours)).map((row) => ({
            ...row,
            id: ++id,
          }))
          for (let day = from; day <= to; day++) model.set(day, does)
        }
        for (let day = 0; day <= 20; day++) {
          const on = addDays(start, day)
          const opens = rows.flatMap((row) =>
            row.kind !== 'weekly' && row.fromDate <= on && on <= row.toDate ? [row.opens] : [],
          )
          const expected = { open: ['10:00', '16:00'], close: [null], usual: [] }
          expect(opens).toEqual(expected[(model.get(day) ?? 'usual') as keyof typeof expected])
        }
      }),
    )
  })
})

describe('bookings that a change leaves outside', () => {
  const timeZone = 'Europe/Moscow'
  const booking = (from: string, to: string, date = '2026-11-26') => ({
    staffId: 1,
    startsAt: instantOf(date, from, timeZone),
    endsAt: instantOf(date, to, timeZone),
  })
  const outside = (range: { opens: string; closes: string }, ...bookings: ReturnType<typeof booking>[]) =>
    leftOutside(bookings, { before: [weekly(1, 4)], after: [weekly(1, 4, range)], timeZone })

  test('are those that were within and are not any more', () => {
    const [early, inside, late, never] = [
      booking('09:00', '10:00'),
      booking('10:00', '15:00'),
      booking('14:30', '15:30'),
      booking('18:00', '19:00'),
    ]
    expect(outside(SHORT, early, inside, late, never)).toEqual([early, late])
  })

  test('are none when hours go on past midnight', () => {
    const night = { opens: '20:00', closes: '02:00' }
    const late = booking('23:00', '24:00')
    const afterMidnight = booking('00:30', '01:30', '2026-11-27')
    const rows = [weekly(1, 4, night)]
    expect(leftOutside([late, afterMidnight], { before: rows, after: rows, timeZone })).toEqual([])
    const after = [weekly(1, 4, { opens: '20:00', closes: '01:00' })]
    expect(leftOutside([late, afterMidnight], { before: rows, after, timeZone })).toEqual([afterMidnight])
  })
})

test('the holidays of the law are fourteen days a year, and only those are found', () => {
  expect(holidaysOf(2027).map(({ date }) => date.slice(5))).toEqual([
    ...[1, 2, 3, 4, 5, 6, 7, 8].map((day) => `01-0${day}`),
    '02-23',
    '03-08',
    '05-01',
    '05-09',
    '06-12',
    '11-04',
  ])
  expect(findHoliday('2027-01-07')?.name).toBe('christmas')
  expect(findHoliday('2027-01-09')).toBeUndefined()
})
