import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { wholeBackups, writeHistory } from '../../support/backup-history.ts'
import { whileHeld } from '../../support/colleague.ts'
import { fleetWith, type TestFleet } from '../../support/fleet.ts'

const DAY_MS = 86_400_000

let fleet: TestFleet
let kept: Map<string, Buffer>
beforeAll(async () => {
  fleet = await fleetWith('anna')
  await fleet.ok(['backup', 'anna'])
  kept = new Map(readdirSync(anna()).map((file) => [file, readFileSync(join(anna(), file))]))
})
afterAll(() => fleet.stop())

/** Each test begins with the one real backup. */
beforeEach(() => {
  rmSync(anna(), { recursive: true })
  mkdirSync(anna())
  for (const [file, content] of kept) writeFileSync(join(anna(), file), content)
})

const anna = () => join(fleet.dir, 'backups/client_anna')
const ago = (days: number) => new Date(Date.now() - days * DAY_MS)
const nights = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => ({ at: ago(from + index) }))
const setPolicy = (keep: string) => {
  const path = join(fleet.dir, 'fleet.yml')
  const text = readFileSync(path, 'utf8').replace(
    /\n {2}keep:[\s\S]*?removedDays: \d+\n/,
    `\n  keep: ${keep}\n`,
  )
  writeFileSync(path, text.replace(/\n {2}keep: \{.*\}\n/, `\n  keep: ${keep}\n`))
}
const FEW = '{ daily: 4, weekly: 0, monthly: 0, minimum: 1, removedDays: 1 }'

interface Told {
  id: string
  backups: { name: string; keep: boolean; reasons: string[] }[]
}
const dryRun = async () =>
  (JSON.parse((await fleet.ok(['backup', 'prune', 'anna', '--dry-run', '--json'])).stdout) as Told[])[0]
    ?.backups ?? []

test('prune removes what the policy does not keep, all four files of it, and tells a reason for each', async () => {
  setPolicy(FEW)
  const names = writeHistory(anna(), nights(1, 6))
  const { stdout } = await fleet.ok(['backup', 'prune', 'anna'])
  expect(wholeBackups(anna())).toHaveLength(4)
  for (const [index, name] of names.entries()) {
    const gone = index >= 3
    expect(readdirSync(anna()).filter((file) => file.startsWith(name))).toHaveLength(gone ? 0 : 4)
    expect(stdout).toMatch(
      new RegExp(`${gone ? 'removed' : 'kept'} +${name} +${index + 1}d\\S* *.*(day|outside)`),
    )
  }
  const audited = await fleet.sql<{ details: { removed: string[] } }>(
    "select details from fleet.audit where action = 'backups pruned' order by id desc limit 1",
  )
  expect(audited[0]?.details.removed.toSorted()).toEqual(names.slice(3).toSorted())
})

test('the same prune again removes nothing more, and a dry run nothing at all', async () => {
  setPolicy(FEW)
  writeHistory(anna(), nights(1, 6))
  const plan = await dryRun()
  expect(plan.filter(({ keep }) => !keep)).toHaveLength(3)
  expect(wholeBackups(anna())).toHaveLength(7)
  await fleet.ok(['backup', 'prune'])
  const after = readdirSync(anna())
  expect((await fleet.ok(['backup', 'prune'])).stdout).not.toContain('removed')
  expect(readdirSync(anna())).toEqual(after)
})

test('more than half at once is refused with exit 13 and nothing is touched; --allow-mass is the way', async () => {
  setPolicy(FEW)
  writeHistory(anna(), nights(1, 9))
  const refused = await fleet.bookctl(['backup', 'prune', 'anna'])
  expect([refused.exitCode, refused.stderr]).toEqual([13, expect.stringContaining('6 of 10')])
  expect(refused.stderr).toContain('--allow-mass')
  expect(wholeBackups(anna())).toHaveLength(10)
  await fleet.ok(['backup', 'prune', 'anna', '--allow-mass'])
  expect(wholeBackups(anna())).toHaveLength(4)
})

test('the newest backup that was really restored is never removed, whatever the policy', async () => {
  setPolicy('{ daily: 1, weekly: 0, monthly: 0, minimum: 1, removedDays: 1 }')
  // The real one of today was only hashed.
  const [restored] = writeHistory(anna(), [{ at: ago(40) }])
  writeHistory(anna(), [{ at: ago(30), proof: 'hash' }])
  await fleet.ok(['backup', 'prune', 'anna', '--allow-mass'])
  expect(wholeBackups(anna())).toHaveLength(2)
  expect(wholeBackups(anna())[0]).toBe(restored)
})

test('nothing is removed before a newer backup was proved', async () => {
  setPolicy('{ daily: 1, weekly: 0, monthly: 0, minimum: 1, removedDays: 1 }')
  writeHistory(
    anna(),
    nights(1, 4).map((one) => ({ ...one, proof: null })),
  )
  for (const file of readdirSync(anna()).filter((one) => one.endsWith('.verified.json')))
    rmSync(join(anna(), file))
  await fleet.ok(['backup', 'prune', 'anna', '--allow-mass'])
  expect(wholeBackups(anna())).toHaveLength(5)
})

