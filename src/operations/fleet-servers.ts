import type { Engine, RunState, ServiceState } from '../engines/engine.ts'
import { type EnvFile, requireEnv } from '../env/env-file.ts'
import { clientNames } from '../fleet/names.ts'
import { type AdminDb, openAdmin } from '../postgres/admin.ts'
import { countKeys, openRedis } from '../redis/admin.ts'
import { FLEET_STATUS_SQL } from './fleet-status.sql.ts'

/** A server of the shared stack. What it could not be asked for is null. */
export interface ServerStatus {
  state: RunState
  healthy: boolean
  /** For people: version and use, or why it is not well. */
  detail: string
  version: string | null
  connections: number | null
  /** PostgreSQL only. */
  maxConnections: number | null
  /** Redis only. */
  memoryBytes: number | null
  maxMemoryBytes: number | null
}

/** A row of FLEET_STATUS_SQL. A fleet without clients has one, with nulls and the server's own facts. */
export interface StatusRow extends Record<string, unknown> {
  client_id: string | null
  title: string
  state: string
  bot_username: string | null
  bytes: number | null
  ready: boolean | null
  not_ready_reason: string | null
  stopped: boolean | null
  beat_age_seconds: number | null
  last_update_at: Date | null
  customers: number | null
  upcoming: number | null
  held: boolean | null
  unfinished_kind: string | null
  unfinished_step: string | null
  unfinished_by: string | null
  unfinished_since: Date | null
  unfinished_again: string | null
  server_version: string
  connections: number
  max_connections: number
}

/** One statement for the whole fleet takes a second or two at a thousand clients. */
const ANSWER_MS = 30_000

const UNKNOWN = {
  version: null,
  connections: null,
  maxConnections: null,
  memoryBytes: null,
  maxMemoryBytes: null,
}

/** Everything that PostgreSQL knows of the fleet; a server that is away is news, not a failure. */
export async function askPostgres(
  engine: Engine,
  env: EnvFile,
  service: ServiceState | undefined,
): Promise<{ rows: StatusRow[]; answered: boolean; status: ServerStatus }> {
  const state = service?.state ?? 'missing'
  try {
    const password = requireEnv(env, 'POSTGRES_PASSWORD')
    const endpoint = await engine.postgres()
    const db = await openAdmin({ endpoint, password, applicationName: 'bookctl status', answerMs: ANSWER_MS })
    try {
      const rows = await readRows(db)
      const [first] = rows
      const version = first?.server_version.split(' ')[0] ?? null
      const [connections, maxConnections] = [first?.connections ?? null, first?.max_connections ?? null]
      const status = {
        ...UNKNOWN,
        state,
        healthy: state === 'running',
        detail: `${version}, ${connections} of ${maxConnections} connections`,
        version,
        connections,
        maxConnections,
      }
      return { rows, answered: true, status }
    } finally {
      await db.end()
    }
  } catch (error) {
    const status = { ...UNKNOWN, state, healthy: false, detail: problemOf(error) }
    return { rows: [], answered: false, status }
  }
}

/** undefined_table, invalid_schema_name: another bookctl has dropped a schema between our look and our count. */
const GONE_MEANWHILE = new Set(['42P01', '3F000'])

/** One statement for the whole fleet; again only when a schema vanished under it. */
export async function readRows(db: Pick<AdminDb, 'query'>, attempts = 3): Promise<StatusRow[]> {
  try {
    return (await db.query<StatusRow>(FLEET_STATUS_SQL)).rows
  } catch (error) {
    if (attempts <= 1 || !GONE_MEANWHILE.has(String((error as { code?: unknown }).code))) throw error
    return readRows(db, attempts - 1)
  }
}

/** How Redis is, and the number of keys below each client's prefix, in one pass. */
export async function askRedis(
  engine: Engine,
  env: EnvFile,
  service: ServiceState | undefined,
  ids: readonly string[],
): Promise<{ counts?: Map<string, number>; status: ServerStatus }> {
  const state = service?.state ?? 'missing'
  try {
    const redis = await openRedis({
      endpoint: await engine.redis(),
      password: requireEnv(env, 'REDIS_PASSWORD'),
    })
    try {
      const info = await redis.connection.info()
      const field = (name: string) => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1] ?? null
      const prefixes = ids.map((id) => clientNames(id).keyPrefix)
      const counts = await countKeys(redis, prefixes)
      const version = field('redis_version')
      const limit = Number(field('maxmemory'))
      const memory = `${field('used_memory_human')}${limit > 0 ? ` of ${field('maxmemory_human')}` : ''}`
      const connections = Number(field('connected_clients'))
      const status = {
        ...UNKNOWN,
        state,
        healthy: state === 'running',
        detail: `${version}, ${memory}, ${connections} connection${connections === 1 ? '' : 's'}`,
        version,
        connections,
        memoryBytes: Number(field('used_memory')),
        maxMemoryBytes: limit > 0 ? limit : null,
      }
      return { counts, status }
    } finally {
      await redis.end()
    }
  } catch (error) {
    return { status: { ...UNKNOWN, state, healthy: false, detail: problemOf(error) } }
  }
}

const OURS = [TypeError, RangeError, ReferenceError, SyntaxError]

/** A server that is away, or goes away while we ask, is news to be shown; a fault of ours is not hidden. */
function problemOf(error: unknown): string {
  if (!(error instanceof Error) || OURS.some((kind) => error instanceof kind)) throw error
  return error.message
}
