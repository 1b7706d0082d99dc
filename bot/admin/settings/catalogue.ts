import { type BusinessSetting, clientSettingsSchema } from '../../contract/settings.ts'
import type { Unit } from '../../domain/typed.ts'
import type { TextKey } from '../../i18n/keys.ts'
import type { SettingGroup } from '../../telegram/buttons/settings.ts'

/**
 * One setting as the panel shows it. Its name and its meaning are the texts `settings-name-KEY` and `settings-about-KEY`;
 * what is possible comes from its schema. A new setting is one entry, and its texts.
 */
export type SettingEntry = { group: SettingGroup } & (
  | {
      kind: Unit
      choices: readonly number[]
      /** The sentence around the number with its unit, `{ $value }`, or around the bare `{ $count }`. */
      words?: TextKey
      /** What stands for 0, and for no value of its own. */
      zero?: TextKey
      none?: TextKey
      /** Where the schema lets the operator set less than is good for the one who taps. */
      least?: number
    }
  | { kind: 'text' | 'phone' | 'link' }
  | { kind: 'switch' }
)

const before = { words: 'settings-value-before', zero: 'settings-value-any-time' } as const
const perMinute = { kind: 'count', words: 'settings-value-per-minute', least: 20 } as const

export const CATALOGUE: { readonly [Key in BusinessSetting]: SettingEntry } = {
  slotStepMinutes: { group: 'booking', kind: 'minutes', choices: [10, 15, 20, 30, 45, 60] },
  leadMinutes: { group: 'booking', kind: 'minutes', choices: [0, 30, 60, 120, 240, 1440], ...before },
  horizonDays: {
    group: 'booking',
    kind: 'days',
    choices: [7, 14, 30, 60, 90],
    words: 'settings-value-ahead',
  },
  maxBookingsPerUser: {
    group: 'booking',
    kind: 'count',
    choices: [1, 2, 3, 5, 10],
    words: 'settings-value-bookings',
  },

  cancellationHours: { group: 'changes', kind: 'hours', choices: [0, 2, 6, 12, 24, 48], ...before },
  rescheduleHours: {
    group: 'changes',
    kind: 'hours',
    choices: [0, 2, 6, 12, 24, 48],
    ...before,
    none: 'settings-value-as-cancel',
  },
  graceMinutes: {
    group: 'changes',
    kind: 'minutes',
    choices: [0, 5, 15, 30, 60],
    zero: 'settings-value-never',
  },

  address: { group: 'contacts', kind: 'text' },
  phone: { group: 'contacts', kind: 'phone' },
  mapUrl: { group: 'contacts', kind: 'link' },
  siteUrl: { group: 'contacts', kind: 'link' },
  about: { group: 'contacts', kind: 'text' },

  notifyAdmins: { group: 'notices', kind: 'switch' },

  rateMessagesPerMinute: { group: 'protection', choices: [60, 120, 240], ...perMinute },
  rateTapsPerMinute: { group: 'protection', choices: [100, 200, 400], ...perMinute },
  adminAdditionsPerHour: {
    group: 'protection',
    kind: 'count',
    choices: [1, 3, 5, 10],
    words: 'settings-value-per-hour',
  },
}

export const SETTING_KEYS = Object.keys(CATALOGUE) as BusinessSetting[]

/** The least and the most that its schema allows: of a number, or of the length of a text. */
export function boundsOf(key: BusinessSetting): { least: number; most: number } {
  const entry = CATALOGUE[key]
  let schema: unknown = clientSettingsSchema.shape[key]
  while (schema && typeof schema === 'object' && 'unwrap' in schema)
    schema = (schema as { unwrap(): unknown }).unwrap()
  const { minValue, maxValue, maxLength } = schema as Record<string, number | null | undefined>
  const least = 'least' in entry ? entry.least : undefined
  return { least: least ?? minValue ?? 0, most: maxValue ?? maxLength ?? 0 }
}
