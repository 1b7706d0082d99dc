import type { Tx } from './database.ts'

/** A line of the log: who did what. */
export interface LoggedAction {
  id: number
  at: number
  actor: 'admin' | 'operator' | 'system'
  telegramId: number | null
  /** The admin, as far as this bot still knows them. */
  firstName: string | null
  lastName: string | null
  username: string | null
  action: string
  target: string | null
  details: Readonly<Record<string, unknown>>
}

export interface LogFilter {
  /** A Telegram id, `operator` or `system`; empty: everybody. */
  who: string
  /** What the action is about, as `service`; empty: everything. */
  kind: string
  /** Only what was done since then. */
  since: number | null
}

interface ActionRow extends Record<string, unknown> {
  id: number
  at: Date
  actor: LoggedAction['actor']
  actor_telegram_id: number | null
  first_name: string | null
  last_name: string | null
  username: string | null
  action: string
  target: string | null
  details: Record<string, unknown>
}

/** The operator's command writes `settings`; everything else begins with what it is about. */
const KIND = `case when a.action = 'settings' then 'setting' else split_part(a.action, '.', 1) end`

const PERSON = `
  coalesce(u.given_name, u.first_name, d.name) as first_name,
  case when u.given_name is null then u.last_name end as last_name,
  coalesce(u.username, d.username) as username`

const ACTIONS = `
  select a.id, a.at, a.actor, a.actor_telegram_id, ${PERSON}, a.action, a.target, a.details
    from admin_actions a
    left join users u on u.telegram_id = a.actor_telegram_id
    left join admins d on d.telegram_id = a.actor_telegram_id`

const MATCHES = `
   where ($1::timestamptz is null or a.at >= $1)
     and ($2 = '' or a.actor = $2 or a.actor_telegram_id::text = $2)
     and ($3 = '' or ${KIND} = $3)`

/** One page of the log, newest first. */
export async function listActions(
  tx: Tx,
  filter: LogFilter,
  page: { offset: number; size: number },
): Promise<{ actions: LoggedAction[]; hasMore: boolean }> {
  const { rows } = await tx.query<ActionRow>(
    `${ACTIONS} ${MATCHES}
     order by a.at desc, a.id desc
     limit $4 offset $5`,
    [...valuesOf(filter), page.size + 1, page.offset],
  )
  return { actions: rows.slice(0, page.size).map(asAction), hasMore: rows.length > page.size }
}

export async function countActions(tx: Tx, filter: LogFilter): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    `select count(*) as count from admin_actions a ${MATCHES}`,
    valuesOf(filter),
  )
  return rows[0]?.count ?? 0
}

export async function findAction(tx: Tx, id: number): Promise<LoggedAction | undefined> {
  const { rows } = await tx.query<ActionRow>(`${ACTIONS} where a.id = $1`, [id])
  return rows[0] && asAction(rows[0])
}

/** Everybody who stands in the log, lately busy first. */
export async function listActors(
  tx: Tx,
): Promise<Pick<LoggedAction, 'actor' | 'telegramId' | 'firstName' | 'lastName' | 'username'>[]> {
  const { rows } = await tx.query<ActionRow>(
    `select a.actor, a.actor_telegram_id, ${PERSON}
       from (select actor, actor_telegram_id, max(at) as last from admin_actions group by 1, 2) a
       left join users u on u.telegram_id = a.actor_telegram_id
       left join admins d on d.telegram_id = a.actor_telegram_id
      order by a.last desc`,
  )
  return rows.map(asAction)
}

/** What the actions of the log are about. */
export async function listKinds(tx: Tx): Promise<string[]> {
  const { rows } = await tx.query<{ kind: string }>(
    `select distinct ${KIND} as kind from admin_actions a order by 1`,
  )
  return rows.map(({ kind }) => kind)
}

/** Names of services and of staff, whatever has become of them: the log keeps numbers. */
export async function namesInLog(tx: Tx): Promise<Record<'service' | 'staff', Map<number, string>>> {
  const named = async (table: 'services' | 'staff') => {
    const { rows } = await tx.query<{ id: number; name: string }>(`select id, name from ${table}`)
    return new Map(rows.map(({ id, name }) => [id, name]))
  }
  return { service: await named('services'), staff: await named('staff') }
}

function valuesOf({ since, who, kind }: LogFilter): unknown[] {
  return [since === null ? null : new Date(since), who, kind]
}

function asAction(row: ActionRow): LoggedAction {
  return {
    id: row.id,
    at: row.at?.getTime() ?? 0,
    actor: row.actor,
    telegramId: row.actor_telegram_id,
    firstName: row.first_name,
    lastName: row.last_name,
    username: row.username,
    action: row.action,
    target: row.target,
    details: row.details,
  }
}
