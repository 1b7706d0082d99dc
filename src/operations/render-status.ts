import type { Ui } from '../ui/output.ts'
import { formatAge, formatBytes } from './fleet-health.ts'
import type { ClientStatus, FleetStatus, ServerStatus } from './fleet-status.ts'

/** Columns of a wide terminal and of a pipe; a narrow one leaves some to `client show` and --json. */
const WIDE = 110

/** The status as people read it. `width`: columns of the terminal, undefined for a pipe. */
export function renderStatus(status: FleetStatus, ui: Ui, width: number | undefined): string {
  const wide = width === undefined || width >= WIDE
  const server = (name: string, one: ServerStatus) =>
    `${one.healthy ? '✓' : '✗'} ${name.padEnd(10)} ${one.healthy ? one.detail : `${one.state}${one.detail ? `: ${one.detail}` : ''}`}`
  const lines = [
    `Fleet ${status.fleet}: ${summary(status)}`,
    server('PostgreSQL', status.postgres),
    server('Redis', status.redis),
  ]
  if (status.clients.length === 0)
    return [...lines, '', 'No clients yet. Add one with: bookctl client add'].join('\n')
  const at = Date.parse(status.at)
  const columns: [string, (one: ClientStatus) => string][] = [
    ['CLIENT', (one) => one.id],
    ...(wide ? [['TITLE', (one) => one.title] satisfies [string, (one: ClientStatus) => string]] : []),
    ['STATE', (one) => `${one.healthy ? '✓' : '✗'} ${one.word}`],
    ['UP', (one) => (one.uptimeSeconds === null ? '–' : formatAge(one.uptimeSeconds))],
    ...(wide
      ? [
          ['SIZE', (one) => (one.schemaBytes === null ? '–' : formatBytes(one.schemaBytes))] satisfies [
            string,
            (one: ClientStatus) => string,
          ],
        ]
      : []),
    ['CUSTOMERS', (one) => count(one.customers)],
    ['UPCOMING', (one) => count(one.upcomingBookings)],
    ['KEYS', (one) => count(one.redisKeys)],
    [wide ? 'LAST UPDATE' : 'UPDATE', (one) => ago(one.lastUpdateAt, at)],
    [wide ? 'LAST BACKUP' : 'BACKUP', (one) => ago(one.lastBackupAt, at)],
  ]
  const rows = status.clients.map((one) => columns.map(([, cell]) => cell(one)))
  const hints = status.clients.flatMap((one) => (one.hint ? [`  ${one.id}: ${one.hint}`] : []))
  return [
    ...lines,
    '',
    ui.table(
      columns.map(([title]) => title),
      rows,
    ),
    ...(hints.length > 0 ? ['', 'What to do:', ...hints] : []),
  ].join('\n')
}

function summary({ clients, healthy }: FleetStatus): string {
  const ill = clients.filter((one) => !one.healthy).length
  const all = `${clients.length} client${clients.length === 1 ? '' : 's'}`
  if (ill > 0) return `${all}, ${ill} of them not well`
  return healthy ? `${all}, all well` : `${all}; the servers are not well`
}

function count(value: number | null): string {
  return value === null ? '–' : String(value)
}

function ago(at: string | null, now: number): string {
  return at === null ? '–' : formatAge((now - Date.parse(at)) / 1000)
}
