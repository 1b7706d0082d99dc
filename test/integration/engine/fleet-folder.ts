import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import type { Engine } from '../../../src/engines/engine.ts'
import { engineFor } from '../../../src/engines/index.ts'
import { loadFleet } from '../../../src/fleet/fleet.ts'
import { clientNames } from '../../../src/fleet/names.ts'
import { uniqueWord } from '../../support/database.ts'

export interface TestFleet {
  dir: string
  engine: Engine
  /** Every secret of the fleet, planted to be searched for. */
  secrets: string[]
  declare(id: string): void
  supervisorPid(): number
  close(): Promise<void>
}

/** Makes fleets that are closed after the test that asked for them. */
export function fleetsOfEachTest(): (...ids: string[]) => Promise<TestFleet> {
  const open: TestFleet[] = []
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close()
  })
  return async (...ids) => {
    const made = await fleetWith(...ids)
    open.push(made)
    return made
  }
}

/** A fleet folder in a temporary folder, with a stub for the bot's program. */
async function fleetWith(...ids: string[]): Promise<TestFleet> {
  const dir = mkdtempSync(join(tmpdir(), 'bookctl-fleet-'))
  for (const name of ['clients', 'backups', '.bookctl/local'])
    mkdirSync(join(dir, name), { recursive: true, mode: 0o700 })
  const secrets: string[] = []
  const secret = (name: string, value = `planted-${uniqueWord()}${uniqueWord()}`) => {
    secrets.push(value)
    writeFileSync(join(dir, '.env'), `${name}=${value}\n`, { flag: 'a', mode: 0o600 })
  }
  secret('POSTGRES_PASSWORD')
  secret('REDIS_PASSWORD')
  writeFileSync(
    join(dir, 'fleet.yml'),
    `name: booking\nid: ${randomUUID()}\n` +
      'engine: local\ntimeZone: Europe/Moscow\n' +
      'postgres:\n  port: null\n  sharedBuffers: 32MB\n  maxConnections: 40\n' +
      'redis:\n  port: null\n  maxMemory: 32MB\nbackup:\n  ageRecipient: age1test\n',
  )
  process.env['BOOKCTL_BOT_PROGRAM'] = stubBot(dir)
  const declare = (id: string) => {
    const names = clientNames(id)
    secret(names.env.token, `1234567:${uniqueWord()}${uniqueWord()}${uniqueWord()}${uniqueWord()}`)
    secret(names.env.databasePassword)
    secret(names.env.redisPassword)
    writeFileSync(
      join(dir, 'clients', `${id}.yml`),
      `x-bookctl:\n  id: ${id}\n  uuid: ${randomUUID()}\n  title: ${id}\n  timeZone: Europe/Moscow\n`,
    )
  }
  for (const id of ids) declare(id)
  const engine = engineFor(await loadFleet(dir))
  return {
    dir,
    engine,
    secrets,
    declare,
    supervisorPid: () =>
      (JSON.parse(readFileSync(join(dir, '.bookctl/local/supervisor.json'), 'utf8')) as { pid: number }).pid,
    async close() {
      await engine.down()
      await engine.deleteData()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** Logs like the real bot; ends with the exit code that the file `exit-ID` holds. */
function stubBot(dir: string): string {
  const path = join(dir, 'stub-bot.mjs')
  writeFileSync(
    path,
    `import { existsSync, readFileSync } from 'node:fs'
const id = process.env.CLIENT_ID
console.log(JSON.stringify({ level: 30, time: Date.now(), msg: 'bot_started', client: id }))
setInterval(() => {
  const file = ${JSON.stringify(dir)} + '/exit-' + id
  if (existsSync(file)) process.exit(Number(readFileSync(file, 'utf8')))
}, 50)
`,
  )
  return path
}

/** Pids whose command line or environment names this fleet's folder, by what their command line says. */
export function processesOf(dir: string, words: string): number[] {
  return commandLines()
    .filter(({ pid, line }) => line.includes(words) && environmentOf(pid).includes(dir))
    .map(({ pid }) => pid)
}

export function commandLines(): { pid: number; line: string }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), line: read(`/proc/${name}/cmdline`).replaceAll('\0', ' ') }))
}

const environmentOf = (pid: number) => read(`/proc/${pid}/environ`)

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // It ended while we looked.
    return ''
  }
}
