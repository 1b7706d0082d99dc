import type { EngineDrift } from '../engines/engine.ts'
import { readEnvFile } from '../env/env-file.ts'
import { listWritten } from '../fleet/clients.ts'
import type { Fleet } from '../fleet/fleet.ts'
import type { AdminDb } from '../postgres/admin.ts'
import { readTitlesAndZones } from '../postgres/client-settings.ts'
import { inspectFleetRights } from '../postgres/fleet-rights.ts'
import { inspectFleetSchema } from '../postgres/fleet-schema.ts'
import { readRights } from '../postgres/grants.ts'
import { readRoles } from '../postgres/roles.ts'
import { type RedisAdmin, readAclUsers } from '../redis/admin.ts'
import type { ClientFacts, FleetFacts } from './apply-types.ts'
import { HELD_SQL, isHeld } from './client-lock.ts'
import type { ClientState } from './client-rows.ts'

interface Row {
  id: string
  uuid: string
  title: string
  state: ClientState
  bot_id: string | null
  version: number | null
  unfinished_kind: string | null
  unfinished_again: string | null
  held: boolean
}

/**
 * What the fleet is, in all places. Reads only; one call of Redis and nine statements, however
 * many clients.
 */
export async function observeFleet(at: {
  fleet: Fleet
  db: AdminDb
  redis: RedisAdmin
  drift: EngineDrift
}): Promise<FleetFacts> {
  const { fleet, drift, db, redis } = at
  const [declared, env] = [await listWritten(fleet), await readEnvFile(fleet)]
  const fleetSchema = await inspectFleetSchema(db)
  const rows =
    fleetSchema.version === undefined
      ? []
      : await readRows(
          db,
          declared.map(({ id }) => id),
        )
  const active = rows.filter(({ state }) => state === 'active').map(({ id }) => id)
  // Schema and role of a client have its id as their name.
  const [roles, rights, settings] = [
    await readRoles(db, active),
    await readRights(db, active),
    await readTitlesAndZones(db, active),
  ]
  const byRow = new Map(rows.map((row) => [row.id, row]))
  const byFile = new Map(declared.map((one) => [one.id, one]))
  const lost = rows.filter(({ id, state }) => state === 'active' && !byFile.has(id))
  const stopped = await readStopped(
    db,
    lost.map(({ uuid }) => uuid),
  )
  const ids = new Set([...byRow.keys(), ...byFile.keys(), ...drift.bots.map(({ clientId }) => clientId)])
  const factsOf = (id: string): ClientFacts => {
    const row = byRow.get(id)
    return {
      id,
      declared: byFile.get(id),
      row: row && { uuid: row.uuid, title: row.title, state: row.state, botId: row.bot_id },
      schemaVersion: row?.version ?? undefined,
      unfinished: row?.unfinished_kind
        ? { kind: row.unfinished_kind, again: row.unfinished_again ?? `bookctl ${row.unfinished_kind} ${id}` }
        : undefined,
      held: row?.held === true,
      stopped: row !== undefined && stopped.has(row.uuid),
      role: roles.get(id),
      rights: rights.get(id),
      settings: settings.get(id),
    }
  }
  return {
    engine: drift,
    fleetSchema,
    fleetRights: await inspectFleetRights(db),
    clients: [...ids].toSorted().map(factsOf),
    aclUsers: await readAclUsers(redis),
    secret: (name) => env.get(name),
  }
}

/** Living clients, and of the declared ones the newest that was removed. */
async function readRows(db: AdminDb, declared: readonly string[]): Promise<Row[]> {
  const { rows } = await db.query<Row>(
    `with known as (
       select distinct on (client_id) client_id, uuid, title, state, bot_id
         from fleet.clients
        where state <> 'removed' or client_id = any($1)
        order by client_id, state = 'removed', removed_at desc
     ), unfinished as (
       select distinct on (client_id) client_id, kind, details ->> 'again' as again
         from fleet.operations
        where state = 'running'
        order by client_id, id desc
     ), held as (
       ${HELD_SQL}
     )
     select c.client_id as id, c.uuid, c.title, c.state, c.bot_id::text, v.version,
            u.kind as unfinished_kind, u.again as unfinished_again,
            ${isHeld('c.client_id')} as held
       from known c
       left join fleet.schema_versions v using (client_id)
       left join unfinished u using (client_id)
      order by c.client_id`,
    [declared],
  )
  return rows
}

/** Those of these clients whose bot an operator has stopped: their lost files said so. */
async function readStopped(db: AdminDb, uuids: readonly string[]): Promise<Set<string>> {
  if (uuids.length === 0) return new Set()
  const { rows } = await db.query<{ uuid: string }>(
    `select uuid
       from (
         select distinct on (client_uuid) client_uuid as uuid, action
           from fleet.audit
          where client_uuid = any($1)
            and action in ('client added', 'client adopted', 'client start', 'client restart', 'client stop')
          order by client_uuid, id desc
       ) as last
      where action = 'client stop'`,
    [uuids],
  )
  return new Set(rows.map(({ uuid }) => uuid))
}
