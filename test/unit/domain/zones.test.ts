import { describe, expect, test } from 'vitest'
import { freeSlots, type SlotQuery } from '../../../bot/domain/availability.ts'
import { reminderTime } from '../../../bot/domain/reminders.ts'
import { addDays, dayBounds, instantOf, localDate, localDay, localTime } from '../../../bot/domain/time.ts'

const HOUR = 3_600_000

/** A business that is open from 00:00 to 24:00 on every day, asked for whole hours of a day. */
function query(timeZone: string, date: string): SlotQuery {
  return {
    timeZone,
    now: instantOf(date, '00:00', timeZone) - 3 * 24 * HOUR,
    rules: { leadMinutes: 0, horizonDays: 30 },
    offerings: [
      {
        staffId: 1,
        rows: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
          kind: 'weekly' as const,
          staffId: null,
          weekday,
          opens: '00:00',
          closes: '00:00',
        })),
        busy: [],
        terms: { minutes: 60, stepMinutes: 60, bufferBeforeMinutes: 0, bufferAfterMinutes: 0 },
      },
    ],
  }
}

const labels = (timeZone: string, date: string) =>
  freeSlots(query(timeZone, date), date).map(({ start }) => localTime(start, timeZone))
const ALL = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`)

describe('a day of a zone', () => {
  test.each([
    // Zone, day, hours it has, UTC of 10:00 on its wall clock.
    ['Europe/Moscow', '2026-11-26', 24, '2026-11-26T07:00Z'],
    ['Europe/Kaliningrad', '2026-11-26', 24, '2026-11-26T08:00Z'],
    ['Asia/Kamchatka', '2026-11-26', 24, '2026-11-25T22:00Z'],
    ['Asia/Kolkata', '2026-11-26', 24, '2026-11-26T04:30Z'],
    // On 1 March 2024 Kazakhstan put its clocks back for good: the last day of February had 25 hours.
    ['Asia/Almaty', '2024-02-29', 25, '2024-02-29T04:00Z'],
    ['Asia/Almaty', '2024-03-01', 24, '2024-03-01T05:00Z'],
    ['Europe/Berlin', '2026-03-29', 23, '2026-03-29T08:00Z'],
    ['Europe/Berlin', '2026-10-25', 25, '2026-10-25T09:00Z'],
    ['Africa/Cairo', '2026-04-23', 24, '2026-04-23T08:00Z'],
    // The day begins at 01:00: midnight is what the change skips.
    ['Africa/Cairo', '2026-04-24', 23, '2026-04-24T07:00Z'],
    ['Africa/Cairo', '2026-10-29', 25, '2026-10-29T07:00Z'],
  ])('%s, %s, has its own number of hours, and 10:00 is what its clocks show', (zone, date, hours, ten) => {
    const { start, end } = dayBounds(date, zone)
    expect((end - start) / HOUR).toBe(hours)
    expect(new Date(instantOf(date, '10:00', zone)).toISOString().replace(':00.000Z', 'Z')).toBe(ten)
    expect(localDate(start, zone)).toBe(date)
    expect(localDate(end - 1, zone)).toBe(date)
  })

  test.each([
    ['Europe/Moscow', '2026-11-26', ALL],
    ['Asia/Kamchatka', '2026-11-26', ALL],
    ['Asia/Kolkata', '2026-11-26', ALL],
    ['Europe/Kaliningrad', '2026-11-26', ALL],
    ['Asia/Almaty', '2024-02-29', ALL],
    ['Asia/Almaty', '2024-03-01', ALL],
    ['Europe/Berlin', '2026-03-29', ALL.filter((time) => time !== '02:00')],
    ['Europe/Berlin', '2026-10-25', ALL],
    ['Africa/Cairo', '2026-04-24', ALL.filter((time) => time !== '00:00')],
    ['Africa/Cairo', '2026-10-29', ALL],
  ])('%s, %s, offers each hour that its clocks show, and each once', (zone, date, expected) => {
    expect(labels(zone, date)).toEqual(expected)
  })

  test.each([
    ['Europe/Berlin', '2026-03-29 12:00', '2026-03-28 11:00'],
    ['Europe/Berlin', '2026-10-25 12:00', '2026-10-24 13:00'],
    ['Asia/Almaty', '2024-03-01 12:00', '2024-02-29 13:00'],
    ['Africa/Cairo', '2026-04-24 12:00', '2026-04-23 11:00'],
    ['Asia/Kamchatka', '2026-11-26 12:00', '2026-11-25 12:00'],
  ])('%s: a reminder of %s comes 24 hours before, which is %s on the clock', (timeZone, start, expected) => {
    const [date = '', time = ''] = start.split(' ')
    const rules = { hours: [24], quiet: { from: '22:00', to: '08:00' }, timeZone }
    const at = reminderTime(instantOf(date, time, timeZone), 24, rules)
    expect(`${localDate(at, timeZone)} ${localTime(at, timeZone)}`).toBe(expected)
  })

  test.each([
    ['Asia/Kolkata', '2026-11-26'],
    ['Asia/Almaty', '2024-03-01'],
    ['Europe/Berlin', '2026-03-29'],
    ['Europe/Berlin', '2026-10-25'],
    ['Africa/Cairo', '2026-04-24'],
    ['Africa/Cairo', '2026-10-29'],
  ])('%s: opening and closing on the days around %s are when its clocks show them', (zone, changes) => {
    for (const days of [-2, -1, 0, 1]) {
      const date = addDays(changes, days)
      const day = localDay(date, zone)
      for (let half = 0; half <= 96; half++) {
        const time = `${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 ? '30' : '00'}`
        expect(`${date} ${time} ${day.at(time)}`).toBe(`${date} ${time} ${instantOf(date, time, zone)}`)
      }
    }
  })
})
