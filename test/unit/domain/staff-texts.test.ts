import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseDates } from '../../../bot/domain/dates-text.ts'
import { formatPattern, parsePattern } from '../../../bot/domain/rota-text.ts'

describe('days as an owner types them, on Wednesday 25 November 2026', () => {
  const read = (text: string) => {
    const parsed = parseDates(text, '2026-11-25')
    if (!parsed.ok) return parsed.reason
    const { from, to } = parsed.span
    return from === to ? from : `${from} ${to}`
  }
  test.each([
    ['25.12', '2026-12-25'],
    ['1.1', '2027-01-01'],
    ['25/12', '2026-12-25'],
    ['25.11', '2026-11-25'],
    ['24.11', '2027-11-24'],
    ['25.12.2027', '2027-12-25'],
    ['2026-12-25', '2026-12-25'],
    ['25 декабря', '2026-12-25'],
    ['8 марта 2027 г.', '2027-03-08'],
    ['1 мая', '2027-05-01'],
    ['25 December', '2026-12-25'],
    ['Сегодня', '2026-11-25'],
    ['tomorrow', '2026-11-26'],
    ['послезавтра', '2026-11-27'],
    ['25.12-31.12', '2026-12-25 2026-12-31'],
    ['25.12 – 8.01', '2026-12-25 2027-01-08'],
    ['с 25.12 по 31.12', '2026-12-25 2026-12-31'],
    ['from 25.12 to 31.12', '2026-12-25 2026-12-31'],
    ['25-31.12', '2026-12-25 2026-12-31'],
    ['1-8 января', '2027-01-01 2027-01-08'],
    ['с 1 по 8 января 2028', '2028-01-01 2028-01-08'],
    ['20.11-30.11', '2026-11-20 2026-11-30'],
    ['30.12.2026-8.01', '2026-12-30 2027-01-08'],
    ['2026-12-25 - 2026-12-31', '2026-12-25 2026-12-31'],
    ['завтра-30.11', '2026-11-26 2026-11-30'],
    ['29.02', '2028-02-29'],
  ])('%j means %s', (text, meant) => {
    expect(read(text)).toBe(meant)
  })

  test.each([
    ['', 'unreadable'],
    ['скоро', 'unreadable'],
    ['25', 'unreadable'],
    ['32.12', 'unreadable'],
    ['31.11', 'unreadable'],
    ['5 тюленя', 'unreadable'],
    ['25.12-', 'unreadable'],
    ['1.12-2.12-3.12', 'unreadable'],
    ['25.12, 31.12', 'unreadable'],
    ['24.11.2026', 'past'],
    ['1.11.2026-20.11.2026', 'past'],
    ['31.12-25.12', 'reversed'],
    ['31.12.2026-25.12.2026', 'reversed'],
    ['1.12.2026-31.12.2027', 'too-long'],
    ['25.12.2031', 'too-far'],
  ])('%j is refused as %s', (text, reason) => {
    expect(read(text)).toBe(reason)
  })

  test('nothing that can be typed breaks it', () => {
    fc.assert(fc.property(fc.string(), (text) => typeof parseDates(text, '2026-11-25').ok === 'boolean'))
  })
})

describe('rotas as an owner types them', () => {
  test.each([
    ['2/2', '1100', '2/2'],
    ['5/2', '1111100', '5/2'],
    ['1 через 3', '1000', '1/3'],
    ['3 на 3', '111000', '3/3'],
    ['110', '110', '2/1'],
    ['1010011', '1010011', '1010011'],
    ['7/0', '1111111', '7/0'],
  ])('%j', (text, pattern, shown) => {
    expect(parsePattern(text)).toEqual({ ok: true, pattern })
    expect(formatPattern(pattern)).toBe(shown)
  })

  test.each([
    ['', 'unreadable'],
    ['через день', 'unreadable'],
    ['2/2/2', 'unreadable'],
    ['1', 'unreadable'],
    ['0/3', 'no-work'],
    ['000', 'no-work'],
    ['20/20', 'too-long'],
    ['1'.repeat(29), 'too-long'],
  ])('%j is refused as %s', (text, reason) => {
    expect(parsePattern(text)).toEqual({ ok: false, reason })
  })
})
