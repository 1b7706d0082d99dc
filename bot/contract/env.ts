/**
 * The bot's environment, under the names of the deployment guide. `NAME_FILE` is accepted for every secret
 * (and for every other name too): the value is then read from that file.
 */
export const BOT_ENV = {
  BOT_TOKEN: { secret: true, about: "the client bot's token" },
  ADMIN_IDS: { about: 'Telegram ids of the first admins, separated by commas' },
  CLIENT_ID: { about: 'id of the client, as client_001' },
  DATABASE_URL: { secret: true, about: "postgresql:// URL with the client's own role" },
  PG_SCHEMA: { about: 'schema of the client; the same as CLIENT_ID' },
  DB_POOL_MAX_SIZE: { about: 'connections at most (default 3)' },
  REDIS_HOST: { about: 'host of Redis' },
  REDIS_PORT: { about: 'port of Redis (default 6379)' },
  REDIS_DB: { about: 'database number (default 0)' },
  REDIS_USERNAME: { about: 'ACL user; the same as CLIENT_ID' },
  REDIS_PASSWORD: { secret: true, about: 'password of the ACL user' },
  REDIS_KEY_PREFIX: { about: 'prefix of every key, as client_001:' },
  WORK_HOURS_START: { about: 'used only while the schedule of the client has no weekly hours' },
  WORK_HOURS_END: { about: 'used only while the schedule of the client has no weekly hours' },
  MAX_BOOKINGS_PER_USER: { about: 'used only while the client has no such setting' },
  CANCELLATION_HOURS: { about: 'used only while the client has no such setting' },
  RATE_LIMIT_MESSAGE: {
    about:
      'seconds in which one message is earned back (default 0.5; burst 5); used only while the client has no such setting',
  },
  RATE_LIMIT_CALLBACK: {
    about:
      'seconds in which one tap is earned back (default 0.3; burst 5); used only while the client has no such setting',
  },
  TELEGRAM_API_ROOT: { about: 'address of the Bot API server (default https://api.telegram.org)' },
  TELEGRAM_PROXY: { secret: true, about: 'http://, https:// or socks5:// proxy for Telegram' },
  HEALTH_HOST: { about: 'address of /healthz, /readyz, /metrics (default 127.0.0.1)' },
  HEALTH_PORT: { about: 'port of /healthz, /readyz, /metrics (default 0: any free one)' },
  LOG_LEVEL: { about: 'fatal, error, warn, info, debug, trace (default info)' },
  SENTRY_ENABLED: { about: 'true to report faults to SENTRY_DSN (default false)' },
  SENTRY_DSN: { secret: true, about: 'address of a Sentry project' },
  SENTRY_ENVIRONMENT: { about: 'environment named in reports (default production)' },
  SENTRY_TRACES_SAMPLE_RATE: { about: 'share of updates whose time is reported, 0 to 1 (default 0.1)' },
} as const satisfies Record<string, { secret?: boolean; about: string }>
export type BotEnvName = keyof typeof BOT_ENV

/** Variables of the guide that mean nothing here: accepted, and named in the log as obsolete. */
export const OBSOLETE_ENV = ['DB_TYPE', 'REDIS_ENABLED'] as const

/** Telegram's token: numeric bot id, a colon, at least 30 characters. */
export const TOKEN_FORM = /^(\d{3,20}):[A-Za-z0-9_-]{30,}$/

/** The same anywhere inside other text, for redaction; group 1 is the bot id, which is no secret. */
export const TOKEN_ANYWHERE = /(\d{3,20}):[A-Za-z0-9_-]{30,}/g

/** The bot id inside a token. Undefined where the token's form is wrong. */
export function botIdOfToken(token: string): string | undefined {
  return TOKEN_FORM.exec(token)?.[1]
}

/** A bot's exit codes: what the supervisor and a person read from `docker ps`. */
export const BOT_EXIT = {
  stopped: 0,
  failed: 1,
  /** Bad environment. Starting again cannot help. */
  configuration: 10,
  /** No schema, an older schema, or a role that was refused. bookctl must act first. */
  schema: 13,
  /** Telegram refused the token (401). */
  token: 12,
} as const
