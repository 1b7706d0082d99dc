import type { Context } from '../context.ts'
import type { AddMode, Found } from './client-add-look.ts'
import type { AddWish, Answers } from './client-add-types.ts'
import type { ClientRow } from './client-rows.ts'
import { parseAdminIds, parseTitle } from './client-values.ts'
import { messageOf } from './message-of.ts'
import type { Services } from './services.ts'
import { parseToken, type Token } from './token.ts'

/**
 * Asks for what the flags, the declared file and `.env` leave open. All questions come before the first change.
 * @throws BookctlError (exit 2) naming the flag, where there is nobody to ask.
 */
export async function askForMissing(
  context: Context,
  services: Services,
  wish: AddWish,
  found: Found | undefined,
  mode: AddMode,
): Promise<Answers> {
  const title =
    wish.title ?? found?.declaration?.title ?? known(found?.living, mode) ?? (await askTitle(context))
  const kept = found ? services.env.get(found.names.env.token) : undefined
  const token = wish.token ?? (kept ? parseToken(kept) : await askToken(context))
  const declared = found !== undefined && services.env.names().includes(found.names.env.adminIds)
  const admins = wish.admins ?? (declared ? undefined : await askAdmins(context))
  return { title, token, admins }
}

function known(living: ClientRow | undefined, mode: AddMode): string | undefined {
  return mode === 'continue' || mode === 'adopt' ? living?.title : undefined
}

async function askTitle(context: Context): Promise<string> {
  const answer = await context.ui.ask.text({
    message: 'What is the business called?',
    flag: '--title',
    validate: accepts(parseTitle),
  })
  return parseTitle(answer)
}

export async function askToken(context: Context): Promise<Token> {
  const answer = await context.ui.ask.secret({
    message: 'Token of its bot, from @BotFather (not shown)',
    flag: '--token-file',
    validate: accepts(parseToken),
  })
  return parseToken(answer)
}

/** A client without admins is allowed: its bot works, only nobody is told of bookings. */
async function askAdmins(context: Context): Promise<string[]> {
  if (!context.ui.interactive) return []
  const answer = await context.ui.ask.text({
    message: 'Telegram ids of its admins, separated by commas (may stay empty)',
    flag: '--admin',
    default: '',
    validate: accepts((typed) => parseAdminIds([typed])),
  })
  return parseAdminIds([answer])
}

function accepts(parse: (typed: string) => unknown): (typed: string) => string | true {
  return (typed) => {
    try {
      parse(typed)
      return true
    } catch (error) {
      return messageOf(error)
    }
  }
}
