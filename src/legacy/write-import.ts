import { countRows } from '../backup/row-counts.ts'
import { BookctlError } from '../errors.ts'
import { type ClientNames, quoteIdentifier } from '../fleet/names.ts'
import type { AdminDb } from '../postgres/admin.ts'
import { readClientSettings, upsertSetting, writeWeeklyHours } from '../postgres/client-settings.ts'
import { schemaMissing } from '../postgres/migrate-client.ts'
import type { Existing, ImportPlan } from './plan.ts'
import type { ImportRows, ImportTable } from './rows.ts'

const ROWS_AT_ONCE = 1000
/** Each comes after those that it refers to. */
const ORDER = [
  'users',
  'services',
  'staff',
  'bookings',
  'booking_history',
  'blocked_slots',
  'feedback',
  'admins',
  'admin_actions',
] as const satisfies readonly ImportTable[]
/** Their rows come with ids, which the sequences of the tables do not hear of. */
const WITH_IDS = ['users', 'services', 'staff', 'bookings'] as const satisfies readonly ImportTable[]

/** What a client has before an import. */
export async function readExisting(db: AdminDb, names: ClientNames): Promise<Existing> {
  const schema = quoteIdentifier(names.schema)
  const list = async (table: 'services' | 'staff') =>
    (
      await db.query<Existing['staff'][number]>(
        `select id, name, is_active as "isActive" from ${schema}.${table} order by sort_order, id`,
      )
    ).rows
  const settings = await readClientSettings(db, names)
  return { title: settings.title, services: await list('services'), staff: await list('staff'), settings }
}

/**
 * Customers and bookings of a client: an import into one that has either would have to merge.
 * @throws BookctlError `schema-missing` (exit 5) when its tables are gone.
 */
export async function countOccupied(
  db: AdminDb,
  names: ClientNames,
): Promise<{ customers: number; bookings: number }> {
  const { users: customers, bookings } = await countRows(db, names.schema)
  if (customers === undefined || bookings === undefined) throw schemaMissing(names)
  return { customers, bookings }
}

/**
 * Lets nobody else write customers or bookings until the end of the transaction.
 * @throws BookctlError `tables-busy` (exit 124) when somebody does not let go within 10 seconds.
 */
export async function lockForImport(tx: AdminDb, names: ClientNames): Promise<void> {
  const schema = quoteIdentifier(names.schema)
  await tx.query(`set local lock_timeout = '10s'`)
  try {
    await tx.query(`lock table ${schema}.users, ${schema}.bookings in share row exclusive mode`)
  } catch (error) {
    if ((error as { code?: string }).code !== '55P03') throw error
    throw new BookctlError('tables-busy', 'timeout', `${names.id}: somebody else writes into its tables`, {
      hint: `Nothing was changed. See pg_stat_activity for role ${names.role}, then run the same command again.`,
      cause: error,
    })
  }
}

/**
 * Writes what was planned, then counts every table again.
 * @throws BookctlError `import-counts-differ` (exit 14) when a table has not grown by what was planned.
 */
export async function writeImport(
  tx: AdminDb,
  names: ClientNames,
  { rows, changes }: ImportPlan,
  actor: string,
): Promise<void> {
  const schema = quoteIdentifier(names.schema)
  const before = await countRows(tx, names.schema)
  for (const table of ORDER) await insert(tx, schema, table, rows[table])
  for (const table of WITH_IDS)
    if (rows[table].length > 0)
      await tx.query(
        `select setval(pg_get_serial_sequence($1, 'id'), (select max(id) from ${schema}.${table}))`,
        [`${schema}.${table}`],
      )
  await tx.query(
    `update ${schema}.services set is_active = false, updated_at = now() where id = any($1::bigint[])`,
    [changes.retiredServices],
  )
  for (const [key, value] of Object.entries(changes.settings))
    await upsertSetting(tx, names, key as keyof typeof changes.settings, value, actor)
  if (changes.workHours) await writeWeeklyHours(tx, names, changes.workHours)
  const after = await countRows(tx, names.schema)
  const differing = ORDER.filter((table) => (after[table] ?? 0) - (before[table] ?? 0) !== rows[table].length)
  if (differing.length > 0)
    throw new BookctlError(
      'import-counts-differ',
      'verification',
      `${names.id}: not all rows have arrived: ${differing
        .map((table) => `${table} ${(after[table] ?? 0) - (before[table] ?? 0)} of ${rows[table].length}`)
        .join(', ')}`,
      { hint: 'Nothing was written. A trigger or rule of these tables may have refused rows.' },
    )
}

async function insert<T extends ImportTable>(
  tx: AdminDb,
  schema: string,
  table: T,
  rows: ImportRows[T],
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {})
    .map(quoteIdentifier)
    .join(', ')
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE)
    await tx.query(
      `insert into ${schema}.${table} (${columns}) overriding system value
       select ${columns} from jsonb_populate_recordset(null::${schema}.${table}, $1::jsonb)`,
      [JSON.stringify(rows.slice(from, from + ROWS_AT_ONCE))],
    )
}
