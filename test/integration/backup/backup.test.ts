import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { CLIENT_SCHEMA_VERSION } from '../../../bot/contract/schema.ts'
import { type BackupOptions, createBackup, createBackups } from '../../../src/backup/create.ts'
import { proofFile, readProof } from '../../../src/backup/proof.ts'
import { restoreByHandLines } from '../../../src/backup/restore-by-hand.ts'
import { type BackupSet, findNewestBackup, isOfClient, listBackups } from '../../../src/backup/sets.ts'
import { clientSubject } from '../../../src/backup/subject.ts'
import { verifyBackup } from '../../../src/backup/verify.ts'
import { findOnPath } from '../../../src/engines/local/binaries.ts'
import type { ClientNames } from '../../../src/fleet/names.ts'
import { clientDeclarationSchema } from '../../../src/fleet/schema.ts'
import { decryptWith, generateIdentity } from '../../../src/secrets/age.ts'
import { uniqueWord } from '../../support/database.ts'
import { hostEngine, postgresEnv } from '../../support/host-engine.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { fleetDatabase, type TestStore } from '../../support/stores.ts'

const run = promisify(execFile)
const SEED = Math.floor(Math.random() * 1_000_000)
const TOKEN = '123456:PLANTED-token-of-thirty-characters-and-more'
const PASSWORD = 'PLANTED-password'

let store: TestStore
let anna: ClientNames
let boris: ClientNames
let key: { identity: string; recipient: string }
let folder: string
beforeAll(async () => {
  store = await fleetDatabase()
  anna = await store.addClient()
  boris = await store.addClient()
  key = await generateIdentity()
  const client = await store.loginAs(anna)
  await client.query('insert into users (telegram_id) select generate_series(1, 20)')
  await client.query(
    `insert into bookings (customer_id, staff_id, status, starts_at, ends_at, busy, local_date, local_time, time_zone, lines)
     select id, 1, 'booked', start, start + interval '1 hour', tstzrange(start, start + interval '1 hour'),
            start::date, start::time, 'Europe/Moscow', '[{"name": "Cut"}]'
       from (select id, timestamptz '2030-01-01' + id * interval '1 hour' as start from users) u`,
  )
})
afterAll(() => store.close())
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), "bookctl o'backup-")), anna.id)
  return () => rm(join(folder, '..'), { recursive: true, force: true })
})

const parts = () => ({
  db: store.db,
  openAdmin: (database: string) => store.open(database),
  engine: hostEngine(store.url),
  key: { identity: key.identity },
})
/** `.env` of the fleet. Its generated passwords do not belong to a backup. */
const env = (names: ClientNames) => {
  const values = new Map([
    [names.env.token, TOKEN],
    [names.env.adminIds, '1,2'],
    [names.env.databasePassword, PASSWORD],
    [names.env.redisPassword, PASSWORD],
  ])
  return { get: (name: string) => values.get(name), names: () => [...values.keys()] }
}
const common = (): BackupOptions => ({
  ...parts(),
  fleet: { id: '7f9619ff-8b86-4d01-b42d-00cf4fc964ff', name: 'booking' },
  recipients: [key.recipient],
  encryptArchives: false,
  reason: 'manual',
  workFolder: join(folder, '..'),
})
const subjectOf = (names: ClientNames) => {
  const declaration = clientDeclarationSchema.parse({
    id: anna.id,
    uuid: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff',
    title: 'Anna',
    timeZone: 'Europe/Moscow',
  })
  return clientSubject(folder, names, declaration, env(names))
}
const backup = async ({ names = anna, ...more }: Partial<BackupOptions> & { names?: ClientNames } = {}) => {
  const set = await createBackup({ ...common(), ...more }, subjectOf(names))
  if (!isOfClient(set)) throw new Error('not of a client')
  return set
}
const verify = (set: BackupSet) => verifyBackup({ ...parts(), set, level: 'restore' })
const scratchDatabases = async () => {
  const { rows } = await store.db.query(
    `select datname from pg_database
      where starts_with(datname, 'bookctl_scratch_' || (select oid from pg_database where datname = current_database()) || '_')`,
  )
  return rows
}

