import { describe, expect, test } from 'vitest'
import { ConfigError, readConfig } from '../../../bot/config.ts'

const token = `123456789:${'A'.repeat(35)}`
const least = {
  BOT_TOKEN: token,
  CLIENT_ID: 'client_001',
  DATABASE_URL: 'postgresql://client_001:pw@db:5432/booking_saas',
  REDIS_HOST: 'redis',
}

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

describe('the environment of a bot', () => {
  test('needs four variables; the rest has the defaults of the guide', () => {
    expect(readConfig(least)).toMatchObject({
      clientId: 'client_001',
      botId: 123456789,
      adminIds: [],
      schema: 'client_001',
      poolMaxSize: 3,
      redis: { host: 'redis', port: 6379, db: 0, keyPrefix: 'client_001:' },
      defaults: { settings: {}, workHours: { start: 9, end: 18 } },
      telegram: { apiRoot: 'https://api.telegram.org', proxy: undefined },
      http: { host: '127.0.0.1', port: 0 },
      logLevel: 'info',
      obsolete: [],
    })
    expect(problemsOf({})).toEqual([
      "BOT_TOKEN is missing (the client bot's token)",
      'CLIENT_ID is missing (id of the client, as client_001)',
      "DATABASE_URL is missing (postgresql:// URL with the client's own role)",
      'REDIS_HOST is missing (host of Redis)',
    ])
  })

  test.each<[string, Record<string, string>, string]>([
    [
      'an address with a slash behind it',
      { TELEGRAM_API_ROOT: 'http://bot-api:8081/' },
      'http://bot-api:8081',
    ],
    ['blanks around a value', { TELEGRAM_API_ROOT: ' http://bot-api:8081 ' }, 'http://bot-api:8081'],
    ['an empty value, which counts as none', { TELEGRAM_API_ROOT: '' }, 'https://api.telegram.org'],
  ])('accepts %s', (_, env, expected) => {
    expect(readConfig({ ...least, ...env }).telegram.apiRoot).toBe(expected)
  })

  test('gives what the client has no settings of its own for', () => {
    const { defaults } = readConfig({
      ...least,
      MAX_BOOKINGS_PER_USER: '5',
      CANCELLATION_HOURS: '2',
      RATE_LIMIT_MESSAGE: '0.5',
      RATE_LIMIT_CALLBACK: '0.001',
      WORK_HOURS_START: '10',
      WORK_HOURS_END: '20',
    })
    expect(defaults).toEqual({
      settings: {
        maxBookingsPerUser: 5,
        cancellationHours: 2,
        rateMessagesPerMinute: 120,
        rateTapsPerMinute: 60_000,
      },
      workHours: { start: 10, end: 20 },
    })
  })

  test.each<[Record<string, string>, string]>([
    [{ PG_SCHEMA: 'client_002' }, 'PG_SCHEMA must be the same as CLIENT_ID'],
    [{ REDIS_KEY_PREFIX: 'client_001' }, 'REDIS_KEY_PREFIX must end with a colon'],
    [{ RATE_LIMIT_MESSAGE: '0' }, 'RATE_LIMIT_MESSAGE must be a number from 0.001 to 60'],
    [{ DB_POOL_MAX_SIZE: '2.5' }, 'DB_POOL_MAX_SIZE must be a whole number from 1 to 100'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be one of fatal, error, warn, info, debug, trace'],
    [{ BOT_TOKEN_FILE: '/nowhere/token' }, 'BOT_TOKEN_FILE: ENOENT'],
    [{ TELEGRAM_PROXY: 'ftp://host' }, 'TELEGRAM_PROXY is not a valid address'],
    [{ SENTRY_ENABLED: 'perhaps' }, 'SENTRY_ENABLED must be true or false'],
    [
      { SENTRY_ENABLED: 'true', SENTRY_DSN: 'https://your_sentry_dsn@sentry.io/project_id' },
      'SENTRY_DSN is not an address of a Sentry project',
    ],
    [{ SENTRY_TRACES_SAMPLE_RATE: '10' }, 'SENTRY_TRACES_SAMPLE_RATE must be a number from 0 to 1'],
  ])('refuses %o', (env, problem) => {
    expect(problemsOf({ ...least, ...env })).toEqual([problem])
  })

  test('reports faults only where that is enabled and has an address, with the defaults of the guide', () => {
    const dsn = 'https://abc123@o42.ingest.sentry.io/4507'
    const faultsOf = (env: Record<string, string>) => readConfig({ ...least, ...env }).faults
    expect(faultsOf({ SENTRY_ENABLED: 'false', SENTRY_DSN: 'https://your_sentry_dsn@sentry.io/id' })).toBe(
      undefined,
    )
    expect(faultsOf({ SENTRY_ENABLED: 'true' })).toBe(undefined)
    expect(faultsOf({ SENTRY_ENABLED: 'True', SENTRY_DSN: dsn })).toEqual({
      dsn,
      environment: 'production',
      tracesSampleRate: 0.1,
    })
  })

  test('reads admins with commas, blanks or semicolons between them', () => {
    expect(readConfig({ ...least, ADMIN_IDS: '1, 2;3 4,' }).adminIds).toEqual([1, 2, 3, 4])
  })
})
