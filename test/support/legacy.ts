import type { LegacyData } from '../../src/legacy/data.ts'
import type { Existing, PlanInput } from '../../src/legacy/plan.ts'

type Value = string | number | boolean | null

/** Rows of the predecessor, by table, as a test writes them. */
export type LegacyTables = Record<string, Record<string, Value>[]>

/** What a reader would make of these rows. Tables that are not named are there, and empty. */
export function legacyData(tables: LegacyTables): LegacyData {
  const all: LegacyTables = { users: [], bookings: [], ...tables }
  return {
    tables: Object.entries(all).map(([name, rows]) => ({
      name,
      columns: [...new Set([...columnsOf(name), ...rows.flatMap(Object.keys)])],
      count: rows.length,
      rows: rows.map((row) =>
        Object.fromEntries(
          Object.entries(row).map(([key, value]) => [key, value === null ? null : String(value)]),
        ),
      ),
    })),
  }
}

const columnsOf = (table: string) => LEGACY_COLUMNS[table] ?? []

/** The 12 tables that the predecessor makes in a client's schema, as product-features 3.1 lists them. */
export const LEGACY_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  users: ['user_id', 'username', 'first_name', 'last_name', 'phone', 'first_seen', 'created_at'],
  services: ['id', 'name', 'description', 'duration_minutes', 'price', 'is_active', 'created_at'],
  bookings: [
    'id',
    'user_id',
    'username',
    'date',
    'time',
    'service_id',
    'duration_minutes',
    'status',
    'created_at',
    'updated_at',
  ],
  admins: ['user_id', 'username', 'role', 'added_by', 'added_at'],
  blocked_slots: ['id', 'date', 'time', 'reason', 'blocked_by', 'blocked_at'],
  analytics: ['id', 'user_id', 'event', 'data', 'timestamp'],
  feedback: ['id', 'user_id', 'booking_id', 'rating', 'comment', 'timestamp'],
  admin_sessions: ['user_id', 'message_id', 'updated_at'],
  audit_log: ['id', 'admin_id', 'action', 'target_id', 'details', 'timestamp'],
  booking_history: [
    'id',
    'booking_id',
    'changed_by',
    'changed_by_type',
    'action',
    'old_date',
    'old_time',
    'new_date',
    'new_time',
    'old_service_id',
    'new_service_id',
    'reason',
    'changed_at',
  ],
  settings: ['key', 'value', 'description', 'updated_at'],
  text_templates: ['id', 'key', 'text', 'description', 'updated_at'],
}

const EXISTING: Existing = {
  title: 'Салон',
  services: [{ id: 1, name: 'Консультация', isActive: true }],
  staff: [{ id: 1, name: 'Салон', isActive: true }],
  settings: { slotStepMinutes: 30, cancellationHours: 24 },
}

/** A client as `client add` makes it; the time is 2026-06-01 12:00 in Moscow. */
export function planInput(more: Partial<PlanInput> = {}): PlanInput {
  return { timeZone: 'Europe/Moscow', now: Date.parse('2026-06-01T09:00:00Z'), existing: EXISTING, ...more }
}
