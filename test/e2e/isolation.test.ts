import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fleetWith, type TestBot, type TestFleet } from '../support/fleet.ts'
import { docker, shell } from './support/docker.ts'

// A bot that was taken over: what it can reach from inside its container, with everything that it was given.

let fleet: TestFleet
let anna: TestBot
let boris: TestBot
beforeAll(async () => {
  fleet = await fleetWith()
  anna = await fleet.addClient('client_anna')
  boris = await fleet.addClient('client_boris')
  await fleet.sql(`insert into client_boris.users (telegram_id, first_name) values (1, 'Ольга')`)
  const redis = ['exec', `${fleet.name}-redis`, 'redis-cli']
  await docker(...redis, 'SET', 'client_boris:user:1:state', 'secret', 'EX', '600')
})
afterAll(async () => {
  await fleet?.stop()
})

const container = (service: string) => `${fleet.name}-${service}`
const ANNA = 'bot-client-anna'
const everywhere = ['postgres', 'redis', ANNA, 'bot-client-boris', 'sandbox']

/** Runs a program of Node.js inside Anna's container, as whoever took her bot over would. */
function inside(script: string): Promise<string> {
  return docker('exec', container(ANNA), 'node', '--input-type=module', '-e', script)
}

/** Sends lines to a port and answers with what came back; no library is in the container. */
const talk = (host: string, port: number, lines: string) => `
  import { connect } from 'node:net'
  const socket = connect(${port}, ${JSON.stringify(host)})
  let text = ''
  socket.on('data', (chunk) => (text += chunk)).on('error', (error) => console.log(error.code))
  socket.write(${lines})
  setTimeout(() => { console.log(text); socket.destroy() }, 1000)`

describe('from inside one client’s container', () => {
  test('the other’s keys cannot be read, listed or guessed at', async () => {
    const login = '`AUTH ${process.env.REDIS_USERNAME} ${process.env.REDIS_PASSWORD}\\r\\n'
    const said = await inside(
      talk(
        'redis',
        6379,
        `${login}GET client_boris:user:1:state\\r\\nKEYS *\\r\\nSCAN 0\\r\\nRANDOMKEY\\r\\nSET client_anna:x 1\\r\\n\``,
      ),
    )
    const [auth, ...answers] = said
      .trim()
      .split('\n')
      .map((line) => line.trim())
    expect(auth).toBe('+OK')
    expect(answers).toHaveLength(5)
    for (const answer of answers.slice(0, 4)) expect(answer).toMatch(/^-NOPERM/)
    expect(said).not.toContain('secret')
  })

  test('the other’s schema, tables and rows of fleet are refused to its role', async () => {
    // The container has no psql; its role and password are all that counts, so the server's own psql uses them.
    const password = fleet.secret('DATABASE_PASSWORD_CLIENT_ANNA') ?? ''
    const as = (sql: string) =>
      shell(
        `docker exec -e PGPASSWORD ${container('postgres')} psql -h 127.0.0.1 -U client_anna -d booking_saas -Atc "${sql}"`,
        '/',
        { PGPASSWORD: password },
      )
    expect((await as('select count(*) from users')).stdout.trim()).toBe('0')
    for (const sql of [
      'select * from client_boris.users',
      'create table client_boris.mine ()',
      'create table client_anna.mine ()',
      'drop table client_anna.users',
      'select * from fleet.operations',
      'set role client_boris',
      'create temporary table mine ()',
    ])
      expect((await as(sql)).stderr, sql).toMatch(/permission denied|must be owner/)
    expect(
      (await as(`select count(*) from fleet.heartbeats where client_id <> 'client_anna'`)).stdout.trim(),
    ).toBe('0')
  })

  test('its environment holds its own secrets and nobody else’s', async () => {
    const environment = await inside('console.log(JSON.stringify(process.env))')
    expect(environment).toContain(anna.token)
    for (const name of [
      'BOT_TOKEN_CLIENT_BORIS',
      'DATABASE_PASSWORD_CLIENT_BORIS',
      'REDIS_PASSWORD_CLIENT_BORIS',
      'POSTGRES_PASSWORD',
      'REDIS_PASSWORD',
    ])
      expect(environment).not.toContain(fleet.secret(name) ?? 'missing')
  })

  test('it is nobody special: not root, no capabilities, a read-only file system, no socket of Docker', async () => {
    const facts = await inside(`
      import { existsSync, readFileSync, writeFileSync } from 'node:fs'
      const tried = (path) => { try { writeFileSync(path, 'x'); return 'written' } catch (error) { return error.code } }
      const status = readFileSync('/proc/self/status', 'utf8')
      console.log(JSON.stringify({
        uid: process.getuid(),
        effective: /CapEff:\\s*(\\S+)/.exec(status)[1],
        noNewPrivileges: /NoNewPrivs:\\s*(\\S+)/.exec(status)[1],
        app: tried('/app/bot.mjs'), root: tried('/x'), tmp: tried('/tmp/x'),
        socket: existsSync('/var/run/docker.sock'),
      }))`)
    expect(JSON.parse(facts)).toEqual({
      uid: 1000,
      effective: '0000000000000000',
      noNewPrivileges: '1',
      app: expect.stringMatching(/EROFS|EACCES/) as string,
      root: expect.stringMatching(/EROFS|EACCES/) as string,
      tmp: 'written',
      socket: false,
    })
  })
})

