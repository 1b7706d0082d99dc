import { listBackups } from '../backup/sets.ts'
import type { Context } from '../context.ts'
import type { Engine, RunState, ServiceState } from '../engines/engine.ts'
import { engineFor } from '../engines/index.ts'
import { type EnvFile, readEnvFile, requireEnv } from '../env/env-file.ts'
import { BookctlError } from '../errors.ts'
import { listDeclarations } from '../fleet/clients.ts'
import type { Fleet } from '../fleet/fleet.ts'
import { clientNames } from '../fleet/names.ts'
import type { ClientDeclaration } from '../fleet/schema.ts'
import { openAdmin } from '../postgres/admin.ts'
import { countKeys, openRedis } from '../redis/admin.ts'
import { judgeClient, type Verdict } from './fleet-health.ts'
import { FLEET_STATUS_SQL } from './fleet-status.sql.ts'

export interface ClientStatus extends Verdict {
  id: string
  title: string
  state: string | null
  process: RunState
  botUsername: string | null
  uptimeSeconds: number | null
  schemaBytes: number | null
  customers: number | null
  upcomingBookings: number | null
  redisKeys: number | null
  lastUpdateAt: string | null
  lastBackupAt: string | null
}

export interface ServerStatus {
  state: RunState
  healthy: boolean
  detail: string
}

export interface FleetStatus {
  fleet: string
  at: string
  healthy: boolean
  postgres: ServerStatus
  redis: ServerStatus
  clients: ClientStatus[]
}

interface Row extends Record<string, unknown> {
  client_id: string | null
  title: string
  state: string
  bot_username: string | null
  bytes: number | null
  ready: boolean | null
  not_ready_reason: string | null
  beat_age_seconds: number | null
  last_update_at: Date | null
  customers: number | null
  upcoming: number | null
  unfinished_kind: string | null
  server_version: string
  connections: number
  max_connections: number
}

/**
 * Looks at the whole fleet: one listing of the engine, one statement, one pass over Redis, however many clients. What
 * cannot be asked is null; nothing here fails because a server is away.
 */
export async function readFleetStatus(context: Context, fleet: Fleet): Promise<FleetStatus> {
  const engine = engineFor(fleet)
  const env = await readEnvFile(fleet)
  const [services, declared] = await Promise.all([engine.list(), listDeclarations(fleet)])
  const byService = new Map(services.map((one) => [one.service, one]))
  const asked = await askPostgres(engine, env)
  const rows = asked.rows.filter((row) => row.client_id !== null)
  const byRow = new Map(rows.map((row) => [String(row.client_id), row]))
  const byDeclaration = new Map(declared.map((one) => [one.id, one]))
  const ids = [...new Set([...byRow.keys(), ...byDeclaration.keys()])].toSorted()
  const keys = await askRedis(engine, env, ids)
  const clients = await Promise.all(
    ids.map((id) =>
      statusOf(context, fleet, id, {
        row: byRow.get(id),
        declaration: byDeclaration.get(id),
        service: byService.get(clientNames(id).service),
        keys: keys.counts?.get(clientNames(id).keyPrefix),
        asked: asked.problem === undefined,
      }),
    ),
  )
  const postgres = serverStatus(byService.get('postgres'), asked.problem, asked.detail)
  const redis = serverStatus(byService.get('redis'), keys.problem, keys.detail)
  return {
    fleet: fleet.settings.name,
    at: context.now().toISOString(),
    healthy: postgres.healthy && redis.healthy && clients.every((one) => one.healthy),
    postgres,
    redis,
    clients,
  }
}

async function askPostgres(
  engine: Engine,
  env: EnvFile,
): Promise<{ rows: Row[]; detail: string; problem?: string }> {
  try {
    const password = requireEnv(env, 'POSTGRES_PASSWORD')
    const db = await openAdmin({
      endpoint: await engine.postgres(),
      password,
      applicationName: 'bookctl status',
    })
    try {
      const { rows } = await db.query<Row>(FLEET_STATUS_SQL)
      const server = rows[0]
      const detail = server
        ? `${server.server_version.split(' ')[0]}, ${server.connections} of ${server.max_connections} connections`
        : ''
      return { rows, detail }
    } finally {
      await db.end()
    }
  } catch (error) {
    return { rows: [], detail: '', problem: problemOf(error) }
  }
}

async function askRedis(
  engine: Engine,
  env: EnvFile,
  ids: readonly string[],
): Promise<{ counts?: Map<string, number>; detail: string; problem?: string }> {
  try {
    const redis = await openRedis({
      endpoint: await engine.redis(),
      password: requireEnv(env, 'REDIS_PASSWORD'),
    })
    try {
      const info = await redis.connection.info()
      const field = (name: string) => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1] ?? '?'
      const counts = await countKeys(
        redis,
        ids.map((id) => clientNames(id).keyPrefix),
      )
      const detail = `${field('redis_version')}, ${field('used_memory_human')} of ${field('maxmemory_human')}`
      return { counts, detail }
    } finally {
      await redis.end()
    }
  } catch (error) {
    return { detail: '', problem: problemOf(error) }
  }
}

/** A server that is away is news to be shown; a fault of ours is not hidden. */
function problemOf(error: unknown): string {
  if (error instanceof BookctlError) return error.message
  if (typeof (error as { code?: unknown }).code === 'string') return (error as Error).message
  throw error
}

function serverStatus(
  service: ServiceState | undefined,
  problem: string | undefined,
  detail: string,
): ServerStatus {
  const state = service?.state ?? 'missing'
  return { state, healthy: state === 'running' && problem === undefined, detail: problem ?? detail }
}

async function statusOf(
  context: Context,
  fleet: Fleet,
  id: string,
  found: {
    row: Row | undefined
    declaration: ClientDeclaration | undefined
    service: ServiceState | undefined
    keys: number | undefined
    /** False while PostgreSQL is away: a missing row means nothing then. */
    asked: boolean
  },
): Promise<ClientStatus> {
  const { row, declaration, service } = found
  const title = declaration?.title ?? row?.title ?? id
  const state = row?.state ?? (found.asked ? 'declared' : null)
  const process = service?.state ?? 'missing'
  const verdict = judgeClient({
    id,
    title,
    state,
    process,
    run: declaration?.run,
    exitCode: service?.exitCode ?? null,
    ready: row?.ready === true,
    notReadyReason: row?.not_ready_reason ?? null,
    beatAgeSeconds: row?.beat_age_seconds ?? null,
    unfinished: row?.unfinished_kind ?? null,
  })
  const startedAt = process === 'running' ? service?.startedAt : undefined
  const [newest] = await listBackups(fleet.paths.clientBackups(id))
  return {
    id,
    title,
    state,
    process,
    ...verdict,
    botUsername: row?.bot_username ?? null,
    uptimeSeconds: startedAt ? Math.round((context.now().getTime() - startedAt.getTime()) / 1e3) : null,
    schemaBytes: row?.bytes ?? null,
    customers: row?.customers ?? null,
    upcomingBookings: row?.upcoming ?? null,
    redisKeys: found.keys ?? null,
    lastUpdateAt: row?.last_update_at?.toISOString() ?? null,
    lastBackupAt: newest?.data.createdAt ?? null,
  }
}
