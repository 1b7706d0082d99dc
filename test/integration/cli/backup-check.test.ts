import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { parse } from 'yaml'
import { CLIENT_SCHEMA_VERSION } from '../../../bot/contract/schema.ts'
import type { BackupHealth } from '../../../src/backup/judge.ts'
import { backupFiles } from '../../../src/backup/sets.ts'
import type { FleetStatus } from '../../../src/operations/fleet-status.ts'
import { writeHistory } from '../../support/backup-history.ts'
import { bookctl } from '../../support/cli.ts'

const HOUR_MS = 3_600_000
const UUID = '6f9619ff-8b86-4d01-b42d-00cf4fc964ff'
const hoursAgo = (hours: number) => new Date(Date.now() - hours * HOUR_MS)

/** A fleet that is not up: the check reads files alone. One client, and a backup of it and of what all share. */
let dir: string
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'bookctl-check-'))
  const made = await bookctl(
    ['init', '--yes', '--name', 'test', '--engine', 'local', '--timezone', 'Europe/Moscow'],
    {
      cwd: dir,
    },
  )
  expect(made.exitCode).toBe(0)
  writeFileSync(
    join(dir, 'clients/client_anna.yml'),
    `x-bookctl:\n  id: client_anna\n  uuid: ${UUID}\n  title: Anna\n  timeZone: Europe/Moscow\n`,
  )
  const declaration = { id: 'client_anna', uuid: UUID, title: 'Anna', timeZone: 'Europe/Moscow' }
  backUpBy('client_anna', {
    kind: 'client',
    client: { id: 'client_anna', uuid: UUID, title: 'Anna' },
    declaration,
  })
  backUpBy('fleet', { kind: 'shared', settings: '' })
  return () => rmSync(dir, { recursive: true, force: true })
})

const folder = (id = 'client_anna') => join(dir, 'backups', id)
const readdir = () => readdirSync(folder())
const fileOf = (ending: string) => join(folder(), readdir().find((one) => one.endsWith(ending)) ?? '')

/** A backup of this moment, restored for proof at once. */
function backUpBy(id: string, about: object): string {
  const fleet = parse(readFileSync(join(dir, 'fleet.yml'), 'utf8')) as { id: string; name: string }
  const at = new Date()
  const files = backupFiles(id, at)
  mkdirSync(folder(id), { recursive: true })
  const sha256 = 'a'.repeat(64)
  const manifest = {
    format: 1,
    ...about,
    fleet: { id: fleet.id, name: fleet.name },
    schema: { name: id, version: CLIENT_SCHEMA_VERSION },
    createdAt: at.toISOString(),
    reason: 'schedule',
    versions: { server: '15', pgDump: '15', bookctl: '0.1.0' },
    archive: { file: files.archive, bytes: 7, sha256 },
    secrets: { file: files.secrets, recipient: 'age1' },
    rows: {},
  }
  writeFileSync(join(folder(id), files.archive), 'archive')
  writeFileSync(join(folder(id), files.secrets), 'secrets')
  writeFileSync(join(folder(id), files.manifest), JSON.stringify(manifest))
  const name = files.archive.replace('.dump', '')
  const proof = { level: 'restore', at: at.toISOString(), sha256 }
  writeFileSync(join(folder(id), `${name}.verified.json`), JSON.stringify(proof))
  return name
}

/** Anna's backups are these alone. */
function onlyBackups(...past: Parameters<typeof writeHistory>[1]): string[] {
  const names = writeHistory(folder(), past)
  for (const file of readdir())
    if (!names.some((name) => file.startsWith(`${name}.`))) rmSync(join(folder(), file))
  return names
}

async function check(): Promise<{ exitCode: number | null; anna: BackupHealth }> {
  const { exitCode, stdout } = await bookctl(['backup', 'check', '--json'], { cwd: dir })
  const anna = (JSON.parse(stdout) as BackupHealth[]).find(({ id }) => id === 'client_anna')
  if (!anna) throw new Error('anna was not judged')
  return { exitCode, anna }
}
const told = ({ anna }: { anna: BackupHealth }) => anna.problems.map(({ what }) => what)
const lastBackupAt = async () => {
  const { stdout } = await bookctl(['status', '--json'], { cwd: dir })
  return (JSON.parse(stdout) as FleetStatus).clients[0]?.lastBackupAt ?? null
}

