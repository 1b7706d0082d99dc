import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { lastBotMessage, type Person } from '../../../sandbox/client.ts'
import { releaseLock, takeLock } from '../../../src/exec/process-lock.ts'
import type { BackupView } from '../../../src/operations/backup-find.ts'
import type { ScheduleView } from '../../../src/operations/schedule.ts'
import { writeHistory } from '../../support/backup-history.ts'
import { whileHeld } from '../../support/colleague.ts'
import { fleetWith, type TestBot, type TestFleet } from '../../support/fleet.ts'

const DAY_MS = 86_400_000
const PATH_OF_PING = '/ping/PLANTED-dead-man-key'

let fleet: TestFleet
let bot: TestBot
let operator: Person
let pings: string[]
const server = createServer((request, response) => {
  pings.push(request.url ?? '')
  response.end('OK')
})

beforeAll(async () => {
  fleet = await fleetWith('anna')
  bot = await fleet.newBot('Alerts')
  const user = await fleet.sandbox.createUser({ first_name: 'Operator' })
  operator = fleet.sandbox.person(bot.id, user)
  await operator.write('/start')
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  edit('.env', (text) =>
    text
      .replace('ALERT_BOT_TOKEN=', `ALERT_BOT_TOKEN=${bot.token}`)
      .replace('DEAD_MAN_URL=', `DEAD_MAN_URL=http://127.0.0.1:${port}${PATH_OF_PING}`),
  )
  edit('fleet.yml', (text) => text.replace('chatIds: []', `chatIds: [${user.id}]`))
})
afterAll(async () => {
  server.close()
  await fleet.stop()
})
beforeEach(() => {
  pings = []
  rmSync(join(fleet.dir, '.bookctl/schedule.json'), { force: true })
})

const edit = (file: string, change: (text: string) => string) =>
  writeFileSync(join(fleet.dir, file), change(readFileSync(join(fleet.dir, file), 'utf8')))
const look = (...args: string[]) => fleet.bookctl(['schedule', 'run', ...args])
const log = () => readFileSync(join(fleet.dir, '.bookctl/log/schedule.log'), 'utf8')
const list = async (id: string) =>
  JSON.parse((await fleet.ok(['backup', 'list', id, '--json'])).stdout) as BackupView[]
const forget = (id: string) => rmSync(join(fleet.dir, 'backups', id), { recursive: true, force: true })
const alerts = async () => (await fleet.sandbox.calls({ bot: bot.id, method: 'sendMessage' })).length

test('the first look backs up every client and what they share, restores them for proof, and tells the dead man', async () => {
  const { exitCode, stdout } = await look()
  expect([exitCode, stdout]).toEqual([0, ''])
  for (const id of ['client_anna', 'fleet']) {
    const made = await list(id)
    expect(made).toHaveLength(1)
    expect(made[0]).toMatchObject({ reason: 'schedule', proof: { level: 'restore' } })
  }
  expect(pings).toEqual([PATH_OF_PING])
  expect(log()).toMatch(/Z backup: done: 2 backups\n(.*\n)*.*Z drill: done: 2 restored/)
})

test('the next look finds nothing to do, says nothing to cron, and tells the dead man again', async () => {
  expect(await look('--quiet')).toEqual({ exitCode: 0, stdout: '', stderr: '' })
  expect(await list('client_anna')).toHaveLength(1)
  expect(pings).toHaveLength(1)
  expect(log()).toMatch(/Z nothing is due\n$/)
})

test('nights that were slept through are made up for once', async () => {
  const old = [3, 4].map((days) => ({ at: new Date(Date.now() - days * DAY_MS) }))
  const folder = join(fleet.dir, 'backups/client_anna')
  const today = readdirSync(folder)
  writeHistory(folder, old)
  for (const file of today) rmSync(join(folder, file))
  expect((await fleet.bookctl(['backup', 'check'])).exitCode).toBe(3)
  await look()
  await look()
  expect(await list('client_anna')).toHaveLength(3)
  // Who was backed up tonight is not backed up again.
  expect(await list('fleet')).toHaveLength(1)
  expect((await fleet.bookctl(['backup', 'check'])).exitCode).toBe(0)
})

test('a failure reaches the operator’s Telegram, stderr (which cron mails) and the log, and the dead man hears nothing', async () => {
  forget('client_anna')
  await whileHeld(fleet, 'client_anna', async () => {
    const before = await alerts()
    const { exitCode, stdout, stderr } = await look('--quiet')
    expect([exitCode, stdout]).toEqual([3, ''])
    for (const told of [stderr, log(), lastBotMessage(await operator.view())?.text])
      expect(told).toMatch(/client_anna is being changed by 'a colleague'/)
    expect(lastBotMessage(await operator.view())?.text).toContain(fleet.dir)
    expect(await alerts()).toBe(before + 1)
    const shown = JSON.parse((await fleet.ok(['schedule', 'show', '--json'])).stdout) as ScheduleView
    expect(shown.tasks[0]).toMatchObject({ task: 'backup', overdue: true, last: { ok: false, failures: 1 } })
    // Twice more it is tried and told; then only the silence tells.
    expect([(await look()).exitCode, (await look()).exitCode, (await look()).exitCode]).toEqual([3, 3, 0])
    expect(await alerts()).toBe(before + 3)
  })
  expect(pings).toEqual([])
})

