import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { renderBase } from '../../../src/engines/compose/base-file.ts'
import { renderClientService } from '../../../src/engines/compose/client-service.ts'
import { type Container, parseContainers } from '../../../src/engines/compose/containers.ts'
import { dockerEnvironment, isNewEnough } from '../../../src/engines/compose/docker.ts'
import { planBots } from '../../../src/engines/compose/drift.ts'
import { imagesOf } from '../../../src/engines/compose/images.ts'
import { logWords } from '../../../src/engines/compose/logs.ts'
import { refuseLoopback } from '../../../src/engines/compose/loopback.ts'
import { mergeService } from '../../../src/engines/compose/merge-service.ts'
import { joinServices, splitServices } from '../../../src/engines/compose/merged-file.ts'
import { readTemplate } from '../../../src/engines/compose/templates.ts'
import { composeWords } from '../../../src/engines/compose/words.ts'
import { parse as parseEnv } from '../../../src/env/dotenv.ts'
import type { EnvFile } from '../../../src/env/env-file.ts'
import type { Fleet } from '../../../src/fleet/fleet.ts'
import { clientIdOfService, fleetNames } from '../../../src/fleet/names.ts'
import { fleetPaths } from '../../../src/fleet/paths.ts'
import { type ClientDeclaration, fleetSettingsSchema } from '../../../src/fleet/schema.ts'
import { seal, unseal } from '../../../src/fleet/sealed.ts'

const ID = 'ff4b12e7-69e3-44cb-84de-af2064286725'

function fleetOf(settings: Record<string, unknown> = {}): Fleet {
  const dir = '/nowhere'
  const given = {
    name: 'booking',
    id: ID,
    engine: 'compose',
    timeZone: 'UTC',
    backup: { ageRecipient: 'age1x' },
  }
  return { dir, paths: fleetPaths(dir), settings: fleetSettingsSchema.parse({ ...given, ...settings }) }
}
function envOf(text: string): EnvFile {
  const entries = parseEnv(text)
  return { get: (name: string) => entries.get(name), names: () => [...entries.keys()] }
}
const anna: ClientDeclaration = {
  id: 'client_anna',
  uuid: ID,
  title: 'Anna',
  timeZone: 'Europe/Moscow',
  run: true,
  initial: {},
}
const IMAGES = { postgres: 'p:1', redis: 'r:1', node: 'n:1', bot: 'b:1' }

describe('names', () => {
  test('are those of the deployment guide for the fleet named booking', () => {
    const names = fleetNames('booking')
    expect([names.container('postgres'), names.container('bot-client-001'), names.network]).toEqual([
      'booking-postgres',
      'booking-bot-client-001',
      'booking-network',
    ])
  })

  test.each([
    ['bot-client-001', 'client_001'],
    ['bot-client-a-b', 'client_a_b'],
    ['bot-master', undefined],
    ['postgres', undefined],
  ])('service %s belongs to %s', (service, id) => expect(clientIdOfService(service)).toBe(id))
})

describe('the words that docker is given', () => {
  test('one client is brought up by the base and its own file alone', () => {
    expect(
      composeWords('booking', ['docker-compose.base.yml', 'clients/client_001.yml'], 'up', '--detach', 'x'),
    ).toEqual([
      'compose',
      '-p',
      'booking',
      '-f',
      'docker-compose.base.yml',
      '-f',
      'clients/client_001.yml',
      'up',
      '--detach',
      'x',
    ])
  })

  test('logs with everything', () => {
    const since = new Date('2026-01-31T09:00:00Z')
    expect(logWords('c', { tail: 5, since, follow: true })).toEqual(
      'docker logs --tail 5 --since 2026-01-31T09:00:00.000Z --follow c'.split(' '),
    )
  })

  test('variables of the operator’s shell do not get into compose files', () => {
    const environment = dockerEnvironment({
      POSTGRES_PASSWORD: 'other',
      COMPOSE_FILE: 'x.yml',
      DOCKER_HOST: 'unix:///d',
    })
    expect(environment).toMatchObject({ DOCKER_HOST: 'unix:///d' })
    expect(environment).not.toHaveProperty('POSTGRES_PASSWORD')
    expect(environment).not.toHaveProperty('COMPOSE_FILE')
  })

  test.each([
    ['2.19.1', false],
    ['2.20.0', true],
    ['v2.26.1-4', true],
    ['5.0.1', true],
    ['1.29.2', false],
    ['nonsense', false],
  ])('Compose %s is new enough: %s', (version, enough) => expect(isNewEnough(version)).toBe(enough))
})

