import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createBackup } from '../../../src/backup/create.ts'
import { hashFile } from '../../../src/backup/durable.ts'
import { restoreByHandLines } from '../../../src/backup/restore-by-hand.ts'
import { type BackupSet, isOfClient } from '../../../src/backup/sets.ts'
import { clientSubject } from '../../../src/backup/subject.ts'
import { verifyBackup } from '../../../src/backup/verify.ts'
import type { ClientNames } from '../../../src/fleet/names.ts'
import { clientDeclarationSchema } from '../../../src/fleet/schema.ts'
import { decryptWith, generateIdentity } from '../../../src/secrets/age.ts'
import { hostEngine } from '../../support/host-engine.ts'
import { fleetDatabase, type TestStore } from '../../support/stores.ts'

const run = promisify(execFile)
const PHONE = '+79990001122'

let store: TestStore
let anna: ClientNames
let [own, other, stranger]: { identity: string; recipient: string }[] = []
let folder: string
beforeAll(async () => {
  store = await fleetDatabase()
  anna = await store.addClient()
  ;[own, other, stranger] = await Promise.all([generateIdentity(), generateIdentity(), generateIdentity()])
  const client = await store.loginAs(anna)
  // Larger than one chunk of age's, and nothing that compresses.
  await client.query(
    `insert into users (telegram_id, phone, notes)
     select n, $1, (select string_agg(md5(n::text || m::text), '') from generate_series(1, 300) m)
       from generate_series(1, 60) n`,
    [PHONE],
  )
})
afterAll(() => store.close())
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), "bookctl o'sealed-")), anna.id)
  return () => rm(join(folder, '..'), { recursive: true, force: true })
})

const parts = () => ({
  db: store.db,
  openAdmin: (database: string) => store.open(database),
  engine: hostEngine(store.url),
})
const backup = async (encryptArchives = true): Promise<BackupSet> => {
  const declaration = clientDeclarationSchema.parse({
    id: anna.id,
    uuid: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff',
    title: 'Anna',
    timeZone: 'Europe/Moscow',
  })
  const env = { get: () => 'BOT-TOKEN', names: () => [anna.env.token] }
  const set = await createBackup(
    {
      ...parts(),
      fleet: { id: '7f9619ff-8b86-4d01-b42d-00cf4fc964ff', name: 'booking' },
      recipients: [own?.recipient ?? '', other?.recipient ?? ''],
      encryptArchives,
      reason: 'manual',
      workFolder: join(folder, '..'),
    },
    clientSubject(folder, anna, declaration, env),
  )
  if (!isOfClient(set)) throw new Error('not of a client')
  return set
}
const keyOf = (pair: { identity: string } | undefined) => ({ identity: pair?.identity ?? '' })

test('an encrypted archive says nothing of its client, and each recipient restores it alone', async () => {
  const set = await backup()
  expect(basename(set.archive)).toMatch(/\.dump\.age$/)
  expect((await readdir(folder)).toSorted()).toEqual([
    `${set.name}.dump.age`,
    `${set.name}.manifest.json`,
    `${set.name}.secrets.age`,
    `${set.name}.verified.json`,
  ])
  const bytes = await readFile(set.archive)
  expect(bytes.toString('latin1')).toMatch(/^age-encryption\.org\/v1\n/)
  expect(bytes.includes('PGDMP')).toBe(false)
  expect(bytes.length).toBeGreaterThan(200_000)
  expect(set.data.archive).toMatchObject({ encryption: 'age', ...(await hashFile(set.archive)) })
  for (const pair of [own, other]) {
    await verifyBackup({ ...parts(), set, key: keyOf(pair), level: 'restore' })
    const secrets = await decryptWith(pair?.identity ?? '', await readFile(set.secrets))
    expect(new TextDecoder().decode(secrets)).toContain('BOT-TOKEN')
  }
})

test('what is inside is byte for byte what the manifest says', async () => {
  const set = await backup()
  const plain = await decryptWith(own?.identity ?? '', await readFile(set.archive))
  const file = join(folder, '..', 'plain')
  await writeFile(file, plain)
  expect(set.data.archive.plain).toEqual(await hashFile(file))
  const { stdout } = await run('pg_restore', ['--list', file])
  expect(stdout).toContain(anna.schema)
})

test('the hash is proved without any key; the rest asks for the key by the name of its file', async () => {
  const set = await backup()
  const key = { file: join(folder, 'nowhere.txt') }
  await verifyBackup({ ...parts(), set, key, level: 'hash' })
  for (const level of ['read', 'restore'] as const)
    await expect(verifyBackup({ ...parts(), set, key, level })).rejects.toMatchObject({
      code: 'key-missing',
      exitCode: 12,
      message: expect.stringContaining(key.file),
      hint: expect.stringContaining('--identity FILE'),
    })
  await writeFile(key.file, `${stranger?.identity}\n`)
  for (const level of ['read', 'restore'] as const)
    await expect(verifyBackup({ ...parts(), set, key, level })).rejects.toMatchObject({
      code: 'wrong-key',
      exitCode: 12,
      message: expect.stringContaining(key.file),
    })
})

test('an archive that holds other bytes than the manifest says is found, though the file itself is right', async () => {
  const set = await backup()
  Object.assign(set.data.archive, { plain: { ...set.data.archive.plain, sha256: '0'.repeat(64) } })
  for (const level of ['read', 'restore'] as const)
    await expect(verifyBackup({ ...parts(), set, key: keyOf(own), level })).rejects.toMatchObject({
      code: 'backup-damaged',
      exitCode: 14,
    })
})

test('a changed byte is found by age itself, even when the hash of the file fits', async () => {
  const set = await backup()
  const bytes = await readFile(set.archive)
  const at = bytes.length - 100_000
  bytes[at] = (bytes[at] ?? 0) ^ 1
  await writeFile(set.archive, bytes)
  Object.assign(set.data.archive, await hashFile(set.archive))
  await expect(verifyBackup({ ...parts(), set, key: keyOf(own), level: 'restore' })).rejects.toMatchObject({
    code: 'backup-damaged',
    exitCode: 14,
  })
})

test('a backup from before encryption, or of a fleet that does without, needs no key', async () => {
  const set = await backup(false)
  expect(set.data).toMatchObject({ format: 1, archive: { file: `${set.name}.dump` } })
  expect(set.data.archive.encryption).toBe(undefined)
  await verifyBackup({ ...parts(), set, key: { file: join(folder, 'nowhere.txt') }, level: 'restore' })
})

test('the lines for a restore by hand decrypt into pg_restore, never onto the disk', async () => {
  const set = await backup()
  const lines = restoreByHandLines(set, {
    identity: '/media/key.txt',
    database: 'restored',
    byHand: { before: '', user: '' },
  })
  expect(lines[2]).toMatch(
    /^age --decrypt --identity \/media\/key\.txt '.*\.dump\.age' \| pg_restore .* --dbname=restored$/,
  )
})
