import type { ClientSettings, WorkHours } from '../../bot/contract/settings.ts'

/**
 * Rows of a client's tables as an import writes them: columns by their names, instants and ranges as text. Those that
 * others refer to have their ids.
 */
export interface ImportRows {
  users: {
    id: number
    telegram_id: number | null
    username: string | null
    first_name: string | null
    last_name: string | null
    phone: string | null
    created_at: string
    last_seen_at: string
  }[]
  services: {
    id: number
    name: string
    description: string
    minutes: number
    step_minutes: number | null
    price_minor: number | null
    sort_order: number
    is_active: boolean
    created_at: string
    updated_at: string
  }[]
  staff: { id: number; name: string; sort_order: number; is_active: boolean }[]
  bookings: {
    id: number
    customer_id: number
    staff_id: number
    status: 'booked' | 'confirmed' | 'came' | 'no_show' | 'cancelled'
    starts_at: string
    ends_at: string
    busy: string
    local_date: string
    local_time: string
    time_zone: string
    lines: { serviceId: number; name: string; minutes: number; priceMinor: number | null; currency: string }[]
    price_minor: number | null
    source: 'import'
    reminders_sent: Record<string, string>
    feedback_asked_at: string | null
    created_at: string
    updated_at: string
  }[]
  booking_history: {
    booking_id: number
    at: string
    action: 'created' | 'rescheduled' | 'cancelled'
    actor: 'customer' | 'admin' | 'system'
    actor_telegram_id: number | null
    new_status: 'booked' | 'cancelled' | null
    old_starts_at: string | null
    new_starts_at: string | null
    reason: string | null
  }[]
  blocked_slots: {
    staff_id: number | null
    busy: string
    reason: string
    created_by: number | null
    created_at: string
  }[]
  feedback: {
    booking_id: number
    customer_id: number
    rating: number
    comment: string
    created_at: string
  }[]
  admins: {
    telegram_id: number
    username: string | null
    role: 'super_admin' | 'moderator'
    added_by: number | null
    added_at: string
  }[]
  admin_actions: {
    at: string
    actor: 'admin'
    actor_telegram_id: number | null
    action: string
    target: string | null
    details: Record<string, unknown>
  }[]
}

export type ImportTable = keyof ImportRows

/** What an import changes besides adding rows. */
export interface ImportChanges {
  settings: Partial<ClientSettings>
  workHours?: WorkHours
  /** Services that the client had before: those of the predecessor take their place. */
  retiredServices: number[]
}
