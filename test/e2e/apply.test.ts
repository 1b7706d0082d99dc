import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { EXIT } from '../../src/errors.ts'
import { packageFile } from '../../src/files/package-root.ts'
import { uniqueWord } from '../support/database.ts'
import { fleetWith, type TestBot, type TestFleet } from '../support/fleet.ts'
import { expectOneAfterTheOther } from '../support/start-order.ts'
import { docker, shell, startedAt } from './support/docker.ts'

// What a person, or a newer bookctl, changes behind the back of a running fleet: diff shows it, apply mends it, and a
// second apply has nothing to do.

let fleet: TestFleet
const bots: Record<string, TestBot> = {}
/** Images that this test has made: only its own fleet has ever used them. */
const ownImages = new Set<string>()
beforeAll(async () => {
  fleet = await fleetWith()
  for (const id of ['client_anna', 'client_boris']) bots[id] = await fleet.addClient(id)
})
afterAll(async () => {
  await fleet?.stop()
  if (ownImages.size > 0) await docker('image', 'rm', ...ownImages)
})

const file = (name: string) => join(fleet.dir, name)
const text = (name: string) => readFileSync(file(name), 'utf8')
const container = (service: string) => `${fleet.name}-${service}`
const ANNA = 'bot-client-anna'
const BORIS = 'bot-client-boris'

interface Plan {
  pending: boolean
  shared: { what: string }[]
  files: { path: string; edited: boolean; patch: string }[]
  clients: { id: string; changes: { part: string; why: string }[] }[]
}
async function diff(): Promise<Plan> {
  return JSON.parse((await fleet.ok(['diff', '--json'])).stdout) as Plan
}
const partsOf = (plan: Plan, id = 'client_anna') =>
  plan.clients.find((one) => one.id === id)?.changes.map(({ part }) => part) ?? []

/** Applies, and proves that nothing is left and that a second run touches nothing. */
async function mends(): Promise<void> {
  await fleet.ok(['apply'])
  const services = ['postgres', 'redis', ANNA, BORIS].map(container)
  const before = await Promise.all(services.map(startedAt))
  expect((await fleet.ok(['apply'])).stdout.trim()).toBe('Nothing to do.')
  expect(await Promise.all(services.map(startedAt))).toEqual(before)
  expect((await fleet.bookctl(['diff', '--exit-code'])).exitCode).toBe(EXIT.ok)
  expect((await fleet.bookctl(['status'])).exitCode).toBe(EXIT.ok)
}

afterEach(async () => {
  // Never two pollers of one token, whatever was restarted.
  for (const bot of Object.values(bots)) {
    const calls = await fleet.sandbox.calls({ bot: bot.id, method: 'getUpdates' })
    expect(JSON.stringify(calls)).not.toContain('"error_code":409')
  }
})

test('a fleet just made has nothing to do', async () => {
  expect(await diff()).toMatchObject({ pending: false })
  expect((await fleet.ok(['apply'])).stdout.trim()).toBe('Nothing to do.')
})

