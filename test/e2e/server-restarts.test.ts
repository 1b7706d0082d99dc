import { afterAll, beforeAll, expect, test } from 'vitest'
import { EXIT } from '../../src/errors.ts'
import { census, factsOf, factsOfNobody } from '../support/census.ts'
import { ADD } from '../support/command-cases.ts'
import { fleetWith, type TestFleet } from '../support/fleet.ts'
import { withHold } from '../support/hold-step.ts'
import { start } from '../support/kill-at-step.ts'
import { serversAnswer } from '../support/server-outage.ts'
import { docker } from './support/docker.ts'

// The container of PostgreSQL is restarted in the middle of client add.

let fleet: TestFleet
let undisturbed: string[]
beforeAll(async () => {
  fleet = await fleetWith()
  await fleet.ok(await ADD.prepare(fleet, 'client_calm'))
  undisturbed = await factsAbout('client_calm')
})
afterAll(() => fleet?.stop())

/** What the fleet holds of one client, and of nobody: leftovers of what was disturbed would be among the latter. */
async function factsAbout(id: string): Promise<string[]> {
  const facts = await census(fleet)
  return [...factsOf(facts, id), ...factsOfNobody(facts)]
}

test.each(['secrets', 'schema', 'ready'])(
  'at the step %s: that is said, and the same command finishes',
  async (step) => {
    const id = `client_at_${step}`
    const args = await ADD.prepare(fleet, id)
    const result = await withHold(fleet, { client: id, step }, async (hold) => {
      const command = start(fleet, args)
      await hold.reached()
      await docker('restart', `${fleet.name}-postgres`)
      return command.ended
    })
    expect(result.stderr).toMatch(
      /✗ PostgreSQL at 127\.0\.0\.1:\d+ went away\n {2}When it is back, run the same command/,
    )
    expect(result.exitCode).toBe(EXIT.partly)
    await serversAnswer(fleet)
    await fleet.ok(args)
    expect(await factsAbout(id)).toEqual(undisturbed)
  },
)
