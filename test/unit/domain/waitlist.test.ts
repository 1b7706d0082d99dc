import { describe, expect, test } from 'vitest'
import { instantOf } from '../../../bot/domain/time.ts'
import { inTurn, isSameWish, isSpent, mayOfferNow } from '../../../bot/domain/waitlist.ts'

const timeZone = 'Europe/Moscow'
const quiet = { from: '22:00', to: '08:00' }
const at = (date: string, time: string) => instantOf(date, time, timeZone)

describe('the waitlist', () => {
  test('is served in the order of joining, those first who have had fewer offers', () => {
    const places = [
      { id: 3, offered: [] },
      { id: 1, offered: [100, 200] },
      { id: 2, offered: [100] },
      { id: 4, offered: [] },
    ]
    expect(inTurn(places).map(({ id }) => id)).toEqual([3, 4, 2, 1])
  })

  test.each([
    [0, false, false],
    [2, false, false],
    [3, true, false],
    [3, false, true],
  ])('has no more offers for a place after %i, one of them open: %s', (asked, isOffered, expected) => {
    expect(isSpent({ asked, isOffered })).toBe(expected)
  })

  test.each([
    ['by day', '2026-11-27', '2026-11-26', '12:00', true],
    ['not at night', '2026-11-27', '2026-11-26', '22:00', false],
    ['not before the morning', '2026-11-27', '2026-11-26', '07:59', false],
    ['at night for the same day', '2026-11-26', '2026-11-26', '07:59', true],
    ['not at night for a day that begins in an hour', '2026-11-27', '2026-11-26', '23:00', false],
    ['at night once the day has begun', '2026-11-27', '2026-11-27', '00:00', true],
  ])('wakes people only for the same day: %s', (_, wanted, date, time, expected) => {
    expect(mayOfferNow(wanted, at(date, time), { quiet, timeZone })).toBe(expected)
  })

  test.each([
    ['the same', '2026-11-26', [1, 2], true],
    ['in another order', '2026-11-26', [2, 1], true],
    ['fewer services', '2026-11-26', [1], false],
    ['other services', '2026-11-26', [12], false],
    ['another day', '2026-11-27', [1, 2], false],
  ])('knows a wish again: %s', (_, localDate, serviceIds, expected) => {
    const wish = (date: string, ids: readonly number[]) => ({
      localDate: date,
      lines: ids.map((serviceId) => ({ serviceId })),
    })
    expect(isSameWish(wish('2026-11-26', [1, 2]), wish(localDate, serviceIds))).toBe(expected)
  })
})