test('a backup is archive, manifest and secrets.age, readable by their owner alone, and verify restores it', async () => {
  const set = await backup()
  expect(set.data).toMatchObject({
    format: 1,
    client: { id: anna.id, title: 'Anna' },
    schema: { name: anna.schema, version: CLIENT_SCHEMA_VERSION },
    reason: 'manual',
    versions: {
      server: expect.stringMatching(/^\d+/),
      pgDump: expect.stringMatching(/^\d+/),
      bookctl: '0.1.0',
    },
    rows: { users: 20, bookings: 20, services: 1, feedback: 0 },
  })
  expect(Object.keys(set.data.rows)).toHaveLength(12)
  for (const file of [set.archive, set.manifest, set.secrets])
    expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(await readdir(folder)).toHaveLength(4)
  expect(await readProof(set)).toMatchObject({ level: 'hash' })
  await verify(set)
  expect(await readProof(set)).toMatchObject({ level: 'restore', sha256: set.data.archive.sha256 })
  expect(await scratchDatabases()).toEqual([])
})

test('secrets stand only in secrets.age, which the identity opens as lines of .env', async () => {
  const set = await backup()
  for (const file of [set.archive, set.manifest]) {
    const content = await readFile(file, 'latin1')
    for (const secret of [TOKEN, PASSWORD]) expect(content).not.toContain(secret)
  }
  const opened = await decryptWith(key.identity, await readFile(set.secrets))
  // A restore makes new passwords for database and Redis.
  expect(new TextDecoder().decode(opened)).toBe(
    `${anna.env.token}=${TOKEN}\n${anna.env.adminIds}=1,2\n${anna.env.sentryDsn}=\n`,
  )
  const other = await generateIdentity()
  await expect(decryptWith(other.identity, await readFile(set.secrets))).rejects.toMatchObject({
    exitCode: 12,
  })
})

test('an archive names no other client and no role, not even in what pg_dump says about the database', async () => {
  const database = new URL(store.url).pathname.slice(1)
  await store.db.query(`alter role ${boris.role} in database ${database} set work_mem to '5MB'`)
  const set = await backup()
  const { stdout } = await run('pg_restore', ['--file=-', set.archive], { env: postgresEnv(store.url) })
  expect(stdout).not.toMatch(/alter role|grant /i)
  for (const text of [stdout, await readFile(set.archive, 'latin1')]) expect(text).not.toContain(boris.id)
})

test('a client whose tables somebody has locked fails alone, before its dump', async () => {
  const rival = await store.open()
  await rival.query('begin')
  await rival.query(`lock table ${anna.schema}.bookings in access exclusive mode`)
  const outcomes = await createBackups(common(), [subjectOf(anna), subjectOf(boris)])
  await rival.end()
  expect(outcomes.map(({ id, ok }) => [id, ok])).toEqual([
    [anna.id, false],
    [boris.id, true],
  ])
  expect(outcomes[0]).toMatchObject({ error: { code: 'schema-busy', exitCode: 124 } })
})

test('an archive with fewer tables than were counted is no backup', async () => {
  const { engine } = parts()
  const fewer: Pick<typeof engine, 'name' | 'pgTool'> = {
    name: 'fewer',
    pgTool: (tool, args, options) =>
      engine.pgTool(tool, [...args, `--exclude-table=${anna.schema}.feedback`], options),
  }
  await expect(backup({ engine: fewer as typeof engine })).rejects.toMatchObject({
    code: 'dump-incomplete',
    exitCode: 14,
    message: `${anna.id}: its schema has 12 tables, its archive 11`,
  })
  expect(await readdir(folder)).toEqual([])
})

test('rows that arrive while the dump runs are in neither the counts nor the archive', async () => {
  const { engine } = parts()
  const other = await store.addClient()
  const writer = await store.loginAs(other)
  const late: typeof engine = {
    name: 'late',
    pgTool: async (
      tool: 'pg_dump' | 'pg_restore',
      args: readonly string[],
      options: { database: string },
    ) => {
      if (tool === 'pg_dump')
        await writer.query('insert into users (telegram_id) select generate_series(1, 5)')
      await engine.pgTool(tool, args, options)
    },
  } as typeof engine
  const set = await backup({ names: other, engine: late })
  expect(set.data.rows['users']).toBe(0)
  await verify(set)
})

