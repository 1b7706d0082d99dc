import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { availableParallelism, hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type DumpResult, dumpSchemas } from '../../../src/backup/dump-schemas.ts'
import type { Engine } from '../../../src/engines/engine.ts'
import type { ClientNames } from '../../../src/fleet/names.ts'
import { uniqueWord } from '../../support/database.ts'
import { hostEngine } from '../../support/host-engine.ts'
import { schemaFacts } from '../../support/schema-facts.ts'
import { fleetDatabase, type TestStore } from '../../support/stores.ts'

const CLIENTS = 20
const GROUPS = Math.min(availableParallelism(), 4)

let store: TestStore
let clients: ClientNames[]
let engine: Engine
let database: string
/** A database with nothing but the extension that the constraint against double bookings stands on. */
let empty: string
let folder: string
beforeAll(async () => {
  store = await fleetDatabase()
  engine = hostEngine(store.url)
  database = new URL(store.url).pathname.slice(1)
  clients = []
  for (let count = 1; count <= CLIENTS; count++) clients.push(await clientWithRows(count))
  empty = `empty_${uniqueWord()}`
  await store.db.query(`create database ${empty} template template0`)
  const session = await store.open(empty)
  await session.query('create extension btree_gist')
  await session.end()
})
afterAll(async () => {
  await store.db.query(`drop database if exists ${empty}`)
  await store.close()
})
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bookctl-dumps-'))
  return () => rm(folder, { recursive: true, force: true })
})

/** Each client has other rows, and so many more of them; the first one's are large. */
async function clientWithRows(count: number): Promise<ClientNames> {
  const names = await store.addClient()
  const { schema, role } = names
  await store.db.query(
    `insert into ${schema}.users (telegram_id, notes)
     select n, $2 || n || repeat(md5($2 || n), $3) from generate_series(1, $1) n`,
    [count, role, count === 1 ? 20_000 : 1],
  )
  await store.db.query(
    `insert into ${schema}.bookings (customer_id, staff_id, status, starts_at, ends_at, busy, local_date, local_time, time_zone, lines)
     select id, 1, 'booked', start, start + interval '1 hour', tstzrange(start, start + interval '1 hour'),
            start::date, start::time, 'Europe/Moscow', '[{"name": "Cut"}]'
       from (select id, timestamptz '2030-01-01' + id * interval '1 hour' as start from ${schema}.users) u`,
  )
  // Of what pg_dump says about the database, this is what names everybody.
  await store.db.query(`alter role ${role} in database ${database} set work_mem to '5MB'`)
  return names
}

/** Dumps these clients in a new snapshot. `afterSnapshot` happens when the snapshot is taken and the dump is not begun. */
async function dump(
  of: readonly { schema: string }[],
  more: Partial<Parameters<typeof dumpSchemas>[0]> = {},
  afterSnapshot: () => Promise<unknown> = () => Promise.resolve(),
) {
  const session = await store.open()
  try {
    return await session.transaction(async (tx) => {
      await tx.query('set transaction isolation level repeatable read, read only')
      const { rows } = await tx.query<{ snapshot: string }>('select pg_export_snapshot() as snapshot')
      await afterSnapshot()
      const items = of.map(({ schema }) => ({ schema, path: archiveOf(schema) }))
      const snapshot = rows[0]?.snapshot ?? ''
      return await dumpSchemas({ engine, database, snapshot, items, workFolder: folder, ...more })
    })
  } finally {
    await session.end()
  }
}
const archiveOf = (schema: string) => join(folder, `${schema}.dump`)
const failed = (results: readonly DumpResult[]) => results.flatMap((one) => (one.ok ? [] : [one.schema]))

/** What stock pg_restore makes of an archive in an empty database. */
async function restored({ schema }: { schema: string }): Promise<string[]> {
  const scratch = `scratch_${uniqueWord()}`
  await store.db.query(`create database ${scratch} template ${empty}`)
  try {
    await engine.pgTool('pg_restore', ['--single-transaction', '--exit-on-error'], {
      database: scratch,
      stdin: createReadStream(archiveOf(schema)),
    })
    const session = await store.open(scratch)
    const facts = await schemaFacts(session, schema)
    await session.end()
    return facts
  } finally {
    await store.db.query(`drop database ${scratch} with (force)`)
  }
}

