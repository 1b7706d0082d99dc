const formats = new Map<string, Intl.DateTimeFormat>()

/** Making a formatter costs half a millisecond; a fleet has one zone. */
function formatOf(zone: string): Intl.DateTimeFormat {
  const kept = formats.get(zone)
  if (kept) return kept
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  formats.set(zone, made)
  return made
}

/** What a clock on a wall of that zone shows, read as if it were UTC. Whole seconds. */
function wallClock(at: Date, zone: string): number {
  const part: Record<string, number> = {}
  for (const { type, value } of formatOf(zone).formatToParts(at)) part[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part
  return Date.UTC(year, month - 1, day, hour, minute, second)
}

const DAY_MS = 86_400_000

/** The date `YYYY-MM-DD` of an instant in a zone. */
export function localDate(at: Date, zone: string): string {
  return new Date(wallClock(at, zone)).toISOString().slice(0, 10)
}

/** The date and time of an instant in a zone, for people: `2026-11-25 03:17`. */
export function localTime(at: Date, zone: string): string {
  return new Date(wallClock(at, zone)).toISOString().slice(0, 16).replace('T', ' ')
}

/** The ISO week of a local date: `2026-W01` begins on Monday, 2025-12-29. */
export function isoWeek(date: string): string {
  const day = new Date(`${date}T00:00:00Z`)
  const weekday = (day.getUTCDay() + 6) % 7
  // The Thursday of a week says which year the week belongs to.
  const thursday = new Date(day.getTime() + (3 - weekday) * DAY_MS)
  const first = Date.UTC(thursday.getUTCFullYear(), 0, 1)
  const week = Math.floor((thursday.getTime() - first) / DAY_MS / 7) + 1
  return `${thursday.getUTCFullYear()}-W${String(week).padStart(2, '0')}`
}

/**
 * The last instant, not after `now`, at which the clocks of a zone showed `time` (`HH:MM`). A time that a day leaves
 * out (clocks put forward) comes as much later as the clocks were moved; of one that comes twice either is taken.
 */
export function lastTimeOfDay(time: string, now: Date, zone: string): Date {
  const today = Date.parse(`${localDate(now, zone)}T${time}:00Z`)
  // Dates are counted back, not hours: the day on which clocks are put forward has 23.
  const at = (daysBack: number) => instantOf(today - daysBack * DAY_MS, zone)
  return [0, 1].map(at).find((one) => one <= now) ?? at(2)
}

/** The first instant after `now` at which they will show it. */
export function nextTimeOfDay(time: string, now: Date, zone: string): Date {
  let later = now
  for (;;) {
    later = new Date(later.getTime() + DAY_MS / 2)
    const found = lastTimeOfDay(time, later, zone)
    if (found > now) return found
  }
}

function instantOf(wall: number, zone: string): Date {
  // The offset at a guess, then at what the guess leads to: near a change of clocks the two differ.
  const offset = (at: number) => wallClock(new Date(at), zone) - at
  const first = wall - offset(wall)
  const second = wall - offset(first)
  return new Date(wallClock(new Date(second), zone) === wall ? second : Math.max(first, second))
}
