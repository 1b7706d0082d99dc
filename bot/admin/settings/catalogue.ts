import { type BusinessSetting, type ClientSettings, clientSettingsSchema } from '../../contract/settings.ts'
import type { Unit } from '../../domain/typed.ts'
import type { TextKey } from '../../i18n/keys.ts'
import type { SettingGroup } from '../../telegram/buttons/settings.ts'

export type SettingValue = ClientSettings[BusinessSetting]

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
  /** A time of day; empty where something is off. */
  | { kind: 'clock'; options: readonly string[] }
  /** Several numbers of hours; none where something is off. */
  | { kind: 'hour-list'; options: readonly (readonly number[])[] }
  /** One of some words, each with the text that says it. */
  | { kind: 'one-of'; options: readonly string[]; words: Readonly<Record<string, TextKey>> }
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
  contactDetails: {
    group: 'booking',
    kind: 'one-of',
    options: ['off', 'asked', 'required'],
    words: {
      off: 'settings-value-contact-off',
      asked: 'settings-value-contact-asked',
      required: 'settings-value-contact-required',
    },
  },
  holdMinutes: {
    group: 'booking',
    kind: 'minutes',
    choices: [0, 5, 10, 15, 30],
    zero: 'settings-value-never',
  },
  waitlist: { group: 'booking', kind: 'switch' },
  waitlistOfferMinutes: { group: 'booking', kind: 'minutes', choices: [15, 30, 60, 120] },

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
  privacyUrl: { group: 'contacts', kind: 'link' },
  about: { group: 'contacts', kind: 'text' },

  reminderHours: {
    group: 'notices',
    kind: 'hour-list',
    options: [[24, 2, 1], [24, 2], [24], [2], []],
  },
  feedbackHours: {
    group: 'notices',
    kind: 'hours',
    choices: [0, 1, 2, 4, 24],
    words: 'settings-value-after',
    zero: 'settings-value-never',
  },
  quietFrom: { group: 'notices', kind: 'clock', options: ['20:00', '21:00', '22:00', '23:00'] },
  quietTo: { group: 'notices', kind: 'clock', options: ['07:00', '08:00', '09:00', '10:00'] },
  morningListTime: { group: 'notices', kind: 'clock', options: ['', '07:00', '08:00', '09:00', '10:00'] },
  eveningListTime: { group: 'notices', kind: 'clock', options: ['', '19:00', '20:00', '21:00', '22:00'] },
  autoCameHours: {
    group: 'notices',
    kind: 'hours',
    choices: [0, 12, 24, 48],
    words: 'settings-value-after',
    zero: 'settings-value-never',
  },
  notifyAdmins: { group: 'notices', kind: 'switch' },

  rateMessagesPerMinute: { group: 'protection', choices: [60, 120, 240], ...perMinute },
  rateTapsPerMinute: { group: 'protection', choices: [100, 200, 400], ...perMinute },
  adminAdditionsPerHour: {
    group: 'protection',
    kind: 'count',
    choices: [1, 3, 5, 10],
    words: 'settings-value-per-hour',
  },

  retentionMonths: {
    group: 'data',
    kind: 'count',
    choices: [0, 12, 24, 36, 60],
    words: 'settings-value-months',
    zero: 'settings-value-for-ever',
  },
}

/** What a tapped choice stands for; undefined for a forged one. */
export function valueOfChoice(key: BusinessSetting, choice: number): unknown {
  const entry = CATALOGUE[key]
  if (entry.kind === 'switch') return choice === 1
  return 'options' in entry ? entry.options[choice] : choice
}

/** The choices of a setting as values, with their numbers. */
export function choicesOf(key: BusinessSetting): [choice: number, value: SettingValue][] {
  const entry = CATALOGUE[key]
  if (entry.kind === 'switch')
    return [
      [1, true],
      [0, false],
    ]
  if ('options' in entry) return entry.options.map((option, index) => [index, option as SettingValue])
  return 'choices' in entry ? entry.choices.map((choice) => [choice, choice]) : []
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
