import { describe, expect, test } from 'vitest'
import type { ServerStatus } from '../../../src/operations/fleet-servers.ts'
import type { ClientStatus, FleetStatus } from '../../../src/operations/fleet-status.ts'
import { renderStatus } from '../../../src/operations/render-status.ts'
import { displayWidth, renderTable } from '../../../src/ui/table.ts'

const anna: ClientStatus = {
  id: 'client_anna',
  title: 'Салон Анна',
  state: 'active',
  process: 'running',
  healthy: true,
  word: 'ready',
  hint: null,
  botUsername: 'anna_bot',
  uptimeSeconds: 97_200,
  schemaBytes: 520_000,
  customers: 1240,
  upcomingBookings: 87,
  redisKeys: 12,
  lastUpdateAt: '2026-11-24T11:59:48Z',
  lastBackupAt: '2026-11-24T04:00:00Z',
  operation: null,
}
const server: ServerStatus = {
  state: 'running',
  healthy: true,
  detail: '15.9, 12 of 200 connections',
  version: '15.9',
  connections: 12,
  maxConnections: 200,
  memoryBytes: null,
  maxMemoryBytes: null,
}

function fleetOf(clients: ClientStatus[], changes: Partial<FleetStatus> = {}): FleetStatus {
  const healthy = clients.every((one) => one.healthy)
  return {
    fleet: 'booking',
    at: '2026-11-24T12:00:00Z',
    healthy,
    postgres: server,
    redis: { ...server, detail: '7.0.15, 1.2M of 256.00M' },
    clients,
    ...changes,
  }
}

const render = (status: FleetStatus, width?: number) =>
  renderStatus(status, { table: (head, rows) => renderTable(head, rows, width) }, width)

describe('the picture of the fleet', () => {
  test('has everything in a pipe', () => {
    expect(render(fleetOf([anna]))).toBe(`Fleet booking: 1 client, all well
✓ PostgreSQL 15.9, 12 of 200 connections
✓ Redis      7.0.15, 1.2M of 256.00M

CLIENT       TITLE       STATE    UP       SIZE  CUSTOMERS  UPCOMING  KEYS  LAST UPDATE  LAST BACKUP
client_anna  Салон Анна  ✓ ready  1d 3h  508 kB       1240        87    12  12s          8h`)
  })

  test('fits into 80 columns, with what an operator asks for first', () => {
    const lines = render(fleetOf([anna]), 80).split('\n')
    expect(lines.at(-2)).toBe(
      'CLIENT       STATE    UP       SIZE  CUSTOMERS  UPCOMING  KEYS  UPDATE  BACKUP',
    )
    expect(lines.every((line) => displayWidth(line) <= 80)).toBe(true)
  })

  test.each([60, 80, 100])('fits into %i columns with the longest ids and words', (width) => {
    const long = {
      ...anna,
      id: `client_${'a'.repeat(33)}`,
      healthy: false,
      word: 'runs, but should not',
      hint: null,
      customers: 1_000_000,
    }
    const lines = render(fleetOf([anna, long]), width).split('\n')
    expect(lines.filter((line) => displayWidth(line) > width)).toEqual([])
    expect(lines.join('\n')).toMatch(/CLIENT.*STATE.*UPCOMING.*BACKUP/)
  })

  test('says in words and marks who is not well, and what to type', () => {
    const ill = { ...anna, healthy: false, word: 'crashing', hint: 'bookctl client logs client_anna' }
    const text = render(fleetOf([ill, { ...anna, id: 'client_boris' }]))
    expect(text).toContain('2 clients, 1 of them not well')
    expect(text).toMatch(/client_anna .*✗ crashing/)
    expect(text).toMatch(/client_boris .*✓ ready/)
    expect(text).toMatch(/What to do:\n {2}client_anna: bookctl client logs client_anna$/)
  })

  test('says "bookctl up" once for a fleet of forty that is down, and "–" for what nobody can know', () => {
    const down = { ...server, healthy: false, state: 'missing' as const, detail: 'the fleet is not up' }
    const clients = Array.from({ length: 40 }, (_, n): ClientStatus => {
      const unknown = { uptimeSeconds: null, schemaBytes: null, customers: null, upcomingBookings: null }
      return { ...anna, ...unknown, id: `client_${n}`, healthy: false, word: 'down', hint: 'bookctl up' }
    })
    const text = render(fleetOf(clients, { postgres: down, redis: down }))
    expect(text).toContain('✗ PostgreSQL missing: the fleet is not up')
    expect(text.match(/bookctl up/g)).toHaveLength(1)
    expect(text).toMatch(/client_39 .*✗ down +– +– +– +– /)
  })

  test('of an empty fleet names the next step', () => {
    expect(render(fleetOf([]))).toMatch(/No clients yet. Add one with: bookctl client add$/)
    const away = { ...server, healthy: false, state: 'missing' as const }
    expect(render(fleetOf([], { healthy: false, redis: away }))).toMatch(/What to do:\n {2}bookctl up$/)
  })
})
