import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { census, factsOf, factsOfNobody } from './census.ts'
import { ADD, REMOVE, RESTORE } from './command-cases.ts'
import { fleetIn, type TestFleet } from './fleet.ts'
import { withHold } from './hold-step.ts'
import { start } from './kill-at-step.ts'
import { mountSmallDisk, type SmallDisk } from './small-disk.ts'
import { eventually } from './throwaway-servers.ts'

/**
 * Fills the disk of the fleet folder in the middle of commands: they name the file, and the re-run finishes when there is
 * room. `more` adds tests on the same fleet.
 */
export function fullDiskRuns(
  megabytes: number,
  more: (disk: SmallDisk, fleet: () => TestFleet) => void = () => undefined,
): void {
  const disk = mountSmallDisk(megabytes)
  if (!disk.mounted) console.warn('tests of a full disk are skipped: this user may not mount a small one')
  describe.skipIf(!disk.mounted)('a full disk', () => {
    let fleet: TestFleet
    let nobody: string[]
    let calm: string[]
    beforeAll(async () => {
      fleet = await fleetIn(disk.dir)
      nobody = factsOfNobody(await census(fleet))
      await fleet.ok(await ADD.prepare(fleet, 'client_calm'))
      calm = factsOf(await census(fleet), 'client_calm')
    })
    afterAll(async () => {
      disk.makeRoom()
      await fleet?.stop()
    })

    /** Runs a command up to a step, fills the disk, and lets it go on. */
    const fullAt = (client: string, step: string, args: readonly string[], leaving = 0) =>
      withHold(fleet, { client, step }, async (hold) => {
        const command = start(fleet, args)
        await hold.reached()
        disk.fill(leaving)
        await hold.release()
        return command.ended
      })
    const finishes = async (id: string, args: readonly string[]) => {
      disk.makeRoom()
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
        const before = readFileSync(join(disk.dir, '.env'), 'utf8')
        const { exitCode, stderr } = await fullAt(id, step, args, 1)
        expect(stderr).toMatch(/(\S+) cannot be written: the disk is full\n {2}Make room there/)
        expect([`${disk.dir}/${file}`, `${disk.dir}/.bookctl/files.lock`]).toContain(
          /(\S+) cannot be written/.exec(stderr)?.[1],
        )
        expect(exitCode).toBe(13)
        const after = readFileSync(join(disk.dir, '.env'), 'utf8')
        if (step === 'secrets') expect(after).toBe(before)
        else expect(after.startsWith(before)).toBe(true)
        expect(await finishes(id, args)).toEqual(calm)
      },
    )

    test('met by the backup of client remove costs nothing: no half archive, and the bot works again', async () => {
      const args = await REMOVE.prepare(fleet, 'client_c')
      const before = factsOf(await census(fleet), 'client_c')
      const { exitCode, stderr } = await fullAt('client_c', 'backup', args)
      expect(stderr).toMatch(/backups\/dump\.\S+\.partial\/\S+ cannot be written: the disk is full/)
      expect(exitCode).toBe(13)
      expect(readdirSync(join(disk.dir, 'backups/client_c'))).toEqual([])
      expect(readdirSync(join(disk.dir, 'backups'))).toEqual(['client_c'])
      disk.makeRoom()
      await eventually(async () => {
        const now = factsOf(await census(fleet), 'client_c').filter((fact) => !fact.startsWith('journal'))
        expect(now).toEqual(before.filter((fact) => !fact.startsWith('journal')))
      })
      const gone = await finishes('client_c', args)
      expect(gone.filter((fact) => /^(role|schema|\.env|Redis|service|process|file)/.test(fact))).toEqual([])
    })

    test('met by the backup that restore makes first costs nothing, and the re-run restores', async () => {
      const args = await RESTORE.prepare(fleet, 'client_e')
      const users = async () => (await fleet.sql('select telegram_id from client_e.users order by 1')).length
      const before = factsOf(await census(fleet), 'client_e')
      const { exitCode, stderr } = await fullAt('client_e', 'before', args)
      expect([exitCode, stderr]).toEqual([
        13,
        expect.stringMatching(/backups\/\S+ cannot be written: the disk is full/),
      ])
      disk.makeRoom()
      await eventually(async () => {
        const now = factsOf(await census(fleet), 'client_e').filter((fact) => !fact.startsWith('journal'))
        expect(now).toEqual(before.filter((fact) => !fact.startsWith('journal')))
      })
      expect(await users()).toBe(3)
      await finishes('client_e', args)
      expect(await users()).toBe(2)
    })

    more(disk, () => fleet)
  })
  afterAll(() => disk.close())
}
