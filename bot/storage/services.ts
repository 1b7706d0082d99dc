import { ACTIVE_STATUSES } from '../domain/policy.ts'
import { asService, SERVICE_COLUMNS, type Service, type ServiceRow } from './catalogue.ts'
import { lockByName, type Tx } from './database.ts'

/** A service as the business sees it: hidden and deleted ones, too. */
export interface OwnService extends Service {
  isActive: boolean
  isDeleted: boolean
}

/** What can be edited, one at a time. */
export type ServiceFields = Pick<
  Service,
  | 'name'
  | 'description'
  | 'category'
  | 'minutes'
  | 'stepMinutes'
  | 'bufferBeforeMinutes'
  | 'bufferAfterMinutes'
  | 'priceMinor'
  | 'priceFrom'
>

type OwnRow = ServiceRow & { is_active: boolean; is_deleted: boolean }

const OWN_COLUMNS = `${SERVICE_COLUMNS}, is_active, deleted_at is not null as is_deleted`

const COLUMNS: Record<keyof ServiceFields, string> = {
  name: 'name',
  description: 'description',
  category: 'category',
  minutes: 'minutes',
  stepMinutes: 'step_minutes',
  bufferBeforeMinutes: 'buffer_before_minutes',
  bufferAfterMinutes: 'buffer_after_minutes',
  priceMinor: 'price_minor',
  priceFrom: 'price_from',
}

/** All that are not deleted, or all that are: in the business's order, or the last deleted first. */
export async function listOwnServices(tx: Tx, which: 'kept' | 'deleted'): Promise<OwnService[]> {
  const { rows } = await tx.query<OwnRow>(
    which === 'kept'
      ? `select ${OWN_COLUMNS} from services where deleted_at is null order by sort_order, id`
      : `select ${OWN_COLUMNS} from services where deleted_at is not null order by deleted_at desc, id`,
  )
  return rows.map(asOwn)
}

/** A service, perhaps a deleted one; nobody else changes it before the transaction ends. */
export async function lockService(tx: Tx, id: number): Promise<OwnService | undefined> {
  const { rows } = await tx.query<OwnRow>(`select ${OWN_COLUMNS} from services where id = $1 for update`, [
    id,
  ])
  return rows[0] && asOwn(rows[0])
}

/** Adds a service at the end of the list, visible at once. */
export async function insertService(
  tx: Tx,
  service: Pick<Service, 'name' | 'minutes' | 'priceMinor' | 'priceFrom'>,
  now: number,
): Promise<number> {
  const { rows } = await tx.query<{ id: number }>(
    `insert into services (name, minutes, price_minor, price_from, sort_order, created_at, updated_at)
     select $1, $2, $3, $4, coalesce(max(sort_order), 0) + 1, $5, $5
       from services
     returning id`,
    [service.name, service.minutes, service.priceMinor, service.priceFrom, new Date(now)],
  )
  return Number(rows[0]?.id)
}

export async function updateService(
  tx: Tx,
  id: number,
  changes: Partial<ServiceFields>,
  now: number,
): Promise<void> {
  const entries = Object.entries(changes) as [keyof ServiceFields, unknown][]
  const sets = entries.map(([field], index) => `${COLUMNS[field]} = $${index + 3}`)
  await tx.query(`update services set ${sets.join(', ')}, updated_at = $2 where id = $1`, [
    id,
    new Date(now),
    ...entries.map(([, value]) => value),
  ])
}

/** Shown to customers, hidden from them, or deleted: kept for its bookings, and to be brought back. */
export async function setServiceState(
  tx: Tx,
  id: number,
  state: 'shown' | 'hidden' | 'deleted',
  now: number,
): Promise<void> {
  await tx.query(
    `update services
        set is_active = $2, deleted_at = case when $3 then $4::timestamptz end, updated_at = $4
      where id = $1`,
    [id, state === 'shown', state === 'deleted', new Date(now)],
  )
}

/** Writes the business's order anew. */
export async function writeOrder(tx: Tx, ids: readonly number[]): Promise<void> {
  await tx.query(
    `update services s
        set sort_order = o.position
       from unnest($1::bigint[]) with ordinality as o (id, position)
      where s.id = o.id
        and s.sort_order <> o.position`,
    [ids],
  )
}

/** Active bookings of a service that are still to come. */
export async function countUpcomingOf(tx: Tx, serviceId: number, now: number): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    `select count(*) as count
       from bookings
      where starts_at > $2
        and status = any($3::text[])
        and lines @> jsonb_build_array(jsonb_build_object('serviceId', $1::bigint))`,
    [serviceId, new Date(now), ACTIVE_STATUSES],
  )
  return rows[0]?.count ?? 0
}

/** Gives every service of a category another one; '' is none. Deleted ones as well, or a restored one would bring it back. */
export async function renameCategory(tx: Tx, from: string, to: string, now: number): Promise<void> {
  await tx.query('update services set category = $2, updated_at = $3 where category = $1', [
    from,
    to,
    new Date(now),
  ])
}

function asOwn(row: OwnRow): OwnService {
  return { ...asService(row), isActive: row.is_active, isDeleted: row.is_deleted }
}

/** Two who order the list at once do so one after the other: each of them writes the whole order. Ends with the transaction. */
export async function lockOrder(tx: Tx, clientId: string): Promise<void> {
  await lockByName(tx, `${clientId}:services-order`)
}
