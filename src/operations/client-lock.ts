import { setTimeout as sleep } from 'node:timers/promises'
import { BookctlError } from '../errors.ts'
import type { AdminDb } from '../postgres/admin.ts'

/** First key of our advisory locks: 'bkct'. The second is the hash of what is locked. */
const LOCK_CLASS = 0x626b6374

/** PostgreSQL notices within a second that a killed program is gone, and then has a statement to take back. */
const DEAD_MS = 10_000
const LOOK_MS = 100

/** A statement that lists the clients somebody's bookctl holds; goes into a larger one under the name `held`. */
export const HELD_SQL = `
    select objid from pg_locks
     where locktype = 'advisory' and granted and classid = ${LOCK_CLASS}::oid and objsubid = 2
       and database = (select oid from pg_database where datname = current_database())`

/** Whether the client whose id stands in this column is among `held`. */
export const isHeld = (column: string) =>
  `(hashtext(${column})::bigint & 4294967295)::oid in (select objid from held)`

interface Holder {
  pid: number
  command: string
  since: string
  host: string | null
  /** Of the operation that seems to run: the command's own words may be cut short. */
  journalPid: number | null
}

/**
 * Works while this session holds the client's lock. That of a killed bookctl is waited for: its session is about to
 * end. The journal and the provisioning run on the same session, so
 * an operation whose session was lost cannot take another step: its next statement fails.
 * @throws BookctlError `client-locked` (exit 11) naming who holds it, since when, with which command.
 */
export async function withClientLock<T>(db: AdminDb, clientId: string, work: () => Promise<T>): Promise<T> {
  await lock(db, clientId)
  try {
    return await work()
  } finally {
    await unlock(db, clientId)
  }
}

/**
 * Works while this session holds the locks of those clients that nobody else holds; `refused` hears of the others, with
 * the error that `withClientLock` would throw.
 */
export async function withClientLocks<T>(
  db: AdminDb,
  clientIds: readonly string[],
  refused: (clientId: string, error: unknown) => void,
  work: (held: readonly string[]) => Promise<T>,
): Promise<T> {
  const held: string[] = []
  try {
    for (const id of clientIds)
      try {
        await lock(db, id)
        held.push(id)
      } catch (error) {
        if (!(error instanceof BookctlError) || error.code !== 'client-locked') throw error
        refused(id, error)
      }
    return await work(held)
  } finally {
    for (const id of held) await unlock(db, id)
  }
}

async function lock(db: AdminDb, clientId: string): Promise<void> {
  const deadline = Date.now() + DEAD_MS
  while (!(await tryLock(db, clientId))) {
    const holder = await findHolder(db, clientId)
    if (holder && (!isDead(holder) || Date.now() > deadline)) throw lockedBy(clientId, holder)
    // Nobody: it has let go between the two looks.
    await sleep(LOOK_MS)
  }
}

async function unlock(db: AdminDb, clientId: string): Promise<void> {
  // A lost session has freed the lock already, and its own error is what the operator must see.
  await db.query('select pg_advisory_unlock($1, hashtext($2))', [LOCK_CLASS, clientId]).catch(() => undefined)
}

/** Waits for the turn to choose the next number; held until the end of the transaction. */
export async function lockNumbering(db: AdminDb): Promise<void> {
  await db.query('select pg_advisory_xact_lock($1, hashtext($2))', [LOCK_CLASS, 'numbering'])
}

async function tryLock(db: AdminDb, clientId: string): Promise<boolean> {
  const { rows } = await db.query<{ locked: boolean }>(
    'select pg_try_advisory_lock($1, hashtext($2)) as locked',
    [LOCK_CLASS, clientId],
  )
  return rows[0]?.locked === true
}

/** The fleet's servers listen on the loopback address only, so a holder's process is one of this host. */
function isDead({ command, journalPid }: Holder): boolean {
  const pid = Number(/\((\d+)\)$/.exec(command)?.[1] ?? journalPid ?? 0)
  if (pid === 0) return false
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}

async function findHolder(db: AdminDb, clientId: string): Promise<Holder | undefined> {
  const { rows } = await db.query<Holder>(
    `select a.pid, a.application_name as command, a.backend_start::text as since, o.host,
            o.pid as "journalPid"
       from pg_locks l
       join pg_stat_activity a on a.pid = l.pid
       left join lateral (
         select host, pid from fleet.operations
          where client_id = $2 and state = 'running' order by id desc limit 1
       ) o on true
      where l.locktype = 'advisory' and l.granted
        and l.classid = $1::bigint::oid and l.objsubid = 2
        and l.objid = (hashtext($2)::bigint & 4294967295)::oid
        and l.database = (select oid from pg_database where datname = current_database())`,
    [LOCK_CLASS, clientId],
  )
  return rows[0]
}

function lockedBy(clientId: string, holder: Holder): BookctlError {
  const { journalPid: _, ...details } = holder
  const who = `'${holder.command}'${holder.host ? ` on ${holder.host}` : ''} since ${holder.since}`
  return new BookctlError('client-locked', 'locked', `${clientId} is being changed by ${who}`, {
    hint: 'Wait until it has finished, then run this command again.',
    details,
  })
}
