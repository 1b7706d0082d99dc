import { appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { census, factsOf, factsOfNobody } from './census.ts'
import { fleetWith, type TestFleet } from './fleet.ts'

/** All at once; fewer for a machine that cannot run so many bots. */
const CLIENTS = Number(process.env['BOOKCTL_RACE_CLIENTS'] ?? 40)

/** Many `client add` at once, on a fleet of their own; BOOKCTL_RACE_CLIENTS is how many. */
export function racesOfAdds(): void {
  describe('many operators at once', () => {
    let fleet: TestFleet
    beforeAll(async () => {
      fleet = await fleetWith()
    })
    afterAll(() => fleet?.stop())

    const addArgs = async (title: string, ...id: string[]) => {
      const { tokenFile } = await fleet.newBot()
      return ['client', 'add', ...id, '--title', title, '--token-file', tokenFile]
    }
    const env = () => readFileSync(join(fleet.dir, '.env'), 'utf8')
    const names = (text: string) => [...text.matchAll(/^(\w+)=/gm)].map(([, name]) => name)

    test(`${CLIENTS} add a client each and 5 more the same one: all are there once, and .env is whole`, async () => {
      appendFileSync(join(fleet.dir, '.env'), `\n# mine, with 'quotes'\nMY_VALUE="a # b"\n`)
      const before = env()
      const nobody = factsOfNobody(await census(fleet))
      const ids = Array.from({ length: CLIENTS }, (_, at) => `client_r${at}`)
      const each = await Promise.all(ids.map((id) => addArgs(`Salon ${id}`, id)))
      const same = await addArgs('Salon client_same', 'client_same')
      const results = await Promise.all(
        [...each, same, same, same, same, same].map((args) => fleet.bookctl(args)),
      )

      const failed = results.slice(0, CLIENTS).filter((result) => result.exitCode !== 0)
      expect(failed.map(({ stderr }) => stderr)).toEqual([])
      const rivals = results.slice(CLIENTS)
      expect(rivals.filter(({ stdout }) => stdout.startsWith('client_same is ready'))).toHaveLength(1)
      for (const { exitCode, stdout, stderr } of rivals)
        if (exitCode === 11)
          expect(stderr).toMatch(
            /client_same is being changed by 'bookctl client add client_same by .+' (on .+ )?since \d/,
          )
        else
          expect([exitCode, stdout]).toEqual([
            0,
            expect.stringMatching(/^client_same is (ready|already active)/),
          ])

      const facts = await census(fleet)
      const expected = factsOf(facts, 'client_same')
      for (const id of ids) expect({ id, facts: factsOf(facts, id) }).toEqual({ id, facts: expected })
      expect(factsOfNobody(facts)).toEqual(nobody)
      expect(env().startsWith(before)).toBe(true)
      expect(names(env())).toHaveLength(names(before).length + 4 * (CLIENTS + 1))
      expect(new Set(names(env())).size).toBe(names(env()).length)
    }, 600_000)

    test('10 add a client without an id: 10 numbers in a row, none of them twice', async () => {
      const commands = await Promise.all(Array.from({ length: 10 }, (_, at) => addArgs(`Number ${at}`)))
      const results = await Promise.all(commands.map((args) => fleet.ok([...args, '--json'])))
      const ids = results.map(({ stdout }) => (JSON.parse(stdout) as { id: string }).id)
      expect(ids.toSorted()).toEqual(
        Array.from({ length: 10 }, (_, at) => `client_${String(at + 1).padStart(3, '0')}`),
      )
    }, 300_000)
  })
}
