import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bookFirstTime } from '../support/book.ts'
import { fleetWith, type TestBot, type TestFleet } from '../support/fleet.ts'
import { eventually } from '../support/throwaway-servers.ts'
import { docker, shell, startedAt } from './support/docker.ts'

// The main job as one story: each test goes on where the one before ended.

let fleet: TestFleet
let anna: TestBot
let boris: TestBot
beforeAll(async () => {
  fleet = await fleetWith()
})
afterAll(async () => {
  await fleet?.stop()
})

const container = (id: string) => `${fleet.name}-bot-${id.replaceAll('_', '-')}`
const customerOf = async (bot: TestBot, name: string) =>
  fleet.sandbox.person(bot.id, await fleet.sandbox.createUser({ first_name: name, language_code: 'ru' }))
const bookings = (id: string) => fleet.sql(`select * from ${id}.bookings order by id`)

test('two clients are added, and customers book with both', async () => {
  anna = await fleet.addClient('client_001')
  boris = await fleet.addClient('client_002')
  await bookFirstTime(await customerOf(anna, 'Маша'))
  await bookFirstTime(await customerOf(boris, 'Ольга'))
  for (const id of ['client_001', 'client_002']) expect(await bookings(id)).toHaveLength(1)
  const status = JSON.parse((await fleet.ok(['status', '--json'])).stdout) as {
    healthy: boolean
    clients: { id: string; word: string; upcomingBookings: number }[]
  }
  expect(status.healthy).toBe(true)
  expect(status.clients).toMatchObject([
    { id: 'client_001', word: 'ready', upcomingBookings: 1 },
    { id: 'client_002', word: 'ready', upcomingBookings: 1 },
  ])
})

test('a person’s plain `docker compose up -d` changes nothing of what bookctl has started', async () => {
  const before = await Promise.all(['client_001', 'client_002'].map((id) => startedAt(container(id))))
  const result = await shell('docker compose up -d', fleet.dir)
  expect(result.exitCode, result.stderr).toBe(0)
  expect(await Promise.all(['client_001', 'client_002'].map((id) => startedAt(container(id))))).toEqual(
    before,
  )
})

test('a change of one client restarts its bot alone', async () => {
  const other = await startedAt(container('client_002'))
  const own = await startedAt(container('client_001'))
  await fleet.ok(['client', 'set', '001', '--add-admin', '4242'])
  expect(await startedAt(container('client_001'))).not.toBe(own)
  expect(await startedAt(container('client_002'))).toBe(other)
  expect(await docker('exec', container('client_001'), 'printenv', 'ADMIN_IDS')).toBe('4242')
})

test('what the operator stops stays stopped, also by `docker compose up -d`, until it is started again', async () => {
  await fleet.ok(['client', 'stop', '001'])
  await shell('docker compose up -d', fleet.dir)
  expect(await docker('inspect', '--format', '{{.State.Running}}', container('client_001'))).toBe('false')
  await fleet.ok(['client', 'start', '001'])
  expect(await docker('inspect', '--format', '{{.State.Running}}', container('client_001'))).toBe('true')
})

test('logs come from the container, with --tail, --since and -f', async () => {
  const all = (await fleet.ok(['client', 'logs', '001'])).stdout.trimEnd().split('\n')
  expect(all.join('\n')).toContain('"event":"bot_ready"')
  expect((await fleet.ok(['client', 'logs', '001', '--tail', '2'])).stdout.trimEnd().split('\n')).toEqual(
    all.slice(-2),
  )
  let child: { kill(signal: NodeJS.Signals): boolean } | undefined
  let seen = ''
  const following = fleet.bookctl(['client', 'logs', '001', '-f', '--since', '1s'], {
    onStart: (started) => (child = started),
    onStdout: (text) => (seen = text),
  })
  await (await customerOf(anna, 'Новая')).write('/start')
  await docker('kill', '--signal', 'SIGTERM', container('client_001'))
  await eventually(() => {
    expect(seen).toContain('bot_stopped')
    return Promise.resolve()
  })
  child?.kill('SIGINT')
  await following
  await fleet.ok(['client', 'start', '001'])
})

test('one is removed with its archive; nothing of it is left, and the other is as it was', async () => {
  const rows = await bookings('client_002')
  const other = await startedAt(container('client_002'))
  const file = join(fleet.dir, 'clients', 'client_001.yml')
  const result = await fleet.ok(['client', 'remove', '001', '--confirm', 'client_001'])
  expect(existsSync(file)).toBe(false)
  expect(await docker('ps', '--all', '--quiet', '--filter', `name=${container('client_001')}`)).toBe('')
  expect((await shell('docker compose config --services', fleet.dir)).stdout.split('\n').toSorted()).toEqual([
    '',
    'bot-client-002',
    'bot-image',
    'postgres',
    'redis',
  ])
  expect(await fleet.sql(`select to_regnamespace('client_001') is null as gone`)).toEqual([{ gone: true }])
  expect(await bookings('client_002')).toEqual(rows)
  expect(await startedAt(container('client_002'))).toBe(other)
  // The printed lines bring the data back, word by word.
  const lines = result.stdout.split('\n').filter((line) => line.startsWith('    docker compose exec'))
  expect(lines).toHaveLength(3)
  for (const line of lines) {
    const ran = await shell(line.trim(), fleet.dir)
    expect(ran.exitCode, `${line}\n${ran.stderr}`).toBe(0)
  }
  const count = `docker compose exec -T postgres psql -U booking_user -d restored_client_001 -Atc 'select count(*) from client_001.bookings'`
  expect((await shell(count, fleet.dir)).stdout.trim()).toBe('1')
})

test('down keeps the data, up brings everything back, and deleting takes the name', async () => {
  await fleet.ok(['down'])
  const label = ['--filter', `label=com.docker.compose.project=${fleet.name}`]
  expect(await docker('ps', '--all', '--quiet', ...label)).toBe('')
  await fleet.ok(['up'])
  expect(await bookings('client_002')).toHaveLength(1)
  expect(await docker('inspect', '--format', '{{.State.Running}}', container('client_002'))).toBe('true')
  await fleet.ok(['down', '--delete-data', '--confirm', fleet.name])
  expect(await docker('volume', 'ls', '--quiet', ...label)).toBe('')
  expect(await docker('network', 'ls', '--quiet', ...label)).toBe('')
})
