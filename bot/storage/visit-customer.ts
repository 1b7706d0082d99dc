import { type Language, SHOWN_NAMES } from './users.ts'

/** The person of a booking, as the business sees them. */
export interface VisitCustomer {
  id: number
  /** Null: known by phone or in person only, so the bot cannot write to them. */
  telegramId: number | null
  username: string | null
  /** What the customer wants to be called; Telegram's names where they have not said so. */
  firstName: string | null
  lastName: string | null
  phone: string | null
  language: Language
  /** Has blocked the bot. */
  isGone: boolean
}

/** The columns of a customer `u`, for asVisitCustomer. */
export const CUSTOMER_COLUMNS = `
  u.id as customer_id, u.telegram_id, u.username, ${SHOWN_NAMES}, u.phone, u.language,
  u.gone_at is not null as is_gone`

export interface CustomerRow extends Record<string, unknown> {
  customer_id: number
  telegram_id: number | null
  username: string | null
  first_name: string | null
  last_name: string | null
  phone: string | null
  language: Language
  is_gone: boolean
}

export function asVisitCustomer(row: CustomerRow): VisitCustomer {
  return {
    id: row.customer_id,
    telegramId: row.telegram_id,
    username: row.username,
    firstName: row.first_name,
    lastName: row.last_name,
    phone: row.phone,
    language: row.language,
    isGone: row.is_gone,
  }
}