test('an alert that cannot be sent changes no result: it is a warning without the token', async () => {
  forget('client_anna')
  edit('.env', (text) => text.replace(bot.token, '123456:PLANTED-token-of-thirty-characters-and-more'))
  const { exitCode, stderr } = await whileHeld(fleet, 'client_anna', () => look('--quiet'))
  edit('.env', (text) => text.replace('123456:PLANTED-token-of-thirty-characters-and-more', bot.token))
  expect(exitCode).toBe(3)
  expect(stderr).toMatch(/! chat \d+ was not told: Telegram does not know the token ALERT_BOT_TOKEN/)
  const good = await look('--quiet')
  expect([good.exitCode, good.stderr, pings.length]).toEqual([0, '', 1])
})

test('a dead man who does not answer is a warning, without his address', async () => {
  const before = readFileSync(join(fleet.dir, '.env'), 'utf8')
  edit('.env', (text) => text.replace(/DEAD_MAN_URL=.*/, `DEAD_MAN_URL=http://127.0.0.1:1${PATH_OF_PING}`))
  const { exitCode, stderr } = await look('--quiet')
  writeFileSync(join(fleet.dir, '.env'), before)
  expect([exitCode, stderr]).toEqual([0, '! DEAD_MAN_URL does not answer (ECONNREFUSED)\n'])
})

test('two runs never overlap: the later one says so and does nothing; a dead one’s lock holds nobody up', async () => {
  const lock = join(fleet.dir, '.bookctl/schedule.lock')
  const count = (await list('client_anna')).length
  expect(takeLock(lock)).toBe(true)
  const second = await look('backup')
  releaseLock(lock)
  expect([second.exitCode, second.stderr]).toEqual([
    0,
    expect.stringContaining('another run is still going on'),
  ])
  expect(await list('client_anna')).toHaveLength(count)
  expect(log()).toMatch(/another run is still going on; this one does nothing\n$/)
  writeFileSync(lock, JSON.stringify({ pid: 1, identity: 'of an earlier boot' }))
  expect((await look('backup')).exitCode).toBe(0)
  expect(await list('client_anna')).toHaveLength(count + 1)
  expect(existsSync(lock)).toBe(false)
})

test('copies that failed are tried again at the next look, without a second backup, and the dead man waits for them', async () => {
  const place = join(fleet.dir, 'elsewhere')
  writeFileSync(place, 'a file where the folder should be')
  edit('fleet.yml', (text) =>
    text.replace('  offsite: null', `  offsite: ${JSON.stringify({ type: 'directory', path: place })}`),
  )
  forget('client_anna')
  const failed = await look('--quiet')
  expect([failed.exitCode, failed.stderr]).toEqual([3, expect.stringContaining(place)])
  expect(await list('client_anna')).toHaveLength(1)
  expect((await look('--quiet')).exitCode).toBe(3)
  expect(pings).toEqual([])
  rmSync(place)
  mkdirSync(place)
  expect((await look('--quiet')).exitCode).toBe(0)
  expect(log()).toMatch(/Z backup: done: 0 backups, \d+ copied off site\n/)
  expect(await list('client_anna')).toMatchObject([{ offsiteAt: expect.any(String) }])
  expect(pings).toHaveLength(1)
  expect(await look('--quiet')).toMatchObject({ exitCode: 0, stderr: '' })
  expect(log()).toMatch(/Z nothing is due\n$/)
})

test('a drill without the key says so once a night, and the dead man hears of a fleet that is safe', async () => {
  edit('fleet.yml', (text) => text.replace('encryptArchives: false', 'encryptArchives: true'))
  forget('client_anna')
  forget('fleet')
  const key = join(fleet.dir, '.bookctl/age-identity.txt')
  renameSync(key, `${key}.away`)
  expect((await look('--quiet')).exitCode).toBe(0)
  expect(log()).toMatch(/Z drill: done: 0 restored, 2 not restored for want of the key/)
  expect(pings).toHaveLength(1)
  await look('--quiet')
  expect(log()).toMatch(/Z nothing is due\n$/)
  expect(pings).toHaveLength(2)
  renameSync(`${key}.away`, key)
})

test('no secret stands in the log', () => {
  for (const secret of [bot.token, 'PLANTED', fleet.secret('POSTGRES_PASSWORD') ?? '?'])
    expect(log()).not.toContain(secret)
})

test('without the program crontab, install names the package and what to do instead', async () => {
  const { exitCode, stderr } = await fleet.bookctl(['schedule', 'install'], { env: { PATH: '/nowhere' } })
  expect(exitCode).toBe(13)
  expect(stderr).toMatch(/crontab is not installed[\s\S]*apt-get install cron[\s\S]*schedule run --fleet/)
})
