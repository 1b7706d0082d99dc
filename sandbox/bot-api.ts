import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { readBody } from './body.ts'
import type { Faults } from './faults.ts'
import { METHODS } from './methods/index.ts'
import type { SandboxState } from './state.ts'
import { ApiError } from './types.ts'

/** Answers one `/bot<token>/<method>` call as Telegram would, or as an injected fault wants it. */
export async function answerBotApi(
  { state, faults }: { state: SandboxState; faults: Faults },
  request: IncomingMessage,
  response: ServerResponse,
  route: { token: string; method: string; url: URL },
): Promise<void> {
  const gone = new AbortController()
  response.on('close', () => gone.abort())
  try {
    const bot = state.botOfToken(route.token)
    const method = METHODS.get(route.method.toLowerCase())
    if (!method) throw new ApiError(404, 'Not Found: method not found')
    const { params, files } = await readBody(request, route.url)
    const chat = params['chat_id'] === undefined ? undefined : Number(params['chat_id'])
    const fault = faults.take({ bot: bot.user.id, method: route.method, chat })
    state.record({ botId: bot.user.id, method: route.method, params, at: state.clock().toISOString() })
    if (fault?.kind === '429') {
      const seconds = fault.retryAfterSeconds ?? 1
      throw new ApiError(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds })
    }
    if (fault?.kind === '5xx') throw new ApiError(502, 'Bad Gateway')
    if (fault?.kind === 'reset') return void request.socket.destroy()
    if (fault?.kind === 'timeout') return
    if (fault?.kind === 'delay') await sleep(fault.ms ?? 100, undefined, { signal: gone.signal })
    const result = await method({ state, bot, params, files, signal: gone.signal })
    if (fault?.kind === 'lost-answer') return void request.socket.destroy()
    sendJson(response, 200, { ok: true, result })
  } catch (error) {
    if (gone.signal.aborted) return
    const api =
      error instanceof ApiError ? error : new ApiError(500, `Internal Server Error: ${String(error)}`)
    sendJson(response, api.code, {
      ok: false,
      error_code: api.code,
      description: api.message,
      ...(api.parameters ? { parameters: api.parameters } : {}),
    })
  }
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  if (response.headersSent || response.destroyed) return
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  })
  response.end(JSON.stringify(body))
}
