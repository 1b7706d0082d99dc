import { readFile } from 'node:fs/promises'
import { botIdOfToken } from '../../bot/contract/env.ts'
import { CLIENT_SCHEMA_VERSION } from '../../bot/contract/schema.ts'
import { countRowsApart } from '../backup/row-counts.ts'
import type { BackupSet } from '../backup/sets.ts'
import { parse } from '../env/dotenv.ts'
import { BookctlError } from '../errors.ts'
import type { Fleet } from '../fleet/fleet.ts'
import { type ClientNames, quoteIdentifier } from '../fleet/names.ts'
import type { AdminDb } from '../postgres/admin.ts'
import { schemaNewer } from '../postgres/migrate-client.ts'
import { decryptWith } from '../secrets/age.ts'
import { findIdentity } from '../secrets/identity-file.ts'
import { registerSecret } from '../secrets/redact.ts'
import { type ClientRow, findClientOfBot, tokenInUse } from './client-rows.ts'
import { finishHint } from './finish-hint.ts'

/** What a restore changes, in numbers. */
export interface RestoreDifference {
  /** Rows that are there now and rows of the backup, of each table in which they differ. */
  tables: { table: string; live: number; backup: number }[]
  /** Made since the backup, so lost by the restore. Null where the client has no data now. */
  since: { bookings: number; customers: number } | null
}

/**
 * What a restore of this backup would change. @throws BookctlError `schema-busy` (exit 124) when somebody holds its tables.
 */
export async function compareWithLive(
  db: AdminDb,
  names: ClientNames,
  set: BackupSet,
): Promise<RestoreDifference> {
  const live = await db.transaction((tx) => countRowsApart(tx, names.schema))
  const backup = set.data.rows
  const tables = [...new Set([...Object.keys(live), ...Object.keys(backup)])].toSorted()
  const differing = tables
    .map((table) => ({ table, live: live[table] ?? 0, backup: backup[table] ?? 0 }))
    .filter((one) => one.live !== one.backup)
  if (Object.keys(live).length === 0) return { tables: differing, since: null }
  const schema = quoteIdentifier(names.schema)
  const { rows } = await db.query<{ bookings: number; customers: number }>(
    `select (select count(*) from ${schema}.bookings where created_at > $1 and hold_expires_at is null) as bookings,
            (select count(*) from ${schema}.users where created_at > $1) as customers`,
    [set.data.createdAt],
  )
  return { tables: differing, since: rows[0] ?? { bookings: 0, customers: 0 } }
}

/** One sentence for whoever confirms. */
export function describeDifference({ tables, since }: RestoreDifference): string {
  const changes = tables.map(({ table, live, backup }) => `${table} ${live} → ${backup}`)
  const rows = changes.length > 0 ? `rows now → then: ${changes.join(', ')}` : 'as many rows in every table'
  if (!since) return `it has no data now; ${rows}`
  return `${since.bookings} bookings and ${since.customers} customers came after it and will be gone; ${rows}`
}

/**
 * Whether this backup may be restored into this client.
 * @throws BookctlError exit 5 for a client in the middle of something else or of another UUID; exit 10 for a schema
 * newer than this bookctl; exit 13 for an archive of a newer PostgreSQL than the server.
 */
export function requireRestorable(
  set: BackupSet,
  names: ClientNames,
  facts: { living: ClientRow | undefined; serverVersion: string },
): void {
  const { id } = names
  const { data } = set
  const { living } = facts
  if (living && !['active', 'restoring'].includes(living.state))
    throw new BookctlError('client-unfinished', 'conflict', `${id} is in the state '${living.state}'`, {
      hint: finishHint(id, living.state),
    })
  if (living && living.uuid !== data.client.uuid)
    throw new BookctlError(
      'uuid-differs',
      'conflict',
      `${set.name} is of another client that once had the id ${id} (${data.client.title}, UUID ${data.client.uuid})`,
      {
        hint: `Bring it back under an id of its own: bookctl restore ${id} ${set.name} --as NEW_ID`,
      },
    )
  requireReadable(set, names, facts.serverVersion)
}

/** @throws BookctlError exit 10 or 13 for what this bookctl or this server is too old for. */
export function requireReadable(set: BackupSet, names: ClientNames, serverVersion: string): void {
  const { data } = set
  if (data.schema.version > CLIENT_SCHEMA_VERSION)
    throw schemaNewer(names, data.schema.version, CLIENT_SCHEMA_VERSION)
  const major = (version: string) => Number.parseInt(version, 10)
  if (major(data.versions.server) > major(serverVersion))
    throw new BookctlError(
      'server-older',
      'preflight',
      `${set.name} is of PostgreSQL ${data.versions.server}, this server is ${serverVersion}`,
      { hint: 'Restore it on a server of that version or a later one (images.postgres in fleet.yml).' },
    )
}

/** What a backup keeps encrypted of a client. */
export interface RestoredSecrets {
  token: string | undefined
  adminIds: string
  sentryDsn: string | undefined
}

/**
 * Opens the secrets of a backup with the fleet's identity, or the one of this file. Undefined where the fleet has none:
 * then the token must be given anew.
 * @throws BookctlError exit 12 for another key.
 */
export async function openSecrets(
  fleet: Fleet,
  set: BackupSet,
  identityFile: string | undefined,
): Promise<RestoredSecrets | undefined> {
  const values = await openEnv(identityFile ?? fleet.paths.identity, set.secrets)
  if (!values) return undefined
  const upper = set.data.client.id.toUpperCase()
  const token = values.get(`BOT_TOKEN_${upper}`) || undefined
  const sentryDsn = values.get(`SENTRY_DSN_${upper}`) || undefined
  for (const secret of [token, sentryDsn]) if (secret) registerSecret(secret)
  return { token, adminIds: values.get(`ADMIN_IDS_${upper}`) ?? '', sentryDsn }
}

/** The entries of a `secrets.age`; undefined when there is no identity to open it with. */
export async function openEnv(
  identityFile: string,
  secretsFile: string,
): Promise<Map<string, string> | undefined> {
  const identity = await findIdentity(identityFile)
  if (identity === undefined) return undefined
  const bytes = await readFile(secretsFile)
  return parse(new TextDecoder().decode(await decryptWith(identity, bytes)))
}

/** @throws BookctlError (exit 5) when another client of the fleet has this bot by now. */
export async function requireFreeBot(db: AdminDb, id: string, token: string): Promise<string | undefined> {
  const botId = botIdOfToken(token)
  const owner = botId === undefined ? undefined : await findClientOfBot(db, botId)
  if (owner && owner.client_id !== id) throw tokenInUse(owner.client_id)
  return botId
}
