import { BookctlError } from '../errors.ts'
import { nearest } from '../fleet/nearest.ts'
import type { AdminDb } from '../postgres/admin.ts'

export type ClientState = 'pending' | 'active' | 'restoring' | 'removing' | 'detached' | 'removed'

/** A row of fleet.clients. */
export interface ClientRow {
  uuid: string
  client_id: string
  title: string
  state: ClientState
  bot_id: string | null
  bot_username: string | null
  removed_at: Date | null
}

const COLUMNS = 'uuid, client_id, title, state, bot_id::text, bot_username, removed_at'

/** The client that lives under this id, whatever its state. */
export async function findLivingClient(db: AdminDb, id: string): Promise<ClientRow | undefined> {
  const { rows } = await db.query<ClientRow>(
    `select ${COLUMNS} from fleet.clients where client_id = $1 and state <> 'removed'`,
    [id],
  )
  return rows[0]
}

/** The newest client that was removed under this id. */
export async function findTombstone(db: AdminDb, id: string): Promise<ClientRow | undefined> {
  const { rows } = await db.query<ClientRow>(
    `select ${COLUMNS} from fleet.clients where client_id = $1 and state = 'removed'
      order by removed_at desc limit 1`,
    [id],
  )
  return rows[0]
}

/** The living client whose bot this is. Telegram allows one poller per bot, so there can be one only. */
export async function findClientOfBot(db: AdminDb, botId: string): Promise<ClientRow | undefined> {
  const { rows } = await db.query<ClientRow>(
    `select ${COLUMNS} from fleet.clients where bot_id = $1 and state <> 'removed'`,
    [botId],
  )
  return rows[0]
}

/** Every id that was ever given, tombstones included. */
export async function listGivenIds(db: AdminDb): Promise<string[]> {
  const { rows } = await db.query<{ client_id: string }>('select distinct client_id from fleet.clients')
  return rows.map((row) => row.client_id)
}

/** Living clients whose schema is there, whatever their state: what there is to back up. */
export async function listClientsWithData(db: AdminDb): Promise<ClientRow[]> {
  const { rows } = await db.query<ClientRow>(
    `select ${COLUMNS} from fleet.clients
      where state <> 'removed' and exists (select from pg_namespace where nspname = client_id)
      order by client_id`,
  )
  return rows
}

/** What is said of an id that no client of this fleet has, or ever had. */
export async function clientNotFound(db: AdminDb, id: string): Promise<BookctlError> {
  const near = nearest(id, await listGivenIds(db))
  return new BookctlError('client-not-found', 'notFound', `There is no client ${id}`, {
    hint:
      near.length > 0 ? `Did you mean ${near.join(' or ')}?` : 'See all of them with: bookctl client list',
  })
}

export async function setClientState(db: AdminDb, uuid: string, state: ClientState): Promise<void> {
  await db.query(
    `update fleet.clients
        set state = $2, updated_at = now(),
            removed_at = case when $2 = 'removed' then coalesce(removed_at, now()) end
      where uuid = $1`,
    [uuid, state],
  )
}

/** Remembers whose bot it is. @throws BookctlError (exit 5) when another client has it. */
export async function setClientBot(
  db: AdminDb,
  uuid: string,
  bot: { id: string; username: string | null },
): Promise<void> {
  await refuseDoubleBot(db, bot.id, async () => {
    await db.query(
      'update fleet.clients set bot_id = $2, bot_username = $3, updated_at = now() where uuid = $1',
      [uuid, bot.id, bot.username],
    )
  })
}

/** A client comes back, or is taken over from another fleet: its row, whether or not it was here before. */
export async function insertRestoringClient(
  db: AdminDb,
  client: { uuid: string; id: string; title: string; botId: string | null },
): Promise<void> {
  const write = async () => {
    await db.query(
      `insert into fleet.clients (uuid, client_id, title, state, bot_id) values ($1, $2, $3, 'restoring', $4)
       on conflict (uuid) do update
         set state = 'restoring', title = excluded.title, bot_id = excluded.bot_id, removed_at = null,
             updated_at = now()`,
      [client.uuid, client.id, client.title, client.botId],
    )
  }
  await (client.botId === null ? write() : refuseDoubleBot(db, client.botId, write))
}

/** Writes the row that comes before everything else. @throws BookctlError (exit 5) when the bot is taken. */
export async function insertPendingClient(
  db: AdminDb,
  client: { uuid: string; id: string; title: string; botId: string; botUsername: string | null },
): Promise<void> {
  await refuseDoubleBot(db, client.botId, async () => {
    await db.query(
      `insert into fleet.clients (uuid, client_id, title, state, bot_id, bot_username)
       values ($1, $2, $3, 'pending', $4, $5)`,
      [client.uuid, client.id, client.title, client.botId, client.botUsername],
    )
  })
}

export function tokenInUse(owner: string): BookctlError {
  return new BookctlError('token-in-use', 'conflict', `This token belongs to the bot of ${owner}`, {
    hint: 'Telegram allows one program per bot: make another bot with @BotFather and use its token.',
    details: { client: owner },
  })
}

/** Two operators may pass the check at once; the unique index decides. */
async function refuseDoubleBot(db: AdminDb, botId: string, work: () => Promise<void>): Promise<void> {
  const owner = await findClientOfBot(db, botId)
  try {
    await work()
  } catch (error) {
    if ((error as { constraint?: string }).constraint !== 'clients_living_bot') throw error
    throw tokenInUse(owner?.client_id ?? 'another client of this fleet')
  }
}
