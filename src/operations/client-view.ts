import { type ClientSettings, clientSettingsSchema, type SettingKey } from '../../bot/contract/settings.ts'
import type { WrittenDeclaration } from '../fleet/clients.ts'
import { type ClientNames, clientNames, quoteIdentifier } from '../fleet/names.ts'
import type { ClientDeclaration } from '../fleet/schema.ts'
import { readOwnSettings } from '../postgres/client-settings.ts'
import type { ClientState } from './client-rows.ts'
import type { Services } from './services.ts'
import { settingDefaults } from './setting-defaults.ts'

/** A line of `client list`. */
export interface ClientLine {
  id: string
  title: string
  /** As in fleet.clients; `declared`: a file that was never added. */
  state: ClientState | 'declared'
  botUsername: string | null
  createdAt: string | null
  removedAt: string | null
}

interface Row {
  client_id: string
  title: string
  state: ClientState
  bot_username: string | null
  created_at: Date
  removed_at: Date | null
}

/** Every client that is declared or known to the fleet; with `removed`, the tombstones too. By id. */
export async function listClients(
  { db }: Services,
  declared: readonly WrittenDeclaration[],
  removed: boolean,
): Promise<ClientLine[]> {
  const { rows } = await db.query<Row & Record<string, unknown>>(
    `select client_id, title, state, bot_username, created_at, removed_at
       from fleet.clients
      where $1 or state <> 'removed'
      order by client_id, created_at`,
    [removed],
  )
  const living = new Set(rows.filter((row) => row.state !== 'removed').map((row) => row.client_id))
  const titles = new Map(declared.map((one) => [one.id, one.title]))
  const known = rows.map(
    (row): ClientLine => ({
      id: row.client_id,
      title: (row.state === 'removed' ? undefined : titles.get(row.client_id)) ?? row.title,
      state: row.state,
      botUsername: row.bot_username,
      createdAt: row.created_at.toISOString(),
      removedAt: row.removed_at?.toISOString() ?? null,
    }),
  )
  const unknown = declared
    .filter((one) => !living.has(one.id))
    .map((one): ClientLine => {
      const nothing = { botUsername: null, createdAt: null, removedAt: null }
      return { id: one.id, title: one.title, state: 'declared', ...nothing }
    })
  return [...known, ...unknown].toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
}

/** Everything that `client show` tells. Names of secrets, never their values. */
export interface ClientView {
  id: string
  uuid: string
  title: string
  timeZone: string
  run: boolean
  state: ClientState | 'declared'
  bot: { username: string | null; state: string; ready: boolean; reason: string | null }
  names: ClientNames
  /** Its entries that stand in `.env`. */
  inEnv: string[]
  adminIds: string[]
  settings: ClientSettings | null
  /** Those that are the client's own; the others are defaults. */
  ownSettings: SettingKey[]
  weeklyHours: { weekday: number; opens: string; closes: string }[]
  services: { name: string; minutes: number; price: number | null; active: boolean }[]
  operations: { kind: string; state: string; startedBy: string; startedAt: string; step: string | null }[]
}

export async function viewClient(services: Services, declaration: ClientDeclaration): Promise<ClientView> {
  const { db, engine, env } = services
  const { id } = declaration
  const names = clientNames(id)
  const state = await stateOf(services, id)
  const made = state === 'active' || state === 'detached'
  const service = await engine.find(names.service)
  const { rows: pulses } = await db.query<{
    bot_username: string | null
    ready: boolean
    reason: string | null
  }>(
    `select bot_username, ready_at is not null and not_ready_reason is null and stopped_at is null as ready,
            not_ready_reason as reason
       from fleet.heartbeats
      where client_id = $1`,
    [id],
  )
  const pulse = pulses[0]
  const own = made ? await readOwnSettings(db, names) : {}
  return {
    id,
    names,
    state,
    uuid: declaration.uuid,
    title: declaration.title,
    timeZone: declaration.timeZone,
    run: declaration.run,
    bot: {
      username: pulse?.bot_username ?? null,
      state: service?.state ?? 'missing',
      ready: service?.state === 'running' && pulse?.ready === true,
      reason: pulse?.reason ?? null,
    },
    inEnv: Object.values(names.env).filter((name) => env.names().includes(name)),
    adminIds: (env.get(names.env.adminIds) ?? '').split(',').filter(Boolean),
    settings: made ? clientSettingsSchema.parse({ ...settingDefaults(declaration, env), ...own }) : null,
    ownSettings: Object.keys(own) as SettingKey[],
    weeklyHours: made ? await readWeeklyHours(services, names) : [],
    services: made ? await readServices(services, names) : [],
    operations: await readOperations(services, id),
  }
}

async function stateOf({ db }: Services, id: string): Promise<ClientView['state']> {
  const { rows } = await db.query<{ state: ClientState }>(
    `select state from fleet.clients where client_id = $1 and state <> 'removed'`,
    [id],
  )
  return rows[0]?.state ?? 'declared'
}

async function readWeeklyHours({ db }: Services, names: ClientNames): Promise<ClientView['weeklyHours']> {
  const { rows } = await db.query<{ weekday: number; opens: string; closes: string }>(
    `select weekday, to_char(opens, 'HH24:MI') as opens, to_char(closes, 'HH24:MI') as closes
       from ${quoteIdentifier(names.schema)}.working_hours
      where kind = 'weekly'
        and staff_id is null
      order by weekday, opens`,
  )
  return rows
}

async function readServices({ db }: Services, names: ClientNames): Promise<ClientView['services']> {
  const { rows } = await db.query<{
    name: string
    minutes: number
    price_minor: string | null
    is_active: boolean
  }>(
    `select name, minutes, price_minor::text, is_active
       from ${quoteIdentifier(names.schema)}.services
      order by sort_order, id`,
  )
  return rows.map((row) => ({
    name: row.name,
    minutes: row.minutes,
    price: row.price_minor === null ? null : Number(row.price_minor) / 100,
    active: row.is_active,
  }))
}

async function readOperations({ db }: Services, id: string): Promise<ClientView['operations']> {
  const { rows } = await db.query<{
    kind: string
    state: string
    started_by: string
    started_at: Date
    step: string | null
  }>(
    `select kind, state, started_by, started_at, step
       from fleet.operations
      where client_id = $1
      order by id desc
      limit 5`,
    [id],
  )
  return rows.map((row) => ({
    kind: row.kind,
    state: row.state,
    step: row.step,
    startedBy: row.started_by,
    startedAt: row.started_at.toISOString(),
  }))
}