test('a pinned backup stays, and so do those of another client that had the id', async () => {
  setPolicy('{ daily: 1, weekly: 0, monthly: 0, minimum: 1, removedDays: 1 }')
  const stay = writeHistory(anna(), [
    { at: ago(5), change: (manifest) => void (manifest.keepUntil = ago(-1).toISOString()) },
    {
      at: ago(900),
      change: (manifest) => {
        manifest.client.uuid = '6f9619ff-8b86-4d01-b42d-00cf4fc964ff'
        manifest.reason = 'removal'
      },
    },
  ])
  const gone = writeHistory(anna(), [{ at: ago(6), proof: 'hash' }])
  await fleet.ok(['backup', 'prune', 'anna', '--allow-mass'])
  expect(wholeBackups(anna())).toEqual(expect.arrayContaining(stay))
  expect(wholeBackups(anna())).not.toContain(gone[0])
})

test('no file is touched that bookctl did not make, however much it looks like one', async () => {
  setPolicy('{ daily: 1, weekly: 0, monthly: 0, minimum: 1, removedDays: 1 }')
  const [doomed] = writeHistory(anna(), [{ at: ago(112), proof: 'hash' }])
  const foreign = writeHistory(anna(), [
    // Another fleet's, copied into this folder; one that names files of others; one that calls itself otherwise.
    { at: ago(101), change: (manifest) => void (manifest.fleet = { id: crypto.randomUUID(), name: 'x' }) },
    { at: ago(102), change: (manifest) => void (manifest.archive.file = '../client_boris/precious.dump') },
    { at: ago(103), change: (manifest) => void (manifest.secrets.file = 'precious.txt') },
    { at: ago(104), change: (manifest) => void (manifest.client.id = 'client_boris') },
    { at: ago(105), change: (manifest) => void (manifest.createdAt = ago(106).toISOString()) },
    { at: ago(107), change: (manifest) => void delete manifest.fleet },
    { at: ago(108), change: (manifest) => void (manifest.archive.bytes += 1) },
  ])
  const [linked] = writeHistory(anna(), [{ at: ago(109), proof: 'hash' }])
  const elsewhere = join(fleet.dir, 'elsewhere.dump')
  renameSync(join(anna(), `${linked}.dump`), elsewhere)
  symlinkSync(elsewhere, join(anna(), `${linked}.dump`))
  const [damaged, copied] = writeHistory(anna(), [{ at: ago(110) }, { at: ago(111) }])
  writeFileSync(join(anna(), `${damaged}.manifest.json`), '{"format": 1, "client": "')
  renameSync(join(anna(), `${copied}.manifest.json`), join(anna(), `copy of ${copied}.manifest.json`))
  for (const file of [
    'precious.txt',
    'notes.manifest.json',
    'client_anna-20200101T000000000Z.dump',
    'client_anna-20200101T000000000Z.removing.json',
    'client_anna-20200102T000000000Z.verified.json',
    'client_anna_two-20200101T000000000Z.dump',
  ])
    writeFileSync(join(anna(), file), 'precious')
  const before = readdirSync(anna())
  await fleet.ok(['backup', 'prune', 'anna', '--allow-mass'])
  expect(foreign).toHaveLength(7)
  expect(readdirSync(anna())).toEqual(before.filter((file) => !file.startsWith(`${doomed}.`)))
})

test('a prune that was killed leaves nothing listed that is broken, and the next one finishes it', async () => {
  setPolicy(FEW)
  const [half, whole] = writeHistory(anna(), nights(50, 51))
  // As a kill leaves them: the manifest has its other name, some or all files are still there.
  for (const name of [half, whole])
    renameSync(join(anna(), `${name}.manifest.json`), join(anna(), `${name}.removing.json`))
  rmSync(join(anna(), `${half}.dump`))
  const listed = (await fleet.ok(['backup', 'list', 'anna'])).stdout
  expect(listed).not.toContain(half)
  expect(listed).not.toContain(whole)
  const { stderr } = await fleet.ok(['backup', 'prune', 'anna'])
  expect(stderr).toContain(
    `finished the removal of ${[half, whole].toSorted((a = '', b = '') => a.localeCompare(b)).join(', ')}`,
  )
  expect(
    readdirSync(anna()).filter((file) => file.startsWith(half ?? '') || file.startsWith(whole ?? '')),
  ).toEqual([])
})

test('a client that somebody holds is not pruned, and an unknown one is named', async () => {
  setPolicy(FEW)
  writeHistory(anna(), nights(1, 6))
  const locked = await whileHeld(fleet, 'client_anna', () => fleet.bookctl(['backup', 'prune', 'anna']))
  expect([locked.exitCode, locked.stderr]).toEqual([11, expect.stringContaining('a colleague')])
  expect(wholeBackups(anna())).toHaveLength(7)
  expect((await fleet.bookctl(['backup', 'prune', 'boris'])).exitCode).toBe(4)
})
