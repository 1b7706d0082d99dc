import type { InlineButton } from '../telegram/keyboards.ts'

/** Customers and admins choose times on the same screens, by buttons of their own. */
export interface Ways {
  nearest: 'nearest' | 'admin-nearest'
  month: 'month' | 'admin-month'
  day: 'day' | 'admin-day'
  time: 'time' | 'admin-time'
}

export const CUSTOMER_WAYS: Ways = { nearest: 'nearest', month: 'month', day: 'day', time: 'time' }
export const ADMIN_WAYS: Ways = {
  nearest: 'admin-nearest',
  month: 'admin-month',
  day: 'admin-day',
  time: 'admin-time',
}

/** The ways that a flow goes on, and the rows under each of its screens that lead out of it. */
export interface FlowWays {
  ways: Ways
  exits: InlineButton[][]
}
