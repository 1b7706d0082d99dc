import {
  BUSINESS_SETTINGS,
  type BusinessSetting,
  type BusinessSettings,
  type ClientSettings,
  clientSettingsSchema,
  type SettingKey,
  type WorkHours,
} from '../../bot/contract/settings.ts'
import { settingText } from './setting-form.ts'

/** What `client set` was asked to change. Values are checked already. */
export interface SetWish {
  title?: string
  timeZone?: string
  admins?: string[]
  addAdmins?: string[]
  removeAdmins?: string[]
  workHours?: WorkHours
  /** Of the business; those of `unset` go back to the default. */
  settings?: Partial<BusinessSettings>
  unset?: readonly BusinessSetting[]
  token?: { value: string; botId: string; username: string | null }
}

type SettingValue = BusinessSettings[BusinessSetting]

/** How the client stands before the change. */
export interface SetObserved {
  declared: { title: string; timeZone: string }
  /** The client's own rows, and what counts without them where that is not the product's default. */
  own: Partial<ClientSettings>
  defaults: Partial<ClientSettings>
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
  unset: BusinessSetting[]
  workHours: WorkHours | undefined
  admins: string[] | undefined
  token: SetWish['token']
}

/** Said in words where a flag of their own sets them; the others go by their key. */
const LABELS: Partial<Record<SettingKey, string>> = {
  timeZone: 'time zone',
  maxBookingsPerUser: 'bookings per customer',
  cancellationHours: 'cancellation hours',
}
const labelOf = (key: SettingKey) => LABELS[key] ?? key

/** Compares what is wanted with what is there. What is so already is no change. */
export function planSet(wish: SetWish, seen: SetObserved): SetPlan {
  const changes: Change[] = []
  const settings: Partial<ClientSettings> = {}
  const declaration: SetPlan['declaration'] = {}
  const is = settingsOf(seen)
  for (const key of ['title', 'timeZone'] as const) {
    const wanted = wish[key]
    if (wanted === undefined) continue
    const from = seen.declared[key]
    if (wanted !== from) changes.push({ what: labelOf(key), from, to: wanted })
    // Declared in the file, used from the table: a difference between the two is mended too.
    if (wanted !== is[key]) settings[key] = wanted
    if (wanted !== from) declaration[key] = wanted
  }
  for (const [key, wanted] of Object.entries(wish.settings ?? {}) as [BusinessSetting, SettingValue][]) {
    if (settingText(wanted) === settingText(is[key])) continue
    changes.push({ what: labelOf(key), from: settingText(is[key]), to: settingText(wanted) })
    Object.assign(settings, { [key]: wanted })
  }
  const unset = (wish.unset ?? []).filter((key) => seen.own[key] !== undefined)
  for (const key of unset)
    changes.push({ what: labelOf(key), from: settingText(is[key]), to: defaultText(key, seen) })
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
    unset,
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
  const settings = settingsOf(seen)
  const is: Record<string, string | undefined> = {
    ...Object.fromEntries(
      BUSINESS_SETTINGS.map((key) => [
        labelOf(key),
        seen.own[key] === undefined ? defaultText(key, seen) : settingText(settings[key]),
      ]),
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

function settingsOf({ defaults, own }: SetObserved): ClientSettings {
  return clientSettingsSchema.parse({ ...defaults, ...own })
}

function defaultText(key: BusinessSetting, { defaults }: SetObserved): string {
  return `${settingText(clientSettingsSchema.parse(defaults)[key])} (default)`
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
