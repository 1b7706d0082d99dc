/** What an import knows of a table of the predecessor. docs/import.md shows the same, with where it is known from. */
export interface TableForm {
  /** Our word for a column → the names under which the predecessor has it, the usual one first. */
  readonly fields: Readonly<Record<string, readonly string[]>>
  /** Fields without which the table says nothing. */
  readonly required: readonly string[]
  /** Columns that are known and have no place here, each with the reason. */
  readonly noPlace: Readonly<Record<string, string>>
}

const form = <F extends string>(
  fields: Record<F, readonly string[]>,
  required: readonly NoInfer<F>[],
  noPlace: Record<string, string> = {},
) => ({ fields, required, noPlace })

/** Tables whose rows are taken over. The ids of rows that nothing refers to are known, and given anew. */
export const RECOGNISED = {
  users: form(
    {
      userId: ['user_id'],
      username: ['username'],
      firstName: ['first_name'],
      lastName: ['last_name'],
      phone: ['phone'],
      firstSeen: ['first_seen'],
      createdAt: ['created_at'],
      lastActive: ['last_active'],
    },
    ['userId'],
    { booking_count: 'it is counted from the bookings' },
  ),
  services: form(
    {
      id: ['id'],
      name: ['name'],
      description: ['description'],
      minutes: ['duration_minutes'],
      price: ['price'],
      isActive: ['is_active'],
      order: ['display_order', 'order'],
      step: ['slot_interval', 'slot_interval_minutes'],
      createdAt: ['created_at'],
    },
    ['id', 'name'],
    { color: 'services have no colour here', colour: 'services have no colour here' },
  ),
  bookings: form(
    {
      id: ['id'],
      userId: ['user_id'],
      username: ['username'],
      date: ['date'],
      time: ['time'],
      serviceId: ['service_id'],
      minutes: ['duration_minutes'],
      status: ['status'],
      createdAt: ['created_at'],
      updatedAt: ['updated_at'],
    },
    ['userId', 'date', 'time'],
  ),
  booking_history: form(
    {
      id: ['id'],
      bookingId: ['booking_id'],
      changedBy: ['changed_by'],
      changedByType: ['changed_by_type'],
      action: ['action'],
      oldDate: ['old_date'],
      oldTime: ['old_time'],
      newDate: ['new_date'],
      newTime: ['new_time'],
      reason: ['reason'],
      changedAt: ['changed_at'],
    },
    ['bookingId', 'action'],
    {
      old_service: 'a history holds times, not services',
      new_service: 'a history holds times, not services',
      old_service_id: 'a history holds times, not services',
      new_service_id: 'a history holds times, not services',
    },
  ),
  blocked_slots: form(
    {
      id: ['id'],
      date: ['date'],
      time: ['time'],
      reason: ['reason'],
      blockedBy: ['blocked_by'],
      blockedAt: ['blocked_at'],
    },
    ['date', 'time'],
  ),
  feedback: form(
    {
      id: ['id'],
      userId: ['user_id'],
      bookingId: ['booking_id'],
      rating: ['rating'],
      comment: ['comment'],
      at: ['timestamp'],
    },
    ['bookingId', 'rating'],
  ),
  admins: form(
    {
      userId: ['user_id'],
      username: ['username'],
      role: ['role'],
      addedBy: ['added_by'],
      addedAt: ['added_at'],
    },
    ['userId'],
  ),
  audit_log: form(
    {
      id: ['id'],
      adminId: ['admin_id'],
      action: ['action'],
      targetId: ['target_id'],
      details: ['details'],
      at: ['timestamp'],
    },
    ['action'],
  ),
  settings: form({ key: ['key'], value: ['value'] }, ['key', 'value'], {
    description: 'settings have a fixed meaning here',
    updated_at: 'the import is the last change',
    value_type: 'settings have a fixed meaning here',
  }),
} as const

export type LegacyTableName = keyof typeof RECOGNISED
export type FieldOf<T extends LegacyTableName> = keyof (typeof RECOGNISED)[T]['fields'] & string

export function isRecognised(table: string): table is LegacyTableName {
  return Object.hasOwn(RECOGNISED, table)
}

/** Tables that are known and have no place here, each with the reason. */
export const NO_PLACE: Readonly<Record<string, string>> = {
  analytics: 'events of the old statistics',
  admin_sessions: 'the old bot never used it',
  text_templates: 'the old bot never showed them, and the new one has other texts',
  text_changes_log: 'changes of texts that were never shown',
  schedule_settings: 'the old bot never used it',
  work_schedule: 'the old bot never used it: set the hours anew',
  blocked_date_ranges: 'the old bot never obeyed it: block these days anew',
  calendar_exceptions: 'the old bot never obeyed it: set these days anew',
  schema_migrations: 'the history of the old schema',
  apscheduler_jobs: 'reminders that the old bot had planned',
}
