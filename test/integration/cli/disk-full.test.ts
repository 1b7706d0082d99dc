import { execFileSync } from 'node:child_process'
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { census, factsOf, factsOfNobody } from '../../support/census.ts'
import { ADD, REMOVE } from '../../support/command-cases.ts'
import { fleetIn, type TestFleet } from '../../support/fleet.ts'
import { withHold } from '../../support/hold-step.ts'
import { start } from '../../support/kill-at-step.ts'
import { eventually } from '../../support/throwaway-servers.ts'

const disk = mkdtempSync(join(tmpdir(), 'bookctl-small-disk-'))
const dir = join(disk, 'fleet')

/** A small file system for the fleet folder. Mounting one needs root, and is forbidden in most containers. */
function mountSmallDisk(): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', disk], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
const mounted = mountSmallDisk()
if (!mounted) console.warn('disk-full.test.ts is skipped: this user may not mount a small file system')

const filler = join(disk, 'filler')
const PAGE = 4096
/** Leaves room for so many small files. */
const fill = (leaving = 0) => {
  const file = openSync(filler, 'a')
  try {
    for (const bytes of [1_000_000, PAGE]) for (;;) if (!hasWritten(file, bytes)) break
  } finally {
    closeSync(file)
  }
  expect(statfsSync(disk).bavail).toBe(0)
  truncateSync(filler, statSync(filler).size - leaving * PAGE)
}
function hasWritten(file: number, bytes: number): boolean {
  try {
    return writeSync(file, Buffer.alloc(bytes)) === bytes
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return false
    throw error
  }
}
const makeRoom = () => rmSync(filler, { force: true })

describe.skipIf(!mounted)('a full disk', () => {
  let fleet: TestFleet
  let nobody: string[]
  let calm: string[]
  beforeAll(async () => {
    mkdirSync(dir, { mode: 0o700 })
    fleet = await fleetIn(dir)
    nobody = factsOfNobody(await census(fleet))
    await fleet.ok(await ADD.prepare(fleet, 'client_calm'))
    calm = factsOf(await census(fleet), 'client_calm')
  })
  afterAll(async () => {
    makeRoom()
    await fleet?.stop()
  })

  /** Runs a command up to a step, fills the disk, and lets it go on. */
  const fullAt = (client: string, step: string, args: readonly string[], leaving = 0) =>
    withHold(fleet, { client, step }, async (hold) => {
      const command = start(fleet, args)
      await hold.reached()
      fill(leaving)
      await hold.release()
      return command.ended
    })
  const finishes = async (id: string, args: readonly string[]) => {
    makeRoom()
    await fleet.ok(args)
    const facts = await census(fleet)
    expect(factsOfNobody(facts)).toEqual(nobody)
    return factsOf(facts, id)
  }

  test.each([
    ['secrets', '.env', 'client_a'],
    ['declaration', 'clients/client_b.yml', 'client_b'],
  ])(
    'met by client add in its step %s is named with the file %s, which stays whole; the re-run finishes',
    async (step, file, id) => {
      const args = await ADD.prepare(fleet, id)
      const before = readFileSync(join(dir, '.env'), 'utf8')
      const { exitCode, stderr } = await fullAt(id, step, args, 1)
      expect(stderr).toMatch(/(\S+) cannot be written: the disk is full\n {2}Make room there/)
      expect([`${dir}/${file}`, `${dir}/.bookctl/files.lock`]).toContain(
        /(\S+) cannot be written/.exec(stderr)?.[1],
      )
      expect(exitCode).toBe(13)
      const after = readFileSync(join(dir, '.env'), 'utf8')
      if (step === 'secrets') expect(after).toBe(before)
      else expect(after.startsWith(before)).toBe(true)
      expect(await finishes(id, args)).toEqual(calm)
    },
  )

  test('met by the backup of client remove costs nothing: no half archive, and the bot works again', async () => {
    const args = await REMOVE.prepare(fleet, 'client_c')
    const before = factsOf(await census(fleet), 'client_c')
    const { exitCode, stderr } = await fullAt('client_c', 'backup', args)
    expect(stderr).toMatch(/backups\/client_c\/\S+\.partial cannot be written: the disk is full/)
    expect(exitCode).toBe(13)
    expect(readdirSync(join(dir, 'backups/client_c'))).toEqual([])
    makeRoom()
    await eventually(async () => {
      const now = factsOf(await census(fleet), 'client_c').filter((fact) => !fact.startsWith('journal'))
      expect(now).toEqual(before.filter((fact) => !fact.startsWith('journal')))
    })
    const gone = await finishes('client_c', args)
    expect(gone.filter((fact) => /^(role|schema|\.env|Redis|service|process|file)/.test(fact))).toEqual([])
  })

  test('costs no bot: customers are served, and a bot that dies is started again', async () => {
    const bot = await fleet.addClient('client_d')
    const person = fleet.sandbox.person(bot.id, await fleet.sandbox.createUser({ first_name: 'Маша' }))
    const answered = (times: number) =>
      person.waitFor(
        (view) => view.messages.filter((message) => message.from.is_bot).length === times,
        `answer ${times}`,
      )
    fill()
    await person.write('/start')
    await answered(1)
    const { 'bot-client-d': before } = JSON.parse(
      readFileSync(join(dir, '.bookctl/local/processes.json'), 'utf8'),
    ) as Record<string, { pid: number }>
    process.kill(before?.pid ?? 0, 'SIGKILL')
    await person.write('/start')
    await answered(2)
    makeRoom()
    await eventually(async () => {
      const { 'bot-client-d': now } = JSON.parse(
        readFileSync(join(dir, '.bookctl/local/processes.json'), 'utf8'),
      ) as Record<string, { pid: number }>
      if (now?.pid === before?.pid) throw new Error('the record of its process is the old one')
    })
    await fleet.ok(['status'])
  })
})

afterAll(() => {
  if (mounted) execFileSync('umount', ['-l', disk])
  rmSync(disk, { recursive: true, force: true })
})
