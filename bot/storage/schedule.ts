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

/** Time that nobody can book: of a booking with its buffers, or of a block (`bookingId` null). `staffId` null: of everybody. */
export interface TakenTime extends Interval {
  bookingId: number | null
  /** Whose hold it is, and until when; null for everything else. */
  heldBy: number | null
  heldUntil: number | null
  staffId: number | null
}

/** What takes the time of members of staff between two instants. Expired holds do not count. */
export async function listTaken(
  tx: Tx,
  staffIds: readonly number[],
  span: Interval,
  now: number,
): Promise<TakenTime[]> {
  const { rows } = await tx.query<{
    id: number | null
    held_by: number | null
    held_until_ms: number | null
    staff_id: number | null
    start_ms: number
    end_ms: number
  }>(
    `select id,
            case when status = 'hold' then customer_id end as held_by,
            case when status = 'hold' then extract(epoch from hold_expires_at)::float8 * 1000 end as held_until_ms,
            staff_id,
            extract(epoch from lower(busy))::float8 * 1000 as start_ms,
            extract(epoch from upper(busy))::float8 * 1000 as end_ms
       from bookings
      where staff_id = any($1::bigint[])
        and busy && tstzrange($2, $3)
        and status = any($4::text[])
        and (status <> 'hold' or hold_expires_at > $5)
     union all
     select null,
            null,
            null,
            staff_id,
            extract(epoch from lower(busy))::float8 * 1000,
            extract(epoch from upper(busy))::float8 * 1000
       from blocked_slots
      where (staff_id is null or staff_id = any($1::bigint[]))
        and busy && tstzrange($2, $3)`,
    [staffIds, new Date(span.start), new Date(span.end), OCCUPYING_STATUSES, new Date(now)],
  )
  return rows.map((row) => ({
    bookingId: row.id,
    heldBy: row.held_by,
    heldUntil: row.held_until_ms,
    staffId: row.staff_id,
    start: row.start_ms,
    end: row.end_ms,
  }))
}

/**
 * What members of staff cannot sell between two instants: bookings with their buffers, and blocks (of one or of
 * everybody), and holds, up to their deadline. `bookingId`: the booking that is being moved does not stand in its own way;
 * `holdsOf`: neither does what this customer holds; `bookings`: nor anything that was booked or held.
 */
export async function readBusy(
  tx: Tx,
  staffIds: readonly number[],
  span: Interval,
  now: number,
  except: {
    bookingId?: number | undefined
    holdsOf?: number | undefined
    bookings?: boolean | undefined
  } = {},
): Promise<Map<number, Interval[]>> {
  const busy = new Map<number, Interval[]>(staffIds.map((id) => [id, []]))
  for (const { bookingId, heldBy, staffId, start, end } of await listTaken(tx, staffIds, span, now)) {
    if (bookingId !== null && (except.bookings || bookingId === except.bookingId)) continue
    if (heldBy !== null && heldBy === except.holdsOf) continue
    for (const id of staffId === null ? staffIds : [staffId]) busy.get(id)?.push({ start, end })
  }
  return busy
}
