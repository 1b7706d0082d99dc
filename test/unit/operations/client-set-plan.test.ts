import { expect, test } from 'vitest'
import { planSet, recordOf, type SetObserved, type SetWish } from '../../../src/operations/client-set-plan.ts'

const SEEN: SetObserved = {
  declared: { title: 'Anna', timeZone: 'Europe/Moscow' },
  own: { title: 'Anna', timeZone: 'Europe/Moscow', holdMinutes: 5, reminderHours: [3] },
  defaults: { maxBookingsPerUser: 7 },
  workHours: '9-18',
  admins: [],
  token: undefined,
  bot: '@anna',
}

test('a setting is compared with what counts for this client, wherever that comes from', () => {
  const { changes, settings } = planSet(
    {
      settings: {
        maxBookingsPerUser: 3,
        holdMinutes: 5,
        reminderHours: [3],
        waitlist: true,
        feedbackHours: 4,
      },
    },
    SEEN,
  )
  expect(changes).toEqual([
    { what: 'bookings per customer', from: '7', to: '3' },
    { what: 'feedbackHours', from: '2', to: '4' },
  ])
  expect(settings).toEqual({ maxBookingsPerUser: 3, feedbackHours: 4 })
})

test('back to the default names that default, and is no change for what has none of its own', () => {
  const { changes, unset } = planSet({ unset: ['holdMinutes', 'reminderHours', 'waitlist'] }, SEEN)
  expect(changes).toEqual([
    { what: 'holdMinutes', from: '5', to: '10 (default)' },
    { what: 'reminderHours', from: '3', to: '24,2,1 (default)' },
  ])
  expect(unset).toEqual(['holdMinutes', 'reminderHours'])
})

test('a killed run is on record with what it has done, set or put back to the default', () => {
  const wish: SetWish = { settings: { waitlist: false }, unset: ['holdMinutes'] }
  const begun = planSet(wish, SEEN).changes
  const { holdMinutes: _, ...own } = SEEN.own
  const done: SetObserved = { ...SEEN, own: { ...own, waitlist: false } }
  expect(recordOf(begun, planSet(wish, done).changes, done, wish)).toEqual(begun)
  // What it had not done yet, and the next command does not want, has never happened.
  expect(recordOf(begun, [], SEEN, {})).toEqual([])
})
