import { BookctlError } from '../errors.ts'

/** Form of a client's id. At most 40 characters, so that every derived name fits PostgreSQL's 63 bytes. */
export const CLIENT_ID_FORM = /^client_[a-z0-9]+(_[a-z0-9]+)*$/
export const CLIENT_ID_MAX_LENGTH = 40

/** Words after `client_` that mean something else in commands, templates or files. */
const RESERVED = new Set([
  'all',
  'base',
  'master',
  'sales',
  'fleet',
  'owner',
  'runtime',
  'bot',
  'shared',
  'latest',
  'example',
])

/** Roles that the fleet shares. */
export const FLEET_ROLES = { owner: 'fleet_owner', client: 'fleet_client' } as const
export const ADMIN_USER = 'booking_user'
export const DATABASE = 'booking_saas'

/**
 * Turns what a person typed into a client's id: `anna` and `client_anna` both mean `client_anna`.
 * @throws BookctlError (exit 2) naming the rule that was broken.
 */
export function parseClientId(typed: string): string {
  const id = typed.startsWith('client_') ? typed : `client_${typed}`
  const refuse = (rule: string) =>
    new BookctlError('client-id-invalid', 'usage', `'${typed}' cannot be a client's id: ${rule}`, {
      hint: 'Use lower-case letters, digits and single underscores, as in client_anna or client_001.',
    })
  if (id.length > CLIENT_ID_MAX_LENGTH) throw refuse(`it is longer than ${CLIENT_ID_MAX_LENGTH} characters`)
  if (!CLIENT_ID_FORM.test(id))
    throw refuse('only lower-case letters, digits and single underscores are allowed')
  if (RESERVED.has(id.slice('client_'.length))) throw refuse('that word is reserved')
  return id
}

/** `client_001`, `client_002`, … ; undefined for an id that is a word. */
export function clientNumber(id: string): number | undefined {
  const digits = /^client_(\d{1,9})$/.exec(id)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

export function clientIdOfNumber(number: number): string {
  return `client_${String(number).padStart(3, '0')}`
}

/** What an engine calls the things that the whole fleet shares; `name` is the fleet's. */
export interface FleetNames {
  /** Compose project. */
  project: string
  network: string
  volumes: { postgres: string; redis: string }
  /** Name of the container that runs a service of the project. */
  container(service: string): string
}

export function fleetNames(name: string): FleetNames {
  return {
    project: name,
    network: `${name}-network`,
    volumes: { postgres: `${name}-postgres-data`, redis: `${name}-redis-data` },
    container: (service) => `${name}-${service}`,
  }
}

/** The shared servers, as services of the project. */
export const POSTGRES = 'postgres'
export const REDIS = 'redis'

/** Everything that is called after a client. The only place where such names are made. */
export interface ClientNames {
  id: string
  schema: string
  role: string
  redisUser: string
  keyPrefix: string
  service: string
  /** Names of its entries in `.env`. The last one is the operator's to add. */
  env: {
    token: string
    adminIds: string
    databasePassword: string
    redisPassword: string
    sentryDsn: string
  }
}

export function clientNames(id: string): ClientNames {
  const upper = id.toUpperCase()
  return {
    id,
    schema: id,
    role: id,
    redisUser: id,
    keyPrefix: `${id}:`,
    service: `bot-${id.replaceAll('_', '-')}`,
    env: {
      token: `BOT_TOKEN_${upper}`,
      adminIds: `ADMIN_IDS_${upper}`,
      databasePassword: `DATABASE_PASSWORD_${upper}`,
      redisPassword: `REDIS_PASSWORD_${upper}`,
      sentryDsn: `SENTRY_DSN_${upper}`,
    },
  }
}

/** Whose bot a service is; undefined for the servers and what else is no client's. */
export function clientIdOfService(service: string): string | undefined {
  const id = service.startsWith('bot-') ? service.slice('bot-'.length).replaceAll('-', '_') : ''
  return CLIENT_ID_FORM.test(id) ? id : undefined
}

/** A quoted SQL identifier. Ids are checked before, quoting is the second wall. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
