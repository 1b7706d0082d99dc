import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { TestFleet } from './fleet.ts'
import { eventually } from './throwaway-servers.ts'

type Server = 'postgres' | 'redis'

/** Kills a server of the fleet (not its data); whoever watches over it starts it again. */
export function killServer(fleet: TestFleet, server: Server): void {
  const path = join(fleet.dir, '.bookctl/local/processes.json')
  const records = JSON.parse(readFileSync(path, 'utf8')) as Record<Server, { pid: number }>
  // PostgreSQL's word for an end that does not wait for its clients; its children would survive a SIGKILL for a while.
  process.kill(records[server].pid, server === 'postgres' ? 'SIGINT' : 'SIGKILL')
}

/** Waits until both servers answer again. */
export async function serversAnswer(fleet: TestFleet): Promise<void> {
  await eventually(() => fleet.sql('select'))
  const redis = fleet.openRedis()
  redis.on('error', () => undefined)
  try {
    await eventually(() => redis.ping())
  } finally {
    redis.disconnect()
  }
}

/** Kills a server and takes its port, so that it stays away for as long as `work` takes. */
export async function withoutServer<T>(fleet: TestFleet, server: Server, work: () => Promise<T>): Promise<T> {
  const settings = parse(readFileSync(join(fleet.dir, 'fleet.yml'), 'utf8')) as Record<
    Server,
    { port: number }
  >
  const open = new Set<Socket>()
  killServer(fleet, server)
  const squatter = await eventually(async () => {
    const listening = createServer((socket) => {
      open.add(socket)
      socket.on('error', () => undefined)
      socket.destroy()
    }).listen(settings[server].port, '127.0.0.1')
    await once(listening, 'listening')
    return listening
  })
  try {
    return await work()
  } finally {
    for (const socket of open) socket.destroy()
    squatter.close()
    await serversAnswer(fleet)
  }
}
