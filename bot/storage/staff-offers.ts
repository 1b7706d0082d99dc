import type { Offers } from '../domain/offers.ts'
import type { StaffMember } from './catalogue.ts'
import type { Tx } from './database.ts'

export interface OwnStaffMember extends StaffMember {
  isActive: boolean
}

/** Everybody who has not been deleted, in the business's order. */
export async function listOwnStaff(tx: Tx): Promise<OwnStaffMember[]> {
  const { rows } = await tx.query<StaffRow>(
    'select id, name, offers, is_active from staff where deleted_at is null order by sort_order, id',
  )
  return rows.map(asMember)
}

/** One who has not been deleted; nobody else changes the row before the transaction ends. */
export async function lockStaffMember(tx: Tx, id: number): Promise<OwnStaffMember | undefined> {
  const { rows } = await tx.query<StaffRow>(
    'select id, name, offers, is_active from staff where id = $1 and deleted_at is null for update',
    [id],
  )
  return rows[0] && asMember(rows[0])
}

export async function writeOffers(tx: Tx, staffId: number, offers: Offers): Promise<void> {
  await tx.query('update staff set offers = $2 where id = $1', [
    staffId,
    offers === null ? null : JSON.stringify(offers),
  ])
}

/** Every service that there is: hidden and deleted ones are given as well, for the day when they come back. */
export async function listServiceIds(tx: Tx): Promise<number[]> {
  const { rows } = await tx.query<{ id: number }>('select id from services order by id')
  return rows.map(({ id }) => id)
}

interface StaffRow extends Record<string, unknown> {
  id: number
  name: string
  offers: Offers
  is_active: boolean
}

function asMember({ is_active: isActive, id, name, offers }: StaffRow): OwnStaffMember {
  return { id, name, offers, isActive }
}
