import type { TestProject } from 'vitest/node'
import { startPostgres, startRedis, type ThrowawayServer } from './throwaway-servers.ts'

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string
    redisUrl: string
  }
}

/** Real servers for all integration tests: those named by the environment, or throwaway ones from this host's binaries. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const started: ThrowawayServer[] = []
  const use = async (named: string | undefined, start: () => Promise<ThrowawayServer>) => {
    if (named) return named
    const server = await start()
    started.push(server)
    return server.url
  }
  project.provide('postgresUrl', await use(process.env['TEST_DATABASE_URL'], startPostgres))
  project.provide('redisUrl', await use(process.env['TEST_REDIS_URL'], startRedis))
  return async () => {
    for (const server of started) await server.stop()
  }
}
