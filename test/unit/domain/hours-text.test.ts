import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatRanges, parseRanges } from '../../../bot/domain/hours-text.ts'

function read(text: string): string {
  const parsed = parseRanges(text)
  if (!parsed.ok) return parsed.reason
  return formatRanges(parsed.ranges) || 'closed'
}

describe('hours as an owner types them', () => {
  test.each([
    ['9-18', '09:00–18:00'],
    ['9–18', '09:00–18:00'],
    ['09:00 — 18:00', '09:00–18:00'],
    ['9.30-18', '09:30–18:00'],
    ['0930-1800', '09:30–18:00'],
    ['с 9 до 18', '09:00–18:00'],
    ['from 9 to 18', '09:00–18:00'],
    ['9am-6pm', '09:00–18:00'],
    ['9 am – 12:30 pm', '09:00–12:30'],
    ['9-13, 14:00-18:00', '09:00–13:00, 14:00–18:00'],
    ['9-13 14-18', '09:00–13:00, 14:00–18:00'],
    ['с 9 до 13 и с 14 до 18', '09:00–13:00, 14:00–18:00'],
    ['9-13; 14-18', '09:00–13:00, 14:00–18:00'],
    ['9-13\n14-18', '09:00–13:00, 14:00–18:00'],
    ['14-18, 9-13', '09:00–13:00, 14:00–18:00'],
    ['9-13, 13-18', '09:00–18:00'],
    ['выходной', 'closed'],
    ['Выходной.', 'closed'],
    ['не работаем', 'closed'],
    ['closed', 'closed'],
    ['Day off', 'closed'],
    ['-', 'closed'],
    ['—', 'closed'],
    ['18-02', '18:00–02:00'],
    ['10-02', '10:00–02:00'],
    ['22:30-06:00', '22:30–06:00'],
    ['12-14, 18-02', '12:00–14:00, 18:00–02:00'],
    ['9-24', '09:00–24:00'],
    ['9-0', '09:00–24:00'],
    ['2-0', '02:00–24:00'],
    ['0-24', '00:00–24:00'],
    ['00:00-00:00', '00:00–24:00'],
    ['круглосуточно', '00:00–24:00'],
    ['24/7', '00:00–24:00'],
  ])('%j means %s', (text, meant) => {
    expect(read(text)).toBe(meant)
  })

  test.each([
    ['', 'unreadable'],
    ['9', 'unreadable'],
    ['утром', 'unreadable'],
    ['9-18 кроме пятницы', 'unreadable'],
    ['9-25', 'unreadable'],
    ['9:75-18', 'unreadable'],
    ['24-25', 'unreadable'],
    ['24-2', 'unreadable'],
    ['13pm-15', 'unreadable'],
    ['9-18-20', 'unreadable'],
    ['9--18', 'unreadable'],
    ['18-9', 'reversed'],
    ['9-6', 'reversed'],
    ['9-9', 'reversed'],
    ['9-14, 13-18', 'overlapping'],
    ['9-18, 10-11', 'overlapping'],
    ['9-18, 9-18', 'overlapping'],
    ['1-5, 18-02', 'overlapping'],
    ['1-2,3-4,5-6,7-8,9-10,11-12,13-14', 'too-many'],
  ])('%j is refused as %s', (text, reason) => {
    expect(read(text)).toBe(reason)
  })

  test('what is shown can be typed again and means the same', () => {
    const clock = fc.tuple(fc.nat(23), fc.nat(59)).map(([h, m]) => `${h}:${String(m).padStart(2, '0')}`)
    const typed = fc
      .array(fc.tuple(clock, clock), { minLength: 1, maxLength: 3 })
      .map((ranges) => ranges.map(([from, to]) => `${from}-${to}`).join(', '))
    fc.assert(
      fc.property(typed, (text) => {
        const first = parseRanges(text)
        fc.pre(first.ok)
        if (first.ok) expect(parseRanges(formatRanges(first.ranges))).toEqual(first)
      }),
    )
  })

  test('nothing that can be typed breaks it', () => {
    fc.assert(fc.property(fc.string(), (text) => typeof parseRanges(text).ok === 'boolean'))
  })
})
