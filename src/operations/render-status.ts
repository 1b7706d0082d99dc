import type { Ui } from '../ui/output.ts'
import { displayWidth } from '../ui/table.ts'
import { formatAge, formatBytes } from './fleet-health.ts'
import type { ServerStatus } from './fleet-servers.ts'
import type { ClientStatus, FleetStatus } from './fleet-status.ts'

const GAP = 2
/** Only a wide terminal has room for words that a short one says as well. */
const WIDE = 110
const HINTS_SHOWN = 12

interface Column {
  title: string
  cell: (one: ClientStatus) => string
  /** In a terminal too narrow for all, the highest goes first; without one it stays, cut if need be. */
  drop?: number
}

/** The status as people read it. `width`: columns of the terminal, undefined for a pipe, which gets everything. */
export function renderStatus(status: FleetStatus, ui: Pick<Ui, 'table'>, width: number | undefined): string {
  const lines = [
    `Fleet ${status.fleet}: ${summary(status)}`,
    serverLine('PostgreSQL', status.postgres),
    serverLine('Redis', status.redis),
  ]
  if (status.clients.length === 0) {
    const first = 'No clients yet. Add one with: bookctl client add'
    return [...lines, '', first, ...hintLines(status)].join('\n')
  }
  const columns = chooseColumns(columnsOf(status, width), status.clients, width)
  const table = ui.table(
    columns.map(({ title }) => title),
    status.clients.map((one) => columns.map(({ cell }) => cell(one))),
  )
  return [...lines, '', table, ...hintLines(status)].join('\n')
}

function columnsOf(status: FleetStatus, width: number | undefined): Column[] {
  const at = Date.parse(status.at)
  const last = width === undefined || width >= WIDE ? 'LAST ' : ''
  return [
    { title: 'CLIENT', cell: (one) => one.id },
    { title: 'TITLE', cell: (one) => one.title, drop: 6 },
    { title: 'STATE', cell: (one) => `${one.healthy ? '✓' : '✗'} ${one.word}` },
    { title: 'UP', cell: (one) => shown(one.uptimeSeconds, formatAge), drop: 2 },
    { title: 'SIZE', cell: (one) => shown(one.schemaBytes, formatBytes), drop: 4 },
    { title: 'CUSTOMERS', cell: (one) => shown(one.customers, String), drop: 1 },
    { title: 'UPCOMING', cell: (one) => shown(one.upcomingBookings, String) },
    { title: 'KEYS', cell: (one) => shown(one.redisKeys, String), drop: 5 },
    { title: `${last}UPDATE`, cell: (one) => ago(one.lastUpdateAt, at), drop: 3 },
    { title: `${last}BACKUP`, cell: (one) => ago(one.lastBackupAt, at) },
  ]
}

/** Leaves out columns, the least missed first, until every row fits. */
function chooseColumns(
  all: readonly Column[],
  clients: readonly ClientStatus[],
  width: number | undefined,
): Column[] {
  const columns = [...all]
  if (width === undefined) return columns
  const room = ({ title, cell }: Column) =>
    Math.max(displayWidth(title), ...clients.map((one) => displayWidth(cell(one))))
  const needed = () => columns.reduce((sum, one) => sum + room(one) + GAP, -GAP)
  const droppable = all.filter((one) => one.drop !== undefined)
  for (const least of droppable.toSorted((a, b) => (b.drop ?? 0) - (a.drop ?? 0))) {
    if (needed() <= width) break
    columns.splice(columns.indexOf(least), 1)
  }
  return columns
}

function serverLine(name: string, one: ServerStatus): string {
  const told = one.healthy ? one.detail : [one.state, one.detail].filter(Boolean).join(': ')
  return `${one.healthy ? '✓' : '✗'} ${name.padEnd(10)} ${told}`
}

/** What to type, once for each thing to type. */
function hintLines({ clients, postgres, redis }: FleetStatus): string[] {
  const needed = clients.flatMap(({ id, hint }) =>
    hint && hint !== 'bookctl up' ? [`  ${id}: ${hint}`] : [],
  )
  const up = !postgres.healthy || !redis.healthy || clients.some((one) => one.hint === 'bookctl up')
  const hints = [...(up ? ['  bookctl up'] : []), ...needed]
  const more = hints.length - HINTS_SHOWN
  if (hints.length === 0) return []
  return ['', 'What to do:', ...hints.slice(0, HINTS_SHOWN), ...(more > 0 ? [`  and ${more} more`] : [])]
}

function summary({ clients, healthy }: FleetStatus): string {
  const ill = clients.filter((one) => !one.healthy).length
  const all = `${clients.length} client${clients.length === 1 ? '' : 's'}`
  if (ill > 0) return `${all}, ${ill} of them not well`
  return healthy ? `${all}, all well` : `${all}; the servers are not well`
}

function shown<T>(value: T | null, format: (value: T) => string): string {
  return value === null ? '–' : format(value)
}

function ago(at: string | null, now: number): string {
  return at === null ? '–' : formatAge((now - Date.parse(at)) / 1000)
}
