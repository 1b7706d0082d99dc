import { lockStaff } from './bookings.ts'
import { listStaffIds } from './catalogue.ts'
import { savepoint, type Tx, violates } from './database.ts'

/** A member of staff as the panel sees it: those that customers cannot book are here too. */
export interface Member {
  id: number
  name: string
  /** The account that sees this member's schedule and hears of its bookings. */
  telegramId: number | null
  isActive: boolean
  isDeleted: boolean
}

interface MemberRow extends Record<string, unknown> {
  id: number
  name: string
  telegram_id: number | null
  is_active: boolean
  is_deleted: boolean
}

const MEMBER_COLUMNS = 'id, name, telegram_id, is_active, deleted_at is not null as is_deleted'

/** Everybody in the business's order; deleted ones are a list of their own. */
export async function listMembers(tx: Tx, { deleted }: { deleted: boolean }): Promise<Member[]> {
  const { rows } = await tx.query<MemberRow>(
    `select ${MEMBER_COLUMNS} from staff where (deleted_at is not null) = $1 order by sort_order, id`,
    [deleted],
  )
  return rows.map(asMember)
}

/** Deleted ones too: the caller says what that means for it. */
export async function findMember(tx: Tx, staffId: number): Promise<Member | undefined> {
  const { rows } = await tx.query<MemberRow>(`select ${MEMBER_COLUMNS} from staff where id = $1`, [staffId])
  return rows[0] && asMember(rows[0])
}

/** The member of staff behind an account. */
export async function findMemberOf(tx: Tx, telegramId: number): Promise<Member | undefined> {
  const { rows } = await tx.query<MemberRow>(
    `select ${MEMBER_COLUMNS} from staff where telegram_id = $1 and deleted_at is null`,
    [telegramId],
  )
  return rows[0] && asMember(rows[0])
}

/**
 * Makes changes of the roster wait for bookings in progress, and bookings for them: who may be booked, and who is the
 * last one who may, is judged after it. Not for a transaction that holds locks of members already (see lockStaff).
 */
export async function lockRoster(tx: Tx, clientId: string): Promise<void> {
  await lockStaff(tx, clientId, await listStaffIds(tx))
}

/** Adds a member at the end of the list; works as the business does and gives every service. */
export async function addMember(tx: Tx, name: string, now: number): Promise<number> {
  const { rows } = await tx.query<{ id: number }>(
    `insert into staff (name, sort_order, created_at)
     select $1, coalesce(max(sort_order), 0) + 1, $2 from staff
     returning id`,
    [name, new Date(now)],
  )
  return Number(rows[0]?.id)
}

export async function renameMember(tx: Tx, staffId: number, name: string): Promise<void> {
  await tx.query('update staff set name = $2 where id = $1', [staffId, name])
}

/** Puts members into this order; others keep theirs. */
export async function orderMembers(tx: Tx, staffIds: readonly number[]): Promise<void> {
  await tx.query(
    `update staff
        set sort_order = places.place
       from unnest($1::bigint[]) with ordinality as places (id, place)
      where staff.id = places.id`,
    [staffIds],
  )
}

export async function setMemberActive(tx: Tx, staffId: number, isActive: boolean): Promise<void> {
  await tx.query('update staff set is_active = $2 where id = $1 and deleted_at is null', [staffId, isActive])
}

/** Its bookings, hours and terms stay; its account is let go, for a stranger must not go on reading the schedule. */
export async function deleteMember(tx: Tx, staffId: number, now: number): Promise<void> {
  await tx.query(
    'update staff set deleted_at = $2, is_active = false, telegram_id = null where id = $1 and deleted_at is null',
    [staffId, new Date(now)],
  )
}

/** Comes back as it left, but takes no bookings before somebody has looked at its hours. */
export async function restoreMember(tx: Tx, staffId: number): Promise<void> {
  await tx.query('update staff set deleted_at = null where id = $1', [staffId])
}

export type LinkOutcome = 'linked' | 'already' | 'taken' | 'other-member' | 'gone'

/**
 * Links an account to a member of staff. `taken`: another account was faster. `other-member`: this account belongs to
 * somebody else of the staff.
 */
export async function linkMember(tx: Tx, staffId: number, telegramId: number): Promise<LinkOutcome> {
  const { rows } = await tx.query<MemberRow>(`select ${MEMBER_COLUMNS} from staff where id = $1 for update`, [
    staffId,
  ])
  const row = rows[0]
  if (!row || row.is_deleted) return 'gone'
  if (row.telegram_id !== null) return row.telegram_id === telegramId ? 'already' : 'taken'
  try {
    await savepoint(tx, () =>
      tx.query('update staff set telegram_id = $2 where id = $1', [staffId, telegramId]),
    )
  } catch (error) {
    if (violates(error, 'staff_telegram_id_key')) return 'other-member'
    throw error
  }
  return 'linked'
}

/** Gives back the account that was linked; null where there was none. */
export async function unlinkMember(tx: Tx, staffId: number): Promise<number | null> {
  const { rows } = await tx.query<{ telegram_id: number | null }>(
    `update staff
        set telegram_id = null
       from (select id, telegram_id from staff where id = $1 for update) before
      where staff.id = before.id
     returning before.telegram_id`,
    [staffId],
  )
  return rows[0]?.telegram_id ?? null
}

function asMember(row: MemberRow): Member {
  return {
    id: row.id,
    name: row.name,
    telegramId: row.telegram_id,
    isActive: row.is_active,
    isDeleted: row.is_deleted,
  }
}
