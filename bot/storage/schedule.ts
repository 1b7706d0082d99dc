import type { WorkHours } from '../contract/settings.ts'
import { DEFAULT_WORK_DAYS } from '../contract/settings.ts'
import { OCCUPYING_STATUSES } from '../domain/policy.ts'
import type { WorkingHoursRow } from '../domain/schedule.ts'
import type { Interval } from '../domain/time.ts'
import type { Tx } from './database.ts'

/**
 * All rows of working hours. While the business itself has no weekly row and no rota, the guide's hours stand in for
 * them (WORK_HOURS_START and WORK_HOURS_END, Monday to Saturday): one member's own hours are nobody else's.
 */
export async function readWorkingHours(tx: Tx, fallback: WorkHours): Promise<WorkingHoursRow[]> {
  const { rows } = await tx.query<{
    kind: WorkingHoursRow['kind']
    staff_id: number | null
    weekday: number | null
    from_date: string | null
    to_date: string | null
    anchor_date: string | null
    pattern: number[] | null
    opens: string | null
    closes: string | null
  }>(
    `select kind, staff_id, weekday, from_date, to_date, anchor_date, pattern, opens, closes
       from working_hours
      order by id`,
  )
  const hours = rows.map((row) => {
    const { staff_id: staffId, opens, closes } = row
    // The table's CHECK holds for each kind what is read as present here.
    switch (row.kind) {
      case 'weekly':
        return { kind: row.kind, staffId, weekday: Number(row.weekday), opens, closes } as WorkingHoursRow
      case 'rota':
        return {
          kind: row.kind,
          staffId,
          anchorDate: row.anchor_date,
          pattern: row.pattern,
          opens,
          closes,
        } as WorkingHoursRow
      case 'exception':
      case 'holiday':
        break
    }
    return {
      kind: row.kind,
      staffId,
      fromDate: row.from_date,
      toDate: row.to_date,
      opens,
      closes,
    } as WorkingHoursRow
  })
  const isOfBusiness = (row: WorkingHoursRow) => row.staffId === null
  if (hours.some((row) => isOfBusiness(row) && (row.kind === 'weekly' || row.kind === 'rota'))) return hours
  const clock = (hour: number) => `${String(hour).padStart(2, '0')}:00`
  return [
    ...hours,
    ...DEFAULT_WORK_DAYS.map(
      (weekday): WorkingHoursRow => ({
        kind: 'weekly',
        staffId: null,
        weekday,
        opens: clock(fallback.start),
        closes: clock(fallback.end),
      }),
    ),
  ]
}

/**
 * What members of staff cannot sell between two instants: bookings with their buffers, and blocks (of one or of
 * everybody), and holds, up to their deadline. `bookingId`: the booking that is being moved does not stand in its own way;
 * `holdsOf`: neither does what this customer holds.
 */
export async function readBusy(
  tx: Tx,
  staffIds: readonly number[],
  span: Interval,
  now: number,
  except: { bookingId?: number | undefined; holdsOf?: number | undefined } = {},
): Promise<Map<number, Interval[]>> {
  const { rows } = await tx.query<{ staff_id: number | null; start_ms: number; end_ms: number }>(
    `select staff_id,
            extract(epoch from lower(busy))::float8 * 1000 as start_ms,
            extract(epoch from upper(busy))::float8 * 1000 as end_ms
       from bookings
      where staff_id = any($1::bigint[])
        and busy && tstzrange($2, $3)
        and status = any($4::text[])
        and (status <> 'hold' or hold_expires_at > $5)
        and id is distinct from $6
        and (status <> 'hold' or customer_id is distinct from $7)
     union all
     select staff_id,
            extract(epoch from lower(busy))::float8 * 1000,
            extract(epoch from upper(busy))::float8 * 1000
       from blocked_slots
      where (staff_id is null or staff_id = any($1::bigint[]))
        and busy && tstzrange($2, $3)`,
    [
      staffIds,
      new Date(span.start),
      new Date(span.end),
      OCCUPYING_STATUSES,
      new Date(now),
      except.bookingId ?? null,
      except.holdsOf ?? null,
    ],
  )
  const busy = new Map<number, Interval[]>(staffIds.map((id) => [id, []]))
  for (const row of rows) {
    const interval = { start: row.start_ms, end: row.end_ms }
    for (const id of row.staff_id === null ? staffIds : [row.staff_id]) busy.get(id)?.push(interval)
  }
  return busy
}
