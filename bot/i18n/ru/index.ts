import { admins } from './admins.ts'
import { approval } from './approval.ts'
import { broadcasts } from './broadcasts.ts'
import { calendar } from './calendar.ts'
import { customer } from './customer.ts'
import { customers } from './customers.ts'
import { ownBookings } from './own-bookings.ts'
import { panel } from './panel.ts'
import { preferences } from './preferences.ts'
import { schedule } from './schedule.ts'
import { services } from './services.ts'
import { settings } from './settings.ts'
import { staff } from './staff.ts'
import { visit } from './visit.ts'

/** Russian texts as Fluent patterns, by room. English must have the same keys and arguments; a test compares them. */
export const ruByRoom = {
  admins,
  approval,
  broadcasts,
  calendar,
  customer,
  customers,
  ownBookings,
  panel,
  preferences,
  schedule,
  services,
  settings,
  staff,
  visit,
} as const

export const ru = {
  ...admins,
  ...approval,
  ...broadcasts,
  ...calendar,
  ...customer,
  ...customers,
  ...ownBookings,
  ...panel,
  ...preferences,
  ...schedule,
  ...services,
  ...settings,
  ...staff,
  ...visit,
} as const
