import type { ClientSettings, WorkHours } from '../../bot/contract/settings.ts'

/** What `client set` was asked to change. Values are checked already. */
export interface SetWish {
  title?: string
  timeZone?: string
  admins?: string[]
  addAdmins?: string[]
  removeAdmins?: string[]
  workHours?: WorkHours
  maxBookingsPerUser?: number
  cancellationHours?: number
  address?: string
  phone?: string
  token?: { value: string; botId: string; username: string | null }
}

/** How the client stands before the change. */
export interface SetObserved {
  declared: { title: string; timeZone: string }
  settings: ClientSettings
  /** As `9-18`; undefined when the days differ from each other. */
  workHours: string | undefined
  admins: string[]
  token: string | undefined
  bot: string
}

export interface Change {
  what: string
  from: string
  to: string
}

export interface SetPlan {
  changes: Change[]
  /** For clients/ID.yml; title and time zone go into the table as well. */
  declaration: { title?: string; timeZone?: string }
  settings: Partial<ClientSettings>
  workHours: WorkHours | undefined
  admins: string[] | undefined
  token: SetWish['token']
}

const LABELS = {
  title: 'title',
  timeZone: 'time zone',
  maxBookingsPerUser: 'bookings per customer',
  cancellationHours: 'cancellation hours',
  address: 'address',
  phone: 'phone',
} as const satisfies Partial<Record<keyof ClientSettings, string>>

/** Compares what is wanted with what is there. What is so already is no change. */
export function planSet(wish: SetWish, seen: SetObserved): SetPlan {
  const changes: Change[] = []
  const settings: Partial<ClientSettings> = {}
  const declaration: SetPlan['declaration'] = {}
  for (const key of Object.keys(LABELS) as (keyof typeof LABELS)[]) {
    const wanted = wish[key]
    if (wanted === undefined) continue
    const from = key === 'title' || key === 'timeZone' ? seen.declared[key] : seen.settings[key]
    if (wanted !== from) changes.push({ what: LABELS[key], from: String(from), to: String(wanted) })
    // Declared in the file, used from the table: a difference between the two is mended too.
    if (wanted !== seen.settings[key]) Object.assign(settings, { [key]: wanted })
    if ((key === 'title' || key === 'timeZone') && wanted !== from)
      Object.assign(declaration, { [key]: wanted })
  }
  const hours = wish.workHours && formatHours(wish.workHours)
  const newHours = hours !== undefined && hours !== seen.workHours
  if (newHours)
    changes.push({ what: 'work hours', from: seen.workHours ?? 'different on each day', to: hours })
  const admins = wantedAdmins(wish, seen.admins)
  const newAdmins = admins.join(',') !== seen.admins.join(',')
  if (newAdmins) changes.push({ what: 'admins', from: listed(seen.admins), to: listed(admins) })
  const newToken = wish.token && wish.token.value !== seen.token ? wish.token : undefined
  // Never the token itself, not even a part of it.
  if (newToken)
    changes.push({
      what: 'token',
      from: seen.bot,
      to: newTokenOf(newToken.username ? `@${newToken.username}` : newToken.botId),
    })
  return {
    changes,
    declaration,
    settings,
    workHours: newHours ? wish.workHours : undefined,
    admins: newAdmins ? admins : undefined,
    token: newToken,
  }
}

/**
 * The record of a change that was begun by a killed run and is finished by this one: what the other has really done
 * (seen by what is there now), and what is left for this one, each from the value that it had at first.
 */
export function recordOf(
  begun: readonly Change[],
  now: readonly Change[],
  seen: SetObserved,
  wish: SetWish,
): Change[] {
  const is: Record<string, string | undefined> = {
    ...Object.fromEntries(
      Object.entries(LABELS).map(([key, what]) => [what, String(seen.settings[key as keyof typeof LABELS])]),
    ),
    title: seen.declared.title,
    'time zone': seen.declared.timeZone,
    'work hours': seen.workHours,
    admins: listed(seen.admins),
    // Tokens are not on record: only the same command, with a token that is there already, tells that it was set.
    token: wish.token && newTokenOf(seen.bot),
  }
  const whole = begun.flatMap((change) => {
    const rest = now.find(({ what }) => what === change.what)
    if (rest) return [{ ...rest, from: change.from }]
    return is[change.what] === change.to ? [change] : []
  })
  return [...whole, ...now.filter(({ what }) => !whole.some((change) => change.what === what))]
}

const newTokenOf = (bot: string) => `${bot} (new token)`

function wantedAdmins(wish: SetWish, now: readonly string[]): string[] {
  const base = wish.admins ?? now
  const removed = new Set(wish.removeAdmins)
  return [...new Set([...base, ...(wish.addAdmins ?? [])])].filter((id) => !removed.has(id))
}

export function formatHours(hours: WorkHours): string {
  return `${hours.start}-${hours.end}`
}

function listed(ids: readonly string[]): string {
  return ids.length > 0 ? ids.join(', ') : 'none'
}
