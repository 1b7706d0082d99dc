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

/** What a client's role is given besides its rights. */
const settingsOf = (names: ClientNames): Record<string, string> => ({
  search_path: quoteIdentifier(names.schema),
  statement_timeout: `'${STATEMENT_TIMEOUT}'`,
  idle_in_transaction_session_timeout: `'${IDLE_IN_TRANSACTION_TIMEOUT}'`,
})

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

/** Makes the client's login role, or sets its password, limits, settings and memberships again. */
export async function ensureRole(db: AdminDb, names: ClientNames, password: string): Promise<void> {
  const role = quoteIdentifier(names.role)
  await db.transaction(async (tx) => {
    if (!(await roleExists(tx, names)))
      await tx.query(`create role ${role} nologin in role ${FLEET_ROLES.client}`)
    else await mendMemberships(tx, names)
    await tx.query(
      `alter role ${role} nosuperuser nocreatedb nocreaterole noreplication nobypassrls inherit login
         valid until 'infinity' connection limit ${CONNECTION_LIMIT} password '${scramVerifier(password)}'`,
    )
    for (const [name, value] of Object.entries(settingsOf(names)))
      await tx.query(`alter role ${role} set ${name} = ${value}`)
  })
}

/** In `fleet_client` and in nothing else; nobody is in it. */
async function mendMemberships(tx: AdminDb, names: ClientNames): Promise<void> {
  const { memberOf = [], members = [] } = (await readRoles(tx, [names.role])).get(names.role) ?? {}
  const role = quoteIdentifier(names.role)
  for (const other of memberOf)
    if (other !== FLEET_ROLES.client) await tx.query(`revoke ${quoteIdentifier(other)} from ${role}`)
  for (const member of members) await tx.query(`revoke ${role} from ${quoteIdentifier(member)}`)
  // Not granted again where it is there: membership is the only thing that clients share.
  if (!memberOf.includes(FLEET_ROLES.client)) await tx.query(`grant ${FLEET_ROLES.client} to ${role}`)
}

/** A role as it is. */
export interface RoleFacts {
  canLogin: boolean
  inherits: boolean
  expires: boolean
  /** Attributes that no client's role has, as `superuser`. */
  powers: string[]
  connectionLimit: number
  verifier: string | null
  /** As `statement_timeout=30s`. */
  settings: string[]
  memberOf: string[]
  members: string[]
}

/** All these roles by one statement; those that are not there are left out. */
export async function readRoles(db: AdminDb, roles: readonly string[]): Promise<Map<string, RoleFacts>> {
  const { rows } = await db.query<RoleFacts & { name: string }>(
    `select a.rolname as name, a.rolcanlogin as "canLogin", a.rolinherit as "inherits",
            coalesce(a.rolvaliduntil <> 'infinity', false) as "expires",
            array_remove(array[
              case when a.rolsuper then 'superuser' end, case when a.rolcreatedb then 'createdb' end,
              case when a.rolcreaterole then 'createrole' end, case when a.rolreplication then 'replication' end,
              case when a.rolbypassrls then 'bypassrls' end], null) as "powers",
            a.rolconnlimit as "connectionLimit", a.rolpassword as "verifier",
            coalesce((select s.setconfig from pg_db_role_setting s where s.setrole = a.oid and s.setdatabase = 0),
                     '{}') as "settings",
            array(select p.rolname::text from pg_auth_members m join pg_roles p on p.oid = m.roleid
                   where m.member = a.oid) as "memberOf",
            array(select p.rolname::text from pg_auth_members m join pg_roles p on p.oid = m.member
                   where m.roleid = a.oid) as "members"
       from pg_authid a
      where a.rolname = any($1)`,
    [roles],
  )
  return new Map(rows.map(({ name, ...facts }) => [name, facts]))
}

/** What of a client's role is not as `ensureRole` makes it. Pure. */
export function roleDrift(
  facts: RoleFacts | undefined,
  names: ClientNames,
  password: string | undefined,
): string[] {
  if (!facts) return ['is missing']
  const settings = new Set(facts.settings)
  const rightPassword =
    password === undefined || (facts.verifier !== null && verifies(facts.verifier, password))
  return [
    ...(facts.canLogin ? [] : ['cannot log in']),
    ...(facts.expires ? ['has a date at which its password expires'] : []),
    ...(facts.inherits ? [] : ['does not inherit']),
    ...facts.powers.map((power) => `has ${power}`),
    ...(facts.connectionLimit === CONNECTION_LIMIT ? [] : [`connection limit is ${facts.connectionLimit}`]),
    ...(rightPassword ? [] : ['password is not that of .env']),
    ...Object.entries(settingsOf(names)).flatMap(([name, value]) =>
      settings.has(`${name}=${value.replaceAll(/['"]/g, '')}`) ? [] : [`${name} is not ${value}`],
    ),
    ...(facts.memberOf.includes(FLEET_ROLES.client) ? [] : [`is not in ${FLEET_ROLES.client}`]),
    ...facts.memberOf.filter((role) => role !== FLEET_ROLES.client).map((role) => `is in role ${role}`),
    ...facts.members.map((member) => `${member} is in it`),
  ]
}

function verifies(verifier: string, password: string): boolean {
  const [, iterations, salt] = /^SCRAM-SHA-256\$(\d+):([^$]+)\$/.exec(verifier) ?? []
  if (iterations === undefined || salt === undefined) return false
  return scramVerifier(password, Buffer.from(salt, 'base64'), Number(iterations)) === verifier
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
