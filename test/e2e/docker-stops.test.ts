import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EXIT } from '../../src/errors.ts'
import { census, factsOf, factsOfNobody } from '../support/census.ts'
import { fleetWith, type TestFleet } from '../support/fleet.ts'
import { withHold } from '../support/hold-step.ts'
import { docker } from './support/docker.ts'
import { type DockerLine, dockerLine } from './support/docker-line.ts'

// Docker goes away in the middle of a command: it is named, and the same command finishes the work once it is back.

let fleet: TestFleet
let line: DockerLine
let undisturbed: string[]
beforeAll(async () => {
  fleet = await fleetWith()
  line = await dockerLine()
  await fleet.addClient('client_anna')
  const facts = await census(fleet)
  undisturbed = [...factsOf(facts, 'client_anna'), ...factsOfNobody(facts)]
})
afterAll(async () => {
  await line?.close()
  await fleet?.stop()
})

/** Runs a command that is held at a step; `away` happens there, then it goes on. */
async function disturbed(id: string, step: string, command: readonly string[], away: () => void) {
  return await withHold(fleet, { client: id, step }, async (hold) => {
    const running = fleet.bookctl(command, { env: line.env })
    await hold.reached()
    away()
    await hold.release()
    return await running
  })
}

/** The client is there as one whose add nobody disturbed, and nothing else is. */
async function expectWhole(id: string): Promise<void> {
  const facts = await census(fleet)
  expect([...factsOf(facts, id), ...factsOfNobody(facts)]).toEqual(undisturbed)
}

async function commandThatAdds(id: string): Promise<string[]> {
  const bot = await fleet.newBot(id)
  return ['client', 'add', id, '--title', `Salon ${id}`, '--token-file', bot.tokenFile]
}

describe('Docker stops answering', () => {
  test.each(['declaration', 'bot', 'ready'])('at the step %s of client add', async (step) => {
    const id = `client_add_${step}`
    const command = await commandThatAdds(id)
    const result = await disturbed(id, step, command, () => line.cut())
    expect(result.exitCode).toBe(EXIT.partly)
    expect(result.stderr).toContain('Docker does not answer')
    line.mend()
    await fleet.ok(command)
    await expectWhole(id)
    await fleet.ok(['client', 'remove', id, '--confirm', id])
  })

  test('at the step stop of client remove: nothing is deleted, and the removal can be done', async () => {
    const id = 'client_leaves'
    await fleet.ok(await commandThatAdds(id))
    const command = ['client', 'remove', id, '--confirm', id]
    const result = await disturbed(id, 'stop', command, () => line.cut())
    expect(result.exitCode).toBe(EXIT.partly)
    expect(result.stderr).toContain('Docker does not answer')
    expect(await fleet.sql(`select count(*)::int as n from ${id}.services`)).toEqual([{ n: 1 }])
    line.mend()
    await fleet.ok(command)
    expect(await fleet.sql(`select to_regnamespace('${id}') is null as gone`)).toEqual([{ gone: true }])
    expect(await docker('ps', '--all', '--quiet', '--filter', `name=${fleet.name}-bot-client-leaves`)).toBe(
      '',
    )
  })

  test('at the restart of client set: the old token is not lost, and the same command rotates it', async () => {
    const fresh = await fleet.newBot()
    const command = ['client', 'set', 'anna', '--token-file', fresh.tokenFile]
    const result = await disturbed('client_anna', 'restart', command, () => line.cut())
    expect(result.exitCode).not.toBe(EXIT.ok)
    expect(result.stderr).toContain('Docker does not answer')
    line.mend()
    await fleet.ok(command)
    expect(await docker('exec', `${fleet.name}-bot-client-anna`, 'printenv', 'BOT_TOKEN')).toBe(fresh.token)
    expect((await fleet.bookctl(['status'])).exitCode).toBe(EXIT.ok)
  })

  test('at a bot of apply', async () => {
    await docker('rm', '--force', `${fleet.name}-bot-client-anna`)
    const result = await disturbed('client_anna', 'bot', ['apply'], () => line.cut())
    expect(result.exitCode).toBe(EXIT.partly)
    expect(result.stderr).toContain('Docker does not answer')
    line.mend()
    await fleet.ok(['apply'])
    expect((await fleet.ok(['apply'])).stdout.trim()).toBe('Nothing to do.')
  })
})
