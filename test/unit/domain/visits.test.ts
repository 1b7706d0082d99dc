import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dueDay } from '../../../bot/domain/daily.ts'
import { normalPhone, readPerson } from '../../../bot/domain/person-text.ts'
import type { BookingStatus } from '../../../bot/domain/policy.ts'
import { instantOf } from '../../../bot/domain/time.ts'
import { readTypedTime } from '../../../bot/domain/typed-time.ts'
import { decideMark, loadOf, type Mark } from '../../../bot/domain/visits.ts'

const MOSCOW = 'Europe/Moscow'
const HOUR = 3_600_000
const at = (date: string, time: string, zone = MOSCOW) => instantOf(date, time, zone)

describe('what can be said of a booking at ten', () => {
  const startsAt = at('2026-11-26', '10:00')
  const cases: [string, BookingStatus, Mark, [string, string], string | null, string | undefined][] = [
    ['it is sure, the day before', 'booked', 'confirmed', ['2026-11-25', '12:00'], null, undefined],
    ['a request is taken', 'pending', 'confirmed', ['2026-11-25', '12:00'], null, undefined],
    ['sure already', 'confirmed', 'confirmed', ['2026-11-25', '12:00'], null, 'already-so'],
    ['sure, once it has begun', 'booked', 'confirmed', ['2026-11-26', '10:00'], null, 'already-begun'],
    ['came, a minute early', 'booked', 'came', ['2026-11-26', '09:59'], null, 'not-begun'],
    ['came, at the start', 'confirmed', 'came', ['2026-11-26', '10:00'], null, undefined],
    ['nobody came', 'booked', 'no_show', ['2026-11-26', '10:15'], null, undefined],
    ['forgotten for a week', 'booked', 'no_show', ['2026-12-03', '10:15'], null, undefined],
    [
      'wrongly no-show, put right in the evening',
      'no_show',
      'came',
      ['2026-11-26', '23:59'],
      '2026-11-26',
      undefined,
    ],
    ['put right the next day', 'came', 'no_show', ['2026-11-27', '00:00'], '2026-11-26', 'too-late'],
    [
      'marked the next day, put right on that day',
      'came',
      'no_show',
      ['2026-11-27', '12:00'],
      '2026-11-27',
      undefined,
    ],
    ['cancelled', 'cancelled', 'came', ['2026-11-26', '11:00'], null, 'not-active'],
    ['cancelled, and confirmed', 'cancelled', 'confirmed', ['2026-11-25', '11:00'], null, 'not-active'],
    ['a hold is no visit', 'hold', 'came', ['2026-11-26', '11:00'], null, 'not-active'],
  ]
  test.each(cases)('%s', (_title, status, mark, [date, time], markedOn, refusal) => {
    const markedAt = markedOn === null ? null : at(markedOn, '11:00')
    expect(decideMark({ status, startsAt, markedAt }, mark, at(date, time), MOSCOW)).toEqual(
      refusal === undefined ? { ok: true } : { ok: false, reason: refusal },
    )
  })
})

test.each([
  ['nobody works', [], 'closed'],
  ['nothing is booked', [{ open: [[9, 18]], busy: [] }], 'free'],
  ['half of it', [{ open: [[9, 18]], busy: [[9, 14]] }], 'some'],
  ['an hour is left', [{ open: [[9, 18]], busy: [[8, 17]] }], 'little'],
  [
    'nothing is left',
    [
      {
        open: [
          [9, 13],
          [14, 18],
        ],
        busy: [[9, 18]],
      },
    ],
    'full',
  ],
  [
    'one is full, another free',
    [
      { open: [[9, 18]], busy: [[9, 18]] },
      { open: [[9, 18]], busy: [] },
    ],
    'some',
  ],
] as const)('a day in words: %s', (_title, members, load) => {
  const spans = (list: readonly (readonly [number, number])[]) =>
    list.map(([start, end]) => ({ start: start * HOUR, end: end * HOUR }))
  expect(loadOf(members.map(({ open, busy }) => ({ open: spans(open), busy: spans(busy) })))).toBe(load)
})

