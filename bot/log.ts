import { HttpError } from 'grammy'
import { type Logger, pino } from 'pino'

/** A token wherever it stands, also inside the address of a failed call. */
const TOKEN = /(\d{3,20}):[A-Za-z0-9_-]{30,}/g

/** Text without tokens, for logs and for rows that others read. */
export function withoutTokens(text: string): string {
  return text.replace(TOKEN, '$1:[redacted]')
}

/** JSON lines on stdout, one event a line; the last wall against a token in a log is in the stream itself. */
export function createLog(
  level: string,
  write: (line: string) => void = (line) => void process.stdout.write(line),
): Logger {
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
