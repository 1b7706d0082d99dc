import { fstatSync, writeSync } from 'node:fs'
import { HttpError } from 'grammy'
import { type Logger, pino } from 'pino'
import { TOKEN_ANYWHERE } from './contract/env.ts'

/** Text without tokens, for logs and for rows that others read. */
export function withoutTokens(text: string): string {
  return text.replace(TOKEN_ANYWHERE, '$1:[redacted]')
}

const STDOUT = 1

/**
 * Where stdout is a file, a full disk costs lines and not the bot: a stream of Node would end with its first failed
 * write, and the process with it.
 */
export function writerToStdout(): (line: string) => void {
  if (!fstatSync(STDOUT).isFile()) return (line) => void process.stdout.write(line)
  return (line) => {
    try {
      writeSync(STDOUT, line)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code !== 'ENOSPC' && code !== 'EDQUOT') throw error
    }
  }
}

/** JSON lines on stdout, one event a line; the last wall against a token in a log is in the stream itself. */
export function createLog(level: string, write: (line: string) => void = writerToStdout()): Logger {
  return pino(
    {
      level,
      base: {},
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line: string) => write(withoutTokens(line)) },
  )
}

/** An error as one short field; of a failed call of the Bot API with what broke it. */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message || error.name : String(error)
  const inner = error instanceof HttpError && error.error instanceof Error ? ` ${error.error.message}` : ''
  return withoutTokens(message + inner)
}
