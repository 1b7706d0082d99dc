import { type Context, openFleet } from '../context.ts'
import { BookctlError } from '../errors.ts'
import { selectClients } from '../fleet/clients.ts'
import { type SetResult, setClient } from './client-set.ts'
import type { SetWish } from './client-set-plan.ts'
import {
  parseAddress,
  parseAdminIds,
  parseCancellationHours,
  parseMaxBookings,
  parsePhone,
  parseTimeZone,
  parseTitle,
  parseWorkHours,
} from './client-values.ts'
import { messageOf } from './message-of.ts'
import { type Services, withServices } from './services.ts'
import { askTelegram, type TokenFlags, tokenFromFlags } from './token.ts'

/** What was typed, as commander gives it. */
export interface SetFlags extends TokenFlags {
  all?: boolean
  title?: string
  timezone?: string
  admin?: string[]
  addAdmin?: string[]
  removeAdmin?: string[]
  workHours?: string
  maxBookings?: string
  cancellationHours?: string
  address?: string
  phone?: string
  skipTokenCheck?: boolean
}

/**
 * Changes each of the clients in turn. One that fails does not stop the others.
 * @throws BookctlError exit 3 naming those that failed; with a single client its own error.
 */
export async function setClients(context: Context, ids: string[], typed: SetFlags): Promise<SetResult[]> {
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
      const results: SetResult[] = []
      const failures: { id: string; error: unknown }[] = []
      for (const { id } of clients) {
        try {
          results.push(await setClient(context, services, id, wish))
        } catch (error) {
          if (clients.length === 1 || context.signal.aborted) throw error
          failures.push({ id, error })
        }
      }
      if (failures.length > 0) throw severalFailed(failures, results)
      return results
    },
    command,
  )
}

function wishOf(typed: SetFlags): SetWish {
  const wish: SetWish = {}
  if (typed.title !== undefined) wish.title = parseTitle(typed.title)
  if (typed.timezone !== undefined) wish.timeZone = parseTimeZone(typed.timezone)
  if (typed.admin !== undefined) wish.admins = parseAdminIds(typed.admin)
  if (typed.addAdmin !== undefined) wish.addAdmins = parseAdminIds(typed.addAdmin, '--add-admin')
  if (typed.removeAdmin !== undefined) wish.removeAdmins = parseAdminIds(typed.removeAdmin, '--remove-admin')
  if (typed.workHours !== undefined) wish.workHours = parseWorkHours(typed.workHours)
  if (typed.maxBookings !== undefined) wish.maxBookingsPerUser = parseMaxBookings(typed.maxBookings)
  if (typed.cancellationHours !== undefined)
    wish.cancellationHours = parseCancellationHours(typed.cancellationHours)
  if (typed.address !== undefined) wish.address = parseAddress(typed.address)
  if (typed.phone !== undefined) wish.phone = parsePhone(typed.phone)
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

function severalFailed(failures: { id: string; error: unknown }[], done: readonly SetResult[]): BookctlError {
  const lines = failures.map(({ id, error }) => `${id}: ${messageOf(error)}`)
  return new BookctlError(
    'some-failed',
    'partly',
    `${failures.length} of ${failures.length + done.length} failed:\n${lines.join('\n')}`,
    {
      hint: 'The others are changed. Run the same command again: what is so already is left alone.',
      details: { failed: failures.map(({ id }) => id), changed: done.map(({ id }) => id) },
    },
  )
}
