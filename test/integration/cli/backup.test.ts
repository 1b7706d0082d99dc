import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BackupResult } from '../../../src/operations/backup.ts'
import type { BackupView } from '../../../src/operations/backup-find.ts'
import { decryptWith } from '../../../src/secrets/age.ts'
import { fleetWith, type TestFleet } from '../../support/fleet.ts'

let fleet: TestFleet
beforeAll(async () => {
  fleet = await fleetWith('anna', 'boris')
}, 300_000)
afterAll(() => fleet.stop())

const json = async <T>(...args: string[]) => JSON.parse((await fleet.ok([...args, '--json'])).stdout) as T
const backups = (id: string) => join(fleet.dir, 'backups', id)
const count = () => readdirSync(backups('client_anna')).length
const identity = () =>
  /^AGE-SECRET-KEY-\S+$/m.exec(readFileSync(join(fleet.dir, '.bookctl/age-identity.txt'), 'utf8'))?.[0] ?? ''

test('backup of one client makes its archive, says where it is, and leaves the bot running', async () => {
  const before = (await fleet.sql<{ instance: string }>('select instance from fleet.heartbeats')).length
  const { stdout } = await fleet.ok(['backup', 'anna'])
  expect(stdout).toMatch(/^client_anna: .*client_anna-\d{8}T\d{9}Z\.dump\n$/)
  expect(existsSync(backups('client_boris'))).toBe(false)
  expect((await fleet.bookctl(['status'])).exitCode).toBe(0)
  expect(await fleet.sql('select instance from fleet.heartbeats')).toHaveLength(before)
})

test('backup --all takes every client and what they share, inside one snapshot', async () => {
  const made = await json<BackupResult[]>('backup', '--all')
  expect(made.map(({ id }) => id).toSorted()).toEqual(['client_anna', 'client_boris', 'fleet'])
  const views = await json<BackupView[]>('backup', 'list')
  const newest = views.filter(({ name }) => made.some((one) => one.name === name))
  expect(new Set(newest.map(({ snapshot }) => snapshot)).size).toBe(1)
  expect(newest.every(({ proof }) => proof?.level === 'hash')).toBe(true)
})

test('the shared backup holds fleet.yml, and all of .env for the identity alone', async () => {
  const shared = (await json<BackupView[]>('backup', 'list', 'fleet'))[0]
  const manifest = readFileSync(shared?.manifest ?? '', 'utf8')
  expect((JSON.parse(manifest) as { settings: string }).settings).toBe(
    readFileSync(join(fleet.dir, 'fleet.yml'), 'utf8'),
  )
  const password = fleet.secret('POSTGRES_PASSWORD') ?? ''
  expect(manifest).not.toContain(password)
  const secrets = new TextDecoder().decode(await decryptWith(identity(), readFileSync(shared?.secrets ?? '')))
  expect(secrets).toContain(`POSTGRES_PASSWORD=${password}\n`)
  expect(secrets).toContain(`BOT_TOKEN_CLIENT_ANNA=${fleet.secret('BOT_TOKEN_CLIENT_ANNA')}\n`)
})

test('list and show tell of each backup without a server, show with the lines that restore it by hand', async () => {
  const { stdout } = await fleet.ok(['backup', 'list', 'anna'])
  expect(stdout).toMatch(/BACKUP +AGE +SIZE +ROWS +KEYS +REASON +PROVED/)
  expect(stdout).toMatch(/client_anna-\S+ +\S+ +\S+ [kM]?i?B +\d+ +– +manual +hash/)
  const shown = await fleet.ok(['backup', 'show', 'anna'])
  expect(shown.stdout).toMatch(/pg_restore .*client_anna-\S+\.dump/)
  expect(shown.stdout).toMatch(/proved +hash on/)
})

test('verify and drill note what they have proved; a drill begins with what was never restored', async () => {
  await fleet.ok(['backup', 'verify', 'anna'])
  expect((await json<BackupView[]>('backup', 'list', 'anna'))[0]?.proof?.level).toBe('restore')
  const { stdout } = await fleet.ok(['backup', 'drill', '--minutes', '60'])
  const order = stdout.split('\n').filter(Boolean)
  expect(order).toHaveLength(3)
  expect(order.at(-1)).toMatch(/^client_anna-/)
})

test('a damaged archive is found at every level, loses its proof, and costs the others nothing', async () => {
  const [victim] = await json<BackupResult[]>('backup', 'boris')
  truncateSync(victim?.archive ?? '', (victim?.bytes ?? 0) - 3)
  for (const level of ['hash', 'read', 'restore']) {
    const one = await fleet.bookctl(['backup', 'verify', 'boris', '--level', level])
    expect([one.exitCode, one.stderr]).toEqual([14, expect.stringContaining(victim?.archive ?? '')])
  }
  const all = await fleet.bookctl(['backup', 'verify', '--all', '--json'])
  expect(all.exitCode).toBe(3)
  expect(all.stderr + all.stdout).toContain('client_boris')
  expect((await json<BackupView[]>('backup', 'list', 'boris'))[0]?.proof).toBe(null)
  expect((await json<BackupView[]>('backup', 'list', 'anna'))[0]?.proof?.level).toBe('restore')
})

test('a manifest that cannot be read costs its client alone a drill, and no other', async () => {
  const [broken] = await json<BackupView[]>('backup', 'list', 'anna')
  const text = readFileSync(broken?.manifest ?? '', 'utf8')
  writeFileSync(broken?.manifest ?? '', text.replace('"rows"', '"lines"'))
  const drill = await fleet.bookctl(['backup', 'drill', '--minutes', '60'])
  expect([drill.exitCode, drill.stderr]).toEqual([3, expect.stringContaining(broken?.manifest ?? '')])
  expect(drill.stdout).toMatch(/^fleet-\S+: restored/m)
  writeFileSync(broken?.manifest ?? '', text)
})

test('a client that somebody holds fails alone, with who holds it; --consistent makes none then', async () => {
  const session = await fleet.openSession()
  await session.query("set application_name = 'a colleague'")
  await session.query('select pg_advisory_lock($1, hashtext($2))', [0x626b6374, 'client_boris'])
  const before = count()
  const partly = await fleet.bookctl(['backup', '--all'])
  expect([partly.exitCode, partly.stderr]).toEqual([3, expect.stringContaining('a colleague')])
  expect(partly.stdout).toMatch(/client_anna: /)
  expect(count()).toBe(before + 4)
  const together = await fleet.bookctl(['backup', '--all', '--consistent'])
  expect(together.exitCode).toBe(11)
  expect(count()).toBe(before + 4)
  await session.end()
})

test('what cannot be meant is refused: nothing named, ids with --all, an unknown client or backup', async () => {
  expect((await fleet.bookctl(['backup'])).exitCode).toBe(2)
  expect((await fleet.bookctl(['backup', 'anna', '--all'])).exitCode).toBe(2)
  const unknown = await fleet.bookctl(['backup', 'ana'])
  expect([unknown.exitCode, unknown.stderr]).toEqual([4, expect.stringContaining('client_anna')])
  expect((await fleet.bookctl(['backup', 'show', 'anna', 'client_anna-2020'])).exitCode).toBe(4)
  expect((await fleet.bookctl(['backup', 'verify'])).exitCode).toBe(2)
  expect((await fleet.bookctl(['backup', 'verify', 'anna', '--level', 'full'])).exitCode).toBe(2)
})
