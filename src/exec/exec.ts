import type { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { BookctlError } from '../errors.ts'
import { isDiskFull } from '../files/disk-full.ts'

export interface RunOptions {
  /** Variables of the program besides PATH, HOME, LANG. This is where secrets go, never into `argv`. */
  env?: Record<string, string>
  cwd?: string
  stdin?: Readable | string
  /** Where stdout goes, which is then not kept in memory. It is ended when the program ends. */
  stdout?: NodeJS.WritableStream
  /** Run as another user of this host (root only). */
  user?: { uid: number; gid: number } | undefined
  signal?: AbortSignal
  onStart?: (pid: number) => void
  /** What the operator can do about a failure. */
  hint?: string
}

/**
 * Runs a program given as an array of words; never a shell, so there is nothing to quote.
 * @throws BookctlError `program-missing` (exit 13), or `program-failed` (exit 3) with the program's own last
 * lines; never with its environment.
 */
export async function run(argv: readonly string[], options: RunOptions = {}): Promise<{ stdout: string }> {
  const [program = '', ...args] = argv
  const { execa } = await import('execa')
  const child = execa(program, args, {
    ...options.user,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.signal === undefined ? {} : { cancelSignal: options.signal }),
    extendEnv: false,
    env: { ...programEnvironment(), ...options.env },
    stdin: options.stdin === undefined ? 'ignore' : 'pipe',
    buffer: { stdout: options.stdout === undefined },
  })
  if (child.pid !== undefined) options.onStart?.(child.pid)
  const work: Promise<unknown>[] = []
  if (typeof options.stdin === 'string') child.stdin?.end(options.stdin)
  else if (options.stdin && child.stdin) work.push(feed(options.stdin, child.stdin))
  if (options.stdout) work.push(pipeline(child.stdout, options.stdout))
  const [ended, ...streams] = await Promise.allSettled([child, ...work])
  // A program whose output we cannot keep hears only of a broken pipe; why it is broken is what the operator needs.
  for (const stream of streams)
    if (stream.status === 'rejected' && isDiskFull(stream.reason)) throw stream.reason
  if (ended.status === 'rejected') throw await translate(program, ended.reason, options.hint)
  for (const stream of streams) if (stream.status === 'rejected') throw stream.reason
  return { stdout: ended.value.stdout ?? '' }
}

/**
 * Lines that a program writes to stdout and stderr, in the order in which they come, until it ends. When `signal`
 * aborts, the program is ended and so are the lines.
 * @throws BookctlError as `run` does.
 */
export async function* runLines(
  argv: readonly string[],
  options: Pick<RunOptions, 'env' | 'cwd' | 'signal'> = {},
): AsyncGenerator<string> {
  const [program = '', ...args] = argv
  const { execa } = await import('execa')
  const child = execa(program, args, {
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.signal === undefined ? {} : { cancelSignal: options.signal }),
    extendEnv: false,
    env: { ...programEnvironment(), ...options.env },
    stdin: 'ignore',
    all: true,
    buffer: false,
  })
  try {
    yield* child.iterable({ from: 'all' })
    await child
  } catch (error) {
    if (options.signal?.aborted) return
    throw await translate(program, error, undefined)
  }
}

/** What every program needs of our own environment, and nothing else of it. */
export function programEnvironment(env: NodeJS.ProcessEnv = process.env): Record<string, string> {
  const names = ['PATH', 'HOME', 'LANG', 'TMPDIR', 'SYSTEMROOT', 'NODE_EXTRA_CA_CERTS']
  return Object.fromEntries(names.flatMap((name) => (env[name] ? [[name, env[name]]] : [])))
}

/** A program that fails early closes its stdin: its exit code says more than our EPIPE. */
async function feed(from: Readable, to: Writable): Promise<void> {
  try {
    await pipeline(from, to)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code !== 'EPIPE' && code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
  }
}

async function translate(program: string, cause: unknown, hint: string | undefined): Promise<unknown> {
  const { ExecaError } = await import('execa')
  if (!(cause instanceof ExecaError)) return cause
  const stderr: unknown = cause.stderr
  const more = hint === undefined ? {} : { hint }
  if (cause.code === 'ENOENT')
    return new BookctlError('program-missing', 'preflight', `${program} is not installed`, more)
  const lastLines = (typeof stderr === 'string' ? stderr : '').trimEnd().split('\n').slice(-10).join('\n')
  const how = cause.signal ? `was ended by ${cause.signal}` : `ended with exit code ${cause.exitCode ?? '?'}`
  return new BookctlError('program-failed', 'partly', `${program} ${how}\n${lastLines}`.trimEnd(), {
    ...more,
    details: { program, exitCode: cause.exitCode, signal: cause.signal },
  })
}
