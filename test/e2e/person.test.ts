import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { EXIT } from '../../src/errors.ts'
import { fleetWith, type TestFleet } from '../support/fleet.ts'
import { docker, shell, startedAt } from './support/docker.ts'

// A person's hand in the fleet folder, and other people's things in the same Docker.

let fleet: TestFleet
beforeAll(async () => {
  fleet = await fleetWith('client_anna', 'client_boris')
})
afterAll(async () => {
  await fleet?.stop()
})

const file = (name: string) => join(fleet.dir, name)
const text = (name: string) => readFileSync(file(name), 'utf8')
const container = (service: string) => `${fleet.name}-${service}`
const ANNA = 'clients/client_anna.yml'

interface Service {
  environment: Record<string, string>
  labels: Record<string, string>
  volumes: string[]
  deploy: { resources: { limits: Record<string, string> } }
}
const serviceIn = (name: string, service = 'bot-client-anna') =>
  (parse(text(name), { merge: true }) as { services: Record<string, Service> }).services[service]

/** Writes a block under x-bookctl, as a person does in an editor. */
function declare(block: string): void {
  const before = text(ANNA).replace(/^ {2}compose:\n(?: {4}.*\n)*/m, '')
  writeFileSync(file(ANNA), before.replace(/^ {2}initial:/m, `${block}  initial:`))
}

describe('x-bookctl.compose', () => {
  test('is merged over the generated service and survives every command', async () => {
    declare(`  compose:
    memory: 300M
    cpus: 0.75
    environment:
      LOG_LEVEL: debug
      MY_OWN: value
    labels: [com.example.team=salon]
    volumes: ["./mine:/mine:ro"]
    stop_grace_period: 20s
`)
    await fleet.ok(['client', 'restart', 'anna'])
    const check = async () => {
      for (const name of [ANNA, 'docker-compose.yml']) {
        const service = serviceIn(name)
        expect(service?.environment).toMatchObject({
          LOG_LEVEL: 'debug',
          MY_OWN: 'value',
          CLIENT_ID: 'client_anna',
        })
        expect(service?.labels).toMatchObject({ 'com.example.team': 'salon' })
        expect(service?.volumes).toEqual(['./mine:/mine:ro'])
        expect(service?.deploy.resources.limits).toMatchObject({ memory: '300M', cpus: '0.75' })
      }
      expect(
        await docker(
          'inspect',
          '--format',
          '{{.HostConfig.Memory}} {{.HostConfig.NanoCpus}}',
          container('bot-client-anna'),
        ),
      ).toBe(`${300 * 1024 * 1024} 750000000`)
      expect(await docker('exec', container('bot-client-anna'), 'printenv', 'MY_OWN')).toBe('value')
    }
    await check()
    await fleet.ok(['client', 'set', 'anna', '--title', 'Новое имя', '--add-admin', '77'])
    await fleet.ok(['client', 'stop', 'anna'])
    await fleet.ok(['client', 'start', 'anna'])
    await fleet.ok(['up'])
    await check()
    // The comments of the generated part and the person's own stay.
    expect(text(ANNA)).toContain('# The file system is read-only')
    expect(text(ANNA)).toContain('# IANA time zone')
  })

  test('null takes a key out of the generated service', async () => {
    declare('  compose:\n    healthcheck: null\n')
    await fleet.ok(['client', 'restart', 'anna'])
    expect(serviceIn(ANNA)).not.toHaveProperty('healthcheck')
    declare('')
    await fleet.ok(['client', 'restart', 'anna'])
    expect(serviceIn(ANNA)).toHaveProperty('healthcheck')
  })

  test('a word that Compose does not know is refused, and nothing changes for anybody', async () => {
    const before = await startedAt(container('bot-client-anna'))
    const merged = text('docker-compose.yml')
    declare('  compose:\n    enviroment: { A: b }\n')
    const result = await fleet.bookctl(['client', 'restart', 'anna'])
    expect(result.exitCode).toBe(EXIT.configuration)
    expect(result.stderr).toContain(ANNA)
    expect(result.stderr).toContain('enviroment')
    expect(text('docker-compose.yml')).toBe(merged)
    expect(await startedAt(container('bot-client-anna'))).toBe(before)
    declare('')
  })

  test('Docker’s socket is refused', async () => {
    declare('  compose:\n    volumes: ["/var/run/docker.sock:/var/run/docker.sock"]\n')
    const result = await fleet.bookctl(['client', 'restart', 'anna'])
    expect(result.exitCode).toBe(EXIT.configuration)
    expect(result.stderr).toContain('socket')
    declare('')
  })
})

