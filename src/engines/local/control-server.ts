import { timingSafeEqual } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { text } from 'node:stream/consumers'
import { BookctlError, EXIT } from '../../errors.ts'

/** What is said with a word. */
export interface Asked {
  clientId?: string
  /** With `up`: the bots are left as they are. */
  serversOnly?: boolean
}
export type Handler = (body: Asked) => Promise<unknown>

/** The supervisor's control port on loopback: POST /word with the token; answers JSON. */
export function controlServer(token: string, handlers: Record<string, Handler>): Server {
  const expected = Buffer.from(`Bearer ${token}`)
  return createServer((request, response) => {
    const given = Buffer.from(request.headers.authorization ?? '')
    const answer = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json', connection: 'close' })
      response.end(JSON.stringify(body))
    }
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return answer(401, {})
    const handler = handlers[(request.url ?? '').slice(1)]
    if (request.method !== 'POST' || !handler) return answer(404, {})
    text(request)
      .then(async (body) => handler(JSON.parse(body || '{}') as Asked))
      .then((result) => answer(200, { result: result ?? null }))
      .catch((error: unknown) => answer(500, { error: describe(error) }))
  })
}

/** An error as it travels to the command that asked. */
export interface SentError {
  code: string
  exit: keyof typeof EXIT
  message: string
  hint?: string
}

function describe(error: unknown): SentError {
  if (error instanceof BookctlError) {
    const exit =
      (Object.keys(EXIT) as (keyof typeof EXIT)[]).find((name) => EXIT[name] === error.exitCode) ?? 'bug'
    return {
      code: error.code,
      exit,
      message: error.message,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
    }
  }
  const code = (error as NodeJS.ErrnoException | undefined)?.code
  const message = error instanceof Error ? error.message : String(error)
  if (code === 'ENOSPC')
    return {
      code: 'disk-full',
      exit: 'preflight',
      message: `The disk is full: ${message}`,
      hint: 'Free some space.',
    }
  return { code: 'supervisor-failed', exit: 'partly', message }
}
