import { once } from 'node:events'
import { createServer } from 'node:net'
import { BookctlError } from '../errors.ts'
import type { FleetSettings } from '../fleet/schema.ts'
import type { Endpoint } from './engine.ts'
import { notUp } from './not-up.ts'

const HOST = '127.0.0.1'

/** Where both servers listen. @throws BookctlError while no ports were picked: the fleet was never up. */
export function endpointsOf({ postgres, redis }: FleetSettings): { postgres: Endpoint; redis: Endpoint } {
  if (postgres.port === null || redis.port === null) throw notUp()
  return { postgres: { host: HOST, port: postgres.port }, redis: { host: HOST, port: redis.port } }
}

/** A free port of the loopback address below the range that the system gives to outgoing connections. */
export async function pickPort(taken: readonly number[] = []): Promise<number> {
  for (let tries = 0; tries < 200; tries++) {
    const port = 20_000 + Math.floor(Math.random() * 12_000)
    if (!taken.includes(port) && (await isFree(port))) return port
  }
  throw new BookctlError('no-free-port', 'preflight', 'No free port between 20000 and 32000 on 127.0.0.1', {
    hint: 'Name free ports in fleet.yml: postgres.port and redis.port.',
  })
}

/** @throws BookctlError (exit 13) when somebody else listens on `port`. Whoever it is, is left alone. */
export async function requireFreePort(port: number, service: 'postgres' | 'redis'): Promise<void> {
  if (await isFree(port)) return
  throw new BookctlError(
    'port-in-use',
    'preflight',
    `Port ${port} on ${HOST}, which fleet.yml gives to ${service}, is used by another program`,
    { hint: `Stop that program, or change ${service}.port in fleet.yml, then run bookctl up again.` },
  )
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  try {
    const listening = once(server, 'listening')
    server.listen(port, HOST)
    await listening
    return true
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'EADDRINUSE' || code === 'EACCES') return false
    throw error
  } finally {
    server.close()
  }
}
