import type { HoursRange } from './hours-text.ts'
import type { WorkingHoursRow } from './schedule.ts'
import type { IsoDate } from './time.ts'

/** What a member of staff's ordinary days follow; special days lie over each of them. */
export type Ordinary =
  | { kind: 'business'; days: HoursRange[][] }
  | { kind: 'own'; days: HoursRange[][] }
  | { kind: 'rota'; pattern: string; anchorDate: IsoDate; ranges: HoursRange[] }

/** The same precedence as `openIntervals`: own rota, own week, the business. `days` begin with Monday. */
export function ordinaryOf(rows: readonly WorkingHoursRow[], staffId: number): Ordinary {
  const rotas = rows.flatMap((row) => (row.kind === 'rota' && row.staffId === staffId ? [row] : []))
  const first = rotas[0]
  if (first)
    return {
      kind: 'rota',
      pattern: first.pattern.join(''),
      anchorDate: first.anchorDate,
      ranges: inOrder(rotas),
    }
  const own = rows.filter((row) => row.kind === 'weekly' && row.staffId === staffId)
  return own.length > 0
    ? { kind: 'own', days: weekOf(own) }
    : { kind: 'business', days: weekOf(rows.filter((row) => row.staffId === null)) }
}

/** The hours of each weekday in these rows, beginning with Monday. */
export function weekOf(rows: readonly WorkingHoursRow[]): HoursRange[][] {
  return Array.from({ length: 7 }, (_, day) =>
    inOrder(rows.flatMap((row) => (row.kind === 'weekly' && row.weekday === day + 1 ? [row] : []))),
  )
}

function inOrder(rows: readonly HoursRange[]): HoursRange[] {
  return rows
    .map(({ opens, closes }) => ({ opens, closes }))
    .toSorted((a, b) => a.opens.localeCompare(b.opens))
}
