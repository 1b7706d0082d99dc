import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { HttpsProxyAgent } from 'https-proxy-agent'
import { SocksProxyAgent } from 'socks-proxy-agent'

const TELEGRAM = 'https://api.telegram.org'
const TIMEOUT_MS = 15_000
/** How a container calls the host that bookctl runs on: settings that bots and bookctl share may hold it. */
const HOST_FROM_CONTAINER = /\/\/([^/@]*@)?host\.docker\.internal(?=[:/]|$)/i
/** Far more than any answer that we ask for; what lies behind it is not the Bot API. */
const ANSWER_MAX_BYTES = 64 * 1024

export interface SendOptions {
  /** http, https or socks5. */
  proxy?: string | undefined
  signal?: AbortSignal
  /** Sent as JSON by POST; without it the request is a GET. */
  body?: Record<string, unknown>
}

/** Where a method of the Bot API is asked, as this host reaches it. It holds the token. */
export function methodUrl(apiRoot: string | null | undefined, token: string, method: string): URL {
  return new URL(`${seenFromHost(apiRoot ?? TELEGRAM).replace(/\/+$/, '')}/bot${token}/${method}`)
}

/** One request, within 15 seconds. Errors of proxies and of HTTP may hold the URL: tell their `code` alone. */
export function send(url: URL, options: SendOptions = {}): Promise<{ status: number; body: string }> {
  const agent = options.proxy ? agentOf(seenFromHost(options.proxy)) : undefined
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest
  const sentBody = options.body && JSON.stringify(options.body)
  return new Promise((resolve, reject) => {
    const deadline = AbortSignal.timeout(TIMEOUT_MS)
    const signal = options.signal ? AbortSignal.any([options.signal, deadline]) : deadline
    const init = {
      signal,
      ...(agent ? { agent } : {}),
      ...(sentBody ? { method: 'POST', headers: { 'content-type': 'application/json' } } : {}),
    }
    const sent = request(url, init, (response) => {
      let body = ''
      response
        .setEncoding('utf8')
        .on('data', (text: string) => {
          body += text
          if (body.length > ANSWER_MAX_BYTES) sent.destroy(new Error('the answer is too long'))
        })
        .on('error', reject)
        .on('end', () => resolve({ status: response.statusCode ?? 0, body }))
    })
    sent.on('error', reject).end(sentBody)
  })
}

function agentOf(proxy: string) {
  return proxy.startsWith('socks') ? new SocksProxyAgent(proxy) : new HttpsProxyAgent(proxy)
}

function seenFromHost(address: string): string {
  return address.replace(HOST_FROM_CONTAINER, (_, login: string | undefined) => `//${login ?? ''}127.0.0.1`)
}
