import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Registry } from 'prom-client'
import type { ClientHealth, HealthReport } from '../contract/health.ts'

export interface HealthServer {
  port: number
  close(): Promise<void>
}

/**
 * GET /healthz: alive, whatever Telegram does; GET /readyz: database, Redis and Telegram are reached; GET /metrics for
 * Prometheus.
 */
export async function startHealthServer(
  at: { host: string; port: number },
  clients: () => (ClientHealth & { alive: boolean })[],
  registry: Registry,
): Promise<HealthServer> {
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0]
    if (path === '/metrics') {
      registry
        .metrics()
        .then((text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text))
        .catch((error: unknown) => response.writeHead(500).end(String(error)))
    } else if (path === '/healthz') {
      const now = clients()
      const alive = now.every((client) => client.alive)
      answer(response, alive ? 200 : 503, alive ? 'ok' : 'dead', now)
    } else if (path === '/readyz') {
      const now = clients()
      const ready = now.length > 0 && now.every((client) => client.ready)
      answer(response, ready ? 200 : 503, ready ? 'ok' : 'not-ready', now)
    } else response.writeHead(404).end()
  })
  server.listen(at.port, at.host)
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function answer(
  response: ServerResponse,
  code: number,
  status: HealthReport['status'],
  clients: (ClientHealth & { alive: boolean })[],
): void {
  const report: HealthReport = { status, clients: clients.map(({ alive: _, ...health }) => health) }
  response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(report))
}
