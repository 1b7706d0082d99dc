import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fleetWith, type TestBot, type TestFleet } from '../../support/fleet.ts'

let fleet: TestFleet
let anna: TestBot

beforeAll(async () => {
  fleet = await fleetWith()
  anna = await fleet.addClient('anna')
  await fleet.addClient('boris')
})
afterAll(() => fleet.stop())

const linesOf = (text: string) => text.trim().split('\n').filter(Boolean)
const eventsOf = (text: string) => linesOf(text).map((line) => (JSON.parse(line) as { event: string }).event)

describe('bookctl client logs', () => {
  test('shows the bot’s own lines, and no token', async () => {
    const { stdout } = await fleet.ok(['client', 'logs', 'anna'])
    expect(eventsOf(stdout)).toEqual(expect.arrayContaining(['schema_ready', 'bot_started']))
    expect(stdout).not.toContain(anna.token)
  })

  test('shows the last lines, or those since a time', async () => {
    const all = linesOf((await fleet.ok(['client', 'logs', 'anna'])).stdout)
    expect(linesOf((await fleet.ok(['client', 'logs', 'anna', '--tail', '2'])).stdout)).toEqual(all.slice(-2))
    expect((await fleet.ok(['client', 'logs', 'anna', '--tail', '0'])).stdout).toBe('')
    expect(linesOf((await fleet.ok(['client', 'logs', 'anna', '--since', '1h'])).stdout)).toEqual(all)
    expect((await fleet.ok(['client', 'logs', 'anna', '--since', '2999-01-01'])).stdout).toBe('')
    const { time } = JSON.parse(all[1] ?? '') as { time: string | number }
    const since = await fleet.ok(['client', 'logs', 'anna', '--since', new Date(time).toISOString()])
    expect(linesOf(since.stdout)).toEqual(all.slice(1))
    expect((await fleet.bookctl(['client', 'logs', 'anna', '--since', 'soon'])).exitCode).toBe(2)
    expect((await fleet.bookctl(['client', 'logs', 'anna', '--tail', 'all'])).exitCode).toBe(2)
  })

  test('of several clients names the client of each line; with --json each line is a document', async () => {
    const { stdout } = await fleet.ok(['client', 'logs', '--all', '--tail', '3'])
    const owners = linesOf(stdout).map((line) => /^(client_\w+) {2}\{/.exec(line)?.[1])
    expect(owners.filter((one) => one === 'client_anna')).toHaveLength(3)
    expect(owners.filter((one) => one === 'client_boris')).toHaveLength(3)
    const json = await fleet.ok(['client', 'logs', '--all', '--tail', '3', '--json'])
    expect(
      new Set(linesOf(json.stdout).map((line) => (JSON.parse(line) as { client: string }).client)),
    ).toEqual(new Set(['client_anna', 'client_boris']))
  })

  test('-f shows what comes, over a restart of the bot, until Ctrl-C', async () => {
    let stop: (() => void) | undefined
    let restarted: Promise<unknown> | undefined
    const { stdout } = await fleet.bookctl(['client', 'logs', 'anna', '-f', '--tail', '1'], {
      onStart: (child) => (stop = () => child.kill('SIGINT')),
      onStdout: (text) => {
        restarted ??= fleet.ok(['client', 'restart', 'anna'])
        if (/"bot_started".*"bot_ready"/s.test(text)) stop?.()
      },
    })
    await restarted
    expect(eventsOf(stdout)).toEqual(expect.arrayContaining(['bot_started', 'bot_ready']))
  })

  test('is there while the fleet is down', async () => {
    await fleet.ok(['down'])
    expect(eventsOf((await fleet.ok(['client', 'logs', 'anna'])).stdout)).toContain('bot_ready')
  })

  test('of an unknown client is exit code 4 with the nearest name', async () => {
    const { exitCode, stderr } = await fleet.bookctl(['client', 'logs', 'borris'])
    expect(exitCode).toBe(4)
    expect(stderr).toContain('client_boris')
  })
})