describe('a typed time', () => {
  const now = at('2026-11-25', '09:00')
  test.each([
    ['26.11 14:30', '2026-11-26', '14:30'],
    ['26.11. 14:30', undefined, 'not-understood'],
    ['26.11, 14:30', '2026-11-26', '14:30'],
    ['26.11 в 9.05', '2026-11-26', '09:05'],
    ['1.12.26 9:00', '2026-12-01', '09:00'],
    ['01.12.2026 09:00', '2026-12-01', '09:00'],
    ['10.01 12:00', '2027-01-10', '12:00'],
    ['25.11 08:00', '2026-11-25', '08:00'],
    ['29.02 12:00', '2028-02-29', '12:00'],
    ['14:30', '2026-11-25', '14:30'],
    ['сегодня 14:30', '2026-11-25', '14:30'],
    ['Завтра 14:30', '2026-11-26', '14:30'],
    ['tomorrow at 14:30', '2026-11-26', '14:30'],
    ['31.02 12:00', undefined, 'no-such-day'],
    ['31.02.2027 12:00', undefined, 'no-such-day'],
    ['26.11 25:00', undefined, 'not-understood'],
    ['26.11 14:60', undefined, 'not-understood'],
    ['26.11', undefined, 'not-understood'],
    ['в пятницу', undefined, 'not-understood'],
    ['пятница 14:30', undefined, 'not-understood'],
  ])('«%s»', (text, date, time) => {
    expect(readTypedTime(text, now, MOSCOW)).toEqual(
      date === undefined ? { ok: false, reason: time } : { ok: true, startsAt: at(date, time) },
    )
  })

  test('no text breaks it', () => {
    fc.assert(fc.property(fc.string(), (text) => 'ok' in readTypedTime(text, now, MOSCOW)))
  })
})

describe('a typed person', () => {
  test.each([
    ['8 (916) 123-45-67', '+79161234567'],
    ['+7 916 123 45 67', '+79161234567'],
    ['79161234567', '+79161234567'],
    ['916 123-45-67', '+79161234567'],
    ['+49 30 1234567', '+49301234567'],
    ['380501234567', '+380501234567'],
    ['+8 916 123-45-67', '+79161234567'],
    ['8-800-555-35-35', '+78005553535'],
    ['+1 (415) 555-2671', '+14155552671'],
    ['+7 916 123', undefined],
    ['+7 916 123 45 678', undefined],
    ['+0 123 456 78 90', undefined],
    ['8 916 123 45 67 доб. 5', undefined],
    ['', undefined],
    ['123-45-67', undefined],
    ['+12', undefined],
    ['Анна', undefined],
    ['1234567890123456', undefined],
  ])('the phone «%s»', (text, phone) => {
    expect(normalPhone(text)).toBe(phone)
  })

  test.each([
    ['Анна 8 916 123-45-67', { name: 'Анна', phone: '+79161234567', digits: undefined }],
    ['89161234567 Анна Петрова', { name: 'Анна Петрова', phone: '+79161234567', digits: undefined }],
    ['Анна, +79161234567', { name: 'Анна', phone: '+79161234567', digits: undefined }],
    ['Анна', { name: 'Анна', phone: undefined, digits: undefined }],
    ['+7 916 123-45-67', { name: '', phone: '+79161234567', digits: undefined }],
    ['45-67', { name: '', phone: undefined, digits: '4567' }],
    ['Анна 2', { name: 'Анна 2', phone: undefined, digits: undefined }],
    ['я'.repeat(100), { name: 'я'.repeat(64), phone: undefined, digits: undefined }],
  ])('«%s»', (text, person) => {
    expect(readPerson(text)).toEqual(person)
  })
})

describe('a daily message at eight', () => {
  const due = (time: string, date: string, clock: string, zone = MOSCOW) =>
    dueDay(time, at(date, clock, zone), zone, 3 * HOUR)

  test.each([
    ['07:59', undefined],
    ['08:00', '2026-11-26'],
    ['10:59', '2026-11-26'],
    ['11:00', undefined],
  ])('at %s', (clock, date) => {
    expect(due('08:00', '2026-11-26', clock)).toBe(date)
  })

  test('late in the evening it is still yesterday’s after midnight', () => {
    expect(due('23:30', '2026-11-27', '01:00')).toBe('2026-11-26')
    expect(due('23:30', '2026-11-27', '02:30')).toBeUndefined()
  })

  test('an empty time is off', () => {
    expect(due('', '2026-11-26', '08:00')).toBeUndefined()
  })

  test('it comes once on the days on which clocks change, also at an hour that is skipped', () => {
    for (const [date, next] of [
      ['2026-03-29', '2026-03-30'],
      ['2026-10-25', '2026-10-26'],
    ] as const)
      for (const time of ['02:30', '08:00']) {
        const from = at(date, '00:00', 'Europe/Berlin')
        const until = at(next, '00:00', 'Europe/Berlin')
        const seen = new Set<string | undefined>()
        for (let now = from; now < until; now += HOUR / 2)
          seen.add(dueDay(time, now, 'Europe/Berlin', 3 * HOUR))
        expect([...seen].filter(Boolean)).toEqual([date])
      }
  })
})
