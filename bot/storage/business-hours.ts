import type { DateSpan } from '../domain/dates-text.ts'
import type { HoursPlan, HoursRow } from '../domain/hours-plan.ts'
import type { HoursRange } from '../domain/hours-text.ts'
import type { IsoDate } from '../domain/time.ts'
import { lockByName, type Tx } from './database.ts'

/** Two admins who change the business's hours at once wait in line, or both would write the same day. */
export async function lockHours(tx: Tx, clientId: string): Promise<void> {
  await lockByName(tx, `${clientId}:hours`)
}

/** The business's own rows, for a change; rotas are members' of staff. Read them under `lockHours`. */
export async function readHoursRows(tx: Tx): Promise<HoursRow[]> {
  const { rows } = await tx.query<{
    id: number
    kind: HoursRow['kind']
    weekday: number | null
    from_date: string | null
    to_date: string | null
    opens: string | null
    closes: string | null
    note: string
  }>(
    `select id, kind, weekday, from_date, to_date, opens, closes, note
       from working_hours
      where staff_id is null
        and kind in ('weekly', 'exception', 'holiday')
      order by id`,
  )
  return rows.map(({ id, kind, weekday, from_date, to_date, opens, closes, note }) => {
    const row =
      kind === 'weekly'
        ? { kind, weekday: Number(weekday), opens, closes }
        : { kind, fromDate: from_date, toDate: to_date, opens, closes }
    // The table's CHECK holds for each kind what is read as present here.
    return { ...row, id, staffId: null, note } as HoursRow
  })
}

export async function writeHoursPlan(tx: Tx, { remove, add }: HoursPlan): Promise<void> {
  await tx.query('delete from working_hours where id = any($1::bigint[])', [
    remove.flatMap(({ id }) => (id === null ? [] : [id])),
  ])
  for (const row of add) {
    const dates = row.kind === 'weekly' ? [row.weekday, null, null] : [null, row.fromDate, row.toDate]
    await tx.query(
      `insert into working_hours (kind, weekday, from_date, to_date, opens, closes, note)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [row.kind, ...dates, row.opens, row.closes, row.note],
    )
  }
}

/** Days of the business with other hours (none: closed): one entry for all ranges of the same days. */
export interface SpecialDays extends DateSpan {
  ranges: HoursRange[]
  note: string
}

const SPECIAL_DAYS = `
  select from_date, to_date, max(note) as note,
         coalesce(jsonb_agg(jsonb_build_object('opens', to_char(opens, 'HH24:MI'), 'closes', to_char(closes, 'HH24:MI'))
                            order by opens) filter (where opens is not null), '[]') as ranges
    from working_hours
   where staff_id is null
     and kind = 'exception'`

interface SpecialDaysRow extends Record<string, unknown> {
  from_date: string
  to_date: string
  note: string
  ranges: HoursRange[]
}

/** Special days that are not over, soonest first, one page. */
export async function listSpecialDays(
  tx: Tx,
  today: IsoDate,
  page: { offset: number; size: number },
): Promise<{ entries: SpecialDays[]; hasMore: boolean }> {
  const { rows } = await tx.query<SpecialDaysRow>(
    `${SPECIAL_DAYS}
     and to_date >= $1
   group by from_date, to_date
   order by from_date, to_date
   limit $2 offset $3`,
    [today, page.size + 1, page.offset],
  )
  return { entries: rows.slice(0, page.size).map(asSpecialDays), hasMore: rows.length > page.size }
}

/** What is special about just these days; undefined once nothing is. */
export async function findSpecialDays(tx: Tx, { from, to }: DateSpan): Promise<SpecialDays | undefined> {
  const { rows } = await tx.query<SpecialDaysRow>(
    `${SPECIAL_DAYS}
     and from_date = $1
     and to_date = $2
   group by from_date, to_date`,
    [from, to],
  )
  return rows[0] && asSpecialDays(rows[0])
}

export async function countSpecialDays(tx: Tx, today: IsoDate): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    `select count(distinct (from_date, to_date)) as count
       from working_hours
      where staff_id is null
        and kind = 'exception'
        and to_date >= $1`,
    [today],
  )
  return rows[0]?.count ?? 0
}

export async function writeNote(tx: Tx, { from, to }: DateSpan, note: string): Promise<void> {
  await tx.query(
    `update working_hours
        set note = $3
      where staff_id is null
        and kind = 'exception'
        and from_date = $1
        and to_date = $2`,
    [from, to, note],
  )
}

function asSpecialDays(row: SpecialDaysRow): SpecialDays {
  return { from: row.from_date, to: row.to_date, ranges: row.ranges, note: row.note }
}
