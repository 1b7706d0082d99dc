// All clients of a large fleet backed up: dumped together and split by schema, against the deployment guide's
// `pg_dump -n` for one schema, again and again. On a throwaway server of its own. Run: npm run bench -- backup
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BackupOptions, createBackups } from '../src/backup/create.ts'
import { type DumpItem, dumpSchemas } from '../src/backup/dump-schemas.ts'
import { streamTo } from '../src/backup/durable.ts'
import { clientSubject } from '../src/backup/subject.ts'
import { clientIdOfNumber, clientNames } from '../src/fleet/names.ts'
import { type AdminDb, openAdmin } from '../src/postgres/admin.ts'
import { ensureFleetSchema } from '../src/postgres/fleet-schema.ts'
import { provisionClient } from '../src/postgres/provision.ts'
import { generateIdentity } from '../src/secrets/age.ts'
import { hostEngine } from '../test/support/host-engine.ts'
import { startPostgres } from '../test/support/throwaway-servers.ts'
import { median, printTable } from './support.ts'

const CLIENTS = Number(process.env['BENCH_CLIENTS'] ?? 1000)
const USERS = 60
const BOOKINGS = 200
const ROUNDS = 3
/** So many of the loop's dumps are measured in each round; the rest is reckoned. */
const OF_THE_LOOP = 20
const DATABASE = 'postgres'
const UUID = '6f9619ff-8b86-4d01-b42d-00cf4fc964ff'

const server = await startPostgres()
const folder = mkdtempSync(join(tmpdir(), 'bookctl-bench-'))
try {
  const engine = hostEngine(server.url)
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
  const clients = Array.from({ length: CLIENTS }, (_, index) => clientNames(clientIdOfNumber(index + 1)))
  for (const names of clients) {
    await provisionClient(db, names, {
      password: 'x',
      title: names.id,
      timeZone: 'Europe/Moscow',
      initial: {},
    })
    await fill(db, names.schema)
  }
  await db.query('analyze')

  const together: number[] = []
  const complete: number[] = []
  const loop: number[] = []
  let bytes = 0
  // Alternating, so that a noisy neighbour hits each.
  for (let round = 0; round < ROUNDS; round++) {
    const here = join(folder, String(round))
    mkdirSync(here)
    together.push(await timed(async () => (bytes = await dumpTogether(here))))
    complete.push(await timed(() => backUpAll(join(here, 'complete'))))
    const some = clients.filter((_, index) => index % Math.ceil(CLIENTS / OF_THE_LOOP) === 0)
    const seconds = await timed(async () => {
      for (const { schema } of some) await dumpAsTheGuide(schema, join(here, `${schema}.sql`))
    })
    loop.push((seconds / some.length) * CLIENTS)
    rmSync(here, { recursive: true })
  }
  await db.end()
  const row = (title: string, seconds: readonly number[]) => [
    title,
    `${median(seconds).toFixed(1)} s`,
    (median(loop) / median(seconds)).toFixed(0),
  ]
  printTable(
    [`${CLIENTS} clients, median of ${ROUNDS}`, 'time', 'ratio'],
    [
      row(`pg_dump -n for each, reckoned from ${OF_THE_LOOP}`, loop),
      row('dumped together and split', together),
      row('the same with manifests and secrets, read again', complete),
    ],
  )
  console.log(`An archive has ${(bytes / CLIENTS / 1000).toFixed(0)} kB on average.`)

  async function dumpTogether(here: string): Promise<number> {
    const session = await openDb()
    try {
      return await session.transaction(async (tx) => {
        await tx.query('set transaction isolation level repeatable read, read only')
        const { rows } = await tx.query<{ snapshot: string }>('select pg_export_snapshot() as snapshot')
        const items = clients.map(({ schema }): DumpItem => ({ schema, path: join(here, schema) }))
        const snapshot = rows[0]?.snapshot ?? ''
        const dumped = await dumpSchemas({ engine, database: DATABASE, snapshot, items, workFolder: here })
        if (dumped.fellBack !== undefined) throw new Error(dumped.fellBack)
        return dumped.results.reduce((sum, one) => sum + (one.ok ? one.bytes : Number.NaN), 0)
      })
    } finally {
      await session.end()
    }
  }

  async function backUpAll(here: string): Promise<void> {
    const options: BackupOptions = {
      db,
      openAdmin: openDb,
      engine,
      fleet: { id: UUID, name: 'bench' },
      recipients: [(await generateIdentity()).recipient],
      encryptArchives: false,
      reason: 'manual',
      workFolder: here,
    }
    const env = { get: () => 'secret', names: () => [] }
    const subjects = clients.map((names) => {
      const { id } = names
      const declaration = { id, uuid: UUID, title: id, timeZone: 'Europe/Moscow', run: true, initial: {} }
      return clientSubject(join(here, id), names, declaration, env)
    })
    const outcomes = await createBackups(options, subjects)
    for (const one of outcomes) if (!one.ok) throw one.error
  }

  async function dumpAsTheGuide(schema: string, path: string): Promise<void> {
    const file = await open(path, 'w')
    await engine.pgTool('pg_dump', ['-n', schema], { database: DATABASE, stdout: streamTo(file) })
    await file.close()
  }
} finally {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
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

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1000
}
