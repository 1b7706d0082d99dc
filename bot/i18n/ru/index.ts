import { admins } from './admins.ts'
import { approval } from './approval.ts'
import { broadcasts } from './broadcasts.ts'
import { calendar } from './calendar.ts'
import { contact } from './contact.ts'
import { customer } from './customer.ts'
import { customers } from './customers.ts'
import { dashboard } from './dashboard.ts'
import { exports } from './exports.ts'
import { journal } from './journal.ts'
import { mass } from './mass.ts'
import { ownBookings } from './own-bookings.ts'
import { panel } from './panel.ts'
import { preferences } from './preferences.ts'
import { schedule } from './schedule.ts'
import { services } from './services.ts'
import { settings } from './settings.ts'
import { several } from './several.ts'
import { staff } from './staff.ts'
import { texts } from './texts.ts'
import { visit } from './visit.ts'
import { waitlist } from './waitlist.ts'

/** Russian texts as Fluent patterns, by room. English must have the same keys and arguments; a test compares them. */
export const ruByRoom = {
  admins,
  approval,
  broadcasts,
  calendar,
  contact,
  customer,
  customers,
  dashboard,
  mass,
  exports,
  journal,
  ownBookings,
  panel,
  preferences,
  schedule,
  services,
  settings,
  several,
  staff,
  texts,
  visit,
  waitlist,
} as const

export const ru = {
  ...admins,
  ...approval,
  ...broadcasts,
  ...calendar,
  ...contact,
  ...customer,
  ...customers,
  ...dashboard,
  ...mass,
  ...exports,
  ...journal,
  ...ownBookings,
  ...panel,
  ...preferences,
  ...schedule,
  ...services,
  ...settings,
  ...several,
  ...staff,
  ...texts,
  ...visit,
  ...waitlist,
} as const
