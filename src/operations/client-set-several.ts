import { type Context, openFleet } from '../context.ts'
import { BookctlError } from '../errors.ts'
import { selectClients } from '../fleet/clients.ts'
import { type SetResult, setClient } from './client-set.ts'
import type { SetWish } from './client-set-plan.ts'
import {
  type FlaggedSettings,
  flaggedSettings,
  parseAdminIds,
  parseTimeZone,
  parseTitle,
  parseWorkHours,
} from './client-values.ts'
import { eachClient, tellFailure } from './each-client.ts'
import { type Services, withServices } from './services.ts'
import { askTelegram, type TokenFlags, tokenFromFlags } from './token.ts'
import { parseSettings, type SettingFlags } from './typed-settings.ts'

/** What was typed, as commander gives it. */
export interface SetFlags extends TokenFlags, FlaggedSettings, SettingFlags {
  all?: boolean
  title?: string
  timezone?: string
  admin?: string[]
  addAdmin?: string[]
  removeAdmin?: string[]
  workHours?: string
  skipTokenCheck?: boolean
}

/**
 * Changes each of the clients in turn; `done` hears of each that is changed. One that fails does not stop the others.
 * @throws BookctlError exit 3 naming those that failed; with a single client its own error.
 */
export async function setClients(
  context: Context,
  ids: string[],
  typed: SetFlags,
  done: (result: SetResult) => void,
): Promise<SetResult[]> {
  const wish = wishOf(typed)
  const fleet = await openFleet(context)
  const clients = await selectClients(fleet, ids, typed.all === true)
  const withToken = typed.token !== undefined || typed.tokenFile !== undefined || typed.tokenStdin === true
  if (withToken && clients.length > 1)
    throw new BookctlError('token-for-several', 'usage', 'A token belongs to one client: name one')
  if (Object.keys(wish).length === 0 && !withToken)
    throw new BookctlError('nothing-to-set', 'usage', 'Say what to change', {
      hint: 'See: bookctl client set --help',
    })
  await confirmErasing(context, wish.settings?.retentionMonths)
  const token = await tokenFromFlags(context, typed)
  const command = `bookctl client set ${clients.map(({ id }) => id).join(' ')}`
  return await withServices(
    context,
    fleet,
    async (services) => {
      if (token)
        wish.token = {
          ...token,
          username: await usernameOf(context, services, token, typed.skipTokenCheck === true),
        }
      return await eachClient(
        clients.map(({ id }) => id),
        { limit: 1, signal: context.signal },
        (id) => setClient(context, services, id, wish),
        (one) => {
          if (one.ok) done(one.result)
          else if (clients.length > 1) tellFailure(context.ui, one)
        },
      )
    },
    command,
  )
}

/**
 * What the bot erases then cannot come back, so this is asked once more, as the panel does.
 * @throws BookctlError (exit 2) naming `--yes` where nobody can be asked.
 */
async function confirmErasing({ ui, options }: Context, months = 0): Promise<void> {
  if (months === 0 || options.yes) return
  const sure = await ui.ask.confirm({
    message: `From the next night on, erase for good the personal data of customers who have stayed away for ${months} months?`,
    flag: '--yes',
  })
  if (!sure) throw new BookctlError('not-confirmed', 'usage', 'Not confirmed; nothing was changed')
}

function wishOf(typed: SetFlags): SetWish {
  const wish: SetWish = {}
  if (typed.title !== undefined) wish.title = parseTitle(typed.title)
  if (typed.timezone !== undefined) wish.timeZone = parseTimeZone(typed.timezone)
  if (typed.admin !== undefined) wish.admins = parseAdminIds(typed.admin)
  if (typed.addAdmin !== undefined) wish.addAdmins = parseAdminIds(typed.addAdmin, '--add-admin')
  if (typed.removeAdmin !== undefined) wish.removeAdmins = parseAdminIds(typed.removeAdmin, '--remove-admin')
  if (typed.workHours !== undefined) wish.workHours = parseWorkHours(typed.workHours)
  const { set, unset } = parseSettings(typed, flaggedSettings(typed))
  if (Object.keys(set).length > 0) wish.settings = set
  if (unset.length > 0) wish.unset = unset
  return wish
}

async function usernameOf(
  context: Context,
  services: Services,
  token: { value: string; botId: string },
  skip: boolean,
): Promise<string | null> {
  if (skip) return null
  return (await askTelegram(services.fleet, services.env, token, context.env)).username
}