describe('the generated part', () => {
  test('a change made there is undone by the next command, and kept aside', async () => {
    const before = text(ANNA)
    writeFileSync(file(ANNA), before.replace('restart: unless-stopped', 'restart: always # mine'))
    await fleet.ok(['client', 'restart', 'anna'])
    expect(text(ANNA)).toBe(before)
    const kept = readdirSync(file('.bookctl/edited')).map((name) => text(join('.bookctl/edited', name)))
    expect(kept.some((one) => one.includes('restart: always # mine'))).toBe(true)
  })

  test('docker-compose.yml may be deleted: the next command writes it again', async () => {
    const before = text('docker-compose.yml')
    await shell('rm docker-compose.yml', fleet.dir)
    await fleet.ok(['client', 'restart', 'boris'])
    expect(text('docker-compose.yml')).toBe(before)
  })
})

describe('things of others under our names', () => {
  const made: string[][] = []
  afterEach(async () => {
    for (const words of made.splice(0)) await docker(...words)
  })

  test('a container under the name of a new client’s bot: client add names it and changes nothing', async () => {
    const name = container('bot-client-carl')
    await docker('create', '--name', name, 'node:24-alpine')
    made.push(['rm', '--force', name])
    const bot = await fleet.newBot()
    const env = text('.env')
    const result = await fleet.bookctl([
      'client',
      'add',
      'carl',
      '--title',
      'Carl',
      '--token-file',
      bot.tokenFile,
    ])
    expect(result.exitCode).toBe(EXIT.conflict)
    expect(result.stderr).toContain(`container ${name}`)
    expect(text('.env')).toBe(env)
    expect(readdirSync(file('clients')).toSorted()).toEqual(['client_anna.yml', 'client_boris.yml'])
    expect(await fleet.sql(`select to_regnamespace('client_carl') is null as none`)).toEqual([{ none: true }])
  })

  test('a container, network or volume under the names of a new fleet: up names them and starts nothing', async () => {
    const dir = join(fleet.dir, 'other')
    const name = `${fleet.name}-b`
    await fleet.ok(['init', dir, '--yes', '--name', name, '--engine', 'compose', '--timezone', 'UTC'])
    await docker('create', '--name', `${name}-redis`, 'redis:7-alpine')
    made.push(['rm', '--force', '--volumes', `${name}-redis`])
    await docker('network', 'create', `${name}-network`)
    made.push(['network', 'rm', `${name}-network`])
    await docker('volume', 'create', `${name}-postgres-data`)
    made.push(['volume', 'rm', `${name}-postgres-data`])
    const before = readdirSync(dir).toSorted()
    const result = await fleet.bookctl(['up'], { cwd: dir })
    expect(result.exitCode).toBe(EXIT.conflict)
    for (const thing of [
      `container ${name}-redis`,
      `network ${name}-network`,
      `volume ${name}-postgres-data`,
    ])
      expect(result.stderr).toContain(thing)
    expect(readdirSync(dir).toSorted()).toEqual(before)
    expect(await docker('ps', '--quiet', '--filter', `name=${name}-`)).toBe('')
  })

  test('another fleet of the same name on the same Docker is refused; its data is not touched', async () => {
    const dir = join(fleet.dir, 'twin')
    await fleet.ok(['init', dir, '--yes', '--name', fleet.name, '--engine', 'compose', '--timezone', 'UTC'])
    const before = await startedAt(container('postgres'))
    for (const command of [['up'], ['down', '--delete-data', '--confirm', fleet.name]]) {
      const result = await fleet.bookctl(command, { cwd: dir })
      expect(result.exitCode, result.stderr).toBe(EXIT.conflict)
      expect(result.stderr).toContain(container('postgres'))
    }
    expect(await startedAt(container('postgres'))).toBe(before)
  })
})