describe('generated text', () => {
  const sealed = seal('for a test', 'a: 1\nb: 2\n')

  test('is found behind what a person wrote, and known as untouched', () => {
    expect(unseal(`mine: 1\n\n${sealed}`)).toEqual({
      before: 'mine: 1\n\n',
      body: 'a: 1\nb: 2\n',
      edited: false,
    })
  })

  test('a change in it is noticed; other line ends are none', () => {
    expect(unseal(sealed.replace('b: 2', 'b: 3'))?.edited).toBe(true)
    expect(unseal(sealed.replaceAll('\n', '\r\n'))?.edited).toBe(false)
  })

  test('a file without it is all the person’s', () => expect(unseal('mine: 1\n')).toBeUndefined())
})

describe('the shared stack', () => {
  test('as it ships it is a complete compose file of its own', async () => {
    const shipped = parse(await readTemplate(fleetOf(), 'docker-compose.base.yml'), { merge: true }) as {
      services: Record<string, unknown>
    }
    expect(Object.keys(shipped.services)).toEqual(['bot-image', 'postgres', 'redis'])
  })

  test('gets every value from fleet.yml and leaves only secrets to .env', async () => {
    const fleet = fleetOf({
      name: 'salons',
      postgres: { port: 20_001, sharedBuffers: '1GB', maxConnections: 77, memory: '3GB' },
      redis: { port: 20_002, maxMemory: '1GB' },
    })
    const text = renderBase(fleet, await readTemplate(fleet, 'docker-compose.base.yml'), IMAGES)
    expect(text.match(/\$\{\w+/g)?.toSorted()).toEqual(['${POSTGRES_PASSWORD', '${REDIS_PASSWORD'])
    for (const found of [
      'name: salons\n',
      'container_name: salons-postgres',
      '"127.0.0.1:20001:5432"',
      '-cmax_connections=77',
      '-cshared_buffers=1GB',
      '--maxmemory 1gb',
      'memory: "2176MB"',
      `bookctl.fleet: "${ID}"`,
    ])
      expect(text).toContain(found)
  })

  test('the registry of fleet.yml is put before every image', async () => {
    const images = await imagesOf(fleetOf({ images: { registry: 'mirror.example.com/library' } }))
    expect(images).toMatchObject({
      postgres: 'mirror.example.com/library/postgres:16-alpine',
      redis: 'mirror.example.com/library/redis:7-alpine',
      node: 'mirror.example.com/library/node:24-alpine',
    })
    expect(images.bot).toMatch(/^mirror\.example\.com\/library\/bookctl-bot:\d+\.\d+\.\d+-[0-9a-f]{12}$/)
  })
})

describe('a client’s service', () => {
  const render = async (declaration: ClientDeclaration, settings = {}) => {
    const fleet = fleetOf(settings)
    const text = renderClientService(
      fleet,
      declaration,
      await readTemplate(fleet, 'client-service.yml'),
      IMAGES,
    )
    const { services } = parse(text) as { services: Record<string, Record<string, unknown>> }
    return { text, service: services['bot-client-anna'] ?? {} }
  }

  test('holds references to .env in place of secrets, under the names of the guide', async () => {
    const { service } = await render({ ...anna, initial: { workHours: { start: 10, end: 20 } } })
    expect(service['container_name']).toBe('booking-bot-client-anna')
    expect(service['environment']).toMatchObject({
      BOT_TOKEN: '${BOT_TOKEN_CLIENT_ANNA}',
      ADMIN_IDS: '${ADMIN_IDS_CLIENT_ANNA:-}',
      CLIENT_ID: 'client_anna',
      DATABASE_URL: 'postgresql://client_anna:${DATABASE_PASSWORD_CLIENT_ANNA}@postgres:5432/booking_saas',
      PG_SCHEMA: 'client_anna',
      REDIS_HOST: 'redis',
      REDIS_PORT: '6379',
      REDIS_KEY_PREFIX: 'client_anna:',
      WORK_HOURS_START: '10',
      WORK_HOURS_END: '20',
    })
  })

  test('has a profile that keeps it down while the operator keeps it stopped', async () => {
    expect((await render({ ...anna, run: false })).service['profiles']).toEqual(['stopped'])
    expect((await render(anna)).service).not.toHaveProperty('profiles')
  })

  test('joins what a person wrote: maps by key, lists by item, commands as a whole', () => {
    const text =
      'services:\n  s:\n    # why\n    command: [a, b]\n    networks: [n]\n    environment: { A: "1", B: "2" }\n'
    const over = { command: ['c'], networks: ['n', 'm'], environment: ['B=3', 'C'], memory: '1g' }
    const merged = mergeService(text, 's', over, 'clients/x.yml')
    expect(merged).toContain('# why')
    expect(parse(merged)).toEqual({
      services: {
        s: {
          command: ['c'],
          networks: ['n', 'm'],
          environment: { A: '1', B: '3', C: '${C}' },
          deploy: { resources: { limits: { memory: '1g' } } },
        },
      },
    })
  })
})

describe('addresses that a container cannot reach', () => {
  const refused = (env: string, settings = {}) => {
    try {
      refuseLoopback(fleetOf(settings), envOf(env))
      return undefined
    } catch (error) {
      return error as Error & { hint: string }
    }
  }

  test.each([
    'socks5://127.0.0.1:1080',
    'http://localhost:3128',
    'socks5://user:p@[::1]:1080',
    'http://127.8.0.1:1',
  ])('a proxy at %s is refused with the address to use instead', (proxy) => {
    const error = refused(`TELEGRAM_PROXY=${proxy}\n`)
    expect(error?.message).toContain('TELEGRAM_PROXY')
    expect(error?.hint).toContain(`host.docker.internal:${new URL(proxy).port}`)
    // A proxy's password is a secret.
    expect(`${error?.message}${error?.hint}`).not.toContain('user:p')
  })

  test('so is a Bot API server; others are fine', () => {
    expect(refused('', { telegram: { apiRoot: 'http://127.0.0.1:8081' } })?.message).toContain(
      'telegram.apiRoot',
    )
    expect(refused('TELEGRAM_PROXY=socks5://proxy.example.com:1080\n')).toBeUndefined()
    expect(refused('TELEGRAM_PROXY=\n', { telegram: { apiRoot: 'http://sandbox:8081' } })).toBeUndefined()
  })
})

describe('what must happen to the bots', () => {
  const container = (
    state: Container['state'],
    configHash = 'now',
    service = 'bot-client-anna',
  ): Container => ({
    id: 'i',
    name: 'n',
    service,
    state,
    configHash,
    image: 'b:1',
    fleetId: ID,
  })
  const hashes = new Map([['bot-client-anna', 'now']])
  test.each<[string, ClientDeclaration[], Container[], string[]]>([
    ['runs as declared', [anna], [container('running')], []],
    ['crashes as declared', [anna], [container('restarting')], []],
    ['was made from other settings', [anna], [container('running', 'before')], ['restart']],
    ['was removed', [anna], [], ['start']],
    ['was stopped', [anna], [container('exited')], ['start']],
    ['runs, and should not', [{ ...anna, run: false }], [container('running')], ['stop']],
    ['is stopped, and should be', [{ ...anna, run: false }], [container('exited')], []],
    ['has no declaration', [], [container('running')], ['remove']],
  ])('a bot that %s', (_, declarations, containers, changes) => {
    expect(planBots(declarations, containers, hashes).map(({ change }) => change)).toEqual(changes)
  })

  test('servers and the sandbox are no bots', () => {
    expect(planBots([], [container('running', 'x', 'postgres')], hashes)).toEqual([])
  })
})

test('a listing of docker is read by columns', () => {
  expect(parseContainers(`abc\tbooking-redis\tredis\trunning\th1\tredis:7-alpine\t${ID}\n`)).toEqual([
    {
      id: 'abc',
      name: 'booking-redis',
      service: 'redis',
      state: 'running',
      configHash: 'h1',
      image: 'redis:7-alpine',
      fleetId: ID,
    },
  ])
})

describe('the file for people', () => {
  const base = 'name: b\n\nservices:\n  postgres:\n    image: p\n'
  const services = new Map([
    ['client_b', '  bot-client-b:\n    image: i\n'],
    ['client_a', '  bot-client-a:\n    # why\n    image: i\n'],
  ])

  test('is the base with every service behind the name of its file, in order', () => {
    expect(joinServices(base, services)).toBe(
      `${base}\n  # clients/client_a.yml\n  bot-client-a:\n    # why\n    image: i\n\n  # clients/client_b.yml\n  bot-client-b:\n    image: i\n`,
    )
  })

  test('is taken apart as it was joined', () => {
    expect(splitServices(joinServices(base, services))).toEqual({ base, services })
    expect(splitServices(base)).toEqual({ base, services: new Map() })
  })
})
