import { hostname } from 'node:os'
import { CommanderError } from 'commander'
import type { Context, GlobalOptions } from './context.ts'
import { BookctlError, EXIT } from './errors.ts'
import { buildProgram, VERSION } from './program.ts'
import { redact } from './secrets/redact.ts'

/** The process boundary: the only catch-all, the only place that prints an error and chooses the exit code. */
export async function main(argv: readonly string[]): Promise<void> {
  const interruption = listenForSignals()
  process.stdout.on('error', quietOnClosedPipe)
  process.stderr.on('error', quietOnClosedPipe)
  const program = buildProgram((options) => makeContext(options, interruption.signal))
  for (const command of [program, ...program.commands.flatMap((one) => [one, ...one.commands])])
    command.exitOverride()
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

function quietOnClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
}

function report(error: unknown, argv: readonly string[], interrupted: number | undefined): number {
  // Commander has printed its own message, help or version already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage
  const json = argv.includes('--json')
  const verbose = argv.includes('--verbose')
  if (error instanceof BookctlError) {
    const exitCode = interrupted ?? error.exitCode
    if (json)
      printJson({ code: error.code, message: error.message, hint: error.hint, exitCode, ...details(error) })
    else {
      say(`✗ ${error.message}`)
      if (error.hint) say(`  ${error.hint}`)
      if (verbose && error.cause) say(stackOf(error.cause))
    }
    return exitCode
  }
  if (interrupted !== undefined) {
    say('✗ Interrupted')
    return interrupted
  }
  const message = error instanceof Error ? error.message : String(error)
  if (json) printJson({ code: 'unexpected', message, exitCode: EXIT.bug })
  else {
    say(`✗ Unexpected: ${message}`)
    if (verbose) say(stackOf(error))
    else say('  This is a fault of bookctl. Run the command again with --verbose and report what it prints.')
    say(`  bookctl ${VERSION}, Node.js ${process.version}, ${process.platform}, ${hostname()}`)
  }
  return EXIT.bug
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
