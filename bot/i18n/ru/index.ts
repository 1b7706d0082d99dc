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

/** Russian texts as Fluent patterns, by room. English must have the same keys and arguments; a test compares them. */
export const ruByRoom = {
  admins,
  calendar,
  customer,
  ownBookings,
  panel,
  preferences,
  schedule,
  services,
  settings,
  several,
  staff,
  visit,
} as const

export const ru = {
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
} as const
