import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cut, displayWidth, renderTable } from '../../../src/ui/table.ts'

describe('a table', () => {
  test('aligns words to the left and numbers to the right, without trailing blanks', () => {
    expect(
      renderTable(
        ['CLIENT', 'BOOKINGS', 'STATE'],
        [
          ['client_anna', '7', 'ready'],
          ['client_001', '120', 'stopped'],
        ],
      ),
    ).toBe(
      [
        'CLIENT       BOOKINGS  STATE', //
        'client_anna         7  ready',
        'client_001        120  stopped',
      ].join('\n'),
    )
  })

  test('is never cut in a pipe, and fits a terminal of 80 columns', () => {
    const long = 'A beautiful salon with a very long name indeed, '.repeat(3).trim()
    const rows = [['client_anna', long, 'ready']]
    expect(renderTable(['CLIENT', 'TITLE', 'STATE'], rows)).toContain(long)
    for (const line of renderTable(['CLIENT', 'TITLE', 'STATE'], rows, 80).split('\n'))
      expect(displayWidth(line)).toBeLessThanOrEqual(80)
    expect(renderTable(['CLIENT', 'TITLE', 'STATE'], rows, 80)).toContain('…')
  })

  test('stays aligned with wide characters', () => {
    expect(displayWidth('Анна')).toBe(4)
    expect(displayWidth('美容')).toBe(4)
    expect(displayWidth('💅')).toBe(2)
  })

  test('a cut text never exceeds its room', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 20 }), (text, width) => {
        expect(displayWidth(cut(text, width))).toBeLessThanOrEqual(width)
      }),
    )
  })
})
