import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../bin/bookctl.js', import.meta.url))

export interface CliResult {
  stdout: string
  stderr: string
  exitCode: number | null
}

export interface CliOptions {
  /** Another copy of bin/bookctl.js than that of the checkout. */
  program?: string
  cwd?: string
  env?: Record<string, string>
  stdin?: string
  /** Called with the child, for tests that kill it. */
  onStart?: (child: { pid: number; kill(signal: NodeJS.Signals): boolean }) => void
  /** Called with all of stdout so far, for commands that go on until they are stopped. */
  onStdout?: (text: string) => void
  /** Called with all of stderr so far. */
  onStderr?: (text: string) => void
}

/** Runs the built `bookctl` as an operator would, without a terminal. */
export async function bookctl(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const child = spawn(process.execPath, [options.program ?? program, ...args], {
    cwd: options.cwd,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], LANG: 'C.UTF-8', ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
    options.onStdout?.(stdout)
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
    options.onStderr?.(stderr)
  })
  // A command that fails early closes its stdin; what it printed is what the test wants to see.
  child.stdin.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
  child.stdin.end(options.stdin ?? '')
  if (child.pid !== undefined) options.onStart?.({ pid: child.pid, kill: (signal) => child.kill(signal) })
  const [exitCode] = (await once(child, 'close')) as [number | null]
  return { stdout, stderr, exitCode }
}
