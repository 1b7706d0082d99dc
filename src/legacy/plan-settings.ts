import { clientSettingsSchema, type SettingKey, workHoursSchema } from '../../bot/contract/settings.ts'
import type { Desk } from './desk.ts'
import type { ImportChanges } from './rows.ts'
import { readWhole } from './values.ts'

/** Settings of the old bot that have the same meaning here. */
const SAME: Readonly<Record<string, { key: SettingKey; read(text: string): unknown }>> = {
  slot_interval_minutes: { key: 'slotStepMinutes', read: readWhole },
  max_bookings_per_user: { key: 'maxBookingsPerUser', read: readWhole },
  cancellation_hours: { key: 'cancellationHours', read: readWhole },
  service_location: { key: 'address', read: (text) => text },
  // Days are counted here, and the old calendar ended with its last month.
  calendar_max_months_ahead: { key: 'horizonDays', read: (text) => (readWhole(text) ?? 0) * 31 },
}

/** The old bot's own hours, where only one end was ever set. */
const HOURS = { start: 9, end: 18 }

export function planSettings(desk: Desk): Pick<ImportChanges, 'settings' | 'workHours'> {
  const { ledger } = desk
  const settings: Record<string, unknown> = {}
  const hours: Partial<typeof HOURS> = {}
  ledger.each('settings', (field) => {
    const key = field('key') ?? ''
    const value = field('value') ?? ''
    const leave = (why: string) => {
      ledger.leave('settings', why, `${key}=${value}`)
      return false
    }
    const end = /^work_hours_(start|end)$/.exec(key)?.[1] as keyof typeof HOURS | undefined
    if (end) {
      const hour = readWhole(/^(\d{1,2})(?::00)?$/.exec(value)?.[1] ?? null)
      if (hour === undefined || hour > 24) return leave('it is no whole hour')
      hours[end] = hour
      return true
    }
    const same = SAME[key]
    if (!same) return leave('there is no such setting here')
    const read = clientSettingsSchema.shape[same.key].safeParse(same.read(value))
    if (!read.success) return leave('its value is not possible here')
    settings[same.key] = read.data
    if (desk.existing.settings[same.key] !== read.data)
      desk.changed(
        `setting ${same.key}: ${String(read.data)} in place of ${String(desk.existing.settings[same.key])}`,
      )
    return true
  })
  const workHours = workHoursSchema.safeParse({ ...HOURS, ...hours })
  if (Object.keys(hours).length === 0) return { settings }
  if (!workHours.success) {
    desk.changed(`working hours stay as they are: from ${hours.start} to ${hours.end} is not possible`)
    return { settings }
  }
  const { start, end } = workHours.data
  desk.changed(
    `working hours: ${start}–${end} on the days that this client works; the old bot was open on all seven`,
  )
  return { settings, workHours: workHours.data }
}
