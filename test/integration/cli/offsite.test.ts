import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { s3Target } from '../../../src/offsite/s3.ts'
import type { BackupResult } from '../../../src/operations/backup.ts'
import type { BackupView } from '../../../src/operations/backup-find.ts'
import { bookctl } from '../../support/cli.ts'
import { fleetWith, type TestFleet } from '../../support/fleet.ts'
import { startS3, type TestS3 } from '../../support/s3.ts'
import { hasSshd, startSshd, type TestSshd } from '../../support/sshd.ts'
import { eventually } from '../../support/throwaway-servers.ts'

const SECRET = 'S3RVER'
let fleet: TestFleet
let elsewhere: string
let settings: string
beforeAll(async () => {
  fleet = await fleetWith('anna')
  elsewhere = mkdtempSync(join(tmpdir(), 'bookctl off-site-'))
  settings = readFileSync(join(fleet.dir, 'fleet.yml'), 'utf8')
  const env = readFileSync(join(fleet.dir, '.env'), 'utf8')
  writeFileSync(join(fleet.dir, '.env'), env.replaceAll(/^(OFFSITE_S3_\w+)=$/gm, `$1=${SECRET}`))
  await fleet.sql('insert into client_anna.users (telegram_id) select generate_series(1, 3)')
}, 300_000)
afterAll(async () => {
  await fleet.stop()
  rmSync(elsewhere, { recursive: true, force: true })
})

const offsite = (place: object | null) =>
  writeFileSync(
    join(fleet.dir, 'fleet.yml'),
    settings.replace('  offsite: null', `  offsite: ${JSON.stringify(place)}`),
  )
const list = async () => JSON.parse((await fleet.ok(['backup', 'list', '--json'])).stdout) as BackupView[]
const backUp = async () => {
  const made = JSON.parse((await fleet.ok(['backup', '--all', '--json'])).stdout) as BackupResult[]
  return made.find(({ id }) => id === 'client_anna')?.name ?? ''
}
const folder = () => join(fleet.dir, 'backups/client_anna')
const filesOf = (dir: string, name: string) =>
  Object.fromEntries(
    readdirSync(dir)
      .filter((file) => file.startsWith(name) && !/verified|offsite/.test(file))
      .toSorted()
      .map((file) => [
        file,
        createHash('sha256')
          .update(readFileSync(join(dir, file)))
          .digest('hex'),
      ]),
  )
/** Loses a backup here, and has it brought back. */
const loseAndFetch = async (name: string) => {
  const before = filesOf(folder(), name)
  expect(Object.keys(before)).toHaveLength(3)
  for (const file of readdirSync(folder())) if (file.startsWith(name)) rmSync(join(folder(), file))
  const { stdout } = await fleet.ok(['backup', 'fetch', 'anna', name])
  expect(stdout).toBe(`${name}: here\n`)
  expect(filesOf(folder(), name)).toEqual(before)
  await fleet.ok(['backup', 'verify', 'anna', name])
}
const away = async () => {
  const before = filesOf(folder(), 'client_anna')
  const result = await fleet.bookctl(['backup', 'push', '--all'])
  expect(result.exitCode, result.stderr).toBe(3)
  expect(result.stdout).toBe('')
  expect(filesOf(folder(), 'client_anna')).toEqual(before)
  expect((await list()).every(({ offsiteAt }) => offsiteAt === null)).toBe(true)
  return result.stderr
}

test('without a place nothing is pushed or fetched, and both say where it is written', async () => {
  for (const args of [
    ['push', '--all'],
    ['fetch', 'anna'],
  ]) {
    const result = await fleet.bookctl(['backup', ...args])
    expect([result.exitCode, result.stderr]).toEqual([10, expect.stringContaining('docs/offsite.md')])
  }
})

describe('a directory', () => {
  let place: string
  let name: string
  beforeAll(async () => {
    place = join(elsewhere, 'disk')
    offsite({ type: 'directory', path: place })
    name = await backUp()
  })

  test('that is not mounted costs nothing here, and nothing is made in its stead', async () => {
    expect(await away()).toContain(place)
    expect(existsSync(place)).toBe(false)
  })

  test('gets every backup once; list and check know of each', async () => {
    mkdirSync(place)
    const red = await fleet.bookctl(['backup', 'check'])
    expect([red.exitCode, red.stdout]).toEqual([3, expect.stringContaining('on this machine only')])
    const { stdout, stderr } = await fleet.ok(['backup', 'push', '--all'])
    expect(stdout).toContain(`${name}: in ${place}, read back\n`)
    expect(stderr).toContain('not encrypted')
    expect(filesOf(join(place, 'client_anna'), name)).toEqual(filesOf(folder(), name))
    expect((await list()).every(({ offsiteAt }) => offsiteAt !== null)).toBe(true)
    expect((await fleet.bookctl(['backup', 'check'])).stdout).not.toContain('on this machine only')
    expect((await fleet.ok(['backup', 'push', '--all'])).stdout).toBe('')
    expect((await fleet.ok(['backup', 'list', 'anna'])).stdout).toMatch(/OFFSITE\n.* yes\n/)
  })

  test('gives a lost backup back, and one that was changed there is not taken', async () => {
    await loseAndFetch(name)
    for (const file of readdirSync(folder())) rmSync(join(folder(), file))
    const archive = join(place, 'client_anna', `${name}.dump`)
    const right = readFileSync(archive)
    writeFileSync(archive, Buffer.concat([right.subarray(0, -1), Buffer.from('x')]))
    const result = await fleet.bookctl(['backup', 'fetch', 'anna'])
    expect([result.exitCode, result.stderr]).toEqual([3, expect.stringContaining('was changed there')])
    expect((await list()).filter(({ id }) => id === 'client_anna')).toEqual([])
    writeFileSync(archive, right)
  })

  test('brings a lost machine back', async () => {
    await fleet.ok(['client', 'restart', 'anna'])
    const bare = join(elsewhere, 'bare')
    mkdirSync(bare)
    writeFileSync(join(bare, 'fleet.yml'), readFileSync(join(fleet.dir, 'fleet.yml')))
    const key = join(elsewhere, 'key.txt')
    writeFileSync(key, readFileSync(join(fleet.dir, '.bookctl/age-identity.txt')))
    const fetched = await bookctl(['backup', 'fetch', '--all', '--fleet', bare], { cwd: elsewhere })
    expect(fetched.exitCode, fetched.stderr).toBe(0)
    await fleet.ok(['down', '--delete-data', '--confirm', fleet.name])
    rmSync(fleet.dir, { recursive: true })
    const from = ['--from', join(bare, 'backups'), '--identity', key]
    const args = ['restore', '--whole-fleet', '--fleet', fleet.dir, ...from]
    const result = await bookctl(args, { cwd: elsewhere })
    expect(result.exitCode, result.stderr).toBe(0)
    expect(await fleet.sql('select count(*)::int as users from client_anna.users')).toEqual([{ users: 3 }])
  })

  test('is pushed to by the scheduled backup', async () => {
    const result = await fleet.ok(['schedule', 'run', 'backup', '--json'])
    expect(result.stdout).toMatch(/2 backups, [2-9] copied off site/)
  })
})