test('the printed lines bring a client back with stock tools, word by word', async () => {
  const set = await backup()
  const database = `restored_${uniqueWord()}`
  const identity = join(folder, 'identity.txt')
  await writeFile(identity, `${key.identity}\n`, { mode: 0o600 })
  const lines = restoreByHandLines(set, { identity, database, byHand: { before: '', user: '' } })
  // age is no part of PostgreSQL; without it on this host the first three lines are what can be run.
  const script = findOnPath('age') ? lines : lines.filter((line) => !line.startsWith('age '))
  try {
    await run('sh', ['-e', '-c', script.join('\n')], { env: postgresEnv(store.url) })
    const restored = await store.open(database)
    const { rows } = await restored.query(`select count(*) as bookings from ${anna.schema}.bookings`)
    expect(rows).toEqual([{ bookings: 20 }])
    // The wall against double bookings came with it, and new rows get new numbers.
    await expect(
      restored.query(
        `insert into ${anna.schema}.bookings (customer_id, staff_id, status, starts_at, ends_at, busy, local_date, local_time, time_zone, lines)
         select customer_id, staff_id, status, starts_at, ends_at, busy, local_date, local_time, time_zone, lines
           from ${anna.schema}.bookings limit 1`,
      ),
    ).rejects.toMatchObject({ code: '23P01', constraint: 'bookings_no_overlap' })
    const { rows: next } = await restored.query(
      `insert into ${anna.schema}.users default values returning id`,
    )
    expect(next).toEqual([{ id: 21 }])
    await restored.end()
  } finally {
    await store.db.query(`drop database if exists ${database} with (force)`)
  }
})

test.each<[string, (set: BackupSet) => Promise<void>]>([
  ['was cut short', (set) => truncate(set.archive, set.data.archive.bytes - 3)],
  [
    'has one flipped byte',
    async (set) => {
      const bytes = await readFile(set.archive)
      const middle = Math.floor(bytes.length / 2)
      bytes[middle] = (bytes[middle] ?? 0) ^ 1
      await writeFile(set.archive, bytes)
    },
  ],
  ['is gone', (set) => rm(set.archive)],
])('verify refuses an archive that %s, with exit 14', async (_title, damage) => {
  const set = await backup()
  await damage(set)
  for (const level of ['hash', 'read', 'restore'] as const)
    await expect(verifyBackup({ ...parts(), set, level })).rejects.toMatchObject({
      code: 'backup-damaged',
      exitCode: 14,
    })
  expect(await readProof(set)).toBe(undefined)
  expect(await scratchDatabases()).toEqual([])
})

test('every one of 300 random cuts and flipped bits is found by the hash alone', async () => {
  const set = await backup()
  const whole = await readFile(set.archive)
  const random = seededRandom(SEED)
  const missed: string[] = []
  for (let round = 0; round < 300; round++) {
    const at = Math.floor(random() * whole.length)
    const bit = Math.floor(random() * 8)
    const damaged = round % 3 === 0 ? whole.subarray(0, at) : Buffer.from(whole)
    if (round % 3 !== 0) damaged[at] = (damaged[at] ?? 0) ^ (1 << bit)
    await writeFile(set.archive, damaged)
    await verifyBackup({ ...parts(), set, level: 'hash' }).then(
      () => missed.push(`round ${round}: byte ${at}, bit ${bit} (seed ${SEED})`),
      (error: unknown) => expect(error).toMatchObject({ code: 'backup-damaged' }),
    )
  }
  expect(missed).toEqual([])
})

test('verify refuses an archive with other rows than the manifest says, naming the table', async () => {
  const set = await backup()
  set.data.rows['bookings'] = 21
  await expect(verify(set)).rejects.toThrow(/bookings 20 instead of 21/)
  expect(await scratchDatabases()).toEqual([])
})

test('verify refuses what pg_restore cannot load even when the hash fits', async () => {
  const set = await backup()
  await truncate(set.archive, set.data.archive.bytes - 2000)
  const { hashFile } = await import('../../../src/backup/durable.ts')
  Object.assign(set.data.archive, await hashFile(set.archive))
  await expect(verify(set)).rejects.toMatchObject({ code: 'backup-damaged', exitCode: 14 })
  expect(await scratchDatabases()).toEqual([])
})

