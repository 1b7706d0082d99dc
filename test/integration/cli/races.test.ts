import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fleetWith, type TestFleet } from '../../support/fleet.ts'
import { withHold } from '../../support/hold-step.ts'
import { start } from '../../support/kill-at-step.ts'
import { racesOfAdds } from '../../support/races.ts'

racesOfAdds()

describe('two operators and one client', () => {
  let fleet: TestFleet
  beforeAll(async () => {
    fleet = await fleetWith('client_r0')
  })
  afterAll(() => fleet?.stop())

  test.each([
    ['set', ['--phone', '+7 2']],
    ['stop', []],
    ['remove', ['--confirm', 'client_r0']],
  ])(
    'the second, with client %s, is told who holds it, since when and with which command',
    async (verb, flags) => {
      const second = ['client', verb, 'client_r0', ...flags]
      const first = ['client', 'set', 'client_r0', '--address', `Lenina, before ${verb}`]
      await withHold(fleet, { client: 'client_r0', step: 'settings' }, async (hold) => {
        const running = start(fleet, first)
        await hold.reached()
        const { exitCode, stderr } = await fleet.bookctl(second)
        expect(exitCode).toBe(11)
        expect(stderr).toMatch(
          /client_r0 is being changed by 'bookctl client set client_r0 by \S+ \(\d+\)' on \S+ since \d{4}-/,
        )
        await hold.release()
        expect((await running.ended).exitCode).toBe(0)
      })
    },
  )
})
