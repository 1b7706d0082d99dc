import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A server that takes connections (the kernel does that for it) and never answers, until it is thawed. */
export interface Frozen {
  readonly pid: number
  thaw(): void
}

/** Freezes PostgreSQL or Redis of a fleet with the local engine. */
export function freeze(fleetDir: string, service: 'postgres' | 'redis'): Frozen {
  const records = JSON.parse(readFileSync(join(fleetDir, '.bookctl/local/processes.json'), 'utf8')) as Record<
    string,
    { pid?: number }
  >
  const pid = records[service]?.pid
  if (pid === undefined) throw new Error(`${service} does not run`)
  process.kill(pid, 'SIGSTOP')
  return { pid, thaw: () => void process.kill(pid, 'SIGCONT') }
}
