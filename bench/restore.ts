// One client of a large fleet brought back: our one transaction, which keeps what was there, against `psql <` of a plain
// dump into an emptied schema. On a throwaway server of its own. Run: npm run bench -- restore
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { streamTo } from '../src/backup/durable.ts'
import { archiveText, swapSchema } from '../src/backup/swap.ts'
import { verifyBackup } from '../src/backup/verify.ts'
import { listTables } from '../src/postgres/catalogue.ts'
import { asideName } from '../src/postgres/kept-schemas.ts'
import { backUpAll, DATABASE, UUID, withClients } from './clients.ts'
import { median, printTable, seconds } from './support.ts'

const CLIENTS = Number(process.env['BENCH_CLIENTS'] ?? 1000)
const ROUNDS = 11
const key = { identity: 'none: nothing is encrypted' }

await withClients(CLIENTS, async (fleet) => {
  const { db, engine, openDb } = fleet
  const [names] = fleet.clients
  if (!names) throw new Error('BENCH_CLIENTS must be one or more')
  await db.query(
    `insert into fleet.clients (uuid, client_id, title, state) values ($1, $2, $2, 'restoring')`,
    [UUID, names.id],
  )
  const [set] = await backUpAll(fleet, join(fleet.folder, 'backups'), [names])
  if (!set) throw new Error('there is no backup')
  const plain = join(fleet.folder, 'plain.sql')
  const file = await open(plain, 'w')
  await engine.pgTool('pg_dump', ['-n', names.schema], { database: DATABASE, stdout: streamTo(file) })
  await file.close()

  const guide: number[] = []
  const swapped: number[] = []
  const whole: number[] = []
  // Alternating, so that a noisy neighbour hits each.
  for (let round = 0; round < ROUNDS; round++) {
    guide.push(await seconds(asTheGuide))
    swapped.push(await seconds(swap))
    await forget()
    whole.push(await seconds(everything))
    await forget()
  }
  const row = (title: string, times: readonly number[]) => [
    title,
    `${(median(times) * 1000).toFixed(0)} ms`,
    (median(times) / median(guide)).toFixed(2),
  ]
  printTable(
    [`one of ${CLIENTS} clients, median of ${ROUNDS}`, 'time', 'ratio'],
    [
      row('drop schema, psql < plain dump', guide),
      row('one transaction: put aside, load, compare, rights', swapped),
      row('the same, proved before, with a proved backup of what was there', whole),
    ],
  )

  async function asTheGuide(): Promise<void> {
    await db.query(`drop schema ${names?.schema} cascade`)
    await engine.pgTool('psql', ['--quiet', '--set=ON_ERROR_STOP=1', '--file=-'], {
      database: DATABASE,
      stdin: createReadStream(plain),
    })
  }

  async function swap(): Promise<void> {
    if (!names || !set) return
    const { rows } = await db.query<{ id: string }>(
      `insert into fleet.operations (kind, client_id, client_uuid, started_by, host, pid, details)
       values ('restore', $1, $2, 'bench', $3, $4, '{}') returning id::text`,
      [names.id, UUID, hostname(), process.pid],
    )
    const liveTables = await listTables(db, names.schema)
    const aside = { name: asideName(names, new Date()), keepUntil: new Date() }
    const { rows: counts, schema } = set.data
    const operation = { id: rows[0]?.id ?? '', pid: process.pid, note: {} }
    const plan = { names, uuid: UUID, liveTables, aside, rows: counts, version: schema.version, operation }
    await swapSchema(
      engine,
      DATABASE,
      plan,
      archiveText(engine, { set, key }, () => undefined),
      () => undefined,
    )
    await db.query(`update fleet.operations set state = 'done' where id = $1`, [operation.id])
  }

  async function everything(): Promise<void> {
    if (!names || !set) return
    const parts = { db, openAdmin: openDb, engine, key, level: 'restore' as const }
    await verifyBackup({ ...parts, set })
    for (const before of await backUpAll(fleet, join(fleet.folder, 'before'), [names]))
      await verifyBackup({ ...parts, set: before })
    await swap()
  }

  async function forget(): Promise<void> {
    const { rows } = await db.query<{ name: string }>(
      'delete from fleet.kept_schemas returning schema_name as name',
    )
    for (const { name } of rows) await db.query(`drop schema ${name} cascade`)
  }
})
