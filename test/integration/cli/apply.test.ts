import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse as parseYaml } from 'yaml'
import { engineFor } from '../../../src/engines/index.ts'
import { EXIT } from '../../../src/errors.ts'
import { loadFleet } from '../../../src/fleet/fleet.ts'
import { fleetWith, type TestBot, type TestFleet } from '../../support/fleet.ts'
import { expectOneAfterTheOther } from '../../support/start-order.ts'

let fleet: TestFleet
let boris: TestBot
beforeAll(async () => {
  fleet = await fleetWith('anna')
  boris = await fleet.addClient('boris')
})
afterAll(async () => {
  await fleet?.stop()
})

const instances = async (): Promise<Record<string, string>> => {
  const rows = await fleet.sql<{ client_id: string; instance: string }>(
    'select client_id, instance::text from fleet.heartbeats',
  )
  return Object.fromEntries(rows.map(({ client_id, instance }) => [client_id, instance]))
}
const path = (file: string) => join(fleet.dir, file)
const edit = (file: string, from: string | RegExp, to: string) => {
  const before = readFileSync(path(file), 'utf8')
  const after = before.replace(from, to)
  expect(after).not.toBe(before)
  writeFileSync(path(file), after)
}
const engine = async () => engineFor(await loadFleet(fleet.dir))
const redis = async (...words: [string, ...string[]]) => {
  const { port } = (parseYaml(readFileSync(path('fleet.yml'), 'utf8')) as { redis: { port: number } }).redis
  const connection = new Redis({ port, password: fleet.secret('REDIS_PASSWORD') ?? '' })
  try {
    return await connection.call(...words)
  } finally {
    connection.disconnect()
  }
}
/** The lines of a table without its head, with one space between columns. */
const rows = (stdout: string) =>
  stdout
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.replaceAll(/ {2,}/g, ' | '))

const FILE = 'clients/client_boris.yml'
const CHANGED = 'its token, or another setting of its environment, has changed'

test('a fleet that follows its files has nothing to do, and nothing restarts', async () => {
  const before = await instances()
  expect((await fleet.ok(['diff', '--exit-code'])).stdout).toBe('Nothing to do.\n')
  expect((await fleet.ok(['apply'])).stdout).toBe('Nothing to do.\n')
  expect(JSON.parse((await fleet.ok(['apply', '--json'])).stdout)).toEqual({
    changed: false,
    shared: [],
    files: [],
    clients: [],
  })
  expect(await instances()).toEqual(before)
})

