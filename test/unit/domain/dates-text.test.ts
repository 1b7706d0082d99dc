import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseDates } from '../../../bot/domain/dates-text.ts'
import { addDays } from '../../../bot/domain/time.ts'

const TODAY = '2026-11-26'

function read(text: string, first?: string): string {
  const parsed = parseDates(text, TODAY, first)
  if (!parsed.ok) return parsed.reason
  const { from, to } = parsed.span
  return from === to ? from : `${from}..${to}`
}

describe('days as an owner types them', () => {
  test.each([
    ['31.12', '2026-12-31'],
    ['31/12', '2026-12-31'],
    ['5.1', '2027-01-05'],
    ['25.11', '2027-11-25'],
    ['26.11', TODAY],
    ['31.12.2026', '2026-12-31'],
    ['31.12.26', '2026-12-31'],
    ['2026-12-31', '2026-12-31'],
    ['сегодня', TODAY],
    ['Завтра', '2026-11-27'],
    ['tomorrow', '2026-11-27'],
    ['послезавтра', '2026-11-28'],
    ['30.12-08.01', '2026-12-30..2027-01-08'],
    ['30.12 – 08.01', '2026-12-30..2027-01-08'],
    ['с 30.12 по 8.1', '2026-12-30..2027-01-08'],
    ['30.12.2026-08.01.2027', '2026-12-30..2027-01-08'],
    ['30.12-30.12', '2026-12-30'],
    ['29.02', '2028-02-29'],
    ['31.02', 'unreadable'],
    ['32.01', 'unreadable'],
    ['31.02.2027', 'unreadable'],
    ['', 'unreadable'],
    ['-', 'unreadable'],
    ['в пятницу', 'unreadable'],
    ['1.12-2.12-3.12', 'unreadable'],
    ['25.11.2026', 'past'],
    ['30.12-29.12', 'reversed'],
    ['30.12.2026-29.12.2026', 'reversed'],
    ['27.11.2028', 'too-far'],
    ['01.12.2026-02.12.2027', 'too-long'],
  ])('%s means %s', (text, meaning) => {
    expect(read(text)).toBe(meaning)
  })

  test.each([
    ['08.01', '2026-12-30..2027-01-08'],
    ['30.12', '2026-12-30'],
    ['29.12', 'reversed'],
    ['29.12.2026', 'reversed'],
    ['30.12-08.01', 'unreadable'],
  ])('%s as the last day after 30 December means %s', (text, meaning) => {
    expect(read(text, '2026-12-30')).toBe(meaning)
  })

  test('every day of the next year is read without its year', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 364 }), (ahead) => {
        const date = addDays(TODAY, ahead)
        const [, month, day] = date.split('-')
        expect(read(`${day}.${month}`)).toBe(date)
      }),
    )
  })
})
