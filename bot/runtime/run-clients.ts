import type { Logger } from 'pino'
import type { BotConfig } from '../config.ts'
import { botFeatures } from '../features.ts'
import { type HealthServer, startHealthServer } from '../http/server.ts'
import { type HostedClient, hostClient } from './host-client.ts'
import { createMetrics } from './metrics.ts'

export interface Runtime {
  readonly clients: readonly HostedClient[]
  readonly healthPort: number
  /** Resolves when all clients have stopped; rejects when all have ended and one of them could not go on. */
  readonly finished: Promise<void>
  /** Reports what no client caught, and waits until it is sent. */
  reportFault(error: unknown): Promise<void>
  stop(): Promise<void>
}

export interface RuntimeOptions {
  log: Logger
  version: string
  http: { host: string; port: number }
  /** The clock, in epoch milliseconds. */
  now?: () => number
}

/** Hosts 1…n clients in this process. They share the screens and nothing else; the end of one is not the others' end. */
export async function runClients(configs: readonly BotConfig[], options: RuntimeOptions): Promise<Runtime> {
  const metrics = createMetrics()
  const features = botFeatures().middleware()
  const clients = configs.map((config) =>
    hostClient(config, {
      log: options.log,
      version: options.version,
      now: options.now ?? Date.now,
      metrics,
      features,
    }),
  )
  let http: HealthServer
  try {
    http = await startHealthServer(
      options.http,
      () => clients.map((client) => client.health()),
      metrics.registry,
    )
  } catch (error) {
    await Promise.all(clients.map((client) => client.stop()))
    throw error
  }
  const finished = allEnded(clients)
  finished.catch(() => undefined)
  return {
    clients,
    healthPort: http.port,
    finished,
    async reportFault(error) {
      await Promise.all(clients.map((client) => client.reportFault(error)))
    },
    async stop() {
      await Promise.all(clients.map((client) => client.stop()))
      await http.close()
    },
  }
}

async function allEnded(clients: readonly HostedClient[]): Promise<void> {
  const ends = await Promise.allSettled(clients.map((client) => client.finished))
  const failed = ends.find((end) => end.status === 'rejected')
  if (failed) throw failed.reason
}
