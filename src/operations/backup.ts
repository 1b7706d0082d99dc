import { readFile } from 'node:fs/promises'
import { type BackupOutcome, createBackups } from '../backup/create.ts'
import type { BackupReason } from '../backup/manifest.ts'
import type { AnySet } from '../backup/sets.ts'
import { type BackupSubject, clientSubject, SHARED, sharedSubject } from '../backup/subject.ts'
import type { Context } from '../context.ts'
import { readEnvFile } from '../env/env-file.ts'
import { BookctlError } from '../errors.ts'
import { clientNames, parseClientId } from '../fleet/names.ts'
import { backupParts } from './backup-one.ts'
import { withClientLocks } from './client-lock.ts'
import { type ClientRow, clientNotFound, findLivingClient, listClientsWithData } from './client-rows.ts'
import { declarationOf } from './declaration-of.ts'
import { allOf, type ClientResult, failed } from './each-client.ts'
import type { Services } from './services.ts'

export interface BackupWish {
  ids: readonly string[]
  /** Every client that has data, and what they share. */
  all: boolean
  /** Schema `fleet`, fleet.yml and `.env`. */
  shared: boolean
  /** One snapshot for all, or no backup at all. */
  consistent: boolean
  /** The clients' keys in Redis, too. */
  keys: boolean
  reason: BackupReason
}

export interface BackupResult {
  id: string
  name: string
  archive: string
  manifest: string
  bytes: number
  rows: number
  /** How many keys of Redis are in it; null where it was not asked for them. */
  keys: number | null
}

/** One snapshot holds back vacuum, and one run holds the clients' locks: not for longer than this many take. */
const BATCH = 1000

/** Whoever watches a work over several clients. */
export interface Watcher<R> {
  /** How many there are, before the first of them is done. */
  total?(count: number): void
  done?(result: ClientResult<R>): void
}

/**
 * Backs up clients and what they share, each into an archive of its own, all of a batch inside one snapshot. One that
 * fails does not stop the others.
 * @throws BookctlError exit 4 for an unknown client; exit 3 naming those that failed; with a single one its own error.
 */
export async function backUp(
  context: Context,
  services: Services,
  wish: BackupWish,
  watcher: Watcher<BackupResult> = {},
): Promise<BackupResult[]> {
  const clients = wish.all ? await listClientsWithData(services.db) : await findClients(services, wish.ids)
  const shared = wish.shared || wish.all
  const ids = [...clients.map((one) => one.client_id), ...(shared ? [SHARED] : [])]
  const results: ClientResult<BackupResult>[] = []
  const failures: unknown[] = []
  const heard = (outcome: BackupOutcome) => {
    if (!outcome.ok) failures.push(outcome.error)
    const result = outcome.ok
      ? { id: outcome.id, ok: true as const, result: describe(outcome.id, outcome.set) }
      : failed(outcome.id, outcome.error)
    results.push(result)
    watcher.done?.(result)
  }
  watcher.total?.(ids.length)
  const size = wish.consistent ? ids.length : BATCH
  for (let at = 0; at < ids.length && !context.signal.aborted; at += size) {
    const batch = clients.slice(at, at + size)
    const withShared = shared && at + size >= ids.length
    await backUpBatch(context, services, { clients: batch, shared: withShared, wish }, heard)
  }
  return allOf(ids, results, failures, context.signal)
}

async function backUpBatch(
  context: Context,
  services: Services,
  { clients, shared, wish }: { clients: readonly ClientRow[]; shared: boolean; wish: BackupWish },
  heard: (outcome: BackupOutcome) => void,
): Promise<void> {
  const { fleet } = services
  const refused = (id: string, error: unknown) => {
    if (wish.consistent) throw error
    heard({ id, ok: false, error })
  }
  const byId = new Map(clients.map((one) => [one.client_id, one]))
  await withClientLocks(services.db, [...byId.keys()], refused, async (held) => {
    const env = await readEnvFile(fleet)
    const subjects: BackupSubject[] = []
    for (const id of held) {
      const client = byId.get(id)
      if (!client) continue
      const declaration = await declarationOf(services, client)
      subjects.push(clientSubject(fleet.paths.clientBackups(id), clientNames(id), declaration, env))
    }
    if (shared) subjects.push(sharedSubject(fleet, await readFile(fleet.paths.settings, 'utf8'), env))
    const onFellBack = (reason: string) => context.ui.warn(`It takes longer: ${reason}`)
    await createBackups(
      {
        ...backupParts(services),
        redis: wish.keys ? services.redis : undefined,
        reason: wish.reason,
        signal: context.signal,
        onFellBack,
      },
      subjects,
      heard,
    )
  })
}

async function findClients({ db }: Services, typed: readonly string[]): Promise<ClientRow[]> {
  const clients: ClientRow[] = []
  for (const id of new Set(typed.map(parseClientId))) {
    const client = await findLivingClient(db, id)
    if (!client) throw await clientNotFound(db, id)
    clients.push(client)
  }
  return clients
}

function describe(id: string, { name, archive, manifest, data }: AnySet): BackupResult {
  const rows = Object.values(data.rows).reduce((sum, count) => sum + count, 0)
  return { id, name, archive, manifest, bytes: data.archive.bytes, rows, keys: data.keys?.count ?? null }
}

/** @throws BookctlError (exit 2) when neither clients nor --all nor --shared were given, or ids and --all. */
export function requireSomething({ ids, all, shared }: BackupWish): void {
  if (all && ids.length > 0)
    throw new BookctlError('clients-ambiguous', 'usage', 'Both ids and --all were given', {
      hint: 'Name the clients, or give --all alone.',
    })
  if (!all && !shared && ids.length === 0)
    throw new BookctlError('clients-missing', 'usage', 'Nothing was named to back up', {
      hint: 'Name one or more clients, or give --all, or --shared.',
    })
}