test('a client with a young proved backup is safe, and nothing need be up to say so', async () => {
  const { exitCode, stdout } = await bookctl(['backup', 'check'], { cwd: dir })
  expect(exitCode).toBe(0)
  expect(stdout).toMatch(/^CLIENT +STATE +BACKUP +DRILL\nclient_anna +✓ safe +\d+s +\d+s\nfleet +✓ safe/)
})

test('backups that have stopped are red after the hours of the policy, with what to type', async () => {
  onlyBackups({ at: hoursAgo(27) })
  expect(told(await check())).toEqual(['has no proved backup of the last 26 hours'])
  const { exitCode, stdout } = await bookctl(['backup', 'check'], { cwd: dir })
  expect(exitCode).toBe(3)
  expect(stdout).toContain(
    '\n✗ client_anna has no proved backup of the last 26 hours\n  bookctl backup client_anna\n',
  )
  const yml = readFileSync(join(dir, 'fleet.yml'), 'utf8')
  writeFileSync(join(dir, 'fleet.yml'), yml.replace('maxAgeHours: 26', 'maxAgeHours: 28'))
  expect((await check()).exitCode).toBe(0)
})

test('a young backup that nobody could prove does not hide that the last good one is old', async () => {
  const [good] = onlyBackups({ at: hoursAgo(50) }, { at: hoursAgo(1), proof: null })
  const { exitCode, anna } = await check()
  expect([exitCode, anna.safe, anna.problems.length]).toEqual([3, false, 2])
  expect(anna.problems[1]?.hint).toMatch(/^bookctl backup verify client_anna client_anna-/)
  expect(anna.backupAt?.replaceAll(/[-:.]/g, '')).toBe(good?.replace('client_anna-', ''))
  expect(await lastBackupAt()).toBe(anna.backupAt)
})

test.each<[string, () => void, string]>([
  [
    'an archive that was cut short',
    () => truncateSync(fileOf('.dump'), 3),
    'its archive has 3 bytes instead of 7',
  ],
  ['an archive that is gone', () => rmSync(fileOf('.dump')), 'its archive is gone'],
  [
    'a manifest that cannot be read',
    () => writeFileSync(fileOf('.manifest.json'), '{"format":9}'),
    'cannot be read: manifest-newer',
  ],
  [
    'a manifest that is gone',
    () => rmSync(fileOf('.manifest.json')),
    'has no manifest, so it counts as no backup',
  ],
])('%s counts as no backup, and is named', async (_title, damage, what) => {
  damage()
  const found = await check()
  expect([found.exitCode, found.anna.backupAt]).toEqual([3, null])
  expect(told(found)).toEqual(['has no proved backup', what])
  expect(await lastBackupAt()).toBe(null)
})

test('the backups of a client that was removed do not make another one of that id safe', async () => {
  const path = join(dir, 'clients/client_anna.yml')
  writeFileSync(path, readFileSync(path, 'utf8').replace(UUID, '00000000-0000-4000-8000-000000000001'))
  expect(told(await check())).toEqual(['has no proved backup'])
  expect(await lastBackupAt()).toBe(null)
  // Removed for good, it ages no more.
  rmSync(path)
  expect((await check()).exitCode).toBe(0)
})

test('a client that was not restored for proof for two weeks is red, though its backups are young', async () => {
  onlyBackups({ at: hoursAgo(24 * 15), proof: 'hash' }, { at: hoursAgo(1), proof: 'hash' })
  expect(told(await check())).toEqual(['was not restored for proof in the last 14 days'])
  writeHistory(folder(), [{ at: hoursAgo(24 * 20), provedAt: hoursAgo(24 * 13) }])
  expect((await check()).exitCode).toBe(0)
})
