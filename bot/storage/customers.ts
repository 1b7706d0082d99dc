import { ACTIVE_STATUSES, type BookingRule } from '../domain/policy.ts'
import type { Tx } from './database.ts'
import { IS_BOOKING } from './holds.ts'
import { asVisitCustomer, CUSTOMER_COLUMNS, type CustomerRow, type VisitCustomer } from './visit-customer.ts'

/** Who had their data erased is nobody any more: neither an account nor, as with who comes by phone, a name. */
export const NOT_ERASED = '(u.telegram_id is not null or u.gone_at is null)'

/** A customer with what the business keeps about them. */
export interface CustomerFile extends VisitCustomer {
  tags: string[]
  notes: string
  rule: BookingRule
  /** Since when they are known. */
  createdAt: number
}

/** So many customers can be paged through; who is further down is found by a search. */
const RECENT_MAX = 400

/** Ids of customers, lately seen first. */
export async function listRecentCustomers(tx: Tx): Promise<number[]> {
  const { rows } = await tx.query<{ id: number }>(
    `select u.id
       from users u
      where ${NOT_ERASED}
      order by u.last_seen_at desc, u.id desc
      limit ${RECENT_MAX}`,
  )
  return rows.map(({ id }) => id)
}

/** These customers in this order; who is gone meanwhile is left out. */
export async function readCustomers(tx: Tx, ids: readonly number[]): Promise<VisitCustomer[]> {
  const { rows } = await tx.query<CustomerRow>(
    `select ${CUSTOMER_COLUMNS} from users u where u.id = any($1::bigint[]) and ${NOT_ERASED}`,
    [ids],
  )
  const found = new Map(rows.map((row) => [row.customer_id, asVisitCustomer(row)]))
  return ids.flatMap((id) => found.get(id) ?? [])
}

/** Undefined for nobody, and for who had their data erased. `lock`: nobody else changes it until this transaction ends. */
export async function findCustomerFile(
  tx: Tx,
  customerId: number,
  { lock = false } = {},
): Promise<CustomerFile | undefined> {
  const { rows } = await tx.query<
    CustomerRow & { tags: string[]; notes: string; booking_rule: BookingRule; created_at: Date }
  >(
    `select ${CUSTOMER_COLUMNS}, u.tags, u.notes, u.booking_rule, u.created_at
       from users u
      where u.id = $1
        and ${NOT_ERASED}
      ${lock ? 'for update' : ''}`,
    [customerId],
  )
  const row = rows[0]
  return (
    row && {
      ...asVisitCustomer(row),
      tags: row.tags,
      notes: row.notes,
      rule: row.booking_rule,
      createdAt: row.created_at.getTime(),
    }
  )
}

export async function writeCustomerNotes(tx: Tx, customerId: number, notes: string): Promise<void> {
  await tx.query('update users set notes = $2 where id = $1', [customerId, notes])
}

export async function writeTags(tx: Tx, customerId: number, tags: readonly string[]): Promise<void> {
  await tx.query('update users set tags = $2 where id = $1', [customerId, tags])
}

/** Tags in use, most used first; each once, whatever its capitals. */
export async function listTags(tx: Tx): Promise<string[]> {
  const { rows } = await tx.query<{ tag: string }>(
    `select min(tag) as tag
       from users, unnest(tags) as tag
      group by lower(tag)
      order by count(*) desc, 1
      limit 100`,
  )
  return rows.map(({ tag }) => tag)
}

/** What a customer has brought and when they come. */
export interface CustomerSums {
  spent: { currency: string; minor: number }[]
  lastVisitAt: number | null
  nextVisitAt: number | null
  bookings: number
}

/** What was paid for visits that took place, the last of these, and the next one to come. */
export async function sumCustomer(tx: Tx, customerId: number, now: number): Promise<CustomerSums> {
  const spent = await tx.query<{ currency: string; minor: number }>(
    `select currency, sum(price_minor)::bigint as minor
       from bookings
      where customer_id = $1
        and status = 'came'
        and price_minor is not null
      group by currency
      order by 2 desc`,
    [customerId],
  )
  const { rows } = await tx.query<{ last_at: Date | null; next_at: Date | null; bookings: number }>(
    `select max(starts_at) filter (where status = 'came') as last_at,
            min(starts_at) filter (where starts_at > $2 and status = any($3::text[])) as next_at,
            count(*) filter (where ${IS_BOOKING}) as bookings
       from bookings b
      where customer_id = $1`,
    [customerId, new Date(now), ACTIVE_STATUSES],
  )
  return {
    spent: spent.rows,
    lastVisitAt: rows[0]?.last_at?.getTime() ?? null,
    nextVisitAt: rows[0]?.next_at?.getTime() ?? null,
    bookings: rows[0]?.bookings ?? 0,
  }
}
