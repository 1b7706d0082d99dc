import type { TypedPerson } from '../domain/person-text.ts'
import { NOT_ERASED } from './customers.ts'
import { lockByName, type Tx } from './database.ts'
import { asVisitCustomer, CUSTOMER_COLUMNS, type CustomerRow, type VisitCustomer } from './visit-customer.ts'

/** Numbers were typed by many hands: compared by their last ten digits, which leaves `8` and `+7` out. */
const DIGITS = `regexp_replace(coalesce(phone, ''), '\\D', '', 'g')`

/** All by which a customer is called, in one line; `ё` is often written as `е`. */
const CALLED = `translate(lower(concat_ws(' ', given_name, first_name, last_name, username)), 'ё', 'е')`

/** Customers who may be meant: by the whole number, else by its last digits or by parts of the name, in any order. Lately seen first. */
export async function searchCustomers(
  tx: Tx,
  { name, phone, digits }: TypedPerson,
  limit: number,
): Promise<VisitCustomer[]> {
  const words = name.toLowerCase().replaceAll('ё', 'е').replace(/^@/, '').split(' ').filter(Boolean)
  const { rows } = await tx.query<CustomerRow>(
    `select ${CUSTOMER_COLUMNS}
       from users u
      where ${NOT_ERASED}
        and (($1::text is not null and right(${DIGITS}, 10) = right($1, 10))
             or ($1::text is null and $2::text is not null and ${DIGITS} like '%' || $2)
             or ($1::text is null and cardinality($3::text[]) > 0 and ${CALLED} like all ($3::text[])))
      order by last_seen_at desc, id desc
      limit $4`,
    [
      phone?.replaceAll(/\D/g, '') ?? null,
      digits ?? null,
      words.map((word) => `%${word.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`),
      limit,
    ],
  )
  return rows.map(asVisitCustomer)
}

/** Undefined for nobody, and for who had their data erased. */
export async function findCustomer(tx: Tx, id: number): Promise<VisitCustomer | undefined> {
  const { rows } = await tx.query<CustomerRow>(
    `select ${CUSTOMER_COLUMNS} from users u where u.id = $1 and ${NOT_ERASED}`,
    [id],
  )
  return rows[0] && asVisitCustomer(rows[0])
}

/**
 * A customer whom an admin names: the one who has this number already, else a new one. Two admins who write down the
 * same number at once wait for each other, so that there is one customer.
 */
export async function ensureCustomer(
  tx: Tx,
  clientId: string,
  person: { name: string; phone: string | undefined },
  now: number,
): Promise<VisitCustomer> {
  if (person.phone !== undefined) {
    await lockByName(tx, `${clientId}:phone:${person.phone}`)
    const [known] = await searchCustomers(tx, { name: '', phone: person.phone, digits: undefined }, 1)
    if (known) return known
  }
  const { rows } = await tx.query<CustomerRow>(
    `insert into users as u (first_name, phone, created_at, last_seen_at)
     values ($1, $2, $3, $3)
     returning ${CUSTOMER_COLUMNS}`,
    [person.name, person.phone ?? null, new Date(now)],
  )
  const row = rows[0]
  if (!row) throw new Error('insert of a customer returned no row')
  return asVisitCustomer(row)
}