describe('from outside', () => {
  interface Inspected {
    Name: string
    Config: { User: string; Env: string[]; Cmd: string[]; Healthcheck?: { Test: string[] } }
    Mounts: { Source: string; Destination: string }[]
    HostConfig: {
      ReadonlyRootfs: boolean
      CapDrop: string[]
      SecurityOpt: string[]
      Memory: number
      PidsLimit: number
      Privileged: boolean
      LogConfig: { Type: string; Config: Record<string, string> }
      PortBindings: Record<string, { HostIp: string }[]> | null
    }
  }
  const inspected = async () =>
    JSON.parse(await docker('inspect', ...everywhere.map(container))) as Inspected[]

  test('every container is hardened, limited, watched, and listens on loopback alone', async () => {
    for (const one of await inspected()) {
      const { HostConfig, Config, Mounts, Name } = one
      expect(Config.User, Name).toMatch(/^(postgres|redis|node)$/)
      expect(HostConfig, Name).toMatchObject({ ReadonlyRootfs: true, CapDrop: ['ALL'], Privileged: false })
      expect(HostConfig.SecurityOpt, Name).toContain('no-new-privileges:true')
      expect(HostConfig.Memory, Name).toBeGreaterThan(0)
      expect(HostConfig.PidsLimit, Name).toBeGreaterThan(0)
      expect(HostConfig.LogConfig, Name).toEqual({
        Type: 'json-file',
        Config: { 'max-size': '10m', 'max-file': '3' },
      })
      expect(Config.Healthcheck?.Test.length ?? 0, Name).toBeGreaterThan(0)
      for (const bindings of Object.values(HostConfig.PortBindings ?? {}))
        for (const { HostIp } of bindings) expect(HostIp, Name).toBe('127.0.0.1')
      expect(JSON.stringify(Mounts), Name).not.toContain('docker.sock')
    }
  })

  test('planted secrets are in no other container, image layer, command line, log or generated file', async () => {
    const own: Record<string, string[]> = {
      [`/${container('postgres')}`]: ['POSTGRES_PASSWORD'],
      [`/${container('redis')}`]: ['REDIS_PASSWORD'],
      [`/${container(ANNA)}`]: [
        'BOT_TOKEN_CLIENT_ANNA',
        'DATABASE_PASSWORD_CLIENT_ANNA',
        'REDIS_PASSWORD_CLIENT_ANNA',
      ],
      [`/${container('bot-client-boris')}`]: [
        'BOT_TOKEN_CLIENT_BORIS',
        'DATABASE_PASSWORD_CLIENT_BORIS',
        'REDIS_PASSWORD_CLIENT_BORIS',
      ],
      [`/${container('sandbox')}`]: [],
    }
    const names = Object.values(own).flat()
    const valueOf = (name: string) => fleet.secret(name) ?? 'missing'
    expect(valueOf('BOT_TOKEN_CLIENT_BORIS')).toBe(boris.token)
    for (const one of await inspected())
      for (const name of names) {
        const text = JSON.stringify(one)
        const may = own[one.Name]?.includes(name)
        expect(text.includes(valueOf(name)), `${name} in ${one.Name}`).toBe(may)
        // Not in what the container runs, whoever's it is.
        expect(
          JSON.stringify(one.Config.Cmd).includes(valueOf(name)),
          `${name} in the command of ${one.Name}`,
        ).toBe(false)
      }
    const image = await docker('inspect', '--format', '{{.Config.Image}}', container(ANNA))
    const texts = [
      await docker('history', '--no-trunc', image),
      await docker('image', 'inspect', image),
      (await shell('cat /proc/[0-9]*/cmdline | tr "\\0" " "', '/')).stdout,
      ...(await Promise.all(
        everywhere.map(
          async (service) => (await shell(`docker logs ${container(service)} 2>&1`, '/')).stdout,
        ),
      )),
      ...['docker-compose.yml', 'docker-compose.base.yml', 'fleet.yml', 'clients/client_anna.yml'].map(
        (file) => readFileSync(join(fleet.dir, file), 'utf8'),
      ),
    ]
    for (const name of names)
      for (const text of texts)
        expect(text.includes(valueOf(name)), `${name} in ${text.slice(0, 60)}`).toBe(false)
    // The image has the bot and nothing of this fleet.
    const files = await shell(`docker run --rm --network none --entrypoint sh ${image} -c 'ls /app'`, '/')
    expect(files.stdout.trim()).toBe('bot.mjs')
  })
})
