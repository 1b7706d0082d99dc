import { openOnDay } from '../../domain/schedule.ts'
import { loadPercent, type Stretch } from '../../domain/statistics.ts'
import { addDays, type LocalDay, localDay } from '../../domain/time.ts'
import type { Turn } from '../../runtime/turn.ts'
import { listStaff } from '../../storage/catalogue.ts'
import { readWorkingHours } from '../../storage/schedule.ts'
import { readTaken } from '../../storage/statistics.ts'

/** How full the working time of those who work here now was, in percent; undefined where nobody worked. */
export async function loadOf(turn: Turn, { days, span }: Stretch): Promise<number | undefined> {
  const { tx, client, settings } = turn
  const staff = await listStaff(tx)
  const rows = await readWorkingHours(tx, client.defaults.workHours)
  const taken = await readTaken(
    tx,
    staff.map(({ id }) => id),
    span,
  )
  // Hours of the evening before may close after midnight.
  const dates: LocalDay[] = []
  for (let date = addDays(days.from, -1); date <= days.to; date = addDays(date, 1))
    dates.push(localDay(date, settings.timeZone))
  return loadPercent(
    staff.map(({ id }) => ({
      visits: [],
      booked: [],
      blocked: [],
      ...taken.get(id),
      open: dates.flatMap((day) => openOnDay(rows, id, day)),
    })),
    span,
  )
}
