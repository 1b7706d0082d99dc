import * as z from 'zod'
import { BookctlError } from '../errors.ts'
import { parseJson } from '../files/json.ts'
import { methodUrl, send } from './http.ts'

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
  const url = methodUrl(options.apiRoot, token, 'getMe')
  const unreachable = (what: string) =>
    new BookctlError('telegram-unreachable', 'preflight', `Telegram at ${url.host} ${what}`, {
      hint:
        'Another way to Telegram: telegram.apiRoot (telegram.hostApiRoot for this host) in fleet.yml, which bots get as ' +
        'TELEGRAM_API_ROOT, or TELEGRAM_PROXY=http://… or socks5://… in .env.',
    })
  let answer: { status: number; body: string }
  try {
    answer = await send(url, options)
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
