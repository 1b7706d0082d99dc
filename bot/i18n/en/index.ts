import type { TextKey } from '../keys.ts'
import { admins } from './admins.ts'
import { calendar } from './calendar.ts'
import { customer } from './customer.ts'
import { ownBookings } from './own-bookings.ts'
import { panel } from './panel.ts'
import { preferences } from './preferences.ts'
import { schedule } from './schedule.ts'
import { services } from './services.ts'
import { settings } from './settings.ts'
import { several } from './several.ts'
import { staff } from './staff.ts'
import { visit } from './visit.ts'

/** English texts as Fluent patterns: the same keys and arguments as Russian. */
export const en: Record<TextKey, string> = {
  ...admins,
  ...calendar,
  ...customer,
  ...ownBookings,
  ...panel,
  ...preferences,
  ...schedule,
  ...services,
  ...settings,
  ...several,
  ...staff,
  ...visit,
}