test('twenty clients and what they share are dumped by one pg_dump for each core, and stock pg_restore brings back all of each', async () => {
  const pids: number[] = []
  const heard: string[] = []
  const all = [...clients, { schema: 'fleet' }]
  const { results, fellBack } = await dump(all, {
    onPid: (pid) => pids.push(pid),
    onDone: ({ schema }) => heard.push(schema),
  })
  expect(fellBack).toBe(undefined)
  expect(pids).toHaveLength(GROUPS)
  expect(new Set(heard)).toEqual(new Set(all.map(({ schema }) => schema)))
  for (const [index, { schema }] of all.entries()) {
    const content = await readFile(archiveOf(schema))
    const live = await schemaFacts(store.db, schema)
    expect(results[index]).toEqual({
      schema,
      ok: true,
      sha256: createHash('sha256').update(content).digest('hex'),
      bytes: content.length,
      tables: live.filter((fact) => fact.startsWith('rows ')).length,
      pgDump: expect.stringMatching(/^\d+\.\d+/) as string,
      whole: undefined,
    })
    if (schema !== 'fleet') expect(live.join()).toContain(`rows users ${index + 1} `)
    expect(await restored({ schema })).toEqual(live)
  }
  // Nothing of the whole dump stays.
  expect((await readdir(folder)).toSorted()).toEqual(all.map(({ schema }) => `${schema}.dump`).toSorted())
})

test('a client’s archive names no other client, not even in what is said about the database', async () => {
  const { results } = await dump(clients)
  expect(failed(results)).toEqual([])
  for (const names of clients) {
    const text = await readFile(archiveOf(names.schema), 'latin1')
    expect(text).toContain(names.schema)
    expect(clients.filter(({ id }) => text.includes(id)).map(({ id }) => id)).toEqual([names.id])
  }
})

test('a client whose table is locked costs no other client its archive', async () => {
  const [locked, ...others] = clients
  const rival = await store.open()
  let result: Awaited<ReturnType<typeof dump>> | undefined
  await rival.transaction(async (tx) => {
    await tx.query(`lock table ${locked?.schema}.bookings in access exclusive mode`)
    result = await dump(clients)
  })
  expect(failed(result?.results ?? [])).toEqual([locked?.schema])
  expect(result?.results[0]).toMatchObject({
    error: { message: expect.stringContaining('timeout') as string },
  })
  expect(result?.fellBack).toMatch(/clients could not be dumped at once: .*timeout/s)
  expect((await readdir(folder)).toSorted()).toEqual(others.map(({ schema }) => `${schema}.dump`).toSorted())
  const [neighbour] = others
  if (neighbour) expect(await restored(neighbour)).toEqual(await schemaFacts(store.db, neighbour.schema))
})

test('a client that is removed meanwhile costs no other client its archive', async () => {
  const gone = await store.addClient()
  const { results, fellBack } = await dump([...clients.slice(0, 3), gone, ...clients.slice(3, 6)], {}, () =>
    store.db.query(`drop schema ${gone.schema} cascade`),
  )
  expect(failed(results)).toEqual([gone.schema])
  expect(fellBack).toMatch(/clients could not be dumped at once/)
  expect(await readdir(folder)).toHaveLength(6)
  for (const names of clients.slice(2, 4))
    expect(await restored(names)).toEqual(await schemaFacts(store.db, names.schema))
})

/** The engine, with what pg_dump writes led through `change`; counts the calls. */
function changed(change: (chunk: Buffer, first: boolean) => Buffer): Engine & { calls: number } {
  const other: Pick<Engine, 'name' | 'pgTool'> & { calls: number } = {
    name: 'changed',
    calls: 0,
    async pgTool(tool, args, options) {
      // That of the version to come can read what pg_dump of its version writes.
      if (tool === 'pg_restore') {
        await pipeline(['; Dumped by pg_dump version: 99.0\n'], options.stdout as NodeJS.WritableStream)
        return
      }
      other.calls += 1
      let first = true
      const through = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          done(null, change(chunk, first))
          first = false
        },
      })
      const target = options.stdout as NodeJS.WritableStream
      await Promise.all([
        engine.pgTool(tool, args, { ...options, stdout: through }),
        pipeline(through, target),
      ])
    },
  }
  return other as Engine & { calls: number }
}

