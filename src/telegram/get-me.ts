import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { HttpsProxyAgent } from 'https-proxy-agent'
import { SocksProxyAgent } from 'socks-proxy-agent'
import { z } from 'zod'
import { BookctlError } from '../errors.ts'

const TELEGRAM = 'https://api.telegram.org'
const TIMEOUT_MS = 15_000
/** How a container calls the host that bookctl runs on: settings that bots and bookctl share may hold it. */
const HOST_FROM_CONTAINER = /\/\/([^/@]*@)?host\.docker\.internal(?=[:/]|$)/i
/** Far more than any answer of getMe; what lies behind it is not the Bot API. */
const ANSWER_MAX_BYTES = 64 * 1024

const botSchema = z.object({ id: z.int(), username: z.string(), first_name: z.string() })
const answerSchema = z.object({
  ok: z.boolean(),
  result: z.unknown().optional(),
  description: z.string().optional(),
})

/**
 * Asks Telegram whose token this is.
 * @throws BookctlError `token-refused` (exit 2) for a token that Telegram does not know; `telegram-unreachable`
 * (exit 13), which names the settings that lead around a blocked Telegram. The token is in no error.
 */
export async function getMe(
  token: string,
  options: { apiRoot?: string | null | undefined; proxy?: string | undefined; signal?: AbortSignal } = {},
): Promise<{ id: number; username: string; first_name: string }> {
  const root = seenFromHost(options.apiRoot ?? TELEGRAM).replace(/\/+$/, '')
  const host = new URL(root).host
  const unreachable = (what: string) =>
    new BookctlError('telegram-unreachable', 'preflight', `Telegram at ${host} ${what}`, {
      hint:
        'Another way to Telegram: telegram.apiRoot (telegram.hostApiRoot for this host) in fleet.yml, which bots get as ' +
        'TELEGRAM_API_ROOT, or TELEGRAM_PROXY=http://… or socks5://… in .env.',
    })
  let answer: { status: number; body: string }
  try {
    const proxy = options.proxy && seenFromHost(options.proxy)
    answer = await get(new URL(`${root}/bot${token}/getMe`), proxy, options.signal)
  } catch (error) {
    // The cause is left out: messages of proxies and of HTTP may hold the URL, and with it the token.
    throw unreachable(`does not answer (${(error as { code?: string }).code ?? 'no connection'})`)
  }
  if (answer.status === 401 || answer.status === 404)
    throw new BookctlError('token-refused', 'usage', 'Telegram does not know this token', {
      hint: 'Copy the token again from @BotFather (/mybots → API Token).',
    })
  const parsed = answerSchema.safeParse(parseJson(answer.body))
  if (!parsed.success || !parsed.data.ok) throw unreachable(`answered getMe with status ${answer.status}`)
  const bot = botSchema.safeParse(parsed.data.result)
  if (!bot.success) throw unreachable('answered getMe without a bot')
  return bot.data
}

function seenFromHost(address: string): string {
  return address.replace(HOST_FROM_CONTAINER, (_, login: string | undefined) => `//${login ?? ''}127.0.0.1`)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function get(url: URL, proxy: string | undefined, signal: AbortSignal | undefined) {
  const agent =
    proxy === undefined
      ? undefined
      : proxy.startsWith('socks')
        ? new SocksProxyAgent(proxy)
        : new HttpsProxyAgent(proxy)
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    const deadline = AbortSignal.timeout(TIMEOUT_MS)
    const stop = signal ? AbortSignal.any([signal, deadline]) : deadline
    const sent = request(url, { ...(agent ? { agent } : {}), signal: stop }, (response) => {
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
    sent.on('error', reject).end()
  })
}
