import type { BotEnvName } from '../../bot/contract/env.ts'
import type { EnvSettingName } from '../../bot/contract/env-settings.ts'
import { type EnvFile, requireEnv } from '../env/env-file.ts'
import type { Fleet } from '../fleet/fleet.ts'
import { clientNames, DATABASE } from '../fleet/names.ts'
import type { ClientDeclaration } from '../fleet/schema.ts'
import type { Endpoint } from './engine.ts'

/** Settings that an operator may put into `.env` for all bots. */
const PASSED_ON = [
  'TELEGRAM_PROXY',
  'LOG_LEVEL',
  'DB_POOL_MAX_SIZE',
  'SENTRY_ENABLED',
  'SENTRY_TRACES_SAMPLE_RATE',
] as const satisfies readonly BotEnvName[]

/** How entries of `.env` get into the environment: as their values, or as references that somebody else fills in. */
export interface EnvValues {
  /** An entry that must be there. */
  required(name: string): string
  /** The same, fit to stand inside a URL. */
  inUrl(name: string): string
  /** The first of these entries that is there and not empty, else `fallback`. */
  optional(names: readonly string[], fallback?: string): string
}

/** The values themselves. `required` throws BookctlError (exit 10) naming the entry that `.env` lacks. */
export function plainValues(secrets: EnvFile): EnvValues {
  return {
    required: (name) => requireEnv(secrets, name),
    inUrl: (name) => encodeURIComponent(requireEnv(secrets, name)),
    optional: (names, fallback = '') => names.map((name) => secrets.get(name)).find(Boolean) ?? fallback,
  }
}

/** What stands in for settings while the client's table has none. */
export function settingsEnvironment(
  { initial }: ClientDeclaration,
  values: EnvValues,
): Record<EnvSettingName, string | number | undefined> {
  return {
    MAX_BOOKINGS_PER_USER: initial.maxBookingsPerUser,
    CANCELLATION_HOURS: initial.cancellationHours,
    RATE_LIMIT_MESSAGE: values.optional(['RATE_LIMIT_MESSAGE']),
    RATE_LIMIT_CALLBACK: values.optional(['RATE_LIMIT_CALLBACK']),
  }
}

/** The environment of a client's bot, under the names of the deployment guide: only its own secrets. */
export function botEnvironment(
  fleet: Fleet,
  declaration: ClientDeclaration,
  values: EnvValues,
  at: { postgres: Endpoint; redis: Endpoint },
): Record<string, string> {
  const names = clientNames(declaration.id)
  const { host, port } = at.postgres
  const { workHours } = declaration.initial
  const entries: Partial<Record<BotEnvName, string | number | null | undefined>> = {
    BOT_TOKEN: values.required(names.env.token),
    ADMIN_IDS: values.optional([names.env.adminIds]),
    CLIENT_ID: names.id,
    DATABASE_URL: `postgresql://${names.role}:${values.inUrl(names.env.databasePassword)}@${host}:${port}/${DATABASE}`,
    PG_SCHEMA: names.schema,
    REDIS_HOST: at.redis.host,
    REDIS_PORT: at.redis.port,
    REDIS_USERNAME: names.redisUser,
    REDIS_PASSWORD: values.required(names.env.redisPassword),
    REDIS_KEY_PREFIX: names.keyPrefix,
    WORK_HOURS_START: workHours?.start,
    WORK_HOURS_END: workHours?.end,
    ...settingsEnvironment(declaration, values),
    TELEGRAM_API_ROOT: fleet.settings.telegram.apiRoot,
    // A project of its own, or that of the fleet; there the environment tells the clients apart.
    SENTRY_DSN: values.optional([names.env.sentryDsn, 'SENTRY_DSN']),
    SENTRY_ENVIRONMENT: `${values.optional(['SENTRY_ENVIRONMENT'], 'production')}-${names.id.replaceAll('_', '-')}`,
  }
  for (const name of PASSED_ON) entries[name] = values.optional([name])
  return Object.fromEntries(
    Object.entries(entries).flatMap(([name, value]) =>
      value === undefined || value === null ? [] : [[name, String(value)]],
    ),
  )
}
