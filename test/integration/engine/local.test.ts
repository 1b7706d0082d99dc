import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'
import { expect, test } from 'vitest'
import type { RunState } from '../../../src/engines/engine.ts'
import { eventually } from '../../support/throwaway-servers.ts'
import { commandLines, fleetsOfEachTest, processesOf, type TestFleet } from './fleet-folder.ts'

const fleet = fleetsOfEachTest()

const serviceOf = async (on: TestFleet, name: string) =>
  (await on.engine.list()).find((one) => one.service === name)
const reaches = (on: TestFleet, name: string, state: RunState, restarts = 0) =>
  eventually(async () => {
    const found = await serviceOf(on, name)
    expect(found?.state).toBe(state)
    expect(found?.restarts).toBeGreaterThanOrEqual(restarts)
    return found
  })
async function query(on: TestFleet, sql: string): Promise<Record<string, unknown>[]> {
  const at = await on.engine.postgres()
  const client = new pg.Client({
    ...at,
    user: 'booking_user',
    password: on.secrets[0] ?? '',
    database: 'booking_saas',
  })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end()
  }
}
const recordOf = (on: TestFleet, service: string) =>
  (
    JSON.parse(readFileSync(join(on.dir, '.bookctl/local/processes.json'), 'utf8')) as Record<
      string,
      { pid: number; wanted: boolean }
    >
  )[service]
const pidOf = (on: TestFleet, service: string): number => recordOf(on, service)?.pid ?? 0

test('up brings servers and bots once however often it is called, and down keeps the data', async () => {
  const one = await fleet('client_001')
  await Promise.all([one.engine.up(), one.engine.up()])
  await one.engine.up()
  expect((await one.engine.list()).map(({ service, state }) => `${service} ${state}`).toSorted()).toEqual([
    'bot-client-001 running',
    'postgres running',
    'redis running',
  ])
  expect(processesOf(one.dir, 'stub-bot.mjs')).toHaveLength(1)
  const settings = await query(one, "select current_setting('max_locks_per_transaction') as locks")
  expect(settings).toEqual([{ locks: '256' }])
  await query(one, 'create table kept (id int)')
  const ports = [await one.engine.postgres(), await one.engine.redis()]

  await one.engine.down()
  await one.engine.down()
  expect(processesOf(one.dir, 'stub-bot.mjs')).toEqual([])
  expect((await one.engine.list()).map(({ state }) => state)).toEqual(['missing', 'missing'])
  await expect(one.engine.postgres()).rejects.toMatchObject({ code: 'fleet-not-up', hint: 'bookctl up' })

  await one.engine.up()
  expect(await query(one, 'select * from kept')).toEqual([])
  expect([await one.engine.postgres(), await one.engine.redis()]).toEqual(ports)
  await expect(one.engine.deleteData()).rejects.toMatchObject({ code: 'fleet-is-up' })
})

test('what crashes comes back: PostgreSQL, Redis and a bot', async () => {
  const one = await fleet('client_001')
  await one.engine.up()
  for (const service of ['postgres', 'redis', 'bot-client-001']) {
    process.kill(pidOf(one, service), 'SIGKILL')
    await reaches(one, service, 'running', 1)
  }
  await eventually(() => query(one, 'select 1'))
})

test('a bot that no restart can help stays down with its exit code in sight, until it is started again', async () => {
  const one = await fleet('client_001')
  writeFileSync(join(one.dir, 'exit-client_001'), '12')
  await one.engine.up()
  expect(await reaches(one, 'bot-client-001', 'exited')).toMatchObject({ exitCode: 12, restarts: 0 })
  rmSync(join(one.dir, 'exit-client_001'))
  await one.engine.start('client_001')
  await reaches(one, 'bot-client-001', 'running')
  await one.engine.stop('client_001')
  expect(processesOf(one.dir, 'stub-bot.mjs')).toEqual([])
  expect(await serviceOf(one, 'bot-client-001')).toMatchObject({ state: 'exited' })
})

test('a stop that is asked for while a restart is going on is the last word', async () => {
  const one = await fleet('client_001')
  await one.engine.up()
  const restarting = one.engine.restart('client_001')
  // In the restart's own stop, which looks every 50 ms whether the bot has ended.
  while (recordOf(one, 'bot-client-001')?.wanted) await new Promise((resolve) => setTimeout(resolve, 1))
  await Promise.all([restarting, one.engine.stop('client_001')])
  expect(await serviceOf(one, 'bot-client-001')).toMatchObject({ state: 'exited' })
  expect(processesOf(one.dir, 'stub-bot.mjs')).toEqual([])
})

test('a supervisor that was killed is replaced by the next command, which finds everything and doubles nothing', async () => {
  const one = await fleet('client_001')
  await one.engine.up()
  const before = ['postgres', 'redis', 'bot-client-001'].map((service) => pidOf(one, service))
  const killed = one.supervisorPid()
  process.kill(killed, 'SIGKILL')
  // As if it had been killed between a start and the record of it.
  rmSync(join(one.dir, '.bookctl/local/processes.json'))
  const lists = await Promise.all([one.engine.list(), one.engine.list()])
  for (const list of lists) expect(list.map(({ state }) => state)).toEqual(['running', 'running', 'running'])
  expect(one.supervisorPid()).not.toBe(killed)
  expect(['postgres', 'redis', 'bot-client-001'].map((service) => pidOf(one, service))).toEqual(before)
  expect(processesOf(one.dir, 'stub-bot.mjs')).toHaveLength(1)
  process.kill(pidOf(one, 'bot-client-001'), 'SIGKILL')
  await reaches(one, 'bot-client-001', 'running', 1)
})

