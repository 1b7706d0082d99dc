import { CommanderError } from 'commander'
import type { Context, GlobalOptions } from './context.ts'
import { BookctlError, EXIT } from './errors.ts'
import { buildProgram } from './program.ts'
import { redact } from './secrets/redact.ts'
import { BOOKCTL_VERSION } from './version.ts'

/** The process boundary: the only catch-all, the only place that prints an error and chooses the exit code. */
export async function main(argv: readonly string[]): Promise<void> {
  const interruption = listenForSignals()
  quietOnClosedPipes()
  const program = buildProgram((options) => makeContext(options, interruption.signal))
  for (const command of [program, ...program.commands.flatMap((one) => [one, ...one.commands])])
    command.exitOverride().configureOutput({
      // What was typed comes back in these messages, and it may be a token.
      outputError: (text, write) => write(redact(text.replace(/^error: /, '✗ '))),
    })
  try {
    await program.parseAsync([...argv], { from: 'user' })
    if (interruption.code) process.exitCode = interruption.code
  } catch (error) {
    process.exitCode = report(error, argv, interruption.code)
  }
}

async function makeContext(options: GlobalOptions, signal: AbortSignal): Promise<Context> {
  const { createUi } = await import('./ui/output.ts')
  const { env } = process
  return {
    env,
    cwd: process.cwd(),
    now: () => new Date(),
    ui: createUi({ ...options, env }),
    options,
    signal,
  }
}

/** The first Ctrl-C or SIGTERM asks for an orderly end at the next step; a second one ends at once. */
function listenForSignals(): { signal: AbortSignal; code: number | undefined } {
  const controller = new AbortController()
  const state: { signal: AbortSignal; code: number | undefined } = {
    signal: controller.signal,
    code: undefined,
  }
  const codes = { SIGINT: EXIT.interrupted, SIGTERM: EXIT.terminated }
  for (const [name, code] of Object.entries(codes)) {
    process.on(name, () => {
      if (state.code !== undefined) process.exit(code)
      state.code = code
      controller.abort()
    })
  }
  return state
}

/** Nobody reads our data any more: we end. Nobody watches our progress any more: the work goes on. */
function quietOnClosedPipes(): void {
  const unlessClosed = (then: () => void) => (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    then()
  }
  process.stdout.on(
    'error',
    unlessClosed(() => process.exit()),
  )
  process.stderr.on(
    'error',
    unlessClosed(() => undefined),
  )
}

function report(error: unknown, argv: readonly string[], interrupted: number | undefined): number {
  const json = argv.includes('--json')
  const verbose = argv.includes('--verbose')
  if (error instanceof CommanderError) {
    // Commander has printed its own message, help or version already.
    if (error.exitCode === 0) return EXIT.ok
    const message = error.message.replace(/^error: /, '')
    if (json) printJson({ code: 'usage', message, exitCode: EXIT.usage })
    return EXIT.usage
  }
  const known = error instanceof BookctlError ? error : systemError(error)
  if (known) {
    const exitCode = interrupted ?? known.exitCode
    const { code, message, hint } = known
    if (json) printJson({ code, message, hint, exitCode, ...details(known) })
    else {
      say(`✗ ${message}`)
      if (hint) say(`  ${hint}`)
      if (verbose && known.cause) say(stackOf(known.cause))
    }
    return exitCode
  }
  if (interrupted !== undefined) {
    if (json) printJson({ code: 'interrupted', message: 'Interrupted', exitCode: interrupted })
    else say('✗ Interrupted')
    return interrupted
  }
  const message = error instanceof Error ? error.message : String(error)
  if (json) printJson({ code: 'unexpected', message, exitCode: EXIT.bug })
  else {
    say(`✗ Unexpected: ${message}`)
    if (verbose) say(stackOf(error))
    else say('  This is a fault of bookctl. Run the command again with --verbose and report what it prints.')
    say(`  bookctl ${BOOKCTL_VERSION}, Node.js ${process.version}, ${process.platform} ${process.arch}`)
  }
  return EXIT.bug
}

const SYSTEM_HINTS: Record<string, string> = {
  EACCES: 'Run as the user who made the fleet, or correct the permissions.',
  EPERM: 'Run as the user who made the fleet, or correct the permissions.',
  EROFS: 'The file system is mounted read-only.',
  ENOSPC: 'Make room on the disk; the next run continues.',
  EDQUOT: 'Make room in your quota; the next run continues.',
  ENOTDIR: 'A file stands where a folder should be.',
  EISDIR: 'A folder stands where a file should be.',
}

/** What the operating system refuses is no fault of bookctl. */
function systemError(error: unknown): BookctlError | undefined {
  const { code, path } = error as NodeJS.ErrnoException
  const hint = code === undefined ? undefined : SYSTEM_HINTS[code]
  if (!(error instanceof Error) || hint === undefined || path === undefined) return undefined
  return new BookctlError('system-refused', 'configuration', error.message, { hint, cause: error })
}

function details(error: BookctlError): { details?: Record<string, unknown> } {
  return error.details ? { details: error.details } : {}
}

function printJson(error: Record<string, unknown>): void {
  process.stdout.write(`${redact(JSON.stringify({ error }, null, 2))}\n`)
}

function say(text: string): void {
  process.stderr.write(`${redact(text)}\n`)
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
