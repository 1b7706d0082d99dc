import { isTooOld } from '../backup/judge.ts'
import { findNewestProved } from '../backup/stored.ts'
import type { Context } from '../context.ts'
import type { RunState, ServiceState } from '../engines/engine.ts'
import { engineFor } from '../engines/index.ts'
import { readEnvFile } from '../env/env-file.ts'
import { listWritten, type WrittenDeclaration } from '../fleet/clients.ts'
import type { Fleet } from '../fleet/fleet.ts'
import { clientNames } from '../fleet/names.ts'
import { judgeClient, type Verdict } from './fleet-health.ts'
import { askPostgres, askRedis, type ServerStatus, type StatusRow } from './fleet-servers.ts'

export interface ClientStatus extends Verdict {
  id: string
  title: string
  state: string | null
  process: RunState
  botUsername: string | null
  uptimeSeconds: number | null
  schemaBytes: number | null
  customers: number | null
  upcomingBookings: number | null
  redisKeys: number | null
  lastUpdateAt: string | null
  /** Of the newest proved backup, judged by the files. */
  lastBackupAt: string | null
  /** An operation that goes on now, or was killed: `held` tells which. */
  operation: { kind: string; step: string | null; by: string; since: string; held: boolean } | null
}

export interface FleetStatus {
  fleet: string
  at: string
  healthy: boolean
  postgres: ServerStatus
  redis: ServerStatus
  clients: ClientStatus[]
}

/**
 * Looks at the whole fleet: one listing of the engine, one statement, one pass over Redis, however many clients. What
 * cannot be asked is null; nothing here fails because a server is away.
 */
export async function readFleetStatus(context: Context, fleet: Fleet): Promise<FleetStatus> {
  const engine = engineFor(fleet)
  const env = await readEnvFile(fleet)
  const [services, declared] = await Promise.all([engine.list(), listWritten(fleet)])
  const byService = new Map(services.map((one) => [one.service, one]))
  const asked = await askPostgres(engine, env, byService.get('postgres'))
  const rows = asked.rows.filter((row) => row.client_id !== null)
  const byRow = new Map(rows.map((row) => [String(row.client_id), row]))
  const byDeclaration = new Map(declared.map((one) => [one.id, one]))
  const ids = [...new Set([...byRow.keys(), ...byDeclaration.keys()])].toSorted()
  const keys = await askRedis(engine, env, byService.get('redis'), ids)
  const serversUp = asked.status.healthy && keys.status.healthy
  const clients = await Promise.all(
    ids.map((id) =>
      statusOf(context, fleet, id, {
        row: byRow.get(id),
        declaration: byDeclaration.get(id),
        service: byService.get(clientNames(id).service),
        keys: keys.counts?.get(clientNames(id).keyPrefix),
        asked: asked.answered,
        serversUp,
      }),
    ),
  )
  return {
    fleet: fleet.settings.name,
    at: context.now().toISOString(),
    healthy: serversUp && clients.every((one) => one.healthy),
    postgres: asked.status,
    redis: keys.status,
    clients,
  }
}

async function statusOf(
  context: Context,
  fleet: Fleet,
  id: string,
  found: {
    row: StatusRow | undefined
    declaration: WrittenDeclaration | undefined
    service: ServiceState | undefined
    keys: number | undefined
    /** False while PostgreSQL is away: a missing row means nothing then. */
    asked: boolean
    serversUp: boolean
  },
): Promise<ClientStatus> {
  const { row, declaration, service } = found
  const title = declaration?.title ?? row?.title ?? id
  const state = row?.state ?? (found.asked ? 'declared' : null)
  const process = service?.state ?? 'missing'
  const newest = await findNewestProved(fleet, id, declaration?.uuid, context.now())
  const verdict = judgeClient({
    id,
    title,
    state,
    process,
    run: declaration?.run,
    exitCode: service?.exitCode ?? null,
    ready: row?.ready === true,
    // What the instance before this one said last tells nothing of this one.
    notReadyReason: row?.stopped ? null : (row?.not_ready_reason ?? null),
    beatAgeSeconds: row?.stopped ? null : (row?.beat_age_seconds ?? null),
    unfinished: row?.unfinished_kind
      ? { kind: row.unfinished_kind, again: row.unfinished_again ?? `bookctl ${row.unfinished_kind} ${id}` }
      : null,
    held: row?.held === true,
    serversUp: found.serversUp,
    backupTooOld: newest !== undefined && isTooOld(newest.createdAt, fleet.settings.backup, context.now()),
  })
  const startedAt = process === 'running' ? service?.startedAt : undefined
  return {
    id,
    title,
    state,
    process,
    ...verdict,
    botUsername: row?.bot_username ?? null,
    uptimeSeconds: startedAt ? Math.round((context.now().getTime() - startedAt.getTime()) / 1e3) : null,
    schemaBytes: row?.bytes ?? null,
    customers: row?.customers ?? null,
    upcomingBookings: row?.upcoming ?? null,
    redisKeys: found.keys ?? null,
    lastUpdateAt: row?.last_update_at?.toISOString() ?? null,
    lastBackupAt: newest?.createdAt.toISOString() ?? null,
    operation: operationOf(row),
  }
}

function operationOf(row: StatusRow | undefined): ClientStatus['operation'] {
  if (!row?.unfinished_kind || !row.unfinished_since) return null
  return {
    kind: row.unfinished_kind,
    step: row.unfinished_step,
    by: row.unfinished_by ?? '',
    since: row.unfinished_since.toISOString(),
    held: row.held === true,
  }
}
