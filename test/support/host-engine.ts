import { spawn } from 'node:child_process'
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
  const pgTool: Engine['pgTool'] = async (tool, args, { database, stdin, stdout, onStart, signal }) => {
    const to = database === undefined ? [] : [`--dbname=${database}`]
    const child = spawn(join(findPostgresBin() ?? '', tool), [...to, ...args], {
      env: postgresEnv(url),
      stdio: ['pipe', 'pipe', 'pipe'],
      ...(signal ? { signal } : {}),
    })
    child.on('error', () => undefined)
    if (child.pid !== undefined) onStart?.(child.pid)
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
    let lines = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => (lines += text))
    child.stdin.on('error', () => undefined)
    // As the real engines: what cannot be read to its end must end the program.
    const fed = stdin ? pipeline(stdin, child.stdin).catch(() => undefined) : child.stdin.end()
    if (stdout) await pipeline(child.stdout, stdout)
    else child.stdout.resume()
    const code = await ended
    await fed
    if (code !== 0) throw new Error(`${tool} ended with ${code}: ${lines.trim()}`)
  }
  return new Proxy({ name: 'host', pgTool } as Engine, {
    get: (target, key) => {
      if (key in target) return target[key as keyof Engine]
      throw new Error(`a backup does not need engine.${String(key)}`)
    },
  })
}
