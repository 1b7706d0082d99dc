import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { EngineDrift } from '../../../src/engines/engine.ts'
import { eventually } from '../../support/throwaway-servers.ts'
import { fleetsOfEachTest, type TestFleet } from './fleet-folder.ts'

const fleet = fleetsOfEachTest()

const NONE: EngineDrift = { files: [], shared: [], bots: [] }
const edit = (on: TestFleet, file: string, from: string | RegExp, to: string) => {
  const path = join(on.dir, file)
  const before = readFileSync(path, 'utf8')
  const after = before.replace(from, to)
  expect(after).not.toBe(before)
  writeFileSync(path, after)
}
const pids = (on: TestFleet): Record<string, number> =>
  Object.fromEntries(
    Object.entries(
      JSON.parse(readFileSync(join(on.dir, '.bookctl/local/processes.json'), 'utf8')) as Record<
        string,
        { pid: number }
      >,
    ).map(([name, { pid }]) => [name, pid]),
  )

test('a fleet that is not up differs in its servers and bots, and in nothing once it is up', async () => {
  const one = await fleet('client_001', 'client_002')
  edit(one, 'clients/client_002.yml', 'title:', 'run: false\n  title:')
  expect(await one.engine.drift()).toEqual({
    files: [],
    shared: [
      { what: 'postgres', why: 'it does not run' },
      { what: 'redis', why: 'it does not run' },
    ],
    bots: [{ clientId: 'client_001', change: 'start', why: 'it does not run' }],
  })
  await one.engine.up()
  expect(await one.engine.drift()).toEqual(NONE)
  expect(await one.engine.writeFiles()).toBe(false)
})

test('each difference of a bot is found with its reason, and the others are left out', async () => {
  const one = await fleet('client_001', 'client_002', 'client_003', 'client_004', 'client_005')
  await one.engine.up()
  edit(one, '.env', /(BOT_TOKEN_CLIENT_001=.*)/, '$1x')
  await one.engine.stop('client_002')
  edit(one, 'clients/client_003.yml', 'title:', 'run: false\n  title:')
  rmSync(join(one.dir, 'clients/client_004.yml'))
  expect(await one.engine.drift()).toEqual({
    ...NONE,
    bots: [
      {
        clientId: 'client_001',
        change: 'restart',
        why: 'its token, or another setting of its environment, has changed',
      },
      { clientId: 'client_002', change: 'start', why: 'it does not run' },
      { clientId: 'client_003', change: 'stop', why: 'run: false is declared' },
      { clientId: 'client_004', change: 'remove', why: 'no file declares it' },
    ],
  })
  const before = pids(one)
  await one.engine.restart('client_001')
  await one.engine.start('client_002')
  await one.engine.stop('client_003')
  await one.engine.remove('client_004')
  expect(await one.engine.drift()).toEqual(NONE)
  expect(pids(one)['bot-client-005']).toBe(before['bot-client-005'])
})

test('a newer program of bots is found, and an entry of .env that a bot lacks is named', async () => {
  const one = await fleet('client_001', 'client_002')
  await one.engine.up()
  writeFileSync(join(one.dir, 'stub-bot.mjs'), '// newer\n', { flag: 'a' })
  edit(one, '.env', /REDIS_PASSWORD_CLIENT_002=.*/, '')
  expect((await one.engine.drift()).bots).toEqual([
    { clientId: 'client_001', change: 'restart', why: 'another version of its program is installed' },
    { clientId: 'client_002', change: 'restart', why: 'REDIS_PASSWORD_CLIENT_002 is missing in .env' },
  ])
})

test('up restarts a server whose settings in fleet.yml were changed, and no other process', async () => {
  const one = await fleet('client_001')
  await one.engine.up()
  const before = pids(one)
  edit(one, 'fleet.yml', 'maxMemory: 32MB', 'maxMemory: 40MB')
  expect(await one.engine.drift()).toEqual({
    ...NONE,
    shared: [{ what: 'redis', why: 'it runs with settings other than those of fleet.yml and .env' }],
  })
  await one.engine.up()
  expect(await one.engine.drift()).toEqual(NONE)
  const after = pids(one)
  expect(after['redis']).not.toBe(before['redis'])
  expect({ ...after, redis: 0 }).toEqual({ ...before, redis: 0 })
})

test('a supervisor of another version of bookctl is replaced by up, and nothing else restarts', async () => {
  const one = await fleet('client_001')
  await one.engine.up()
  const before = pids(one)
  const supervisor = one.supervisorPid()
  edit(one, '.bookctl/local/supervisor.json', /"program":"\w+"/, '"program":"older"')
  expect((await one.engine.drift()).shared).toEqual([
    { what: 'supervisor', why: 'it runs another version of bookctl' },
  ])
  await one.engine.up()
  expect(one.supervisorPid()).not.toBe(supervisor)
  expect(await one.engine.drift()).toEqual(NONE)
  expect(pids(one)).toEqual(before)
})

test('a mistake in one client’s file keeps no other bot down', async () => {
  const one = await fleet('client_001', 'client_002')
  await one.engine.up()
  edit(one, 'clients/client_002.yml', 'title:', 'tittle:')
  const before = pids(one)
  process.kill(before['bot-client-001'] ?? 0, 'SIGKILL')
  await eventually(async () => {
    const state = (await one.engine.list()).find(({ service }) => service === 'bot-client-001')
    expect(state).toMatchObject({ state: 'running', restarts: 1 })
  })
  process.kill(one.supervisorPid(), 'SIGKILL')
  await one.engine.list()
  expect(pids(one)['bot-client-002']).toBe(before['bot-client-002'])
})
