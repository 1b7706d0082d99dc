import type { TypedPerson } from '../domain/person-text.ts'
import { lockByName, type Tx } from './database.ts'
import { asVisitCustomer, CUSTOMER_COLUMNS, type CustomerRow, type VisitCustomer } from './visit-customer.ts'

/** Numbers were typed by many hands: compared by their last ten digits, which leaves `8` and `+7` out. */
const DIGITS = `regexp_replace(coalesce(phone, ''), '\\D', '', 'g')`

/** Customers who may be meant: by the whole number, else by its last digits or a part of the name. Lately seen first. */
export async function searchCustomers(
  tx: Tx,
  { name, phone, digits }: TypedPerson,
  limit: number,
): Promise<VisitCustomer[]> {
  const { rows } = await tx.query<CustomerRow>(
    `select ${CUSTOMER_COLUMNS}
       from users u
      where ($1::text is not null and right(${DIGITS}, 10) = right($1, 10))
         or ($1::text is null and $2::text is not null and ${DIGITS} like '%' || $2)
         or ($1::text is null and $3::text is not null
             and (concat_ws(' ', first_name, last_name) ilike $3 or given_name ilike $3 or username ilike $3))
      order by last_seen_at desc, id desc
      limit $4`,
    [
      phone?.replaceAll(/\D/g, '') ?? null,
      digits ?? null,
      name === '' ? null : `%${name.replace(/^@/, '').replaceAll(/[\\%_]/g, String.raw`\$&`)}%`,
      limit,
    ],
  )
  return rows.map(asVisitCustomer)
}

export async function findCustomer(tx: Tx, id: number): Promise<VisitCustomer | undefined> {
  const { rows } = await tx.query<CustomerRow>(`select ${CUSTOMER_COLUMNS} from users u where u.id = $1`, [
    id,
  ])
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
