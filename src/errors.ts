/** Exit codes of every command. The same table stands in docs/cli.md. */
export const EXIT = {
  ok: 0,
  bug: 1,
  usage: 2,
  partly: 3,
  notFound: 4,
  conflict: 5,
  healthGate: 6,
  rollbackFailed: 7,
  configuration: 10,
  locked: 11,
  wrongKey: 12,
  preflight: 13,
  verification: 14,
  drift: 20,
  timeout: 124,
  interrupted: 130,
  terminated: 143,
} as const
export type ExitName = keyof typeof EXIT

/**
 * The one error type of the command line: what happened (and to which client), and what to type next.
 * Anything else that reaches the process boundary is a bug. Never put a secret into it.
 */
export class BookctlError extends Error {
  override readonly name = 'BookctlError'
  /** Stable name for scripts, as `client-not-found`. */
  readonly code: string
  readonly exitCode: number
  readonly hint: string | undefined
  readonly details: Record<string, unknown> | undefined

  constructor(
    code: string,
    exit: ExitName,
    message: string,
    options: { hint?: string; details?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.exitCode = EXIT[exit]
    this.hint = options.hint
    this.details = options.details
  }
}
