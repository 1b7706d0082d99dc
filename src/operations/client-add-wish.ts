import type { Context } from '../context.ts'
import { parseClientId } from '../fleet/names.ts'
import type { InitialValues } from '../fleet/schema.ts'
import type { AddWish } from './client-add-types.ts'
import {
  type FlaggedSettings,
  flaggedSettings,
  parseAdminIds,
  parseTimeZone,
  parseTitle,
  parseWorkHours,
  readServicesFile,
} from './client-values.ts'
import { type TokenFlags, tokenFromFlags } from './token.ts'
import { parseSettings, refuseToClose, type SettingFlags } from './typed-settings.ts'

/** What was typed, as commander gives it. */
export interface AddFlags extends TokenFlags, FlaggedSettings, Pick<SettingFlags, 'setting'> {
  title?: string
  admin?: string[]
  timezone?: string
  workHours?: string
  services?: string
  skipTokenCheck?: boolean
  keepOnFailure?: boolean
  new?: boolean
  adopt?: boolean
  dryRun?: boolean
}

/** Checks everything that was typed before anything is done. @throws BookctlError (exit 2) naming the flag. */
export async function addWish(context: Context, id: string | undefined, typed: AddFlags): Promise<AddWish> {
  const { set: settings } = parseSettings(typed, flaggedSettings(typed))
  refuseToClose(id ?? 'the new client', settings)
  const initial: InitialValues = {
    ...(typed.workHours === undefined ? {} : { workHours: parseWorkHours(typed.workHours) }),
    ...settings,
    ...(typed.services === undefined ? {} : { services: await readServicesFile(typed.services) }),
  }
  const wish: AddWish = {
    ...(id === undefined ? {} : { id: parseClientId(id) }),
    ...(typed.title === undefined ? {} : { title: parseTitle(typed.title) }),
    ...(typed.timezone === undefined ? {} : { timeZone: parseTimeZone(typed.timezone) }),
    ...(typed.admin === undefined ? {} : { admins: parseAdminIds(typed.admin) }),
    initial,
    skipTokenCheck: typed.skipTokenCheck === true,
    keepOnFailure: typed.keepOnFailure === true,
    new: typed.new === true,
    adopt: typed.adopt === true,
    dryRun: typed.dryRun === true,
  }
  // Last: reading stdin waits for it, and a wrong flag should be told at once.
  const token = await tokenFromFlags(context, typed)
  return token ? { ...wish, token } : wish
}
