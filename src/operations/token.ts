import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { botIdOfToken } from '../../bot/contract/env.ts'
import type { Context } from '../context.ts'
import type { EnvFile } from '../env/env-file.ts'
import { BookctlError } from '../errors.ts'
import type { Fleet } from '../fleet/fleet.ts'
import { registerSecret } from '../secrets/redact.ts'
import { getMe } from '../telegram/get-me.ts'
import type { Ui } from '../ui/output.ts'

export interface TokenFlags {
  token?: string
  tokenFile?: string
  tokenStdin?: boolean
}

export interface Token {
  value: string
  botId: string
}

/**
 * The token that the flags name, with the spaces around it taken off; undefined when no flag does.
 * @throws BookctlError (exit 2) for two flags at once, an unreadable file, or a form that is no token's.
 */
export async function tokenFromFlags(context: Context, flags: TokenFlags): Promise<Token | undefined> {
  const given = [flags.token, flags.tokenFile, flags.tokenStdin].filter((flag) => flag !== undefined).length
  if (given === 0) return undefined
  if (given > 1)
    throw new BookctlError('token-twice', 'usage', 'Give the token once: by file, by stdin or by flag')
  if (flags.token !== undefined)
    context.ui.warn(
      'A token in a flag stands in the process list and in the shell history: use --token-file.',
    )
  return parseToken(flags.token ?? (await read(flags.tokenFile)))
}

/** @throws BookctlError (exit 2) when it does not look like a token; the error does not show it. */
export function parseToken(typed: string): Token {
  const value = typed.trim()
  if (value) registerSecret(value)
  const botId = botIdOfToken(value)
  if (botId === undefined)
    throw new BookctlError('token-form', 'usage', 'That is not a bot token', {
      hint: 'A token looks like 123456789:AAE…, as @BotFather shows it: digits, a colon, 35 characters.',
    })
  return { value, botId }
}

/** A token of another bot: the business's customers must be told where to write. */
export function warnOfAnotherBot(ui: Ui, clientId: string, bot: string): void {
  ui.warn(`${clientId}: this is another bot than before. Customers must write to @${bot} from now on.`)
}

/** Asks Telegram whose token it is, by the address and the proxy that the fleet uses. */
export async function askTelegram(
  fleet: Fleet,
  env: EnvFile,
  token: Token,
  processEnv: NodeJS.ProcessEnv,
): Promise<{ id: string; username: string | null; name: string }> {
  const { apiRoot, hostApiRoot } = fleet.settings.telegram
  const root = hostApiRoot ?? apiRoot ?? processEnv['TELEGRAM_API_ROOT']
  const proxy = env.get('TELEGRAM_PROXY') ?? processEnv['TELEGRAM_PROXY']
  const me = await getMe(token.value, {
    ...(root ? { apiRoot: root } : {}),
    ...(proxy ? { proxy } : {}),
  })
  return { id: String(me.id), username: me.username, name: me.first_name }
}

async function read(file: string | undefined): Promise<string> {
  if (file === undefined) return text(process.stdin)
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new BookctlError(
      'token-file',
      'usage',
      `Cannot read the token from ${file}: ${code ?? 'unreadable'}`,
      {
        cause: error,
      },
    )
  }
}
