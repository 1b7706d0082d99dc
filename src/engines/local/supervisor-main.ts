// The detached process that runs one fleet's servers and bots: `node supervisor-main.js FLEET_DIR`.
// What it prints goes to .bookctl/local/logs/supervisor.log.
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { processIdentity } from '../../exec/process-identity.ts'
import { releaseLock, takeLock } from '../../exec/process-lock.ts'
import { loadFleet } from '../../fleet/fleet.ts'
import { ownProgramHash } from './config-hash.ts'
import { findSupervisor } from './control-client.ts'
import { type Asked, controlServer, type Handler } from './control-server.ts'
import { localLayout } from './layout.ts'
import { createSupervisor } from './supervisor.ts'

process.umask(0o077)
const dir = process.argv[2] ?? process.cwd()
const layout = localLayout(await loadFleet(dir))
// Two commands at once may each have started a supervisor: the one without the lock has nothing to do.
// One that is just ending gives the lock back soon.
const deadline = Date.now() + 25_000
while (!takeLock(layout.lock)) {
  if (findSupervisor(layout)?.alive || Date.now() > deadline) process.exit(0)
  await sleep(100)
}

const supervisor = await createSupervisor(dir)
const program = ownProgramHash()
const token = randomBytes(32).toString('base64url')

/** `up`, `down` and `resume` concern all services: one after the other. */
let queue: Promise<unknown> = Promise.resolve()
const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
  const next = queue.then(work, work)
  queue = next.catch(() => undefined)
  return next
}
const clientOf = (body: Asked) => body.clientId ?? ''

const handlers: Record<string, Handler> = {
  up: ({ serversOnly }) => inTurn(() => orEnd(() => supervisor.up(serversOnly))),
  resume: () => inTurn(() => orEnd(() => supervisor.resume())),
  down: () =>
    inTurn(async () => {
      await supervisor.down()
      rmSync(layout.supervisor, { force: true })
      end(0)
    }),
  start: (body) => supervisor.start(clientOf(body)),
  stop: (body) => supervisor.stop(clientOf(body)),
  restart: (body) => supervisor.restart(clientOf(body)),
  remove: (body) => supervisor.remove(clientOf(body)),
  list: async () => supervisor.list(),
  endpoints: async () => supervisor.endpoints(),
}
const server = controlServer(token, handlers)
const listening = once(server, 'listening')
server.listen(0, '127.0.0.1')
await listening
const { port } = server.address() as { port: number }
const info = { port, token, pid: process.pid, identity: processIdentity(process.pid), program }
writeFileSync(`${layout.supervisor}.new`, JSON.stringify(info), { mode: 0o600 })
renameSync(`${layout.supervisor}.new`, layout.supervisor)

// The host shuts down: end everything in order, but remember that the fleet was up.
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.on(signal, () => void inTurn(() => supervisor.suspend()).then(() => end(0)))
process.on('SIGHUP', () => undefined)

/** A first start that failed leaves nothing behind; what ran before goes on. */
async function orEnd(work: () => Promise<void>): Promise<void> {
  const before = supervisor.anyRunning()
  try {
    await work()
  } catch (error) {
    if (!before) {
      await supervisor.down()
      rmSync(layout.supervisor, { force: true })
      end(0)
    }
    throw error
  }
}

/** Once the answers that are on their way have been given. */
function end(code: number): void {
  server.close(() => {
    releaseLock(layout.lock)
    process.exit(code)
  })
}
