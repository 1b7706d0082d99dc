import { runLines } from '../../exec/exec.ts'
import type { LogOptions } from '../engine.ts'
import { dockerEnvironment } from './docker.ts'

/** `docker logs` of one container. Docker keeps the last 30 MB of each (10m × 3). */
export function logWords(container: string, options: LogOptions): string[] {
  return [
    'docker',
    'logs',
    ...(options.tail === undefined ? [] : ['--tail', String(options.tail)]),
    ...(options.since === undefined ? [] : ['--since', options.since.toISOString()]),
    ...(options.follow ? ['--follow'] : []),
    container,
  ]
}

export function readDockerLogs(container: string, options: LogOptions = {}): AsyncGenerator<string> {
  return runLines(logWords(container, options), {
    env: dockerEnvironment(),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  })
}
