import { createHash, randomBytes } from 'node:crypto'
import type { Role } from '../domain/permissions.ts'
import type { Tx } from './database.ts'

/** What a link gives to whoever opens it first. */
export type Invitation =
  | { kind: 'admin'; role: Role; createdBy: number }
  | { kind: 'staff'; staffId: number; createdBy: number }

export type InviteRefusal = 'unknown' | 'used' | 'expired'

/** A link that nobody has used yet. `id` names it without being able to open it. */
export type OpenInvite = Invitation & { id: string; createdAt: number; expiresAt: number }

type Refused = { kind: 'refused'; reason: InviteRefusal }

interface InviteRow extends Record<string, unknown> {
  kind: Invitation['kind']
  role: Role | null
  staff_id: number | null
  created_by: number
}

/** 144 bits: 24 characters, all of which a deep link may hold. */
const CODE_BYTES = 18
/** Long enough for the limit of additions and for "this link has been used"; then it is unknown like any other. */
const KEPT_DAYS = 30
const HOUR_MS = 3_600_000

/** The beginning of the hash: sixteen hexadecimal digits fit into a button. */
const INVITE_ID = `left(encode(code_hash, 'hex'), 16)`
export const INVITE_ID_FORM = /^[0-9a-f]{16}$/

/** Makes a one-time link and gives back its code, which is kept nowhere: the table holds its hash alone. */
export async function createInvite(
  tx: Tx,
  invite: {
    clientId: string
    kind: Invitation['kind']
    role?: Role
    staffId?: number
    createdBy: number
    ttlHours: number
  },
  now: number,
): Promise<string> {
  const code = randomBytes(CODE_BYTES).toString('base64url')
  await tx.query('delete from fleet.invites where client_id = $1 and expires_at < $2', [
    invite.clientId,
    new Date(now - KEPT_DAYS * 24 * HOUR_MS),
  ])
  await tx.query(
    `insert into fleet.invites (code_hash, client_id, kind, role, staff_id, created_by, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      hashOf(code),
      invite.clientId,
      invite.kind,
      invite.role ?? null,
      invite.staffId ?? null,
      invite.createdBy,
      new Date(now),
      new Date(now + invite.ttlHours * HOUR_MS),
    ],
  )
  return code
}

/** What the link would give, without using it. */
export async function findInvite(
  tx: Tx,
  { clientId, code }: { clientId: string; code: string },
  now: number,
): Promise<Invitation | Refused> {
  const { rows } = await tx.query<InviteRow & { used: boolean; expired: boolean }>(
    `select kind, role, staff_id, created_by, used_at is not null as used, expires_at <= $3 as expired
       from fleet.invites
      where client_id = $1
        and code_hash = $2`,
    [clientId, hashOf(code), new Date(now)],
  )
  const row = rows[0]
  if (!row) return { kind: 'refused', reason: 'unknown' }
  if (row.used) return { kind: 'refused', reason: 'used' }
  return row.expired ? { kind: 'refused', reason: 'expired' } : invitationOf(row)
}

/** Uses the link up. Of several people who open it at once, one gets in: the others wait for the row, and find it used. */
export async function useInvite(
  tx: Tx,
  { clientId, code, telegramId }: { clientId: string; code: string; telegramId: number },
  now: number,
): Promise<Invitation | Refused> {
  const { rows } = await tx.query<InviteRow>(
    `update fleet.invites
        set used_by = $3, used_at = $4
      where client_id = $1
        and code_hash = $2
        and used_at is null
        and expires_at > $4
     returning kind, role, staff_id, created_by`,
    [clientId, hashOf(code), telegramId, new Date(now)],
  )
  return rows[0] ? invitationOf(rows[0]) : await findInvite(tx, { clientId, code }, now)
}

/** Links that can still be used, the newest first. */
export async function listOpenInvites(
  tx: Tx,
  { clientId, kind }: { clientId: string; kind: Invitation['kind'] },
  now: number,
): Promise<OpenInvite[]> {
  const { rows } = await tx.query<InviteRow & { id: string; created_at: Date; expires_at: Date }>(
    `select ${INVITE_ID} as id, kind, role, staff_id, created_by, created_at, expires_at
       from fleet.invites
      where client_id = $1
        and kind = $2
        and used_at is null
        and expires_at > $3
      order by created_at desc, code_hash`,
    [clientId, kind, new Date(now)],
  )
  return rows.map((row) => ({
    ...invitationOf(row),
    id: row.id,
    createdAt: row.created_at.getTime(),
    expiresAt: row.expires_at.getTime(),
  }))
}

/** Takes an unused link back; undefined where there is none such any more. */
export async function withdrawInvite(
  tx: Tx,
  { clientId, id, kind }: { clientId: string; id: string; kind: Invitation['kind'] },
): Promise<Invitation | undefined> {
  const { rows } = await tx.query<InviteRow>(
    `delete from fleet.invites
      where client_id = $1
        and ${INVITE_ID} = $2
        and kind = $3
        and used_at is null
     returning kind, role, staff_id, created_by`,
    [clientId, id, kind],
  )
  return rows[0] && invitationOf(rows[0])
}

/** Takes back what somebody who may invite no more has handed out. */
export async function withdrawInvitesOf(
  tx: Tx,
  { clientId, createdBy }: { clientId: string; createdBy: number },
): Promise<void> {
  await tx.query('delete from fleet.invites where client_id = $1 and created_by = $2 and used_at is null', [
    clientId,
    createdBy,
  ])
}

function hashOf(code: string): Buffer {
  return createHash('sha256').update(code).digest()
}

/** The table's constraint `invites_kind_shape` keeps the shapes apart. */
function invitationOf(row: InviteRow): Invitation {
  return row.kind === 'admin'
    ? { kind: 'admin', role: row.role as Role, createdBy: row.created_by }
    : { kind: 'staff', staffId: row.staff_id as number, createdBy: row.created_by }
}