interface Case {
  broken: () => Promise<unknown>
  found: string[]
  /** Whether the bot of the client is another one afterwards. */
  restarts: boolean
}
const cases: Record<string, Case> = {
  'rights of another client, and too few of its own': {
    broken: async () => {
      await fleet.sql('grant usage on schema client_boris to client_anna')
      await fleet.sql('grant select on client_boris.users to client_anna, public')
      await fleet.sql('revoke insert on client_boris.bookings from client_boris')
    },
    found: [
      'client_boris | grants | schema: client_anna has usage',
      'client_boris | grants | bookings: client_boris lacks insert',
      'client_boris | grants | users: public has select',
      'client_boris | grants | users: client_anna has select',
    ],
    restarts: false,
  },
  'walls of what all clients share': {
    broken: async () => {
      await fleet.sql('revoke delete on fleet.leases from fleet_client')
      await fleet.sql('alter table fleet.outbox disable row level security')
      await fleet.sql('alter default privileges for role fleet_owner grant select on tables to public')
    },
    found: [
      'fleet | schema fleet | leases: fleet_client lacks delete',
      'fleet | schema fleet | outbox: row level security is off',
      'fleet | schema fleet | what fleet_owner makes: public would have select on tables',
    ],
    restarts: false,
  },
  'a role with another password, and more rights': {
    broken: () => fleet.sql(`alter role client_boris password 'other' createrole`),
    found: ['client_boris | role | has createrole', 'client_boris | role | password is not that of .env'],
    restarts: false,
  },
  'a Redis user that is gone': {
    broken: () => redis('ACL', 'DELUSER', 'client_boris'),
    found: ['client_boris | redis | is missing'],
    restarts: false,
  },
  'a title and a zone edited in the file': {
    broken: async () => {
      edit(FILE, /title: .*/, 'title: Boris & Co # as on the sign')
      edit(FILE, 'timeZone: Europe/Moscow', 'timeZone: Asia/Omsk')
    },
    found: [
      'client_boris | settings | title: Salon boris → Boris & Co',
      'client_boris | settings | time zone: Europe/Moscow → Asia/Omsk',
    ],
    restarts: false,
  },
  'a service that was deleted': {
    broken: async () => (await engine()).remove('client_boris'),
    found: ['client_boris | bot | start: it does not run'],
    restarts: true,
  },
  'a bot that was stopped behind our back': {
    broken: async () => (await engine()).stop('client_boris'),
    found: ['client_boris | bot | start: it does not run'],
    restarts: true,
  },
  'other admins in .env': {
    broken: async () => edit('.env', 'ADMIN_IDS_CLIENT_BORIS=', 'ADMIN_IDS_CLIENT_BORIS=77'),
    found: [`client_boris | bot | restart: ${CHANGED}`],
    restarts: true,
  },
  'a new token in .env': {
    broken: async () => edit('.env', boris.token, await fleet.sandbox.revoke(boris.id)),
    found: [`client_boris | bot | restart: ${CHANGED}`],
    restarts: true,
  },
  'run: false in the file': {
    broken: async () => edit(FILE, 'run: true', 'run: false'),
    found: ['client_boris | bot | stop: run: false is declared'],
    restarts: false,
  },
  'run: true again': {
    broken: async () => edit(FILE, 'run: false', 'run: true'),
    found: ['client_boris | bot | start: it does not run'],
    restarts: true,
  },
  'a file that is gone': {
    broken: async () => rmSync(path(FILE)),
    found: [
      'client_boris | declaration | clients/client_boris.yml is missing: written again from the database (to remove a client: bookctl client remove client_boris)',
      'client_boris | bot | compared with its file, once that is there',
    ],
    restarts: false,
  },
  'a file that has lost its uuid': {
    broken: async () => edit(FILE, / {2}uuid: .*\n/, ''),
    found: [
      'client_boris | declaration | clients/client_boris.yml lacks the uuid',
      'client_boris | bot | compared with its file, once that is there',
    ],
    restarts: false,
  },
  'passwords that are gone from .env': {
    broken: async () => {
      edit('.env', /DATABASE_PASSWORD_CLIENT_BORIS=.*\n/, '')
      edit('.env', /REDIS_PASSWORD_CLIENT_BORIS=.*\n/, '')
    },
    found: [
      'client_boris | secrets | DATABASE_PASSWORD_CLIENT_BORIS is missing in .env',
      'client_boris | secrets | REDIS_PASSWORD_CLIENT_BORIS is missing in .env',
      'client_boris | role | gets the new password',
      'client_boris | redis | gets the new password',
      'client_boris | bot | restart: DATABASE_PASSWORD_CLIENT_BORIS is missing in .env',
    ],
    restarts: true,
  },
}

describe('diff finds and apply mends, once, and touches no other bot:', () => {
  test.each(Object.entries(cases))('%s', async (_, { broken, found, restarts }) => {
    const before = await instances()
    await broken()
    const diff = await fleet.bookctl(['diff', '--detailed-exitcode'])
    expect(diff.exitCode).toBe(EXIT.drift)
    expect(rows(diff.stdout)).toEqual(found)
    expect(rows((await fleet.ok(['apply', '--dry-run'])).stdout)).toEqual(found)
    expect(await instances()).toEqual(before)

    expect(rows((await fleet.ok(['apply'])).stdout)).toEqual(found)
    const after = await instances()
    expect(after['client_anna']).toBe(before['client_anna'])
    expect(after['client_boris'] !== before['client_boris']).toBe(restarts)
    expect((await fleet.ok(['apply'])).stdout).toBe('Nothing to do.\n')
    expect(await instances()).toEqual(after)
  })

  test('and the bot of that client answers its customers afterwards', async () => {
    const person = fleet.sandbox.person(boris.id, await fleet.sandbox.createUser({ first_name: 'Маша' }))
    await person.write('/start')
    await person.waitFor((view) => view.messages.some((message) => message.from.is_bot), 'an answer')
    expect(readFileSync(path(FILE), 'utf8')).toContain('title: Boris & Co')
  })
})

