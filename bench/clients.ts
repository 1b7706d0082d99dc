import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BackupOptions, createBackups } from '../src/backup/create.ts'
import { type BackupSet, isOfClient } from '../src/backup/sets.ts'
import { clientSubject } from '../src/backup/subject.ts'
import type { Engine } from '../src/engines/engine.ts'
import { type ClientNames, clientIdOfNumber, clientNames } from '../src/fleet/names.ts'
import { type AdminDb, openAdmin } from '../src/postgres/admin.ts'
import { ensureFleetSchema } from '../src/postgres/fleet-schema.ts'
import { provisionClient } from '../src/postgres/provision.ts'
import { generateIdentity } from '../src/secrets/age.ts'
import { hostEngine } from '../test/support/host-engine.ts'
import { startPostgres } from '../test/support/throwaway-servers.ts'

export const DATABASE = 'postgres'
export const UUID = '6f9619ff-8b86-4d01-b42d-00cf4fc964ff'
/** Of each client's role. */
export const CLIENT_PASSWORD = 'x'
const USERS = 60
const BOOKINGS = 200

/** A throwaway server with clients of 60 customers and 200 bookings each. */
export interface BenchFleet {
  url: string
  db: AdminDb
  openDb: (database?: string) => Promise<AdminDb>
  engine: Engine
  clients: ClientNames[]
  /** Gone in the end. */
  folder: string
}

/** Gives `work` a server with so many clients, and takes it away again. */
export async function withClients(count: number, work: (fleet: BenchFleet) => Promise<void>): Promise<void> {
  const server = await startPostgres()
  const folder = mkdtempSync(join(tmpdir(), 'bookctl-bench-'))
  try {
    const url = new URL(server.url)
    const openDb = (database = DATABASE) =>
      openAdmin({
        endpoint: { host: url.hostname, port: Number(url.port) },
        password: url.password,
        database,
        applicationName: 'bench',
      })
    const db = await openDb()
    await ensureFleetSchema(db)
    const clients = Array.from({ length: count }, (_, index) => clientNames(clientIdOfNumber(index + 1)))
    for (const names of clients) {
      const { id } = names
      const options = { password: CLIENT_PASSWORD, title: id, timeZone: 'Europe/Moscow', initial: {} }
      await provisionClient(db, names, options)
      await fill(db, names.schema)
    }
    await db.query('analyze')
    await work({ url: server.url, db, openDb, engine: hostEngine(server.url), clients, folder })
    await db.end()
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Backs all of these up into a folder, as `backup --all` does. */
export async function backUpAll(
  { db, openDb, engine, clients }: BenchFleet,
  folder: string,
  some: readonly ClientNames[] = clients,
): Promise<BackupSet[]> {
  const options: BackupOptions = {
    db,
    openAdmin: openDb,
    engine,
    fleet: { id: UUID, name: 'bench' },
    recipients: [(await generateIdentity()).recipient],
    encryptArchives: false,
    reason: 'manual',
    workFolder: folder,
  }
  const env = { get: () => 'secret', names: () => [] }
  const subjects = some.map((names) => {
    const { id } = names
    const declaration = { id, uuid: UUID, title: id, timeZone: 'Europe/Moscow', run: true, initial: {} }
    return clientSubject(join(folder, id), names, declaration, env)
  })
  const outcomes = await createBackups(options, subjects)
  return outcomes.map((one) => {
    if (!one.ok) throw one.error
    if (!isOfClient(one.set)) throw new Error(`${one.id} is no client`)
    return one.set
  })
}

async function fill(db: AdminDb, schema: string): Promise<void> {
  await db.query(
    `insert into ${schema}.users (telegram_id, notes) select n, md5($1 || n) from generate_series(1, $2) n`,
    [schema, USERS],
  )
  await db.query(
    `insert into ${schema}.bookings (customer_id, staff_id, status, starts_at, ends_at, busy, local_date, local_time, time_zone, lines)
     select n % $2 + 1, 1, 'booked', start, start + interval '1 hour', tstzrange(start, start + interval '1 hour'),
            start::date, start::time, 'Europe/Moscow', '[{"name": "Cut"}]'
       from (select n, timestamptz '2030-01-01' + n * interval '1 hour' as start from generate_series(1, $1) n) b`,
    [BOOKINGS, USERS],
  )
}
