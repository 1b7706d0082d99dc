import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BackupView } from '../../../src/operations/backup-find.ts'
import { fleetWith, type TestFleet } from '../../support/fleet.ts'
import { peakMemory } from '../../support/peak-memory.ts'

/** Each row has 4 kB of text that compresses to half of it. */
const ROWS = { client_small: 250, client_large: 37_500 }
const LARGE_MB = 150

let fleet: TestFleet
beforeAll(async () => {
  fleet = await fleetWith('small', 'large')
  for (const [id, rows] of Object.entries(ROWS))
    await fleet.sql(
      `insert into ${id}.users (telegram_id, notes)
       select n, (select string_agg(md5(n::text || m::text), '') from generate_series(1, 128) m)
         from generate_series(1, ${rows}) n`,
    )
}, 300_000)
afterAll(() => fleet.stop())

test('backup and restore of a client with 150 MB take about as much memory as of one with 1 MB, and tell how far they are', async () => {
  const [{ size } = { size: 0 }] = await fleet.sql<{ size: number }>(
    `select sum(length(notes))::int as size from client_large.users`,
  )
  expect(size).toBeGreaterThan(LARGE_MB * 1_000_000)
  const peaks = async (id: keyof typeof ROWS) => {
    const backup = await peakMemory(fleet, ['backup', id])
    // What is there now would be dumped, and proved, too: that is the first half again.
    await fleet.sql(`truncate ${id}.users cascade`)
    const restore = await peakMemory(fleet, ['restore', id, '--confirm', id])
    expect(await fleet.sql(`select count(*)::int as users from ${id}.users`)).toEqual([{ users: ROWS[id] }])
    return { backup: backup.megabytes, restore: restore.megabytes, told: restore.result.stderr }
  }
  const small = await peaks('client_small')
  const large = await peaks('client_large')
  const [view] = JSON.parse((await fleet.ok(['backup', 'list', 'large', '--json'])).stdout) as BackupView[]
  const told = JSON.stringify({ small, large, archive: view?.bytes })
  // An archive that was held in memory would be more than all the rest of the program.
  const SPARE_MB = 60
  expect(large.backup, told).toBeLessThan(small.backup + SPARE_MB)
  expect(large.restore, told).toBeLessThan(small.restore + SPARE_MB)

  const steps = large.told.split('… ').map((step) => step.split('\n'))
  for (const title of ['Prove the backup', 'Load the backup']) {
    const lines = steps
      .find(([first]) => first?.startsWith(title))
      ?.filter((line) => line.endsWith(' MB loaded'))
    expect(lines).toHaveLength(10)
    expect(lines?.at(-1)).toMatch(/^ {2}(\d+ MB) of \1 loaded$/)
  }
  expect(small.told).not.toContain('loaded')
})
