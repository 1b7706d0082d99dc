import { describe, expect, test } from 'vitest'
import { openIntervals, type WorkingHoursRow } from '../../../bot/domain/schedule.ts'
import { dayBounds, instantOf, localDate, localTime, MINUTE_MS } from '../../../bot/domain/time.ts'

const weekly = (weekday: number, opens: string, closes: string, staffId: number | null = null) =>
  ({ kind: 'weekly', staffId, weekday, opens, closes }) satisfies WorkingHoursRow
const exception = (
  date: string,
  opens: string | null,
  closes: string | null,
  staffId: number | null = null,
) => ({ kind: 'exception', staffId, fromDate: date, toDate: date, opens, closes }) satisfies WorkingHoursRow

/** Opening hours as a person reads them from the wall. */
function hours(rows: WorkingHoursRow[], date: string, zone = 'Europe/Moscow', staffId = 1): string[] {
  return openIntervals(rows, staffId, date, zone).map(
    ({ start, end }) => `${localTime(start, zone)}-${localTime(end, zone)}`,
  )
}

const MONDAY = '2026-11-23'

describe('when a member of staff works', () => {
  const business = [weekly(1, '09:00', '18:00'), weekly(2, '09:00', '18:00')]
  const cases: [string, WorkingHoursRow[], string[]][] = [
    ['the hours of the business hold for everybody', business, ['09:00-18:00']],
    [
      'two rows of a day leave a break',
      [weekly(1, '09:00', '13:00'), weekly(1, '14:00', '18:00')],
      ['09:00-13:00', '14:00-18:00'],
    ],
    [
      'rows that touch are one opening',
      [weekly(1, '09:00', '13:00'), weekly(1, '13:00', '18:00')],
      ['09:00-18:00'],
    ],
    [
      'own weekly hours replace those of the business',
      [...business, weekly(1, '12:00', '20:00', 1)],
      ['12:00-20:00'],
    ],
    ['own hours on other days only mean a free Monday', [...business, weekly(2, '12:00', '20:00', 1)], []],
    [
      "a colleague's own hours change nothing",
      [...business, weekly(1, '12:00', '20:00', 2)],
      ['09:00-18:00'],
    ],
    ['an exception replaces the day', [...business, exception(MONDAY, '11:00', '15:00')], ['11:00-15:00']],
    ['a closed exception closes the day', [...business, exception(MONDAY, null, null)], []],
    [
      'an own exception is stronger than that of the business',
      [...business, exception(MONDAY, null, null), exception(MONDAY, '10:00', '12:00', 1)],
      ['10:00-12:00'],
    ],
    [
      'an exception of another day changes nothing',
      [...business, exception('2026-11-24', null, null)],
      ['09:00-18:00'],
    ],
    ['hours may close after midnight', [weekly(1, '20:00', '02:00')], ['20:00-02:00']],
    ['hours up to midnight', [weekly(1, '18:00', '24:00')], ['18:00-00:00']],
    [
      'two days on, two days off: on',
      [
        ...business,
        {
          kind: 'rota',
          staffId: 1,
          anchorDate: '2026-11-22',
          pattern: [1, 1, 0, 0],
          opens: '10:00',
          closes: '22:00',
        },
      ],
      ['10:00-22:00'],
    ],
    [
      'two days on, two days off: off',
      [
        ...business,
        {
          kind: 'rota',
          staffId: 1,
          anchorDate: '2026-11-21',
          pattern: [1, 1, 0, 0],
          opens: '10:00',
          closes: '22:00',
        },
      ],
      [],
    ],
    [
      'a rota also counts before its first day',
      [
        {
          kind: 'rota',
          staffId: 1,
          anchorDate: '2026-11-25',
          pattern: [0, 0, 1, 1],
          opens: '10:00',
          closes: '22:00',
        },
      ],
      ['10:00-22:00'],
    ],
    ['without any hours nobody works', [], []],
  ]
  test.each(cases)('%s', (_title, rows, expected) => {
    expect(hours(rows, MONDAY)).toEqual(expected)
  })
})

describe('days on which clocks change', () => {
  test.each([
    ['Europe/Berlin', '2026-03-29', '2026-10-25'],
    ['America/New_York', '2026-03-08', '2026-11-01'],
  ])('in %s a day has 23, 24 or 25 hours', (zone, spring, autumn) => {
    const length = (date: string) => {
      const { start, end } = dayBounds(date, zone)
      return (end - start) / (60 * MINUTE_MS)
    }
    expect([spring, '2026-06-15', autumn].map(length)).toEqual([23, 24, 25])
  })

  test('a time that is skipped moves forward by the gap', () => {
    expect(localTime(instantOf('2026-03-29', '02:30', 'Europe/Berlin'), 'Europe/Berlin')).toBe('03:30')
    expect(localTime(instantOf('2026-03-08', '02:30', 'America/New_York'), 'America/New_York')).toBe('03:30')
  })

  test('of a time that comes twice the first is meant', () => {
    expect(new Date(instantOf('2026-10-25', '02:30', 'Europe/Berlin')).toISOString()).toBe(
      '2026-10-25T00:30:00.000Z',
    )
    expect(new Date(instantOf('2026-11-01', '01:30', 'America/New_York')).toISOString()).toBe(
      '2026-11-01T05:30:00.000Z',
    )
  })

  test('Moscow has no such days', () => {
    for (const date of ['2026-03-29', '2026-10-25']) {
      const { start, end } = dayBounds(date, 'Europe/Moscow')
      expect(end - start).toBe(24 * 60 * MINUTE_MS)
    }
  })

  test('the local date of an instant is that of the shop, not of the server', () => {
    expect(localDate(Date.parse('2026-11-23T22:30:00Z'), 'Europe/Moscow')).toBe('2026-11-24')
    expect(localDate(Date.parse('2026-11-24T02:30:00Z'), 'America/New_York')).toBe('2026-11-23')
  })
})
