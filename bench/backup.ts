// All clients of a large fleet backed up: dumped together and split by schema, against the deployment guide's
// `pg_dump -n` for one schema, again and again. On a throwaway server of its own. Run: npm run bench -- backup
import { mkdirSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { type DumpItem, dumpSchemas } from '../src/backup/dump-schemas.ts'
import { streamTo } from '../src/backup/durable.ts'
import { backUpAll, DATABASE, withClients } from './clients.ts'
import { median, printTable, seconds } from './support.ts'

const CLIENTS = Number(process.env['BENCH_CLIENTS'] ?? 1000)
const ROUNDS = 3
/** So many of the loop's dumps are measured in each round; the rest is reckoned. */
const OF_THE_LOOP = 20

await withClients(CLIENTS, async (fleet) => {
  const { clients, engine, openDb } = fleet
  const together: number[] = []
  const complete: number[] = []
  const loop: number[] = []
  let bytes = 0
  // Alternating, so that a noisy neighbour hits each.
  for (let round = 0; round < ROUNDS; round++) {
    const here = join(fleet.folder, String(round))
    mkdirSync(here)
    together.push(await seconds(async () => (bytes = await dumpTogether(here))))
    complete.push(await seconds(() => backUpAll(fleet, join(here, 'complete'))))
    const some = clients.filter((_, index) => index % Math.ceil(CLIENTS / OF_THE_LOOP) === 0)
    const ofSome = await seconds(async () => {
      for (const { schema } of some) await dumpAsTheGuide(schema, join(here, `${schema}.sql`))
    })
    loop.push((ofSome / some.length) * CLIENTS)
    rmSync(here, { recursive: true })
  }
  const row = (title: string, times: readonly number[]) => [
    title,
    `${median(times).toFixed(1)} s`,
    (median(loop) / median(times)).toFixed(0),
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

  async function dumpAsTheGuide(schema: string, path: string): Promise<void> {
    const file = await open(path, 'w')
    await engine.pgTool('pg_dump', ['-n', schema], { database: DATABASE, stdout: streamTo(file) })
    await file.close()
  }
})
