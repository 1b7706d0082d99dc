import {
  BUSINESS_SETTINGS,
  type BusinessSetting,
  type BusinessSettings,
  type ClientSettings,
  clientSettingsSchema,
  closesBooking,
} from '../../bot/contract/settings.ts'
import { BookctlError } from '../errors.ts'
import { nearest } from '../fleet/nearest.ts'
import { settingAllows, typedValue } from './setting-form.ts'

/** Settings as commander gives them. */
export interface SettingFlags {
  /** Each `KEY=VALUE`. */
  setting?: string[]
  /** Keys. */
  unset?: string[]
}

export interface TypedSettings {
  set: Partial<BusinessSettings>
  unset: BusinessSetting[]
}

/** Flags that set what is declared in clients/ID.yml. */
const DECLARED = new Map([
  ['title', '--title'],
  ['timeZone', '--timezone'],
])

/**
 * Reads `--setting KEY=VALUE` and `--unset KEY`; `flagged` are the settings that flags of their own have set.
 * @throws BookctlError (exit 2) with every mistake: what is possible, or what it may have been meant to be called.
 */
export function parseSettings(typed: SettingFlags, flagged: Partial<BusinessSettings> = {}): TypedSettings {
  const mistakes: string[] = []
  const set: Record<string, unknown> = { ...flagged }
  const given = new Set(Object.keys(flagged))
  const take = (flag: string, name: string): BusinessSetting | undefined => {
    const key = BUSINESS_SETTINGS.find((one) => one === name)
    if (!key) mistakes.push(unknownSetting(flag, name))
    else if (given.has(key)) mistakes.push(`${flag} ${key}: it is given twice`)
    given.add(name)
    return key
  }
  for (const pair of typed.setting ?? []) {
    const [name = '', ...rest] = pair.split('=')
    const key = take('--setting', name.trim())
    if (!key) continue
    const text = rest.join('=').trim()
    const parsed = clientSettingsSchema.shape[key].safeParse(typedValue(key, text))
    if (parsed.success && rest.length > 0) set[key] = parsed.data
    else
      mistakes.push(
        `--setting ${pair}: expected ${rest.length > 0 ? '' : `${key}=VALUE, `}${settingAllows(key)}`,
      )
  }
  const unset = (typed.unset ?? []).flatMap((name) => take('--unset', name.trim()) ?? [])
  if (mistakes.length > 0)
    throw new BookctlError('setting-invalid', 'usage', mistakes.join('\n  '), {
      hint: 'bookctl client show ID lists all settings, and what each allows.',
      details: { mistakes },
    })
  return { set, unset }
}

/**
 * Refuses what the bot's panel refuses, too: values that are possible by themselves, and close the business together.
 * `now` is what `set` is written over.
 * @throws BookctlError (exit 2).
 */
export function refuseToClose(
  id: string,
  set: Partial<BusinessSettings>,
  now: Partial<ClientSettings> = {},
): void {
  if (set.leadMinutes === undefined && set.horizonDays === undefined) return
  const { leadMinutes, horizonDays } = clientSettingsSchema.parse({ ...now, ...set })
  if (!closesBooking({ leadMinutes, horizonDays })) return
  throw new BookctlError(
    'booking-closed',
    'usage',
    `${id}: nobody could book ${leadMinutes} minutes beforehand and within ${horizonDays} days`,
    { hint: 'Set leadMinutes to less than the days of horizonDays, or both at once.' },
  )
}

function unknownSetting(flag: string, name: string): string {
  const ownFlag = DECLARED.get(name)
  if (ownFlag) return `${flag} ${name}: it stands in the client's file; set it with ${ownFlag}`
  const near = nearest(name, BUSINESS_SETTINGS)
  return `${flag} ${name}: there is no such setting${near.length > 0 ? `; did you mean ${near.join(' or ')}?` : ''}`
}
