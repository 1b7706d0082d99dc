import type { BotEnvName } from '../../bot/contract/env.ts'
import { type EnvFile, requireEnv } from '../env/env-file.ts'
import type { Fleet } from '../fleet/fleet.ts'
import { clientNames, DATABASE } from '../fleet/names.ts'
import type { ClientDeclaration } from '../fleet/schema.ts'
import type { Endpoint } from './engine.ts'

/** Settings that an operator may put into `.env` for all bots. */
const PASSED_ON = [
  'TELEGRAM_PROXY',
  'LOG_LEVEL',
  'RATE_LIMIT_MESSAGE',
  'RATE_LIMIT_CALLBACK',
  'DB_POOL_MAX_SIZE',
  'SENTRY_ENABLED',
  'SENTRY_TRACES_SAMPLE_RATE',
] as const satisfies readonly BotEnvName[]

/**
 * The environment of a client's bot, under the names of the deployment guide: only its own secrets.
 * @throws BookctlError (exit 10) naming the variable that `.env` lacks.
 */
export function botEnvironment(
  fleet: Fleet,
  declaration: ClientDeclaration,
  secrets: EnvFile,
  at: { postgres: Endpoint; redis: Endpoint },
): Record<string, string> {
  const names = clientNames(declaration.id)
  const database = new URL(`postgresql://${at.postgres.host}:${at.postgres.port}/${DATABASE}`)
  database.username = names.role
  database.password = encodeURIComponent(requireEnv(secrets, names.env.databasePassword))
  const initial = declaration.initial
  const entries: Partial<Record<BotEnvName, string | number | null | undefined>> = {
    BOT_TOKEN: requireEnv(secrets, names.env.token),
    ADMIN_IDS: secrets.get(names.env.adminIds) ?? '',
    CLIENT_ID: names.id,
    DATABASE_URL: database.href,
    PG_SCHEMA: names.schema,
    REDIS_HOST: at.redis.host,
    REDIS_PORT: at.redis.port,
    REDIS_USERNAME: names.redisUser,
    REDIS_PASSWORD: requireEnv(secrets, names.env.redisPassword),
    REDIS_KEY_PREFIX: names.keyPrefix,
    WORK_HOURS_START: initial.workHours?.start,
    WORK_HOURS_END: initial.workHours?.end,
    MAX_BOOKINGS_PER_USER: initial.maxBookingsPerUser,
    CANCELLATION_HOURS: initial.cancellationHours,
    TELEGRAM_API_ROOT: fleet.settings.telegram.apiRoot,
    // A project of its own, or that of the fleet; there the environment tells the clients apart.
    SENTRY_DSN: secrets.get(names.env.sentryDsn) || secrets.get('SENTRY_DSN'),
    SENTRY_ENVIRONMENT: `${secrets.get('SENTRY_ENVIRONMENT') || 'production'}-${names.id.replaceAll('_', '-')}`,
  }
  for (const name of PASSED_ON) entries[name] = secrets.get(name)
  return Object.fromEntries(
    Object.entries(entries).flatMap(([name, value]) =>
      value === undefined || value === null ? [] : [[name, String(value)]],
    ),
  )
}
