// What a command over a fleet in containers costs with 10 and with 1000 clients declared, against the guide's way (one
// compose file with all services). On a real Docker engine. Run: npx tsx bench/fleet.ts
import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createSandboxClient } from '../sandbox/client.ts'
import { engineFor } from '../src/engines/index.ts'
import { pickPort } from '../src/engines/ports.ts'
import { readEnvFile, requireEnv } from '../src/env/env-file.ts'
import { writeDeclaration } from '../src/fleet/clients.ts'
import { loadFleet } from '../src/fleet/fleet.ts'
import { clientNames } from '../src/fleet/names.ts'
import { insertPendingClient, setClientState } from '../src/operations/client-rows.ts'
import { openAdmin } from '../src/postgres/admin.ts'
import { provisionClient } from '../src/postgres/provision.ts'
import { ensureAclUser, openRedis } from '../src/redis/admin.ts'
import { generatePassword } from '../src/secrets/generate.ts'
import { median, printTable } from './support.ts'

const fleets = [10, 1000]
const rounds = 3
const program = fileURLToPath(new URL('../bin/bookctl.js', import.meta.url))
const dir = mkdtempSync(join(tmpdir(), 'bookctl-bench-'))
const name = `bench-${process.pid}`
const port = await pickPort()
const quiet = {
  cwd: dir,
  stdio: ['ignore', 'ignore', 'pipe'] as ['ignore', 'ignore', 'pipe'],
  maxBuffer: 1e8,
}
const bookctl = (...args: string[]) => execFileSync(process.execPath, [program, ...args], quiet)
const docker = (...args: string[]) => execFileSync('docker', args, quiet)

function timed(work: () => void): number {
  const started = performance.now()
  work()
  return performance.now() - started
}

/** Declares and provisions clients as `client add` does, with their bots kept stopped: no machine runs a thousand. */
async function declareUpTo(count: number): Promise<void> {
  const fleet = await loadFleet(dir)
  const env = await readEnvFile(fleet)
  const engine = engineFor(fleet)
  const password = requireEnv(env, 'POSTGRES_PASSWORD')
  const db = await openAdmin({ endpoint: await engine.postgres(), password, applicationName: 'bench' })
  const redis = await openRedis({
    endpoint: await engine.redis(),
    password: requireEnv(env, 'REDIS_PASSWORD'),
  })
  for (let number = declared; number < count; number++) {
    const names = clientNames(`client_d${number}`)
    const uuid = crypto.randomUUID()
    const [databasePassword, redisPassword] = [generatePassword(), generatePassword()]
    const botId = String(1_000_000 + number)
    const entries: Record<string, string> = {
      [names.env.token]: `${botId}:${'x'.repeat(35)}`,
      [names.env.adminIds]: '',
      [names.env.databasePassword]: databasePassword,
      [names.env.redisPassword]: redisPassword,
    }
    const lines = Object.entries(entries).map(([entry, value]) => `${entry}=${value}\n`)
    appendFileSync(join(dir, '.env'), `\n# ${names.id}\n${lines.join('')}`)
    const declaration = {
      id: names.id,
      uuid,
      title: names.id,
      timeZone: 'Europe/Moscow',
      run: false,
      initial: {},
    }
    await writeDeclaration(fleet, declaration)
    await insertPendingClient(db, { uuid, id: names.id, title: names.id, botId, botUsername: null })
    await provisionClient(db, names, { ...declaration, password: databasePassword })
    await ensureAclUser(redis, names, redisPassword)
    await setClientState(db, uuid, 'active')
  }
  declared = count
  await engine.writeFiles()
  await redis.end()
  await db.end()
}

let declared = 0
const results: Record<string, number>[] = []
const titles = {
  add: 'bookctl client add',
  addByGuide: 'docker compose up -d ONE, one file',
  status: 'bookctl status --json',
  statusByGuide: 'docker compose ps, one file',
  apply: 'bookctl apply, nothing to do',
  applyByGuide: 'docker compose up -d, nothing to do',
}
type Key = keyof typeof titles
try {
  const roots = [
    '--telegram-api-root',
    'http://sandbox:8081',
    '--telegram-host-api-root',
    `http://127.0.0.1:${port}`,
  ]
  bookctl('init', '--yes', '--name', name, '--engine', 'compose', '--timezone', 'Europe/Moscow', ...roots)
  bookctl('up')
  bookctl('sandbox', '--container', '--port', String(port))
  const telegram = createSandboxClient(`http://127.0.0.1:${port}`)
  for (const count of fleets) {
    await declareUpTo(count)
    const times: Record<Key, number[]> = {
      add: [],
      addByGuide: [],
      status: [],
      statusByGuide: [],
      apply: [],
      applyByGuide: [],
    }
    // Alternating, so that a noisy neighbour hits each.
    for (let round = 0; round < rounds; round++) {
      const id = `client_n${count}x${round}`
      const bot = await telegram.createBot({ name: id })
      writeFileSync(join(dir, 'token'), bot.token)
      times.add.push(timed(() => bookctl('client', 'add', id, '--title', id, '--token-file', 'token')))
      const { service } = clientNames(id)
      docker('compose', '-p', name, 'rm', '--stop', '--force', service)
      times.addByGuide.push(timed(() => docker('compose', '-p', name, 'up', '--detach', service)))
      times.status.push(timed(() => bookctl('status', '--json')))
      times.statusByGuide.push(timed(() => docker('compose', '-p', name, 'ps')))
      times.apply.push(timed(() => bookctl('apply')))
      times.applyByGuide.push(timed(() => docker('compose', '-p', name, 'up', '--detach')))
    }
    results.push(Object.fromEntries(Object.entries(times).map(([key, values]) => [key, median(values)])))
  }
  printTable(
    [`median of ${rounds}`, ...fleets.map((count) => `${count} clients`), 'ratio'],
    (Object.keys(titles) as Key[]).map((key) => {
      const [few = 0, many = 0] = results.map((result) => result[key] ?? 0)
      return [
        titles[key],
        `${(few / 1000).toFixed(2)} s`,
        `${(many / 1000).toFixed(2)} s`,
        (many / few).toFixed(2),
      ]
    }),
  )
} finally {
  bookctl('down', '--delete-data', '--confirm', name)
  rmSync(dir, { recursive: true, force: true })
}
