import type { BotEnvName } from './env.ts'
import type { BusinessSettings } from './settings.ts'

interface EnvSetting {
  name: BotEnvName
  setting: keyof BusinessSettings
  range: [least: number, most: number]
  whole: boolean
  valueOf: (number: number) => number
}

const asItIs = (number: number) => number
/** The guide counts in seconds for each message. */
const perMinute = (seconds: number) => Math.round(60 / seconds)

/** Variables that stand in for a setting while the client's table has none: what "default" means for this client. */
export const ENV_SETTINGS = [
  {
    name: 'MAX_BOOKINGS_PER_USER',
    setting: 'maxBookingsPerUser',
    range: [1, 100],
    whole: true,
    valueOf: asItIs,
  },
  { name: 'CANCELLATION_HOURS', setting: 'cancellationHours', range: [0, 720], whole: true, valueOf: asItIs },
  {
    name: 'RATE_LIMIT_MESSAGE',
    setting: 'rateMessagesPerMinute',
    range: [0.001, 60],
    whole: false,
    valueOf: perMinute,
  },
  {
    name: 'RATE_LIMIT_CALLBACK',
    setting: 'rateTapsPerMinute',
    range: [0.001, 60],
    whole: false,
    valueOf: perMinute,
  },
] as const satisfies readonly EnvSetting[]
export type EnvSettingName = (typeof ENV_SETTINGS)[number]['name']