describe('behind our back', () => {
  test.each([
    ['a container was removed', () => docker('rm', '--force', container(ANNA))],
    ['a bot was stopped', () => docker('stop', container(ANNA))],
  ])('%s', async (_, change) => {
    const other = await startedAt(container(BORIS))
    await change()
    expect(partsOf(await diff())).toEqual(['bot'])
    await mends()
    expect(await startedAt(container(BORIS))).toBe(other)
  })

  test('rights were given and taken, and a Redis user is gone', async () => {
    const other = await startedAt(container(ANNA))
    await fleet.sql('revoke select on client_anna.services from client_anna')
    await fleet.sql('grant select on client_anna.users to client_boris')
    await docker('exec', container('redis'), 'redis-cli', 'ACL', 'DELUSER', 'client_anna')
    expect(partsOf(await diff())).toEqual(expect.arrayContaining(['grants', 'redis']))
    await mends()
    expect(
      await fleet.sql(`select has_table_privilege('client_anna', 'client_anna.services', 'select') as own,
      has_table_privilege('client_boris', 'client_anna.users', 'select') as other`),
    ).toEqual([{ own: true, other: false }])
    // The rights of a bot that runs are mended under it.
    expect(await startedAt(container(ANNA))).toBe(other)
  })

  test('a token in .env was replaced: that bot alone is restarted', async () => {
    const other = await startedAt(container(BORIS))
    const fresh = await fleet.newBot()
    writeFileSync(file('.env'), text('.env').replace(bots['client_anna']?.token ?? '-', fresh.token))
    expect(partsOf(await diff())).toEqual(['bot'])
    await mends()
    expect(await docker('exec', container(ANNA), 'printenv', 'BOT_TOKEN')).toBe(fresh.token)
    expect(await startedAt(container(BORIS))).toBe(other)
    bots['client_anna'] = fresh
  })

  test('generated text was changed by hand: the difference is shown before it is undone', async () => {
    const name = 'clients/client_anna.yml'
    const before = text(name)
    writeFileSync(file(name), before.replace('restart: unless-stopped', 'restart: "no"'))
    const plan = await diff()
    const shown = plan.files.find(({ path }) => path === name)
    expect(shown).toMatchObject({ edited: true })
    expect(shown?.patch).toContain('-    restart: "no"\n+    restart: unless-stopped')
    const result = await fleet.ok(['apply'])
    expect(result.stderr).toContain(`${name} was changed by hand`)
    expect(text(name)).toBe(before)
    await mends()
  })

  test('a file was written by hand: its client is added', async () => {
    const fresh = await fleet.newBot()
    bots['client_carl'] = fresh
    writeFileSync(file('.env'), `${text('.env')}\nBOT_TOKEN_CLIENT_CARL=${fresh.token}\n`)
    writeFileSync(
      file('clients/client_carl.yml'),
      '# Mine.\nx-bookctl:\n  id: client_carl\n  title: Carl\n  timeZone: Asia/Yekaterinburg\n',
    )
    await mends()
    expect(text('clients/client_carl.yml')).toMatch(/^# Mine\.\nx-bookctl:/)
    expect(await docker('inspect', '--format', '{{.State.Running}}', container('bot-client-carl'))).toBe(
      'true',
    )
    expect(await fleet.sql(`select state from fleet.clients where client_id = 'client_carl'`)).toEqual([
      { state: 'active' },
    ])
  })
})

describe('changed on purpose', () => {
  test('settings of PostgreSQL in fleet.yml: it restarts, the bots live through it', async () => {
    const before = await Promise.all([ANNA, BORIS].map((service) => startedAt(container(service))))
    writeFileSync(
      file('fleet.yml'),
      text('fleet.yml').replace('sharedBuffers: 256MB', 'sharedBuffers: 192MB'),
    )
    expect((await diff()).shared.map(({ what }) => what)).toEqual(['postgres'])
    await mends()
    expect(await fleet.sql('show shared_buffers')).toEqual([{ shared_buffers: '192MB' }])
    expect(await Promise.all([ANNA, BORIS].map((service) => startedAt(container(service))))).toEqual(before)
  })

  test('limits of all bots in fleet.yml: every bot gets them, one after the other', async () => {
    writeFileSync(file('fleet.yml'), text('fleet.yml').replace('memory: 256MB', 'memory: 200MB'))
    expect(partsOf(await diff(), 'client_boris')).toEqual(['bot'])
    await mends()
    for (const service of [ANNA, BORIS])
      expect(await docker('inspect', '--format', '{{.HostConfig.Memory}}', container(service))).toBe(
        String(200 * 1024 * 1024),
      )
  })

  test('another version of the bots: the image is built, and every bot restarted with it', async () => {
    const image = await docker('inspect', '--format', '{{.Config.Image}}', container(ANNA))
    // The fleet's own template takes the place of the one that ships, as a newer bookctl would.
    mkdirSync(file('templates'))
    const dockerfile = readFileSync(packageFile('templates/bot.Dockerfile'), 'utf8')
    // Another text in each run: an image that an earlier run has left would be there already.
    const run = uniqueWord()
    writeFileSync(file('templates/bot.Dockerfile'), `${dockerfile}LABEL example.changed="${run}"\n`)
    expect((await diff()).shared.map(({ what }) => what)).toEqual([
      expect.stringMatching(/^image bookctl-bot:/),
    ])
    await mends()
    for (const service of [ANNA, BORIS]) {
      const now = await docker('inspect', '--format', '{{.Config.Image}}', container(service))
      ownImages.add(now)
      expect(now).not.toBe(image)
      expect(
        await docker('inspect', '--format', '{{index .Config.Labels "example.changed"}}', container(service)),
      ).toBe(run)
    }
  })

  test('everything is stopped: apply brings it up as declared, one bot after the other', async () => {
    const stopped = await shell('docker compose stop', fleet.dir)
    expect(stopped.exitCode, stopped.stderr).toBe(0)
    expect((await fleet.bookctl(['diff', '--exit-code'])).exitCode).toBe(EXIT.drift)
    await fleet.ok(['apply'])
    await expectOneAfterTheOther(fleet)
    expect((await fleet.bookctl(['status'])).exitCode).toBe(EXIT.ok)
  })
})
