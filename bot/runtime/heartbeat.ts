import type { ClientHealth } from '../contract/health.ts'
import type { Tx } from '../storage/database.ts'

/** What a client's bot knows of itself. */
export interface Pulse {
  clientId: string
  botId: number
  botUsername: string | undefined
  instance: string
  version: string
  startedAt: Date
  readyAt: Date | undefined
  reason: ClientHealth['reason']
  lastUpdateId: number | undefined
  lastUpdateAt: Date | undefined
}

/** Writes the one row that tells bookctl how this bot is. */
export async function beat(tx: Tx, pulse: Pulse, stopped = false): Promise<void> {
  await tx.query(
    `insert into fleet.heartbeats (client_id, bot_id, bot_username, instance, runtime_version, started_at, ready_at,
                                   beat_at, stopped_at, not_ready_reason, last_update_id, last_update_at)
     values ($1, $2, $3, $4, $5, $6, $7, now(), case when $8 then now() end, $9, $10, $11)
     on conflict (client_id) do update
       set bot_id = excluded.bot_id,
           bot_username = coalesce(excluded.bot_username, heartbeats.bot_username),
           instance = excluded.instance,
           runtime_version = excluded.runtime_version,
           started_at = excluded.started_at,
           ready_at = excluded.ready_at,
           beat_at = excluded.beat_at,
           stopped_at = excluded.stopped_at,
           not_ready_reason = excluded.not_ready_reason,
           last_update_id = coalesce(excluded.last_update_id, heartbeats.last_update_id),
           last_update_at = coalesce(excluded.last_update_at, heartbeats.last_update_at)`,
    [
      pulse.clientId,
      pulse.botId,
      pulse.botUsername ?? null,
      pulse.instance,
      pulse.version,
      pulse.startedAt,
      pulse.readyAt ?? null,
      stopped,
      pulse.reason ?? null,
      pulse.lastUpdateId ?? null,
      pulse.lastUpdateAt ?? null,
    ],
  )
}