test('a scratch database that a dead run left is dropped by the next verification; one in use is not', async () => {
  const { rows } = await store.db.query<{ prefix: string }>(
    `select 'bookctl_scratch_' || oid || '_' as prefix from pg_database where datname = current_database()`,
  )
  const [dead, living] = [`${rows[0]?.prefix}dead`, `${rows[0]?.prefix}living`]
  for (const name of [dead, living]) await store.db.query(`create database ${name}`)
  const owner = await store.open()
  await owner.query(`select pg_advisory_lock(hashtextextended('bookctl:scratch:' || $1, 0))`, [living])
  const sets = [await backup(), await backup({ now: () => new Date(0) })]
  await Promise.all(sets.map((set) => verify(set)))
  expect(await scratchDatabases()).toEqual([{ datname: living }])
  await store.db.query(`drop database ${living}`)
})

test('a failed dump leaves no file, and unfinished or foreign files are no backups', async () => {
  const broken = { name: 'broken', pgTool: () => Promise.reject(new Error('pg_dump ended with 1')) }
  const engine = broken as unknown as ReturnType<typeof hostEngine>
  await expect(backup({ engine })).rejects.toThrow('pg_dump ended with 1')
  expect(await readdir(folder)).toEqual([])
  await writeFile(join(folder, `${anna.id}-20300101T000000000Z.dump.partial`), 'x')
  await writeFile(join(folder, `${anna.id}-20300101T000000000Z.dump`), 'x')
  await writeFile(join(folder, 'other.manifest.json'), '{"name": "somebody else"}')
  await writeFile(join(folder, 'broken.manifest.json'), '{')
  expect(await listBackups(folder)).toEqual([])
  expect(await listBackups(join(folder, 'nowhere'))).toEqual([])
})

test('what a killed backup left is taken away by the next one; a person’s own files and an archive that lost its manifest stay', async () => {
  const lost = await backup({ now: () => new Date('2030-01-01T00:00:00Z') })
  await rm(lost.manifest)
  await writeFile(join(folder, 'notes.txt'), 'mine')
  const kept = await readdir(folder)
  const killed = `${anna.id}-20300102T000000000Z`
  // Killed in the dump; and killed when the archive had its name already, and the manifest not yet.
  await writeFile(join(folder, `${anna.id}-20300103T000000000Z.dump.partial`), 'x')
  for (const ending of ['dump', 'secrets.age.partial', 'manifest.json.partial'])
    await writeFile(join(folder, `${killed}.${ending}`), 'x')
  const set = await backup()
  const mine = [set.archive, set.manifest, set.secrets, proofFile(set)].map((path) => basename(path))
  expect((await readdir(folder)).toSorted()).toEqual([...kept, ...mine].toSorted())
})

test('backups are listed newest first; unknown fields are ignored, a newer format is refused', async () => {
  const old = await backup({ now: () => new Date('2030-01-01T00:00:00Z') })
  const young = await backup({ now: () => new Date('2030-01-02T00:00:00Z') })
  await writeFile(old.manifest, JSON.stringify({ ...old.data, later: true }))
  expect((await listBackups(folder)).map((set) => set.archive)).toEqual([young.archive, old.archive])
  await writeFile(old.manifest, JSON.stringify({ ...old.data, format: 3 }))
  await expect(listBackups(folder)).rejects.toMatchObject({ code: 'manifest-newer', exitCode: 10 })
})

test('the newest backup is found without reading the others, and past one that cannot be used', async () => {
  const [oldest, young, damaged] = [
    await backup({ now: () => new Date('2030-01-01T00:00:00Z') }),
    await backup({ now: () => new Date('2030-01-02T00:00:00Z') }),
    await backup({ now: () => new Date('2030-01-03T00:00:00Z') }),
  ]
  await writeFile(damaged.manifest, JSON.stringify({ ...damaged.data, rows: 'many' }))
  // Whoever reads it gets an error.
  await rm(oldest.manifest)
  await mkdir(oldest.manifest)
  expect((await findNewestBackup(folder))?.archive).toBe(young.archive)
  expect(await findNewestBackup(join(folder, 'nowhere'))).toBe(undefined)
})

test('a client without a schema cannot be backed up', async () => {
  const names = { ...anna, schema: `client_n${uniqueWord()}` }
  await expect(backup({ names })).rejects.toMatchObject({ code: 'schema-missing', exitCode: 4 })
  expect(existsSync(folder) ? await readdir(folder) : []).toEqual([])
})
