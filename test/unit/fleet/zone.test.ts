import { describe, expect, test } from 'vitest'
import { isoWeek, lastTimeOfDay, localDate, localTime, nextTimeOfDay } from '../../../src/fleet/zone.ts'

const at = (text: string) => new Date(text)

test('a date is that of the zone', () => {
  expect(localDate(at('2026-11-25T21:30:00Z'), 'Europe/Moscow')).toBe('2026-11-26')
  expect(localDate(at('2026-11-25T03:30:00Z'), 'America/New_York')).toBe('2026-11-24')
  expect(localTime(at('2026-11-25T21:30:59Z'), 'Asia/Kathmandu')).toBe('2026-11-26 03:15')
})

test.each([
  ['2025-12-28', '2025-W52'],
  ['2025-12-29', '2026-W01'],
  ['2027-01-03', '2026-W53'],
  ['2027-01-04', '2027-W01'],
])('%s is in week %s', (date, week) => {
  expect(isoWeek(date)).toBe(week)
})

describe('when a daily time came last, and comes next', () => {
  test.each([
    ['03:00', 'Europe/Moscow', '2026-11-25T00:00:00Z', '2026-11-25T00:00:00Z', '2026-11-26T00:00:00Z'],
    ['03:00', 'Europe/Moscow', '2026-11-24T23:59:59Z', '2026-11-24T00:00:00Z', '2026-11-25T00:00:00Z'],
    ['23:30', 'Pacific/Auckland', '2026-06-01T00:00:00Z', '2026-05-31T11:30:00Z', '2026-06-01T11:30:00Z'],
    // Berlin, 2026-03-29: from 02:00 to 03:00 there is no time; 02:30 comes as 03:30 of that day.
    ['02:30', 'Europe/Berlin', '2026-03-29T12:00:00Z', '2026-03-29T01:30:00Z', '2026-03-30T00:30:00Z'],
    ['03:00', 'Europe/Berlin', '2026-03-29T12:00:00Z', '2026-03-29T01:00:00Z', '2026-03-30T01:00:00Z'],
    // Berlin, 2026-10-25 has 25 hours.
    ['03:00', 'Europe/Berlin', '2026-10-25T23:30:00Z', '2026-10-25T02:00:00Z', '2026-10-26T02:00:00Z'],
    ['00:10', 'Europe/Berlin', '2026-10-25T23:05:00Z', '2026-10-24T22:10:00Z', '2026-10-25T23:10:00Z'],
  ])('%s in %s, asked at %s: %s, then %s', (time, zone, now, last, next) => {
    expect(lastTimeOfDay(time, at(now), zone)).toEqual(at(last))
    expect(nextTimeOfDay(time, at(now), zone)).toEqual(at(next))
  })

  test('every night of a year has one, however the clocks are moved', () => {
    for (const zone of ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe']) {
      const seen = new Set<number>()
      for (let hour = 0; hour < 365 * 24; hour += 5) {
        const now = new Date(Date.UTC(2026, 0, 2) + hour * 3_600_000)
        const last = lastTimeOfDay('04:15', now, zone)
        expect(now.getTime() - last.getTime()).toBeLessThanOrEqual(25 * 3_600_000)
        seen.add(last.getTime())
      }
      expect(seen.size).toBeGreaterThanOrEqual(365)
      expect(seen.size).toBeLessThanOrEqual(366)
    }
  })
})
