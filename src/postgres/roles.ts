import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { BookctlError } from '../errors.ts'
import { type ClientNames, FLEET_ROLES, quoteIdentifier } from '../fleet/names.ts'
import type { AdminDb } from './admin.ts'

/** A bot's pool has 3; twice that while one bot replaces another, and some air. A wall, unlike the timeouts. */
const CONNECTION_LIMIT = 8
/** Defaults that the role itself may lift. Seconds. */
const STATEMENT_TIMEOUT = '30s'
const IDLE_IN_TRANSACTION_TIMEOUT = '30s'

/** The SCRAM verifier that PostgreSQL would compute: a ready-made one keeps the password out of the server's log. */
export function scramVerifier(password: string, salt = randomBytes(16), iterations = 4096): string {
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256')
  const hmac = (text: string) => createHmac('sha256', salted).update(text).digest()
  const stored = createHash('sha256').update(hmac('Client Key')).digest('base64')
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${stored}:${hmac('Server Key').toString('base64')}`
}

export async function roleExists(db: AdminDb, names: ClientNames): Promise<boolean> {
  return (await db.query('select from pg_roles where rolname = $1', [names.role])).rowCount > 0
}

/** Makes the client's login role, or sets its password, limits and settings again. */
export async function ensureRole(db: AdminDb, names: ClientNames, password: string): Promise<void> {
  const role = quoteIdentifier(names.role)
  await db.transaction(async (tx) => {
    if (!(await roleExists(tx, names)))
      await tx.query(`create role ${role} nologin in role ${FLEET_ROLES.client}`)
    // Not granted again where it is there: membership is the only thing that clients share.
    else if (!(await isMember(tx, names))) await tx.query(`grant ${FLEET_ROLES.client} to ${role}`)
    await tx.query(
      `alter role ${role} nosuperuser nocreatedb nocreaterole noreplication nobypassrls login
         connection limit ${CONNECTION_LIMIT} password '${scramVerifier(password)}'`,
    )
    await tx.query(`alter role ${role} set search_path = ${quoteIdentifier(names.schema)}`)
    await tx.query(`alter role ${role} set statement_timeout = '${STATEMENT_TIMEOUT}'`)
    await tx.query(
      `alter role ${role} set idle_in_transaction_session_timeout = '${IDLE_IN_TRANSACTION_TIMEOUT}'`,
    )
  })
}

async function isMember(db: AdminDb, names: ClientNames): Promise<boolean> {
  const { rowCount } = await db.query(
    `select from pg_auth_members m
       join pg_roles parent on parent.oid = m.roleid
       join pg_roles member on member.oid = m.member
      where parent.rolname = $1 and member.rolname = $2`,
    [FLEET_ROLES.client, names.role],
  )
  return rowCount > 0
}

/** Bars the role (for `--keep-data`) and ends its sessions. Nothing to do when there is no role. */
export async function disableLogin(db: AdminDb, names: ClientNames): Promise<void> {
  if (!(await roleExists(db, names))) return
  await db.query(`alter role ${quoteIdentifier(names.role)} nologin`)
  await endSessions(db, names)
}

/** Lets the role in again, with this password. */
export function enableLogin(db: AdminDb, names: ClientNames, password: string): Promise<void> {
  return ensureRole(db, names, password)
}

/** Ends all sessions of the client's role and waits until they are gone (10 s at most). */
export async function endSessions(db: AdminDb, names: ClientNames): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const { rowCount } = await db.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where usename = $1 and pid <> pg_backend_pid()',
      [names.role],
    )
    if (rowCount === 0) return
    // The view is frozen inside a transaction, which may be ours.
    await db.query('select pg_stat_clear_snapshot()')
    await sleep(100)
  }
  throw new BookctlError('sessions-stay', 'timeout', `sessions of ${names.role} do not end`, {
    hint: `See pg_stat_activity for role ${names.role}, then run the same command again.`,
  })
}
