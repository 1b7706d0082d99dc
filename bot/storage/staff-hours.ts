import type { DateSpan } from '../domain/dates-text.ts'
import type { HoursRange } from '../domain/hours-text.ts'
import { type SpecialDays, without } from '../domain/special-days.ts'
import type { IsoDate } from '../domain/time.ts'
import type { Tx } from './database.ts'

/** Makes two admins who change the hours of one member wait for each other. False: there is no such member any more. */
export async function lockMemberHours(tx: Tx, staffId: number): Promise<boolean> {
  const { rowCount } = await tx.query(
    'select 1 from staff where id = $1 and deleted_at is null for no key update',
    [staffId],
  )
  return rowCount === 1
}

/** Replaces the member's own week, Monday first; an empty day is off. */
export async function writeOwnWeek(
  tx: Tx,
  staffId: number,
  days: readonly (readonly HoursRange[])[],
): Promise<void> {
  await tx.query(`delete from working_hours where staff_id = $1 and kind = 'weekly'`, [staffId])
  const rows = days.flatMap((ranges, day) => ranges.map((range) => ({ weekday: day + 1, ...range })))
  await tx.query(
    `insert into working_hours (kind, staff_id, weekday, opens, closes)
     select 'weekly', $1, weekday, opens, closes
       from jsonb_to_recordset($2::jsonb) as rows (weekday smallint, opens time, closes time)`,
    [staffId, JSON.stringify(rows)],
  )
}

/** Replaces the member's rota. Its own week stays beneath it, for the day when the rota ends. */
export async function writeRota(
  tx: Tx,
  staffId: number,
  rota: { pattern: string; anchorDate: IsoDate; ranges: readonly HoursRange[] },
): Promise<void> {
  await endRota(tx, staffId)
  await tx.query(
    `insert into working_hours (kind, staff_id, anchor_date, pattern, opens, closes)
     select 'rota', $1, $2, $3::smallint[], opens, closes
       from jsonb_to_recordset($4::jsonb) as rows (opens time, closes time)`,
    [staffId, rota.anchorDate, [...rota.pattern].map(Number), JSON.stringify(rota.ranges)],
  )
}

export async function endRota(tx: Tx, staffId: number): Promise<void> {
  await tx.query(`delete from working_hours where staff_id = $1 and kind = 'rota'`, [staffId])
}

/** From now on the member's ordinary days are those of the business; special days stay. */
export async function followBusiness(tx: Tx, staffId: number): Promise<void> {
  await tx.query(`delete from working_hours where staff_id = $1 and kind in ('weekly', 'rota')`, [staffId])
}

/** Special days that are not over on `today`, soonest first. */
export async function listSpecialDays(tx: Tx, staffId: number, today: IsoDate): Promise<SpecialDays[]> {
  const { rows } = await tx.query<{ from_date: string; to_date: string; note: string; ranges: HoursRange[] }>(
    `select from_date, to_date, note,
            coalesce(
              jsonb_agg(jsonb_build_object('opens', to_char(opens, 'HH24:MI'), 'closes', to_char(closes, 'HH24:MI'))
                        order by opens) filter (where opens is not null),
              '[]') as ranges
       from working_hours
      where staff_id = $1
        and kind = 'exception'
        and to_date >= $2
      group by from_date, to_date, note
      order by from_date, to_date, note`,
    [staffId, today],
  )
  return rows.map((row) => ({ from: row.from_date, to: row.to_date, note: row.note, ranges: row.ranges }))
}

/** Gives a span of days other hours, in place of whatever was special about them before. */
export async function writeSpecialDays(tx: Tx, staffId: number, days: SpecialDays): Promise<void> {
  const touched = (await listSpecialDays(tx, staffId, days.from)).filter(({ from }) => from <= days.to)
  for (const old of touched) await dropSpecialDays(tx, staffId, old)
  for (const piece of [...without(touched, days), days]) await insertSpecialDays(tx, staffId, piece)
}

/** False: they were gone already. */
export async function dropSpecialDays(tx: Tx, staffId: number, { from, to }: DateSpan): Promise<boolean> {
  const { rowCount } = await tx.query(
    `delete from working_hours where staff_id = $1 and kind = 'exception' and from_date = $2 and to_date = $3`,
    [staffId, from, to],
  )
  return rowCount > 0
}

async function insertSpecialDays(
  tx: Tx,
  staffId: number,
  { from, to, ranges, note }: SpecialDays,
): Promise<void> {
  const rows = ranges.length > 0 ? ranges : [{ opens: null, closes: null }]
  await tx.query(
    `insert into working_hours (kind, staff_id, from_date, to_date, note, opens, closes)
     select 'exception', $1, $2, $3, $4, opens, closes
       from jsonb_to_recordset($5::jsonb) as rows (opens time, closes time)`,
    [staffId, from, to, note, JSON.stringify(rows)],
  )
}
