import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Engine } from '../../src/engines/engine.ts'
import { findPostgresBin } from '../../src/engines/local/binaries.ts'

/** Environment for PostgreSQL's programs: the password is not in argv. */
export function postgresEnv(url: string): Record<string, string> {
  const { hostname, port, username, password } = new URL(url)
  return {
    PATH: `${findPostgresBin()}:${process.env['PATH'] ?? ''}`,
    PGHOST: hostname,
    PGPORT: port || '5432',
    PGUSER: username,
    PGPASSWORD: decodeURIComponent(password),
  }
}

/** An engine of which only pgTool is there: it runs this host's binaries against the test server. */
export function hostEngine(url: string): Engine {
  const pgTool: Engine['pgTool'] = async (tool, args, { database, stdin, stdout, onStart }) => {
    const to = database === undefined ? [] : [`--dbname=${database}`]
    const child = spawn(join(findPostgresBin() ?? '', tool), [...to, ...args], {
      env: postgresEnv(url),
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    if (child.pid !== undefined) onStart?.(child.pid)
    const ended = once(child, 'close') as Promise<[number | null]>
    let lines = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => (lines += text))
    child.stdin.on('error', () => undefined)
    if (stdin) stdin.pipe(child.stdin)
    else child.stdin.end()
    if (stdout) await pipeline(child.stdout, stdout)
    else child.stdout.resume()
    const [code] = await ended
    if (code !== 0) throw new Error(`${tool} ended with ${code}: ${lines.trim()}`)
  }
  return new Proxy({ name: 'host', pgTool } as Engine, {
    get: (target, key) => {
      if (key in target) return target[key as keyof Engine]
      throw new Error(`a backup does not need engine.${String(key)}`)
    },
  })
}
