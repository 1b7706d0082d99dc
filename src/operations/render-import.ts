import type { ImportReport } from '../legacy/plan.ts'
import type { ImportResult } from './client-import.ts'

/** What people read of each list; `--json` has all of it. */
const SHOWN = 20

/** An import as people read it. */
export function renderImport({ id, outcome, source, report, at }: ImportResult): string {
  const from = source.schema === null ? source.file : `${source.file}, schema ${source.schema}`
  const heads = {
    imported: `${id}: imported from ${from}`,
    planned: `${id}: would be imported from ${from}; nothing was changed`,
    'already-imported': `${id}: imported already, at ${at ?? ''}, from ${from}`,
  }
  return [heads[outcome], ...tables(report), ...lists(report)].join('\n')
}

function tables({ tables, written }: ImportReport): string[] {
  const old = tables.map(
    ({ table, found, taken, leftOut }) => `  ${table}: ${found} found, ${taken} taken, ${leftOut} left out`,
  )
  const here = Object.entries(written).map(([table, rows]) => `${table} ${rows}`)
  return [...old, `  rows written: ${here.join(', ')}`]
}

function lists({ movedBookings, pricesAsText, changes, leftOut }: ImportReport): string[] {
  const upcoming = movedBookings.filter(({ isUpcoming }) => isUpcoming)
  const past = movedBookings.filter(({ isUpcoming }) => !isUpcoming)
  const moved = (list: typeof movedBookings) =>
    list.map(({ booking, date, time, staff }) => `#${booking}, ${date} ${time}: with «${staff}»`)
  return [
    ...list('Upcoming bookings that stand at the same time as others', moved(upcoming)),
    ...list('Past bookings that stood at the same time as others', moved(past)),
    ...list(
      'Prices that cannot be read, kept in the description',
      pricesAsText.map(({ service, price }) => `«${service}»: ${price}`),
    ),
    ...list('Not as it was', changes),
    ...list(
      'Left out',
      leftOut.map(
        ({ table, rows, why, examples }) =>
          `${table}: ${rows} ${rows === 1 ? 'row' : 'rows'}: ${why}${examples.length > 0 ? ` (${shown(examples).join(', ')})` : ''}`,
      ),
    ),
  ]
}

function list(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`  ${title}:`, ...shown(lines).map((line) => `    ${line}`)]
}

function shown(lines: readonly string[]): string[] {
  if (lines.length <= SHOWN) return [...lines]
  return [...lines.slice(0, SHOWN), `… and ${lines.length - SHOWN} more (--json)`]
}
