import { afterAll, beforeAll, expect, test } from 'vitest'
import { fleetWith, type TestFleet } from '../../support/fleet.ts'
import { withHold } from '../../support/hold-step.ts'
import { start } from '../../support/kill-at-step.ts'

let fleet: TestFleet
beforeAll(async () => {
  fleet = await fleetWith()
})
afterAll(() => fleet?.stop())

test('killed while PostgreSQL works for it: the server gives that up, and the same command goes on at once', async () => {
  const { tokenFile } = await fleet.newBot()
  const args = ['client', 'add', 'anna', '--title', 'Anna', '--token-file', tokenFile]
  await withHold(fleet, { client: 'client_anna', step: 'schema' }, async (hold) => {
    const killed = start(fleet, args)
    await hold.reached()
    await hold.onlyThisOne()
    killed.kill('SIGKILL')
    await killed.ended
    expect((await fleet.ok(args)).stdout).toContain('client_anna is ready')
  })
})
