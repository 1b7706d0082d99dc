import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findOnPath } from '../../../src/engines/local/binaries.ts'
import type { BackupView } from '../../../src/operations/backup-find.ts'
import type { ScheduleView } from '../../../src/operations/schedule.ts'
import { minuteOf } from '../../../src/schedule/crontab-block.ts'
import { fleetWith, type TestFleet } from '../../support/fleet.ts'
import { eventually } from '../../support/throwaway-servers.ts'

/** The real programs of Debian; only root may run the daemon. */
const possible =
  process.getuid?.() === 0 && findOnPath('crontab') !== undefined && findOnPath('cron') !== undefined
/** With a byte that is no UTF-8, a marker of nobody, and a percent sign. */
const OTHERS = Buffer.from(
  '# mine \xe9\nMAILTO=""\n# >>> bookctl fleet of mine\n0 1 1 1 * /bin/true 100\\%\n',
  'latin1',
)

describe.skipIf(!possible)('in the real crontab', () => {
  let fleet: TestFleet
  let cron: ChildProcess | undefined
  let before: Buffer
  beforeAll(async () => {
    fleet = await fleetWith('anna')
    before = crontab()
    setCrontab(OTHERS)
  })
  afterAll(async () => {
    cron?.kill()
    setCrontab(before)
    await fleet.stop()
  })

  const show = async () => JSON.parse((await fleet.ok(['schedule', 'show', '--json'])).stdout) as ScheduleView
  const settings = () => join(fleet.dir, 'fleet.yml')
  const takeId = (id: string) =>
    writeFileSync(settings(), readFileSync(settings(), 'utf8').replace(/^id: .*$/m, `id: ${id}`))
  const idOfMinute = (minute: number): string => {
    for (;;) {
      const id = randomUUID()
      if (minuteOf(id) === minute) return id
    }
  }

  test('install and remove leave the lines of others byte for byte, and are bored the second time', async () => {
    expect((await show()).installed).toBe('no')
    const first = await fleet.ok(['schedule', 'install'])
    expect(first.stdout).toMatch(/installed in the crontab/)
    expect(first.stderr).toMatch(/✓ The crontab has the block/)
    const installed = crontab()
    expect(installed.subarray(0, OTHERS.length)).toEqual(OTHERS)
    expect(await show()).toMatchObject({
      installed: 'yes',
      block: installed.subarray(OTHERS.length).toString(),
    })
    expect((await fleet.ok(['schedule', 'install'])).stderr).toMatch(/stands in the crontab already/)
    expect(crontab()).toEqual(installed)
    expect((await fleet.ok(['schedule', 'remove'])).stdout).toBe('removed from the crontab\n')
    expect(crontab()).toEqual(OTHERS)
    expect((await fleet.ok(['schedule', 'remove'])).stdout).toBe('not in the crontab\n')
  })

  test('two fleets live in one crontab; an older block is told and renewed', async () => {
    const first = readFileSync(settings(), 'utf8')
    await fleet.ok(['schedule', 'install'])
    takeId(randomUUID())
    await fleet.ok(['schedule', 'install'])
    expect(
      crontab()
        .toString('latin1')
        .match(/^# >>> bookctl fleet .*-.*$/gm),
    ).toHaveLength(2)
    setCrontab(Buffer.from(crontab().toString('latin1').replaceAll(process.execPath, '/old/node'), 'latin1'))
    expect((await show()).installed).toBe('other')
    await fleet.ok(['schedule', 'install'])
    expect((await show()).installed).toBe('yes')
    await fleet.ok(['schedule', 'remove'])
    writeFileSync(settings(), first)
    expect((await show()).installed).toBe('other')
    await fleet.ok(['schedule', 'remove'])
    expect(crontab()).toEqual(OTHERS)
  })

  test('where there was no crontab there is none afterwards', async () => {
    setCrontab(Buffer.alloc(0))
    await fleet.ok(['schedule', 'install'])
    await fleet.ok(['schedule', 'remove'])
    expect(spawnSync('crontab', ['-l'], { encoding: 'utf8' }).stderr).toContain('no crontab for')
    setCrontab(OTHERS)
  })

  test('cron itself makes the backup that is due, with nothing of the operator’s shell', async () => {
    // The look is hourly, at a minute that follows from the fleet's id: one with the next minute but one is taken.
    takeId(idOfMinute(new Date(Date.now() + 120_000).getMinutes()))
    await fleet.ok(['schedule', 'install'])
    expect((await show()).tasks[0]).toMatchObject({ task: 'backup', overdue: true, last: null })
    // A daemon that runs on this machine already does as well; this one ends at once then.
    cron = spawn(findOnPath('cron') ?? 'cron', ['-f'], { stdio: 'ignore', env: { PATH: '/usr/bin:/bin' } })
    const made = await eventually(async () => {
      const { tasks } = await show()
      expect(tasks.map(({ last }) => last?.ok)).toEqual([true, true, undefined])
      return JSON.parse((await fleet.ok(['backup', 'list', 'anna', '--json'])).stdout) as BackupView[]
    }, 280)
    expect(made).toMatchObject([{ reason: 'schedule', proof: { level: 'restore' } }])
    expect((await fleet.bookctl(['backup', 'check'])).exitCode).toBe(0)
    const next = Date.parse((await show()).tasks[0]?.nextAt ?? '')
    expect(next).toBeGreaterThan(Date.now())
  })
})

function crontab(): Buffer {
  const { stdout, status } = spawnSync('crontab', ['-l'])
  return status === 0 ? stdout : Buffer.alloc(0)
}

function setCrontab(content: Buffer): void {
  if (content.length > 0) execFileSync('crontab', ['-'], { input: content })
  else spawnSync('crontab', ['-r'])
}
