import { execFileSync } from 'node:child_process'
import { chownSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BackupView } from '../../../src/operations/backup-find.ts'
import { fingerprintOthers } from '../../support/fingerprint.ts'
import { fleetWith, type TestFleet } from '../../support/fleet.ts'
import { mountSmallDisk, type SmallDisk } from '../../support/small-disk.ts'
import { eventually } from '../../support/throwaway-servers.ts'

/** Pages of 4 kB: room for a heartbeat and a journal, and not for the data. */
const A_LITTLE = 512
/** Room for an empty database besides. */
const A_DATABASE = 2048 + A_LITTLE
const ROWS = 6000

const disk = mountSmallDisk(96)
afterAll(() => disk.close())

/** The data of PostgreSQL itself, or a part of it, on a disk that gets full. */
describe.skipIf(!disk.mounted)("a disk of PostgreSQL's that is full in the middle of a restore", () => {
  let fleet: TestFleet
  beforeAll(async () => {
    fleet = await fleetWith('anna', 'boris')
    await fleet.sql(
      `insert into client_anna.users (telegram_id, notes)
       select n, (select string_agg(md5(n::text || m::text), '') from generate_series(1, 60) m)
         from generate_series(1, ${ROWS}) n`,
    )
    await fleet.ok(['backup', 'anna'])
    await fleet.sql('insert into client_anna.users (telegram_id) values (-1)')
    await fleet.sql(`create tablespace small location '${folderFor(disk)}'`)
  }, 300_000)
  afterAll(() => fleet?.stop())

  const restore = ['restore', 'anna', '--confirm', 'client_anna']
  /** Everything of everybody: no client has this id. */
  const live = async () => await fingerprintOthers(fleet, 'client_none')
  const fullDuring = async (leaving: number) => {
    const before = await live()
    disk.fill(leaving)
    const { exitCode, stderr } = await fleet.bookctl(restore)
    disk.makeRoom()
    expect([exitCode, stderr]).toEqual([13, expect.stringContaining("the disk of PostgreSQL's data is full")])
    expect(stderr).toContain('then run the same command again')
    expect(await live()).toEqual(before)
    await eventually(async () => {
      if ((await fleet.bookctl(['status'])).exitCode !== 0) throw new Error('not everything is well')
    })
    return stderr
  }

  test('says nothing against the backup when it is met by its proof, and the client stays as it is', async () => {
    await move('template0', 'small')
    const stderr = await fullDuring(A_DATABASE)
    expect(stderr).toMatch(/✗ Prove the backup/)
    const [view] = JSON.parse((await fleet.ok(['backup', 'list', 'anna', '--json'])).stdout) as BackupView[]
    expect(view?.proof?.level).toBe('hash')
    await move('template0', 'pg_default')
  })

  test('leaves live data equal when it is met by the load itself; with room the same command restores', async () => {
    await fleet.ok(['client', 'stop', 'anna'])
    await fleet.ok(['client', 'stop', 'boris'])
    await move('booking_saas', 'small')
    await fleet.ok(['client', 'start', 'anna'])
    const stderr = await fullDuring(A_LITTLE)
    expect(stderr).toMatch(/✗ Load the backup/)
    await fleet.ok(restore)
    expect(await fleet.sql('select count(*)::int as users from client_anna.users')).toEqual([{ users: ROWS }])
  })

  async function move(database: string, tablespace: string): Promise<void> {
    const { host, port, user, password } = await fleet.openSession().then(async (session) => {
      await session.end()
      return session
    })
    await eventually(async () => {
      const session = new pg.Client({ host, port, user, password, database: 'postgres' })
      await session.connect()
      try {
        await session.query(`alter database ${database} set tablespace ${tablespace}`)
      } finally {
        await session.end()
      }
    })
  }
})

/** A folder on the disk that PostgreSQL's user can write into. */
function folderFor({ dir }: SmallDisk): string {
  const folder = join(dir, '..', 'tablespace')
  mkdirSync(folder, { mode: 0o700 })
  const user = execFileSync('id', ['-u', 'postgres'], { encoding: 'utf8' }).trim()
  chownSync(folder, Number(user), Number(user))
  return folder
}
