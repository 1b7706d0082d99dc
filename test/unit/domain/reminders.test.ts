import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  dayOf,
  dueReminders,
  feedbackTime,
  quietAround,
  type ReminderRules,
  reminderTime,
} from '../../../bot/domain/reminders.ts'
import { instantOf, localDate, localTime } from '../../../bot/domain/time.ts'

const MOSCOW = 'Europe/Moscow'
const HOUR = 3_600_000
const at = (text: string, zone = MOSCOW) => {
  const [date = '', time = ''] = text.split(' ')
  return instantOf(date, time, zone)
}
const rules = (over: Partial<ReminderRules> = {}): ReminderRules => ({
  hours: [24, 2, 1],
  quiet: { from: '22:00', to: '08:00' },
  timeZone: MOSCOW,
  ...over,
})
const words = (instant: number, zone = MOSCOW) => `${localDate(instant, zone)} ${localTime(instant, zone)}`

describe('a reminder goes out', () => {
  test.each([
    ['a day before, at the same hour', '2026-11-26 15:30', 24, '2026-11-25 15:30'],
    ['two hours before', '2026-11-26 15:30', 2, '2026-11-26 13:30'],
    ['in the morning, when its time is at night', '2026-11-26 09:00', 2, '2026-11-26 08:00'],
    ['on the evening before, when the morning is too late', '2026-11-26 08:15', 1, '2026-11-25 22:00'],
    ['in the morning, a day before a late evening', '2026-11-26 23:00', 24, '2026-11-26 08:00'],
    ['just before the night', '2026-11-26 23:30', 2, '2026-11-26 21:30'],
  ])('%s', (_, start, hours, expected) => {
    expect(words(reminderTime(at(start), hours, rules()))).toBe(expected)
  })

  test('at any hour where the business has no quiet hours', () => {
    const always = rules({ quiet: { from: '00:00', to: '00:00' } })
    expect(words(reminderTime(at('2026-11-26 05:00'), 2, always))).toBe('2026-11-26 03:00')
  })

  test('by the wall clock of its zone over a change of the clocks', () => {
    const berlin = rules({ timeZone: 'Europe/Berlin' })
    // 25 October 2026 has 25 hours in Berlin.
    const start = at('2026-10-25 12:00', 'Europe/Berlin')
    expect(words(reminderTime(start, 24, berlin), 'Europe/Berlin')).toBe('2026-10-24 13:00')
  })
})

describe('of the reminders of a booking', () => {
  const start = at('2026-11-27 15:00')
  const booking = { startsAt: start, timedAt: at('2026-11-20 12:00'), sent: [] as number[] }
  test.each([
    ['nothing is due a week before', {}, '2026-11-20 13:00', { send: false, done: [] }],
    ['the first is due a day before', {}, '2026-11-26 15:00', { send: true, done: [24] }],
    ['none is sent twice', { sent: [24] }, '2026-11-26 16:00', { send: false, done: [] }],
    ['the next follows', { sent: [24] }, '2026-11-27 13:01', { send: true, done: [2] }],
    [
      'those that fell into an outage are one message',
      {},
      '2026-11-27 14:30',
      { send: true, done: [24, 2, 1] },
    ],
    ['none is sent after the start', {}, '2026-11-27 15:00', { send: false, done: [] }],
    [
      'one whose time had passed when the customer booked is left out',
      { timedAt: at('2026-11-27 09:00') },
      '2026-11-27 09:05',
      { send: false, done: [24] },
    ],
    [
      'one that would come right after the customer booked is left out',
      { timedAt: at('2026-11-27 12:50'), sent: [24] },
      '2026-11-27 13:01',
      { send: false, done: [2] },
    ],
    [
      'one that comes right after an import is sent',
      { importedAt: at('2026-11-27 12:50'), sent: [24] },
      '2026-11-27 13:01',
      { send: true, done: [2] },
    ],
    [
      'one that the business adds when a nearer one has been sent is left out',
      { sent: [2] },
      '2026-11-27 13:30',
      { send: false, done: [24] },
    ],
    ['none is sent at night, even when it is late', {}, '2026-11-27 03:00', { send: false, done: [] }],
  ])('%s', (_, over, now, expected) => {
    expect(dueReminders({ ...booking, ...over }, rules(), at(now))).toEqual(expected)
  })

  test('the one of the evening goes out when the night begins', () => {
    const early = { startsAt: at('2026-11-26 08:00'), timedAt: at('2026-11-20 12:00'), sent: [24, 2] }
    expect(dueReminders(early, rules(), at('2026-11-25 22:01'))).toEqual({ send: true, done: [1] })
  })

  test('whenever the bot looks, at most one message for each of the hours, all before the start and none at night', () => {
    const zone = fc.constantFrom(
      'Europe/Moscow',
      'Asia/Kamchatka',
      'Europe/Berlin',
      'Africa/Cairo',
      'Asia/Kolkata',
    )
    fc.assert(
      fc.property(
        zone,
        fc.integer({ min: 0, max: 366 * 24 * 12 }),
        fc.integer({ min: 1, max: 60 * 60 }),
        fc.integer({ min: 25, max: 240 }),
        (timeZone, startSlot, aheadMinutes, everyMinutes) => {
          const all = rules({ timeZone })
          const startsAt = Date.UTC(2026, 0, 1) + startSlot * 300_000
          const timedAt = startsAt - aheadMinutes * 60_000
          const sent: number[] = []
          let messages = 0
          for (let now = timedAt; now < startsAt + HOUR; now += everyMinutes * 60_000) {
            const { send, done } = dueReminders({ startsAt, timedAt, sent }, all, now)
            if (send) {
              messages += 1
              expect(now).toBeLessThan(startsAt)
              const night = quietAround(now, all.quiet, timeZone)
              expect(night === undefined || now - night.start < 30 * 60_000).toBe(true)
            }
            sent.push(...done)
          }
          expect(new Set(sent).size).toBe(sent.length)
          expect(messages).toBeLessThanOrEqual(all.hours.length)
        },
      ),
      { numRuns: 60 },
    )
  })
})

test.each([
  ['2026-11-26 10:00', '2026-11-26 08:00', 'today'],
  ['2026-11-27 00:30', '2026-11-26 23:50', 'tomorrow'],
  ['2026-11-28 00:30', '2026-11-26 23:50', 'later'],
] as const)('a start at %s, said at %s, is %s', (start, now, day) => {
  expect(dayOf(at(start), at(now), MOSCOW)).toBe(day)
})

test('a customer is asked some hours after the end, and not at night', () => {
  expect(words(feedbackTime(at('2026-11-26 15:00'), 2, rules()))).toBe('2026-11-26 17:00')
  expect(words(feedbackTime(at('2026-11-26 21:00'), 2, rules()))).toBe('2026-11-27 08:00')
})