test('archives of a version to come are made one for each client and kept as they are, and it is said', async () => {
  const few = clients.slice(0, 5)
  const later = changed((chunk, first) => {
    if (first) chunk.set([1, 99, 0], 5)
    return chunk
  })
  const { results, fellBack } = await dump(few, { engine: later })
  expect(fellBack).toMatch(/this bookctl does not know archives of version 1\.99\.0/)
  expect(later.calls).toBeLessThanOrEqual(GROUPS + few.length)
  expect(results.map((one) => one.ok && [one.tables, one.pgDump])).toEqual(few.map(() => [undefined, '99.0']))
  for (const names of few) {
    const path = archiveOf(names.schema)
    const content = await readFile(path)
    expect([...content.subarray(5, 8)]).toEqual([1, 99, 0])
    content.set([1, 14, 0], 5)
    await writeFile(path, content)
    expect(await restored(names)).toEqual(await schemaFacts(store.db, names.schema))
  }
})

test('what came through the pipe damaged is kept for nobody, though pg_dump ended well', async () => {
  const lossy = changed((chunk) => chunk.subarray(0, Math.ceil(chunk.length * 0.9)))
  const { results } = await dump(clients.slice(0, 3), { engine: lossy })
  expect(results.map((one) => !one.ok && one.error)).toEqual(
    clients.slice(0, 3).map(({ schema }) =>
      expect.objectContaining({
        code: 'dump-damaged',
        exitCode: 14,
        message: expect.stringMatching(
          `^${schema}: pg_dump ended well, but the archive is damaged: `,
        ) as string,
      }),
    ),
  )
  expect(await readdir(folder)).toEqual([])
})

test('after Ctrl-C pg_dump is ended, nothing of the clients lies about, and each that is left is told', async () => {
  const ctrlC = new AbortController()
  const pids: number[] = []
  const { results } = await dump(clients, {
    signal: ctrlC.signal,
    onPid: (pid) => {
      pids.push(pid)
      ctrlC.abort()
    },
  })
  expect(failed(results)).toEqual(clients.map(({ schema }) => schema))
  expect(results[3]).toMatchObject({ error: { code: 'interrupted', exitCode: 130 } })
  for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow('ESRCH')
  expect(await readdir(folder)).toEqual([])
})

test('the dump of many lies where nobody else can read it; one that a kill left is taken away, one in use is not', async () => {
  const dead = spawnSync(process.execPath, ['-e', '']).pid
  const folderOf = (pid: number) => `dump.${pid}@${hostname()}.0123456789ab.partial`
  for (const pid of [dead, process.ppid]) {
    await mkdir(join(folder, folderOf(pid)))
    await writeFile(join(folder, folderOf(pid), '1.dump'), 'everybody')
  }
  const modeOf = async (path: string) => (await stat(join(folder, path))).mode & 0o777
  const seen: number[] = []
  const looking: Pick<Engine, 'name' | 'pgTool'> = {
    name: 'looking',
    async pgTool(tool, args, options) {
      const [own = ''] = (await readdir(folder)).filter((name) => name.startsWith(`dump.${process.pid}@`))
      const [file = ''] = await readdir(join(folder, own))
      seen.push(await modeOf(own), await modeOf(join(own, file)))
      await engine.pgTool(tool, args, options)
    },
  }
  await dump(clients.slice(0, 1), { engine: looking as Engine })
  expect(seen).toEqual([0o700, 0o600])
  expect((await readdir(folder)).filter((name) => name.startsWith('dump.'))).toEqual([folderOf(process.ppid)])
})

test('a place that cannot be written to costs that client alone its archive', async () => {
  const [first, second] = clients
  await mkdir(archiveOf(first?.schema ?? ''))
  const { results, fellBack } = await dump([first, second] as ClientNames[])
  expect(failed(results)).toEqual([first?.schema])
  expect(fellBack).toBe(undefined)
})
