import type { Agent } from 'node:http'
import { Api } from 'grammy'
import { HttpsProxyAgent } from 'https-proxy-agent'
import { SocksProxyAgent } from 'socks-proxy-agent'

/** How long getUpdates waits at Telegram, and how long we wait for any answer, in seconds. */
export const POLL_SECONDS = 25
const ANSWER_SECONDS = 20

export interface TelegramOptions {
  apiRoot: string
  proxy: string | undefined
}

/** Two ways to the Bot API: `poll` waits longer than a long poll, `api` gives up sooner. */
export function createApis(token: string, { apiRoot, proxy }: TelegramOptions): { api: Api; poll: Api } {
  const agent = proxy === undefined ? undefined : proxyAgent(proxy)
  const make = (timeoutSeconds: number) =>
    new Api(token, {
      apiRoot,
      timeoutSeconds,
      // Errors must not carry the token: it is part of every address.
      sensitiveLogs: false,
      baseFetchConfig: { compress: true, ...(agent ? { agent } : {}) } as object,
    })
  return { api: make(ANSWER_SECONDS), poll: make(POLL_SECONDS + ANSWER_SECONDS) }
}

function proxyAgent(proxy: string): Agent {
  return proxy.startsWith('socks') ? new SocksProxyAgent(proxy) : new HttpsProxyAgent(proxy)
}
