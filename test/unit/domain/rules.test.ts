import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addMonths, monthBounds, monthGrid } from '../../../bot/domain/calendar.ts'
import { formatMoney, totalPrice } from '../../../bot/domain/money.ts'
import {
  type BookingRule,
  type BookingStatus,
  mayBook,
  mayChange,
  rankStaff,
} from '../../../bot/domain/policy.ts'
import { type Bucket, takeToken } from '../../../bot/domain/rate-limit.ts'
import {
  isIsoDate,
  isTimeZone,
  MINUTE_MS,
  mergeIntervals,
  overlaps,
  subtractIntervals,
} from '../../../bot/domain/time.ts'

const policy = { maxUpcomingBookings: 3, cancellationHours: 24, rescheduleHours: 24, graceMinutes: 15 }
const HOUR = 60 * MINUTE_MS

describe('what a customer may do', () => {
  test('a fourth upcoming booking is refused, and the limit is named', () => {
    const booking = (upcoming: number, rule: BookingRule = null) => mayBook({ upcoming, rule }, policy)
    expect(booking(2)).toEqual({ ok: true, status: 'booked' })
    expect(booking(3)).toEqual({ ok: false, reason: 'limit-reached', limit: 3 })
    expect(booking(2, 'approval')).toEqual({ ok: true, status: 'pending' })
    expect(booking(3, 'approval')).toEqual({ ok: false, reason: 'limit-reached', limit: 3 })
    expect(booking(0, 'deny')).toEqual({ ok: false, reason: 'denied' })
  })

  const now = 1_000_000_000_000
  const cases: [string, { startsIn: number; age: number; status?: BookingStatus }, object][] = [
    ['two days before', { startsIn: 48 * HOUR, age: 10 * HOUR }, { ok: true }],
    ['exactly at the deadline', { startsIn: 24 * HOUR, age: 10 * HOUR }, { ok: true }],
    [
      'a moment after the deadline',
      { startsIn: 24 * HOUR - 1, age: 10 * HOUR },
      { ok: false, reason: 'deadline-passed' },
    ],
    [
      'just booked, although the deadline has passed',
      { startsIn: HOUR, age: 15 * MINUTE_MS - 1 },
      { ok: true },
    ],
    [
      'a quarter of an hour after booking',
      { startsIn: HOUR, age: 15 * MINUTE_MS },
      { ok: false, reason: 'deadline-passed' },
    ],
    [
      'already begun, although just booked',
      { startsIn: 0, age: MINUTE_MS },
      { ok: false, reason: 'already-started' },
    ],
    [
      'cancelled before',
      { startsIn: 48 * HOUR, age: HOUR, status: 'cancelled' },
      { ok: false, reason: 'not-active' },
    ],
  ]
  test.each(cases)('cancelling or moving: %s', (_title, { startsIn, age, status = 'booked' }, expected) => {
    const booking = { startsAt: now + startsIn, createdAt: now - age, status }
    for (const change of ['cancel', 'move'] as const)
      expect(mayChange(booking, change, policy, now)).toEqual(expected)
  })

  const apart = { ...policy, rescheduleHours: 3, graceMinutes: 0 }
  test.each([
    ['long before both', 25, true, true],
    ['between the two deadlines', 5, false, true],
    ['after both', 2, false, false],
  ])('a deadline of its own for moving: %s', (_title, hours, cancel, move) => {
    const booking = { startsAt: now + hours * HOUR, createdAt: now, status: 'booked' as const }
    expect(mayChange(booking, 'cancel', apart, now).ok).toBe(cancel)
    expect(mayChange(booking, 'move', apart, now).ok).toBe(move)
  })

  test('"anyone" is the least loaded member of staff', () => {
    const day = [
      { staffId: 3, bookingsThatDay: 1 },
      { staffId: 2, bookingsThatDay: 1 },
      { staffId: 1, bookingsThatDay: 4 },
    ]
    expect(rankStaff(day)).toEqual([2, 3, 1])
  })
})

describe('floods', () => {
  const rules = { perTokenMs: 500, burst: 5 }
  const run = (times: number[]) => {
    let bucket: Bucket | undefined
    return times.map((at) => {
      const taken = takeToken(bucket, rules, at)
      bucket = taken.bucket
      return taken.allowed ? 'ok' : taken.firstRefusal ? 'told' : 'ignored'
    })
  }
  test('five at once pass, then the customer is told once', () => {
    expect(run([0, 0, 0, 0, 0, 0, 0])).toEqual(['ok', 'ok', 'ok', 'ok', 'ok', 'told', 'ignored'])
  })
  test('paging at the speed of the limit never trips it', () => {
    expect(run(Array.from({ length: 50 }, (_, i) => i * 500))).not.toContain('told')
  })
  test('after a rest the next flood is told of again', () => {
    expect(
      run([0, 0, 0, 0, 0, 0, 9000, 9000, 9000, 9000, 9000, 9000]).filter((answer) => answer === 'told'),
    ).toHaveLength(2)
  })
  test('no more pass than the burst and what was earned, whatever the taps', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 800 }), { maxLength: 60 }), (gaps) => {
        let at = 0
        const answers = run(gaps.map((gap) => (at += gap)))
        expect(answers.filter((answer) => answer === 'ok').length).toBeLessThanOrEqual(
          5 + Math.floor(at / 500) + 1,
        )
      }),
    )
  })
})

