import type { Permission } from '../domain/permissions.ts'
import type { ButtonForm, ButtonIn } from './button-forms.ts'
import { ADMIN_BUTTONS } from './buttons/admins.ts'
import { BROADCAST_BUTTONS } from './buttons/broadcasts.ts'
import { CALENDAR_BUTTONS } from './buttons/calendar.ts'
import { CONTACT_BUTTONS } from './buttons/contact.ts'
import { CUSTOMER_BUTTONS } from './buttons/customer.ts'
import { CUSTOMERS_BUTTONS } from './buttons/customers.ts'
import { DASHBOARD_BUTTONS } from './buttons/dashboard.ts'
import { EXPORT_BUTTONS } from './buttons/exports.ts'
import { JOURNAL_BUTTONS } from './buttons/journal.ts'
import { MASS_BUTTONS } from './buttons/mass.ts'
import { NEWS_BUTTONS } from './buttons/news.ts'
import { OWN_BOOKING_BUTTONS } from './buttons/own-bookings.ts'
import { PANEL_BUTTONS } from './buttons/panel.ts'
import { PREFERENCES_BUTTONS } from './buttons/preferences.ts'
import { SCHEDULE_BUTTONS } from './buttons/schedule.ts'
import { SERVICES_BUTTONS } from './buttons/services.ts'
import { SETTINGS_BUTTONS } from './buttons/settings.ts'
import { SEVERAL_BUTTONS } from './buttons/several.ts'
import { STAFF_BUTTONS } from './buttons/staff.ts'
import { TEXT_BUTTONS } from './buttons/texts.ts'
import { VISIT_BUTTONS } from './buttons/visit.ts'
import { WAITLIST_BUTTONS } from './buttons/waitlist.ts'

/** Raised when the meaning of a tag or of its fields changes: buttons of another version are out of date. */
const VERSION = '1'
const CALLBACK_DATA_BYTES = 64

const BUTTONS = {
  ...ADMIN_BUTTONS,
  ...BROADCAST_BUTTONS,
  ...CALENDAR_BUTTONS,
  ...CONTACT_BUTTONS,
  ...CUSTOMER_BUTTONS,
  ...CUSTOMERS_BUTTONS,
  ...DASHBOARD_BUTTONS,
  ...MASS_BUTTONS,
  ...EXPORT_BUTTONS,
  ...JOURNAL_BUTTONS,
  ...NEWS_BUTTONS,
  ...OWN_BOOKING_BUTTONS,
  ...PANEL_BUTTONS,
  ...PREFERENCES_BUTTONS,
  ...SCHEDULE_BUTTONS,
  ...SERVICES_BUTTONS,
  ...SETTINGS_BUTTONS,
  ...SEVERAL_BUTTONS,
  ...STAFF_BUTTONS,
  ...TEXT_BUTTONS,
  ...VISIT_BUTTONS,
  ...WAITLIST_BUTTONS,
}

/** Every inline button of the bot. */
export type Button = ButtonIn<typeof BUTTONS>

const FORMS: Readonly<Record<string, ButtonForm>> = BUTTONS
const NAMES = new Map(Object.entries(FORMS).map(([to, { tag }]) => [tag, to]))
if (NAMES.size !== Object.keys(FORMS).length) throw new Error('two kinds of buttons have the same tag')

/** The kinds of buttons there are. */
export const BUTTON_KINDS = Object.keys(FORMS) as Button['to'][]

/** What the sender needs to be allowed; undefined for a customer's button. */
export function permissionFor(to: Button['to']): Permission | undefined {
  return FORMS[to]?.permission
}

/** One button of a kind, as callback data: for whoever walks over all of them. */
export function exampleOf(to: Button['to']): string {
  const { tag, fields } = FORMS[to] as ButtonForm
  return [VERSION, tag, ...Object.values(fields).map((field) => field.example)].join(':')
}

/** Button → callback_data of at most 64 bytes. */
export function encodeButton(button: Button): string {
  const values: Record<string, unknown> = { ...button }
  const { tag, fields } = FORMS[button.to] as ButtonForm
  const words = Object.entries(fields).map(([name, field]) => field.write(values[name]))
  const data = [VERSION, tag, ...words].join(':')
  if (Buffer.byteLength(data) > CALLBACK_DATA_BYTES) throw new Error(`callback data is too long: ${data}`)
  return data
}

/** Undefined for a button of another version, and for anything that this codec did not write. */
export function decodeButton(data: string): Button | undefined {
  if (Buffer.byteLength(data) > CALLBACK_DATA_BYTES) return undefined
  const [version, tag = '', ...words] = data.split(':')
  const to = NAMES.get(tag)
  const form = to === undefined ? undefined : FORMS[to]
  if (version !== VERSION || !form) return undefined
  const button: Record<string, unknown> = { to }
  for (const [index, [name, field]] of Object.entries(form.fields).entries()) {
    const value = field.read(words[index] ?? '')
    if (value === undefined) return undefined
    button[name] = value
  }
  // What does not come back the same was not written here: extra fields, leading zeros, other spellings.
  return encodeButton(button as Button) === data ? (button as Button) : undefined
}