test('a pid that now belongs to another program is neither adopted nor ended', async () => {
  const one = await fleet('client_001')
  await one.engine.up()
  process.kill(one.supervisorPid(), 'SIGKILL')
  const path = join(one.dir, '.bookctl/local/processes.json')
  const records = JSON.parse(readFileSync(path, 'utf8')) as Record<string, { pid: number; identity: string }>
  const bot = records['bot-client-001']
  process.kill(bot?.pid ?? 0, 'SIGKILL')
  // Our own pid with the bot's start time: as after a reuse.
  writeFileSync(path, JSON.stringify({ ...records, 'bot-client-001': { ...bot, pid: process.pid } }))
  await reaches(one, 'bot-client-001', 'running')
  expect(pidOf(one, 'bot-client-001')).not.toBe(process.pid)
})

test('logs show what was asked for: all, the last lines, those since a time, and new ones as they come', async () => {
  const one = await fleet('client_001')
  await one.engine.up()
  const lines = async (options = {}) => {
    const found: string[] = []
    for await (const line of one.engine.logs('bot-client-001', options)) found.push(line)
    return found
  }
  await eventually(async () => expect(await lines()).toHaveLength(1))
  const stop = new AbortController()
  const followed: string[] = []
  const following = (async () => {
    const options = { follow: true, tail: 0, signal: stop.signal }
    for await (const line of one.engine.logs('bot-client-001', options)) followed.push(line)
  })()
  await new Promise((resolve) => setTimeout(resolve, 300))
  const since = new Date()
  await one.engine.restart('client_001')
  await eventually(async () => expect(followed).toHaveLength(1))
  stop.abort()
  await following
  expect(await lines()).toHaveLength(2)
  expect(await lines({ tail: 1 })).toEqual(followed)
  expect(await lines({ since })).toEqual(followed)
  expect(await lines({ since: new Date(Date.now() + 60_000) })).toEqual([])
  const logs = join(one.dir, '.bookctl/local/logs')
  for (const name of readdirSync(logs)) expect(statSync(join(logs, name)).mode & 0o777).toBe(0o600)
})

test('no secret stands in a command line or in a log, and nothing listens beyond the loopback address', async () => {
  const one = await fleet('client_001')
  await one.engine.up()
  const logs = join(one.dir, '.bookctl/local/logs')
  const seen = [
    ...commandLines().map(({ line }) => line),
    ...readdirSync(logs).map((name) => readFileSync(join(logs, name), 'utf8')),
  ].join('\n')
  for (const secret of one.secrets) expect(seen).not.toContain(secret)
  const ports = [(await one.engine.postgres()).port, (await one.engine.redis()).port]
  const listening = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) =>
    (existsSync(file) ? readFileSync(file, 'utf8') : '')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(
        (fields) => fields[3] === '0A' && ports.includes(Number.parseInt(fields[1]?.split(':')[1] ?? '', 16)),
      )
      .map((fields) => fields[1]?.split(':')[0]),
  )
  expect(listening).toEqual(['0100007F', '0100007F'])
  expect(statSync(join(one.dir, '.bookctl/local/supervisor.json')).mode & 0o777).toBe(0o600)
})

test('two fleets run side by side, and the end of one leaves the other alone', async () => {
  const [one, two] = [await fleet(), await fleet()]
  await Promise.all([one.engine.up(), two.engine.up()])
  await query(two, 'create table mine (id int)')
  await one.engine.down()
  expect(await query(two, 'select * from mine')).toEqual([])
})

test('a port that another program uses is named, and that program is left alone', async () => {
  const one = await fleet()
  const foreign = createServer().listen(0, '127.0.0.1')
  try {
    await eventually(async () => expect(foreign.listening).toBe(true))
    const { port } = foreign.address() as { port: number }
    const path = join(one.dir, 'fleet.yml')
    writeFileSync(path, readFileSync(path, 'utf8').replace('port: null', `port: ${port}`))
    await expect(one.engine.up()).rejects.toMatchObject({
      code: 'port-in-use',
      message: expect.stringContaining(`${port}`),
    })
    expect(foreign.listening).toBe(true)
    expect(await one.engine.list()).toMatchObject([{ state: 'missing' }, { state: 'missing' }])
  } finally {
    foreign.close()
  }
})

test('pg_dump of the server reads a database, and its failure shows its own last lines', async () => {
  const one = await fleet()
  await one.engine.up()
  await query(one, 'create table t (id int)')
  const pids: number[] = []
  const file = join(one.dir, 'dump')
  await one.engine.pgTool('pg_dump', ['-Fc', '-f', file], {
    database: 'booking_saas',
    onStart: (pid) => pids.push(pid),
  })
  expect(spawnSync('head', ['-c', '5', file]).stdout.toString()).toBe('PGDMP')
  expect(pids).toHaveLength(1)
  await expect(one.engine.pgTool('pg_dump', [], { database: 'nowhere' })).rejects.toMatchObject({
    code: 'program-failed',
    message: expect.stringContaining('"nowhere" does not exist'),
  })
})

test('deleting the data leaves no folder of it anywhere', async () => {
  const one = await fleet()
  await one.engine.up()
  const record = join(one.dir, '.bookctl/local/data-folder.json')
  const { folder } = JSON.parse(readFileSync(record, 'utf8')) as { folder: string }
  expect(existsSync(folder)).toBe(true)
  await one.engine.down()
  await one.engine.deleteData()
  await one.engine.deleteData()
  expect(existsSync(folder)).toBe(false)
})
