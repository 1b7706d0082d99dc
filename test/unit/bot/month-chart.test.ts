import { expect, test } from 'vitest'
import { monthSvg, niceTop } from '../../../bot/charts/month-svg.ts'

const chart = {
  title: 'Салон',
  subtitle: 'Ноябрь 2026 г.',
  bookingsWord: 'Записи по дням',
  revenueWord: 'Выручка',
  empty: 'В этом месяце записей нет',
  formatMoney: (minor: number) => `${minor / 100} ₽`,
  days: Array.from({ length: 30 }, () => ({ bookings: 0, minor: 0, isAhead: false })),
}
const words = (svg: string) => Array.from(svg.matchAll(/>([^<>\n]+)<\/text>/g), ([, word]) => word)

test.each([
  [0, 4],
  [3, 4],
  [4, 4],
  [5, 8],
  [9, 20],
  [21, 40],
  [41, 80],
  [2500.5, 4000],
])('an axis for %d ends at a number that is easy to read: %d', (greatest, top) => {
  expect(niceTop(greatest)).toBe(top)
})

test('an empty month says so, and shows neither bars nor a line', () => {
  const svg = monthSvg(chart)
  expect(words(svg)).toEqual([
    'Салон',
    'Ноябрь 2026 г.',
    'Записи по дням',
    '0',
    '1',
    '2',
    '3',
    '4',
    '1',
    '5',
    '10',
    '15',
    '20',
    '25',
    '30',
    'В этом месяце записей нет',
  ])
  expect(svg).not.toContain('polyline')
})

test('bars stand for bookings, also for those to come; the line ends today', () => {
  const days = chart.days.map((day, index) =>
    index === 1
      ? { ...day, bookings: 2, minor: 200000 }
      : { ...day, isAhead: index > 4, bookings: index > 8 ? 1 : 0 },
  )
  const svg = monthSvg({ ...chart, days })
  expect(svg.match(/<polyline points="([^"]+)"/)?.[1]?.split(' ')).toHaveLength(5)
  expect(svg.match(/fill="#b7d3ec"/g)).toHaveLength(21)
  expect(words(svg)).toContain('2000 ₽')
})

test('whatever a salon is called, the picture is one: no markup, no boxes, no name beyond its edge', () => {
  const svg = monthSvg({ ...chart, title: `💅 <b>"Ё" & ${'Ж'.repeat(64)}` })
  expect(words(svg)[0]).toBe(`&lt;b&gt;"Ё" &amp; ${'Ж'.repeat(26)}…`)
})
