import { readFileSync } from 'node:fs'
import { BOT_ENV, type BotEnvName, botIdOfToken, OBSOLETE_ENV } from './contract/env.ts'
import { ENV_SETTINGS } from './contract/env-settings.ts'
import {
  type ClientSettings,
  DEFAULT_WORK_HOURS,
  type WorkHours,
  workHoursSchema,
} from './contract/settings.ts'
import type { FaultOptions } from './faults/faults.ts'
import type { SessionsOptions } from './storage/sessions.ts'

/** What one client's bot is given by its environment. */
export interface BotConfig {
  clientId: string
  token: string
  botId: number
  adminIds: number[]
  databaseUrl: string
  schema: string
  poolMaxSize: number
  redis: Omit<SessionsOptions, 'log'>
  defaults: { settings: Partial<ClientSettings>; workHours: WorkHours }
  telegram: { apiRoot: string; proxy: string | undefined }
  http: { host: string; port: number }
  /** Where faults are reported; undefined: nowhere. */
  faults: FaultOptions | undefined
  logLevel: string
  /** Variables of the guide that mean nothing here and were set all the same. */
  obsolete: string[]
}

/** All mistakes of an environment at once. */
export class ConfigError extends Error {
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.join('; '))
    this.problems = problems
  }
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace']

/**
 * Reads the environment under the guide's names; `NAME_FILE` names a file that holds the value.
 * @throws ConfigError that lists every mistake.
 */
export function readConfig(env: NodeJS.ProcessEnv): BotConfig {
  const problems: string[] = []
  const read = (name: BotEnvName): string | undefined => {
    const file = env[`${name}_FILE`]
    if (!file) return env[name]?.trim() || undefined
    try {
      return readFileSync(file, 'utf8').trim() || undefined
    } catch (error) {
      problems.push(`${name}_FILE: ${(error as NodeJS.ErrnoException).code ?? 'cannot be read'}`)
      return undefined
    }
  }
  const required = (name: BotEnvName): string => {
    const value = read(name)
    if (value === undefined && !env[`${name}_FILE`])
      problems.push(`${name} is missing (${BOT_ENV[name].about})`)
    return value ?? ''
  }
  const number = (name: BotEnvName, fallback: number, range: [number, number], whole = true): number => {
    const text = read(name)
    if (text === undefined) return fallback
    const value = Number(text)
    const fits =
      Number.isFinite(value) && value >= range[0] && value <= range[1] && (!whole || Number.isInteger(value))
    if (!fits)
      problems.push(`${name} must be a${whole ? ' whole' : ''} number from ${range[0]} to ${range[1]}`)
    return value
  }

  const token = required('BOT_TOKEN')
  const botId = botIdOfToken(token)
  if (token && !botId) problems.push('BOT_TOKEN does not look like a token of @BotFather')
  const clientId = required('CLIENT_ID')
  const schema = read('PG_SCHEMA') ?? clientId
  if (schema !== clientId) problems.push('PG_SCHEMA must be the same as CLIENT_ID')
  const keyPrefix = read('REDIS_KEY_PREFIX') ?? `${clientId}:`
  if (!keyPrefix.endsWith(':')) problems.push('REDIS_KEY_PREFIX must end with a colon')
  const logLevel = read('LOG_LEVEL')?.toLowerCase() ?? 'info'
  if (!LOG_LEVELS.includes(logLevel)) problems.push(`LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}`)
  const username = read('REDIS_USERNAME')
  const password = read('REDIS_PASSWORD')

  const config: BotConfig = {
    clientId,
    token,
    botId: Number(botId),
    adminIds: readIds(read('ADMIN_IDS'), problems),
    databaseUrl: readUrl(required('DATABASE_URL'), 'DATABASE_URL', /^postgres(ql)?:$/, problems),
    schema,
    poolMaxSize: number('DB_POOL_MAX_SIZE', 3, [1, 100]),
    redis: {
      host: required('REDIS_HOST'),
      port: number('REDIS_PORT', 6379, [1, 65_535]),
      db: number('REDIS_DB', 0, [0, 1_000]),
      keyPrefix,
      ...(username ? { username } : {}),
      ...(password ? { password } : {}),
    },
    defaults: { settings: readSettings(number, read), workHours: readHours(number, problems) },
    telegram: {
      apiRoot: readUrl(
        read('TELEGRAM_API_ROOT') ?? 'https://api.telegram.org',
        'TELEGRAM_API_ROOT',
        /^https?:$/,
        problems,
      ).replace(/\/+$/, ''),
      proxy: readProxy(read('TELEGRAM_PROXY'), problems),
    },
    http: { host: read('HEALTH_HOST') ?? '127.0.0.1', port: number('HEALTH_PORT', 0, [0, 65_535]) },
    faults: readFaults(read, number, problems),
    logLevel,
    obsolete: OBSOLETE_ENV.filter((name) => env[name] !== undefined),
  }
  if (problems.length > 0) throw new ConfigError(problems)
  return config
}

