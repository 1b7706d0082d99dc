import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fleetWith, type TestFleet } from '../../support/fleet.ts'
import { type SentryStandIn, startSentryStandIn } from '../../support/sentry.ts'

let fleet: TestFleet
let sentry: SentryStandIn

beforeAll(async () => {
  sentry = await startSentryStandIn()
  fleet = await fleetWith()
})
afterAll(async () => {
  await fleet.stop()
  await sentry.close()
})

test("faults of a client go to its own Sentry project where it has one, else to the fleet's, told apart by environment", async () => {
  appendFileSync(
    join(fleet.dir, '.env'),
    [
      'SENTRY_ENABLED=true',
      `SENTRY_DSN=${sentry.dsn(1)}`,
      'SENTRY_ENVIRONMENT=trial',
      'SENTRY_TRACES_SAMPLE_RATE=0',
      `SENTRY_DSN_CLIENT_001=${sentry.dsn(2)}\n`,
    ].join('\n'),
  )
  for (const id of ['client_001', 'client_boris']) {
    const bot = await fleet.addClient(id)
    // A fault that no release would have: the next customer cannot be written down.
    await fleet.sql(`alter table ${id}.users rename column first_name to renamed`)
    const user = await fleet.sandbox.createUser({ first_name: 'Вера' })
    await fleet.sandbox.person(bot.id, user).write('/start')
  }
  for (const [id, project, environment] of [
    ['client_001', 2, 'trial-client-001'],
    ['client_boris', 1, 'trial-client-boris'],
  ] as const) {
    const { payload } = await sentry.received('event', project)
    expect(payload).toMatchObject({
      environment,
      release: 'bookctl-bot@0.1.0',
      tags: { client: id, event: 'update_failed', sqlstate: '42703' },
    })
  }
  const { stdout } = await fleet.ok(['client', 'show', 'client_001'])
  expect(stdout).toContain('SENTRY_DSN_CLIENT_001')
  expect(stdout).not.toContain(sentry.dsn(2))
})
