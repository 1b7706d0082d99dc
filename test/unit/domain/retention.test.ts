import { describe, expect, test } from 'vitest'
import { isNight, keptSince } from '../../../bot/domain/retention.ts'

describe('how long data are kept', () => {
  test.each([
    ['Europe/Moscow', '2026-11-26T00:30:00Z', 12, '2025-11-25T21:00:00.000Z'],
    ['Europe/Moscow', '2026-11-25T22:30:00Z', 12, '2025-11-25T21:00:00.000Z'],
    ['Asia/Kamchatka', '2026-03-31T11:30:00Z', 1, '2026-02-27T12:00:00.000Z'],
    ['Europe/Moscow', '2024-02-29T09:00:00Z', 12, '2023-02-27T21:00:00.000Z'],
    ['Europe/Berlin', '2026-11-10T02:00:00Z', 6, '2026-05-09T22:00:00.000Z'],
  ])(
    'in %s at %s: %i months back to the beginning of a local day, or of the month’s last',
    (zone, now, months, since) => {
      expect(new Date(keptSince(months, Date.parse(now), zone)).toISOString()).toBe(since)
    },
  )

  test.each([
    ['Europe/Moscow', '2026-11-25T22:59:00Z', false],
    ['Europe/Moscow', '2026-11-25T23:00:00Z', true],
    ['Europe/Moscow', '2026-11-26T01:59:00Z', true],
    ['Europe/Moscow', '2026-11-26T02:00:00Z', false],
    ['Asia/Kamchatka', '2026-11-25T15:00:00Z', true],
  ])('work that nobody should notice is done by night: in %s at %s: %s', (zone, now, night) => {
    expect(isNight(Date.parse(now), zone)).toBe(night)
  })
})