type Read = (name: BotEnvName) => string | undefined
type ReadNumber = (name: BotEnvName, fallback: number, range: [number, number], whole?: boolean) => number

/** As Sentry and its likes give it: `https://KEY@HOST/NUMBER`. */
const DSN_FORM = /^https?:\/\/\w+(:\w*)?@(\[[:.%\w]+\]|[\w.-]+)(:\d+)?\/(\S+\/)?\d+$/

/** A client without an address of its own reports nothing, although reports are enabled for the fleet. */
function readFaults(read: Read, number: ReadNumber, problems: string[]): FaultOptions | undefined {
  const enabled = read('SENTRY_ENABLED')?.toLowerCase() ?? 'false'
  if (enabled !== 'true' && enabled !== 'false') problems.push('SENTRY_ENABLED must be true or false')
  const tracesSampleRate = number('SENTRY_TRACES_SAMPLE_RATE', 0.1, [0, 1], false)
  const dsn = read('SENTRY_DSN')
  if (enabled !== 'true' || dsn === undefined) return undefined
  if (!DSN_FORM.test(dsn)) problems.push('SENTRY_DSN is not an address of a Sentry project')
  return { dsn, environment: read('SENTRY_ENVIRONMENT') ?? 'production', tracesSampleRate }
}

function readSettings(number: ReadNumber, read: Read): Partial<ClientSettings> {
  return Object.fromEntries(
    ENV_SETTINGS.filter(({ name }) => read(name) !== undefined).map(
      ({ name, setting, range, whole, valueOf }) => [setting, valueOf(number(name, range[1], range, whole))],
    ),
  )
}

function readHours(number: ReadNumber, problems: string[]): WorkHours {
  const hours = {
    start: number('WORK_HOURS_START', DEFAULT_WORK_HOURS.start, [0, 24]),
    end: number('WORK_HOURS_END', DEFAULT_WORK_HOURS.end, [0, 24]),
  }
  const parsed = workHoursSchema.safeParse(hours)
  if (!parsed.success) problems.push('WORK_HOURS_END must be after WORK_HOURS_START')
  return hours
}

function readIds(text: string | undefined, problems: string[]): number[] {
  const ids = (text ?? '').split(/[\s,;]+/).filter(Boolean)
  for (const id of ids) if (!/^\d{1,15}$/.test(id)) problems.push(`ADMIN_IDS: '${id}' is not a Telegram id`)
  return ids.map(Number)
}

function readUrl(text: string, name: string, protocol: RegExp, problems: string[]): string {
  if (text === '') return text
  const url = URL.canParse(text) ? new URL(text) : undefined
  // Never print the value: it may hold a password.
  if (!url || !protocol.test(url.protocol)) problems.push(`${name} is not a valid address`)
  return text
}

function readProxy(text: string | undefined, problems: string[]): string | undefined {
  if (text === undefined) return undefined
  return readUrl(text, 'TELEGRAM_PROXY', /^(https?|socks5h?|socks):$/, problems)
}

/** What nothing that leaves the process may hold. */
export function secretsOf({ token, databaseUrl, redis, telegram }: BotConfig): string[] {
  const inAddresses = [databaseUrl, telegram.proxy].flatMap((address) => {
    const password = address && URL.canParse(address) ? new URL(address).password : ''
    return password ? [password, decodeURIComponent(password)] : []
  })
  return [token, ...inAddresses, ...(redis.password ? [redis.password] : [])]
}
