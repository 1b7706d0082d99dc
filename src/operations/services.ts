import { FLEET_SCHEMA_VERSION } from '../../bot/contract/schema.ts'
import type { Context } from '../context.ts'
import type { Engine } from '../engines/engine.ts'
import { engineFor } from '../engines/index.ts'
import { type EnvFile, readEnvFile, requireEnv } from '../env/env-file.ts'
import type { Fleet } from '../fleet/fleet.ts'
import { type AdminDb, openAdmin } from '../postgres/admin.ts'
import { ensureFleetSchema, inspectFleetSchema } from '../postgres/fleet-schema.ts'
import { openRedis, type RedisAdmin } from '../redis/admin.ts'
import { operator } from './operator.ts'

/** What an operation works with: the engine, both servers as the operator's own user, and `.env` as it was at the start. */
export interface Services {
  readonly fleet: Fleet
  readonly engine: Engine
  readonly db: AdminDb
  readonly redis: RedisAdmin
  readonly env: EnvFile
  /** A further session, for work that needs one of its own (the scratch database of a proof). */
  openDb(database?: string): Promise<AdminDb>
  close(): Promise<void>
}

/**
 * Opens the fleet's servers. `command` is what a second operator sees while this session holds a lock; `readOnly` leaves
 * schema `fleet` as it is, however old.
 * @throws BookctlError when the fleet is not up, with the hint `bookctl up`.
 */
export async function openServices(
  _context: Context,
  fleet: Fleet,
  command = 'bookctl',
  options: { readOnly?: boolean } = {},
): Promise<Services> {
  const engine = engineFor(fleet)
  const env = await readEnvFile(fleet)
  const [postgres, redisAt] = await Promise.all([engine.postgres(), engine.redis()])
  const openDb = (database?: string) =>
    openAdmin({
      endpoint: postgres,
      password: requireEnv(env, 'POSTGRES_PASSWORD'),
      // PostgreSQL keeps 63 bytes of it.
      applicationName: `${command} by ${operator()} (${process.pid})`.slice(0, 63),
      ...(database === undefined ? {} : { database }),
    })
  const db = await openDb()
  try {
    // One cheap look, so that a command that only reads writes nothing.
    const current = options.readOnly || (await inspectFleetSchema(db)).version === FLEET_SCHEMA_VERSION
    if (!current) await ensureFleetSchema(db)
    const redis = await openRedis({ endpoint: redisAt, password: requireEnv(env, 'REDIS_PASSWORD') })
    return {
      fleet,
      engine,
      db,
      redis,
      env,
      openDb,
      close: async () => {
        await redis.end()
        await db.end()
      },
    }
  } catch (error) {
    await db.end()
    throw error
  }
}

/** Opens the services, works, and closes them whatever happened. */
export async function withServices<T>(
  context: Context,
  fleet: Fleet,
  work: (services: Services) => Promise<T>,
  command?: string,
  options?: { readOnly?: boolean },
): Promise<T> {
  const services = await openServices(context, fleet, command, options)
  try {
    return await work(services)
  } finally {
    await services.close()
  }
}