describe('money', () => {
  const plain = (text: string) => text.replaceAll(/\s/g, ' ')
  test.each([
    [200_000, 'RUB', 'ru', '2 000 ₽'],
    [199_950, 'RUB', 'ru', '1 999,50 ₽'],
    [0, 'RUB', 'ru', '0 ₽'],
    [2500, 'EUR', 'en', '€25'],
    [2550, 'EUR', 'en', '€25.50'],
  ] as const)('%i of %s in %s reads %s', (minor, currency, language, expected) => {
    expect(plain(formatMoney(minor, currency, language))).toBe(expected)
  })
  const line = (priceMinor: number | null, more: { priceFrom?: true; currency?: string } = {}) => ({
    currency: 'RUB',
    ...more,
    priceMinor,
  })
  test.each([
    ['the sum', [line(100), line(250)], { priceMinor: 350, priceFrom: false }],
    ['at least the priced ones', [line(100), line(null)], { priceMinor: 100, priceFrom: true }],
    [
      '"from" as soon as one is',
      [line(100, { priceFrom: true }), line(0)],
      { priceMinor: 100, priceFrom: true },
    ],
    ['nothing that could be said', [line(null), line(null)], { priceMinor: null, priceFrom: true }],
    [
      'nothing in one currency',
      [line(1), line(2, { currency: 'EUR' })],
      { priceMinor: null, priceFrom: false },
    ],
  ])('several services cost %s', (_, lines, expected) => {
    expect(totalPrice(lines)).toEqual(expected)
  })
})

describe('calendar', () => {
  test('a month is shown in weeks from Monday', () => {
    const grid = monthGrid('2026-11')
    expect(grid.map((week) => week.map((date) => date?.slice(8) ?? '  ').join(' '))).toEqual([
      '                  01',
      '02 03 04 05 06 07 08',
      '09 10 11 12 13 14 15',
      '16 17 18 19 20 21 22',
      '23 24 25 26 27 28 29',
      '30                  ',
    ])
  })
  test('months go on over the end of a year, and know leap years', () => {
    expect(addMonths('2026-12', 1)).toBe('2027-01')
    expect(addMonths('2026-01', -1)).toBe('2025-12')
    expect(monthBounds('2028-02')).toEqual({ first: '2028-02-01', last: '2028-02-29' })
  })
  test.each([
    ['2026-11-24', true],
    ['2026-02-29', false],
    ['2026-13-01', false],
    ['24.11.2026', false],
    ['2026-11-24T00:00', false],
  ])('%s as a date: %s', (text, valid) => {
    expect(isIsoDate(text)).toBe(valid)
  })
  test('zones are those of IANA', () => {
    expect(['Europe/Moscow', 'UTC', 'Mars/Olympus'].map(isTimeZone)).toEqual([true, true, false])
  })
})

describe('spans of time', () => {
  const span = fc
    .tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 30 }))
    .map(([start, length]) => ({ start, end: start + length }))
  const spans = fc.array(span, { maxLength: 12 })
  const covers = (list: { start: number; end: number }[], point: number) =>
    list.some((i) => i.start <= point && point < i.end)

  test('touching spans do not overlap', () => {
    expect(overlaps({ start: 0, end: 10 }, { start: 10, end: 20 })).toBe(false)
  })
  test('merging keeps every minute and leaves gaps between', () => {
    fc.assert(
      fc.property(spans, (list) => {
        const merged = mergeIntervals(list)
        for (let point = 0; point <= 130; point++) expect(covers(merged, point)).toBe(covers(list, point))
        merged.slice(1).forEach((next, i) => expect(next.start).toBeGreaterThan(merged[i]?.end ?? 0))
      }),
    )
  })
  test('what is left is open and not taken', () => {
    fc.assert(
      fc.property(spans, spans, (open, busy) => {
        const left = subtractIntervals(open, busy)
        for (let point = 0; point <= 130; point++)
          expect(covers(left, point)).toBe(covers(open, point) && !covers(busy, point))
      }),
    )
  })
})
