import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerBotApi, sendJson } from './bot-api.ts'
import { answerControl } from './control-api.ts'
import { Faults } from './faults.ts'
import { SandboxState } from './state.ts'
import { sendPage } from './web-page.ts'

export interface SandboxOptions {
  /** Address to listen on; default 127.0.0.1. */
  host?: string
  /** Default 0: any free port. */
  port?: number
  clock?: () => Date
}

export interface Sandbox {
  /** What TELEGRAM_API_ROOT is to be, and the address of the web chat. */
  url: string
  port: number
  state: SandboxState
  close(): Promise<void>
}

/** Starts the Bot API stand-in with its web chat. Everything is in memory. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { host = '127.0.0.1', port = 0 } = options
  const state = new SandboxState(options.clock)
  const faults = new Faults()
  const server = createServer((request, response) => {
    answer({ state, faults }, request, response).catch((error: unknown) => {
      sendJson(response, 500, { error: String(error) })
    })
  })
  // A browser that guesses a long poll is dead would only ask again, but Node's default ends it after five minutes.
  server.requestTimeout = 0
  server.listen(port, host)
  await once(server, 'listening')
  const address = server.address() as AddressInfo
  return {
    url: `http://${host}:${address.port}`,
    port: address.port,
    state,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function answer(
  parts: { state: SandboxState; faults: Faults },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://sandbox')
  const api = /^\/bot([^/]+)\/([A-Za-z]+)\/?$/.exec(url.pathname)
  if (api?.[1] && api[2]) {
    return answerBotApi(parts, request, response, { token: decodeURIComponent(api[1]), method: api[2], url })
  }
  if (url.pathname.startsWith('/sandbox/')) return answerControl(parts, request, response, url)
  return sendPage(url.pathname, response)
}
