import { daysBetween, type Interval, type IsoDate, type LocalDay, localDay, mergeIntervals } from './time.ts'

/** A row of working hours. `staffId` null: the whole business. Times are `HH:MM`; `closes <= opens` closes after midnight. */
export type WorkingHoursRow =
  | { kind: 'weekly'; staffId: number | null; weekday: number; opens: string; closes: string }
  | {
      kind: 'rota'
      staffId: number | null
      anchorDate: IsoDate
      pattern: readonly number[]
      opens: string
      closes: string
    }
  | {
      kind: 'exception' | 'holiday'
      staffId: number | null
      fromDate: IsoDate
      toDate: IsoDate
      /** Null: closed on these days. */
      opens: string | null
      closes: string | null
    }

/**
 * When a member of staff works on a local date. The day is decided by the first of these that has rows:
 * exception (own, then the business's), holiday (own, then the business's), rota (own, then the business's), weekly
 * (own if the member has any weekly row at all, else the business's). Several rows of that kind are several
 * ranges, the gaps between them are breaks. A range that closes after midnight belongs to the date on which it opens.
 */
export function openIntervals(
  rows: readonly WorkingHoursRow[],
  staffId: number,
  date: IsoDate,
  timeZone: string,
): Interval[] {
  return openOnDay(rows, staffId, localDay(date, timeZone))
}

/** The same as `openIntervals`, for who asks for many members of staff on one day. */
export function openOnDay(rows: readonly WorkingHoursRow[], staffId: number, day: LocalDay): Interval[] {
  return mergeIntervals(
    rowsOfDay(rows, staffId, day).flatMap(({ opens, closes }) => {
      if (opens === null || closes === null) return []
      const closesAfterMidnight = closes <= opens
      return [{ start: day.at(opens), end: day.at(closesAfterMidnight ? timeOfNextDay(closes) : closes) }]
    }),
  )
}

/**
 * The hours that begin on a day, each with when the doors really close: where the next day's hours begin as these end,
 * they stay open.
 */
export function doorsOnDay(
  rows: readonly WorkingHoursRow[],
  staffId: number,
  day: LocalDay,
): (Interval & { closes: number })[] {
  const open = openOnDay(rows, staffId, day)
  const last = open.at(-1)
  if (!last || last.end < day.at('24:00')) return open.map((one) => ({ ...one, closes: one.end }))
  const whole = mergeIntervals([...open, ...openOnDay(rows, staffId, day.next())])
  const closing = ({ end }: Interval) => whole.find((one) => end <= one.end)?.end ?? end
  return open.map((one) => ({ ...one, closes: closing(one) }))
}

/** `02:30` becomes `26:30`. */
function timeOfNextDay(time: string): string {
  const [hours, minutes] = time.split(':')
  return `${Number(hours) + 24}:${minutes}`
}

function rowsOfDay(
  rows: readonly WorkingHoursRow[],
  staffId: number,
  { date, weekday }: LocalDay,
): WorkingHoursRow[] {
  const own = rows.filter((row) => row.staffId === staffId)
  const business = rows.filter((row) => row.staffId === null)
  for (const kind of ['exception', 'holiday'] as const) {
    for (const candidates of [own, business]) {
      const replacing = candidates.filter(
        (row) => row.kind === kind && row.fromDate <= date && date <= row.toDate,
      )
      if (replacing.length > 0) return replacing
    }
  }
  for (const candidates of [own, business]) {
    const rota = candidates.filter((row) => row.kind === 'rota')
    if (rota.length > 0) return rota.filter((row) => row.kind === 'rota' && worksByRota(row, date))
    const weekly = candidates.filter((row) => row.kind === 'weekly')
    if (weekly.length > 0) return weekly.filter((row) => row.kind === 'weekly' && row.weekday === weekday)
  }
  return []
}

function worksByRota(row: { anchorDate: IsoDate; pattern: readonly number[] }, date: IsoDate): boolean {
  const length = row.pattern.length
  const day = daysBetween(row.anchorDate, date) % length
  return row.pattern[day < 0 ? day + length : day] === 1
}
