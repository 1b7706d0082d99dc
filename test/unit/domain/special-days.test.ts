import { describe, expect, test } from 'vitest'
import type { WorkingHoursRow } from '../../../bot/domain/schedule.ts'
import { leftOutside, type SpecialDays, without } from '../../../bot/domain/special-days.ts'
import { instantOf } from '../../../bot/domain/time.ts'
import { ordinaryOf } from '../../../bot/domain/week.ts'

const zone = 'Europe/Moscow'
const VERA = 7

const week = (staffId: number | null, opens: string, closes: string): WorkingHoursRow[] =>
  [1, 2, 3, 4, 5].map((weekday) => ({ kind: 'weekly', staffId, weekday, opens, closes }))

describe('the newest word about a day', () => {
  const holiday: SpecialDays = { from: '2026-12-01', to: '2026-12-10', ranges: [], note: 'Отпуск' }
  test.each([
    ['outside', '2026-12-11', '2026-12-12', ['2026-12-01 2026-12-10']],
    ['in the middle', '2026-12-05', '2026-12-05', ['2026-12-01 2026-12-04', '2026-12-06 2026-12-10']],
    ['over the beginning', '2026-11-20', '2026-12-03', ['2026-12-04 2026-12-10']],
    ['over the end', '2026-12-10', '2026-12-20', ['2026-12-01 2026-12-09']],
    ['over all of it', '2026-11-20', '2026-12-20', []],
  ])('%s of older special days', (_, from, to, left) => {
    expect(without([holiday], { from, to }).map((days) => `${days.from} ${days.to}`)).toEqual(left)
  })
})

describe('bookings that new hours leave outside', () => {
  const at = (date: string, from: string, to: string) => ({
    startsAt: instantOf(date, from, zone),
    endsAt: instantOf(date, to, zone),
  })
  const before = at('2026-11-30', '10:00', '11:00')
  const morning = at('2026-12-01', '10:00', '11:00')
  const evening = at('2026-12-01', '17:00', '18:00')
  const rows = week(null, '09:00', '18:00')
  const outside = (
    ranges: { opens: string; closes: string }[],
    list = [before, morning, evening],
    own = rows,
  ) =>
    leftOutside(
      list,
      { from: '2026-12-01', to: '2026-12-02', ranges },
      { rows: own, staffId: VERA, timeZone: zone },
    )

  test('of days off: all of these days, and none of others', () => {
    expect(outside([])).toEqual([morning, evening])
  })

  test('of shorter hours: those that do not fit', () => {
    expect(outside([{ opens: '09:00', closes: '17:30' }])).toEqual([evening])
    expect(outside([{ opens: '09:00', closes: '18:00' }])).toEqual([])
  })

  test('of days off after a night shift: not what belongs to the evening before', () => {
    const night = at('2026-12-01', '00:30', '01:30')
    expect(outside([], [night], week(VERA, '18:00', '02:00'))).toEqual([])
  })
})

describe('what the ordinary days of a member follow', () => {
  const rota: WorkingHoursRow = {
    kind: 'rota',
    staffId: VERA,
    anchorDate: '2026-11-25',
    pattern: [1, 1, 0, 0],
    opens: '10:00',
    closes: '20:00',
  }
  const nine = { opens: '09:00', closes: '18:00' }
  test.each([
    ['nothing of one’s own', week(null, '09:00', '18:00'), 'business'],
    ['an own week', [...week(null, '09:00', '18:00'), ...week(VERA, '12:00', '15:00')], 'own'],
    ['an own rota over it', [...week(VERA, '12:00', '15:00'), rota], 'rota'],
    ['another one’s rota', [...week(null, '09:00', '18:00'), { ...rota, staffId: 8 }], 'business'],
  ])('%s', (_, rows, kind) => {
    expect(ordinaryOf(rows, VERA).kind).toBe(kind)
  })

  test('ranges of a day stand in order, and days without are off', () => {
    const rows: WorkingHoursRow[] = [
      { kind: 'weekly', staffId: VERA, weekday: 2, opens: '14:00', closes: '18:00' },
      { kind: 'weekly', staffId: VERA, weekday: 2, ...nine },
    ]
    expect(ordinaryOf(rows, VERA)).toEqual({
      kind: 'own',
      days: [[], [nine, { opens: '14:00', closes: '18:00' }], [], [], [], [], []],
    })
  })
})
