import type { ServiceTerms } from '../domain/availability.ts'
import { isOffered, type Offers } from '../domain/offers.ts'
import type { Tx } from './database.ts'

export interface Service {
  id: number
  name: string
  description: string
  /** Empty: none. */
  category: string
  minutes: number
  stepMinutes: number | null
  bufferBeforeMinutes: number
  bufferAfterMinutes: number
  priceMinor: number | null
  /** The price is the least that it costs. */
  priceFrom: boolean
  currency: string
}

export interface StaffMember {
  id: number
  name: string
  /** Null: gives every service on its own terms. */
  offers: Offers
}

export interface ServiceRow extends Record<string, unknown> {
  id: number
  name: string
  description: string
  category: string
  minutes: number
  step_minutes: number | null
  buffer_before_minutes: number
  buffer_after_minutes: number
  price_minor: number | null
  price_from: boolean
  currency: string
}

export const SERVICE_COLUMNS = `
  id, name, description, category, minutes, step_minutes, buffer_before_minutes, buffer_after_minutes, price_minor,
  price_from, currency`

/** What customers can book now, in the business's order. */
export async function listServices(tx: Tx): Promise<Service[]> {
  const { rows } = await tx.query<ServiceRow>(
    `select ${SERVICE_COLUMNS} from services where is_active order by sort_order, id`,
  )
  return rows.map(asService)
}

/** An active service; undefined once it was switched off or removed. */
export async function findService(tx: Tx, id: number): Promise<Service | undefined> {
  const { rows } = await tx.query<ServiceRow>(
    `select ${SERVICE_COLUMNS} from services where is_active and id = $1`,
    [id],
  )
  return rows[0] && asService(rows[0])
}

/** Active ones of these services, in the order in which they are named. */
export async function findServices(tx: Tx, ids: readonly number[]): Promise<Service[]> {
  const { rows } = await tx.query<ServiceRow>(
    `select ${SERVICE_COLUMNS}
       from services
      where is_active
        and id = any($1::bigint[])
      order by array_position($1::bigint[], id)`,
    [ids],
  )
  return rows.map(asService)
}

export async function listStaff(tx: Tx): Promise<StaffMember[]> {
  const { rows } = await tx.query<{ id: number; name: string; offers: StaffMember['offers'] }>(
    'select id, name, offers from staff where is_active order by sort_order, id',
  )
  return rows
}

/** Who of the staff has a Telegram account of their own: its id → the member's. */
export async function listStaffAccounts(tx: Tx): Promise<Map<number, number>> {
  const { rows } = await tx.query<{ telegram_id: number; id: number }>(
    'select telegram_id, id from staff where is_active and telegram_id is not null',
  )
  return new Map(rows.map((row) => [row.telegram_id, row.id]))
}

/** Everybody who may have bookings: those who work here no more as well. */
export async function listStaffIds(tx: Tx): Promise<number[]> {
  const { rows } = await tx.query<{ id: number }>('select id from staff order by id')
  return rows.map(({ id }) => id)
}

export async function findStaffName(tx: Tx, id: number): Promise<string | undefined> {
  const { rows } = await tx.query<{ name: string }>(
    'select name from staff where id = $1 and deleted_at is null',
    [id],
  )
  return rows[0]?.name
}

/** Members of staff who give a service, or all of several. */
export function staffOffering(staff: readonly StaffMember[], ...serviceIds: number[]): StaffMember[] {
  return staff.filter((member) => serviceIds.every((id) => isOffered(member.offers, id)))
}

/** A service as one member of staff gives it: own minutes and price where there are any. */
export function termsOf(
  service: Service,
  member: StaffMember,
  defaultStepMinutes: number,
): { terms: ServiceTerms; priceMinor: number | null } {
  const own = member.offers?.[String(service.id)]
  return {
    terms: {
      minutes: own?.minutes ?? service.minutes,
      stepMinutes: service.stepMinutes ?? defaultStepMinutes,
      bufferBeforeMinutes: service.bufferBeforeMinutes,
      bufferAfterMinutes: service.bufferAfterMinutes,
    },
    priceMinor: own?.priceMinor ?? service.priceMinor,
  }
}

export function asService(row: ServiceRow): Service {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    category: row.category,
    minutes: row.minutes,
    stepMinutes: row.step_minutes,
    bufferBeforeMinutes: row.buffer_before_minutes,
    bufferAfterMinutes: row.buffer_after_minutes,
    priceMinor: row.price_minor,
    priceFrom: row.price_from,
    currency: row.currency,
  }
}
