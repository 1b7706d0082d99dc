import { randomBytes } from 'node:crypto'
import type { AdminDb } from '../postgres/admin.ts'

/**
 * Gives `work` an empty database and drops it afterwards. What dead runs left is dropped first: each run holds an
 * advisory lock named as its scratch database, so one that can be locked has no living owner. The name holds the
 * oid of the fleet's database, for locks of other fleets on the same server cannot be seen.
 */
export async function withScratchDatabase<T>(
  options: { db: AdminDb; openAdmin: (database: string) => Promise<AdminDb> },
  work: (scratch: AdminDb, database: string) => Promise<T>,
): Promise<T> {
  const { rows } = await options.db.query<{ database: string; prefix: string }>(
    `select datname as database, 'bookctl_scratch_' || oid || '_' as prefix
       from pg_database
      where datname = current_database()`,
  )
  const { database = '', prefix = '' } = rows[0] ?? {}
  // A session of its own: locks of one session do not exclude each other.
  const owner = await options.openAdmin(database)
  try {
    await dropStale(owner, prefix)
    const name = `${prefix}${randomBytes(6).toString('hex')}`
    await tryLock(owner, name)
    try {
      await owner.query(`create database ${name} template template0`)
      // Clients' roles could look at the restored data otherwise.
      await owner.query(`revoke all on database ${name} from public`)
      const scratch = await options.openAdmin(name)
      try {
        return await work(scratch, name)
      } finally {
        await scratch.end()
      }
    } finally {
      await owner.query(`drop database if exists ${name} with (force)`)
    }
  } finally {
    await owner.end()
  }
}

async function dropStale(owner: AdminDb, prefix: string): Promise<void> {
  const { rows } = await owner.query<{ name: string }>(
    'select datname as name from pg_database where starts_with(datname, $1)',
    [prefix],
  )
  for (const { name } of rows)
    if (/^[a-z0-9_]+$/.test(name) && (await tryLock(owner, name)))
      await owner.query(`drop database if exists ${name} with (force)`)
}

async function tryLock(owner: AdminDb, name: string): Promise<boolean> {
  const { rows } = await owner.query<{ locked: boolean }>(
    `select pg_try_advisory_lock(hashtextextended('bookctl:scratch:' || $1, 0)) as locked`,
    [name],
  )
  return rows[0]?.locked === true
}