test('what is shared follows fleet.yml too: one server restarts, the walls are closed, no bot restarts', async () => {
  const before = await instances()
  edit('fleet.yml', /maxMemory: \S+/, 'maxMemory: 65MB')
  await fleet.sql('grant create on schema public to public')
  const found = [
    'fleet | redis | it runs with settings other than those of fleet.yml and .env',
    'fleet | database | everybody has rights that only clients may have',
  ]
  expect(rows((await fleet.ok(['diff'])).stdout)).toEqual(found)
  expect(rows((await fleet.ok(['apply'])).stdout)).toEqual(found)
  expect(await redis('CONFIG', 'GET', 'maxmemory')).toEqual(['maxmemory', String(65 * 1024 * 1024)])
  expect((await fleet.ok(['apply'])).stdout).toBe('Nothing to do.\n')
  expect(await instances()).toEqual(before)
})

describe('a file written by hand', () => {
  const mine = `# from the old system
x-bookctl:
  # our third
  id: client_carla
  title: Carla # nails
  timeZone: Europe/Moscow
  initial:
    services:
      - name: Маникюр
        minutes: 90
`
  test('without a token in .env is refused by the name of the entry, and the others are mended', async () => {
    writeFileSync(path('clients/client_carla.yml'), mine)
    await fleet.sql('grant select on client_anna.users to public')
    const diff = await fleet.ok(['diff'])
    expect(rows(diff.stdout)).toEqual([
      'client_anna | grants | users: public has select',
      'client_carla | problem | BOT_TOKEN_CLIENT_CARLA is missing in .env. Add the line BOT_TOKEN_CLIENT_CARLA=… with the token that @BotFather shows.',
    ])
    const result = await fleet.bookctl(['apply'])
    expect(result.exitCode).toBe(EXIT.partly)
    expect(rows(result.stdout)).toEqual(['client_anna | grants | users: public has select'])
    expect(result.stderr).toContain('BOT_TOKEN_CLIENT_CARLA is missing in .env')
    expect(result.stderr).toContain('1 of 3 failed: client_carla')
    const alone = await fleet.bookctl(['apply', 'carla', '--json'])
    expect(alone.exitCode).toBe(EXIT.configuration)
    expect(JSON.parse(alone.stdout)).toMatchObject({ error: { code: 'secret-missing' } })
  })

  test('gets its uuid and becomes a client, with its comments kept', async () => {
    const { token } = await fleet.newBot('Carla')
    writeFileSync(path('.env'), `BOT_TOKEN_CLIENT_CARLA=${token}\n`, { flag: 'a' })
    const before = await instances()
    const result = await fleet.ok(['apply'])
    expect(rows(result.stdout)).toEqual(['client_carla | client | is declared, and not added yet'])
    expect(result.stdout + result.stderr).not.toContain(token)
    expect(readFileSync(path('clients/client_carla.yml'), 'utf8').replace(/ {2}uuid: .*\n/, '')).toBe(
      mine
        .replace('\n  initial:', '\n  initial:')
        .replace('  # our third\n  id', '  # our third\n  run: true\n  id'),
    )
    const after = await instances()
    expect(after).toEqual({ ...before, client_carla: after['client_carla'] })
    expect(await fleet.sql('select name from client_carla.services')).toEqual([{ name: 'Маникюр' }])
    expect((await fleet.ok(['apply'])).stdout).toBe('Nothing to do.\n')
  })

  test('of a client that was removed is refused', async () => {
    const text = readFileSync(path('clients/client_carla.yml'), 'utf8')
    await fleet.ok(['client', 'remove', 'carla', '--confirm', 'carla'])
    writeFileSync(path('clients/client_carla.yml'), text)
    const result = await fleet.bookctl(['apply', 'carla'])
    expect(result.exitCode).toBe(EXIT.conflict)
    expect(result.stderr).toContain('bookctl client add client_carla --new')
    rmSync(path('clients/client_carla.yml'))
  })
})

test('a client that nobody knows is not found, with the nearest names', async () => {
  const result = await fleet.bookctl(['apply', 'borsi'])
  expect(result.exitCode).toBe(EXIT.notFound)
  expect(result.stderr).toContain('client_boris')
})

test('a fleet that is not up is told by diff, and brought up by apply: servers first, then one bot after the other', async () => {
  await fleet.ok(['down'])
  const diff = await fleet.ok(['diff'])
  expect(rows(diff.stdout)).toEqual([
    'fleet | postgres | it does not run',
    'fleet | redis | it does not run',
    'client_anna | bot | start: it does not run',
    'client_boris | bot | start: it does not run',
  ])
  expect(diff.stderr).toContain('were not compared')
  expect(rows((await fleet.ok(['apply'])).stdout)).toEqual(rows(diff.stdout))
  await expectOneAfterTheOther(fleet)
  expect((await fleet.ok(['apply'])).stdout).toBe('Nothing to do.\n')
})
