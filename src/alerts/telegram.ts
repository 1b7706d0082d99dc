import type { EnvFile } from '../env/env-file.ts'
import type { Fleet } from '../fleet/fleet.ts'
import { redact } from '../secrets/redact.ts'
import { methodUrl, send } from '../telegram/http.ts'

/** The bot that tells the operator, until a master bot does. */
const ALERT_TOKEN = 'ALERT_BOT_TOKEN'
const MESSAGE_MAX = 4096

/**
 * Tells every chat of `alerts.telegram.chatIds`. Answers with what went wrong, one line for each: an alert that cannot
 * be sent changes neither the result nor any file, so nothing is thrown.
 */
export async function alertOperator(fleet: Fleet, env: EnvFile, message: string): Promise<string[]> {
  const { chatIds } = fleet.settings.alerts.telegram
  const token = env.get(ALERT_TOKEN)
  if (chatIds.length === 0) return []
  if (!token) return [`no alert was sent: ${ALERT_TOKEN} is missing in .env`]
  const text = redact(message).slice(0, MESSAGE_MAX)
  const told = chatIds.map((chatId) =>
    tell(fleet, env, token, { chat_id: chatId, text }).then((problem) =>
      problem === undefined ? [] : [`chat ${chatId} was not told: ${problem}`],
    ),
  )
  return (await Promise.all(told)).flat()
}

async function tell(
  { settings }: Fleet,
  env: EnvFile,
  token: string,
  body: { chat_id: number; text: string },
): Promise<string | undefined> {
  const { apiRoot, hostApiRoot } = settings.telegram
  try {
    const { status } = await send(methodUrl(hostApiRoot ?? apiRoot, token, 'sendMessage'), {
      proxy: env.get('TELEGRAM_PROXY'),
      body,
    })
    if (status === 200) return undefined
    if (status === 401 || status === 404) return `Telegram does not know the token ${ALERT_TOKEN}`
    if (status === 400 || status === 403)
      return 'it must first write to the bot (/start), and its id be right'
    return `Telegram answered with status ${status}`
  } catch (error) {
    // Never the message: it may hold the URL, and with it the token.
    return `Telegram does not answer (${(error as { code?: string }).code ?? 'no connection'})`
  }
}
