/** Hours of one day, `HH:MM`; `closes` at or before `opens` is after midnight, as in a row of working hours. */
export interface HoursRange {
  opens: string
  closes: string
}

export type HoursRefusal = 'unreadable' | 'reversed' | 'overlapping' | 'too-many'

const DAY_MINUTES = 24 * 60
const RANGES_MAX = 6
/** `18-9` is a slip, `18-02` a late evening: hours past midnight end in the morning and leave some of the day. */
const NIGHT_ENDS = 8 * 60
const NIGHT_LENGTH_MAX = 16 * 60

const CLOSED =
  /^(?:выходной|вых|закрыто|нет|не работаю|не работает|не работаем|closed|off|day off|none|-)\.?$/
const ALL_DAY = /^(?:круглосуточно|24 ?\/ ?7|24 часа|24 hours|all day|around the clock)$/
const CLOCK = String.raw`(\d{1,2})(?:[:.]?(\d{2}))?\s*(am|pm)?`
const RANGE = new RegExp(String.raw`(?<!\d)${CLOCK}\s*-\s*${CLOCK}(?![\d:.])`, 'g')

/**
 * Reads a day's hours as people type them: `9-13, 14:00-18:00`, `с 9 до 18`, `9am–6pm`, `18-02` (past midnight),
 * `выходной` or `closed` (no ranges). Sorted; ranges that touch become one. The gaps are breaks.
 */
export function parseRanges(
  text: string,
): { ok: true; ranges: HoursRange[] } | { ok: false; reason: HoursRefusal } {
  const plain = plainOf(text)
  if (CLOSED.test(plain)) return { ok: true, ranges: [] }
  if (ALL_DAY.test(plain)) return { ok: true, ranges: [{ opens: '00:00', closes: '00:00' }] }
  const found = [...plain.matchAll(RANGE)]
  const rest = plain.replaceAll(RANGE, ' ')
  if (found.length === 0 || !/^[\s,]*$/.test(rest)) return { ok: false, reason: 'unreadable' }
  if (found.length > RANGES_MAX) return { ok: false, reason: 'too-many' }
  const spans: Span[] = []
  for (const [, fromHour, fromMinute, fromHalf, toHour, toMinute, toHalf] of found) {
    const start = minutesOf(fromHour, fromMinute, fromHalf)
    const end = minutesOf(toHour, toMinute, toHalf)
    if (start === undefined || end === undefined || start === DAY_MINUTES)
      return { ok: false, reason: 'unreadable' }
    const span = spanOf(start, end)
    if (!span) return { ok: false, reason: 'reversed' }
    spans.push(span)
  }
  return joined(spans.toSorted((a, b) => a.start - b.start))
}

/** `09:00–13:00, 14:00–18:00`; empty for a closed day, which each screen words itself. */
export function formatRanges(ranges: readonly HoursRange[]): string {
  return ranges.map(({ opens, closes }) => `${opens}–${closes === '00:00' ? '24:00' : closes}`).join(', ')
}

/** Minutes since the day's midnight; the end of a late evening lies beyond 24 hours. */
interface Span {
  start: number
  end: number
}

function plainOf(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[–—−‒]/g, '-')
    .replaceAll(/(?<![a-zа-яё])(?:до|to|till|until)(?![a-zа-яё])/g, '-')
    .replaceAll(/(?<![a-zа-яё])(?:с|со|from)(?![a-zа-яё])/g, ' ')
    .replaceAll(/(?<![a-zа-яё])(?:и|and)(?![a-zа-яё])|[;\n]/g, ',')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

function minutesOf(hourText = '', minuteText = '0', half?: string): number | undefined {
  const typed = Number(hourText)
  const minute = Number(minuteText)
  if (half !== undefined && (typed < 1 || typed > 12)) return undefined
  const hour = half === undefined ? typed : (typed % 12) + (half === 'pm' ? 12 : 0)
  const minutes = hour * 60 + minute
  return minute > 59 || minutes > DAY_MINUTES ? undefined : minutes
}

function spanOf(start: number, end: number): Span | undefined {
  if (start < end) return { start, end }
  if (start === 0 && end === 0) return { start, end: DAY_MINUTES }
  const untilMorning = end + DAY_MINUTES
  const isNight = end <= NIGHT_ENDS && untilMorning - start <= NIGHT_LENGTH_MAX
  return isNight || end === 0 ? { start, end: untilMorning } : undefined
}

function joined(
  spans: readonly Span[],
): { ok: true; ranges: HoursRange[] } | { ok: false; reason: HoursRefusal } {
  const whole: Span[] = []
  for (const span of spans) {
    const last = whole.at(-1)
    if (last && span.start < last.end) return { ok: false, reason: 'overlapping' }
    if (last?.end === span.start) last.end = span.end
    else whole.push({ ...span })
  }
  const last = whole.at(-1)
  // The evening must end before the same day's morning would come again.
  if (last && whole[0] && last.end - whole[0].start > DAY_MINUTES) return { ok: false, reason: 'overlapping' }
  return {
    ok: true,
    ranges: whole.map(({ start, end }) => ({ opens: clockOf(start), closes: clockOf(end) })),
  }
}

function clockOf(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const within = minutes % DAY_MINUTES
  return `${two(Math.floor(within / 60))}:${two(within % 60)}`
}
