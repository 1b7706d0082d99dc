import { FONT } from './draw.ts'

/** A month as a picture shows it; all words are the caller's. */
export interface MonthChart {
  title: string
  subtitle: string
  /** One for each day of the month; `isAhead`: still to come, so that it has no revenue yet. */
  days: readonly { bookings: number; minor: number; isAhead: boolean }[]
  bookingsWord: string
  revenueWord: string
  /** Said in place of bars where there are none. */
  empty: string
  formatMoney: (minor: number) => string
}

const WIDTH = 1080
const HEIGHT = 900
const PLOT = { left: 90, right: 880, top: 300, bottom: 790 }
const COLOURS = {
  bar: '#3d85c6',
  ahead: '#b7d3ec',
  line: '#e06c00',
  text: '#222222',
  pale: '#777777',
  rule: '#dddddd',
}
const STEPS = 4
/** A longer title is written smaller, and cut where even the widest letters would end the picture. */
const TITLE_LARGE = 22
const TITLE_MAX = 36
const DAY_LABELS = new Set([1, 5, 10, 15, 20, 25])

/** Bars for the bookings of each day, a line for its revenue. Drawn for the width of a telephone: few and large labels. */
export function monthSvg(chart: MonthChart): string {
  const { days } = chart
  const bookingsTop = niceTop(Math.max(...days.map(({ bookings }) => bookings)))
  const minorTop = niceTop(Math.max(...days.map(({ minor }) => minor)) / 100) * 100
  const hasRevenue = days.some(({ minor }) => minor > 0)
  const title = fitted(chart.title, TITLE_MAX)
  const isEmpty = days.every(({ bookings }) => bookings === 0)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" font-family="${FONT}">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    text(title, {
      x: 40,
      y: 80,
      size: title.length > TITLE_LARGE ? 32 : 48,
      colour: COLOURS.text,
      bold: true,
    }),
    text(chart.subtitle, { x: 40, y: 140, size: 38, colour: COLOURS.pale }),
    ...legend(chart, hasRevenue),
    ...grid(chart, { bookingsTop, minorTop, hasRevenue }),
    ...days.map((day, index) => bar(day, xOf(index, days.length), bookingsTop, days.length)),
    ...(hasRevenue ? [line(days, minorTop)] : []),
    ...days.flatMap((_, index) =>
      DAY_LABELS.has(index + 1) || index + 1 === days.length
        ? [
            text(String(index + 1), {
              x: xOf(index, days.length),
              y: PLOT.bottom + 46,
              size: 32,
              colour: COLOURS.text,
              anchor: 'middle',
            }),
          ]
        : [],
    ),
    ...(isEmpty
      ? [
          text(chart.empty, {
            x: (PLOT.left + PLOT.right) / 2,
            y: (PLOT.top + PLOT.bottom) / 2,
            size: 40,
            colour: COLOURS.pale,
            anchor: 'middle',
          }),
        ]
      : []),
    '</svg>',
  ].join('\n')
}

/** The end of an axis: a whole number in four whole steps that is not below the greatest value. */
export function niceTop(greatest: number): number {
  for (let unit = 1; ; unit *= 10)
    for (const factor of [1, 2, 5]) if (unit * factor * STEPS >= greatest) return unit * factor * STEPS
}

function legend({ bookingsWord, revenueWord }: MonthChart, hasRevenue: boolean): string[] {
  const y = 220
  return [
    `<rect x="40" y="${y - 28}" width="32" height="32" rx="4" fill="${COLOURS.bar}"/>`,
    text(bookingsWord, { x: 88, y, size: 34, colour: COLOURS.text }),
    ...(hasRevenue
      ? [
          `<path d="M500 ${y - 12}h48" stroke="${COLOURS.line}" stroke-width="8" stroke-linecap="round"/>`,
          text(revenueWord, { x: 566, y, size: 34, colour: COLOURS.text }),
        ]
      : []),
  ]
}

function grid(
  { formatMoney }: MonthChart,
  { bookingsTop, minorTop, hasRevenue }: { bookingsTop: number; minorTop: number; hasRevenue: boolean },
): string[] {
  return Array.from({ length: STEPS + 1 }, (_, step) => {
    const y = yOf(step / STEPS)
    const left = { x: PLOT.left - 16, y: y + 11, size: 32, colour: COLOURS.bar, anchor: 'end' as const }
    const sum = formatMoney((minorTop / STEPS) * step)
    // Millions must fit as well.
    const right = { x: PLOT.right + 16, y: y + 11, size: sum.length > 10 ? 24 : 32, colour: COLOURS.line }
    return [
      `<path d="M${PLOT.left} ${y}H${PLOT.right}" stroke="${COLOURS.rule}" stroke-width="2"/>`,
      text(String((bookingsTop / STEPS) * step), left),
      ...(hasRevenue ? [text(sum, right)] : []),
    ].join('')
  })
}

function bar(day: MonthChart['days'][number], x: number, top: number, days: number): string {
  if (day.bookings === 0) return ''
  const width = Math.round(((PLOT.right - PLOT.left) / days) * 0.7)
  const y = yOf(day.bookings / top)
  return `<rect x="${x - width / 2}" y="${y}" width="${width}" height="${PLOT.bottom - y}" rx="3" fill="${day.isAhead ? COLOURS.ahead : COLOURS.bar}"/>`
}

function line(days: MonthChart['days'], top: number): string {
  const points = days.flatMap(({ minor, isAhead }, index) =>
    isAhead ? [] : [`${xOf(index, days.length)},${yOf(minor / top)}`],
  )
  return `<polyline points="${points.join(' ')}" fill="none" stroke="${COLOURS.line}" stroke-width="6" stroke-linejoin="round" stroke-linecap="round"/>`
}

function xOf(index: number, days: number): number {
  return Math.round(PLOT.left + ((index + 0.5) / days) * (PLOT.right - PLOT.left))
}

function yOf(share: number): number {
  return Math.round(PLOT.bottom - share * (PLOT.bottom - PLOT.top))
}

interface TextPlace {
  x: number
  y: number
  size: number
  colour: string
  anchor?: 'start' | 'middle' | 'end'
  bold?: boolean
}

function text(value: string, { x, y, size, colour, anchor = 'start', bold = false }: TextPlace): string {
  const stroke = bold ? ` stroke="${colour}" stroke-width="1"` : ''
  return `<text x="${x}" y="${y}" font-size="${size}" fill="${colour}" text-anchor="${anchor}"${stroke}>${escapeXml(value)}</text>`
}

/** What the font has not got (emoji, other scripts) would be boxes. */
const DRAWABLE = /[^\u0020-\u007e\u00a0-\u017f\u0400-\u04ff\u2010-\u203a\u20ac\u20bd\u2116]/g

function escapeXml(value: string): string {
  return value
    .replaceAll(DRAWABLE, '')
    .trim()
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}

/** Cut where the picture ends. */
function fitted(value: string, characters: number): string {
  const drawable = [...value.replaceAll(DRAWABLE, '').trim()]
  return drawable.length <= characters ? drawable.join('') : `${drawable.slice(0, characters - 1).join('')}…`
}