describe.skipIf(!hasSshd)('another host by ssh (skipped where /usr/sbin/sshd is missing)', () => {
  let sshd: TestSshd
  let place: Record<string, unknown>
  beforeAll(async () => {
    sshd = await startSshd(join(elsewhere, 'sshd'))
    const path = join(elsewhere, 'far [away]')
    mkdirSync(path)
    const { port, user, identityFile, knownHostsFile } = sshd
    place = { type: 'ssh', host: '127.0.0.1', port, user, path, identityFile, knownHostsFile }
  })
  afterAll(() => sshd.stop())

  test('whose key is not known is refused, and costs nothing here', async () => {
    writeFileSync(join(elsewhere, 'nobody'), '')
    offsite({ ...place, knownHostsFile: join(elsewhere, 'nobody') })
    await backUp()
    expect(await away()).toContain('Host key verification failed')
  })

  test('gets backups and gives them back', async () => {
    offsite(place)
    const name = await backUp()
    await fleet.ok(['backup', 'push', '--all'])
    expect(filesOf(join(String(place['path']), 'client_anna'), name)).toEqual(filesOf(folder(), name))
    await loseAndFetch(name)
    expect((await fleet.ok(['backup', 'push', 'anna'])).stdout).toContain(name)
  })
})

describe('S3', () => {
  let s3: TestS3
  const place = () => ({ type: 's3', endpoint: s3.endpoint, bucket: s3.bucket, prefix: 'fleet/one' })
  beforeAll(async () => {
    s3 = await startS3(join(elsewhere, 's3'))
    offsite(place())
  })
  afterAll(() => s3.stop())

  test('that cuts uploads costs nothing here, and the same command goes on when it answers', async () => {
    const name = await backUp()
    s3.mood = 'cuts uploads'
    expect(await away()).toContain('s3://backups/fleet/one')
    s3.mood = 'honest'
    const pushed = await fleet.ok(['backup', 'push', '--all'])
    expect(pushed.stdout).toContain(name)
    expect(pushed.stdout + pushed.stderr).not.toContain(SECRET)
    await loseAndFetch(name)
  })

  test('killed in the middle, a push goes on with what is not there', async () => {
    const name = await backUp()
    s3.mood = 'holds uploads'
    s3.uploads = []
    let kill = () => false
    const running = fleet.bookctl(['backup', 'push', 'anna'], {
      onStart: (child) => {
        kill = () => child.kill('SIGKILL')
      },
    })
    await eventually(async () => expect(s3.uploads).not.toEqual([]))
    kill()
    await running
    s3.mood = 'honest'
    const view = async () => (await list()).find((one) => one.name === name)
    expect((await view())?.offsiteAt).toBe(null)
    await fleet.ok(['backup', 'push', 'anna'])
    expect((await view())?.offsiteAt).not.toBe(null)
    s3.uploads = []
    rmSync(join(folder(), `${name}.offsite.json`))
    await fleet.ok(['backup', 'push', 'anna'])
    expect(s3.uploads).toEqual([])
    expect((await view())?.offsiteAt).not.toBe(null)
  })

  test('that gives back other bytes than it was given is found: the backup does not count as copied', async () => {
    const name = await backUp()
    s3.mood = 'lies'
    const result = await fleet.bookctl(['backup', 'push', 'anna'])
    s3.mood = 'honest'
    expect([result.exitCode, result.stderr]).toEqual([3, expect.stringContaining('gives back other bytes')])
    expect((await list()).find((one) => one.name === name)?.offsiteAt).toBe(null)
    expect(readdirSync(folder()).filter((file) => file.endsWith('.partial'))).toEqual([])
  })

  test('takes an archive in parts, and gives it back whole', async () => {
    const file = join(elsewhere, 'large')
    writeFileSync(file, randomBytes(40_000_000))
    const target = s3Target(
      { ...place(), region: 'us-east-1', pathStyle: true, type: 's3' },
      {
        get: () => SECRET,
        names: () => [],
      },
    )
    s3.uploads = []
    await target.put('client_anna/large', file)
    expect(s3.uploads.filter((path) => path.includes('partNumber='))).toHaveLength(3)
    await target.get('client_anna/large', `${file}.back`)
    expect(readFileSync(`${file}.back`).equals(readFileSync(file))).toBe(true)
  })
})
