import { MINUTE_MS } from './time.ts'

export const BOOKING_STATUSES = [
  'hold',
  'pending',
  'booked',
  'confirmed',
  'came',
  'no_show',
  'cancelled',
  'expired',
  'waiting',
] as const
export type BookingStatus = (typeof BOOKING_STATUSES)[number]

/** Statuses that take a staff member's time: the same list as in the constraint `bookings_no_overlap`. */
export const OCCUPYING_STATUSES = [
  'hold',
  'pending',
  'booked',
  'confirmed',
  'came',
  'no_show',
] as const satisfies readonly BookingStatus[]

/** Statuses of a booking that is still to come and counts against the customer's limit. A hold is none yet. */
export const ACTIVE_STATUSES = ['pending', 'booked', 'confirmed'] as const satisfies readonly BookingStatus[]

export interface CustomerPolicy {
  maxUpcomingBookings: number
  /** Up to this many hours before the start a customer may cancel. */
  cancellationHours: number
  /** The same for moving. Shorter than for cancelling, it lets a customer move far away and cancel then. */
  rescheduleHours: number
  /** Within this many minutes of booking a customer may always take it back. */
  graceMinutes: number
}

export type BookingChange = 'cancel' | 'move'

export type ChangeDecision =
  | { ok: true }
  | { ok: false; reason: 'deadline-passed' | 'already-started' | 'not-active' }

/** What the business has decided about a customer; null books as anybody does. */
export type BookingRule = 'deny' | 'approval' | null

/** What a customer's booking begins as. */
export type FirstStatus = 'booked' | 'pending'

export type BookDecision =
  | { ok: true; status: FirstStatus }
  | { ok: false; reason: 'denied' }
  | { ok: false; reason: 'limit-reached'; limit: number }

/** May this customer book one more, and what does it begin as? */
export function mayBook(
  customer: { upcoming: number; rule: BookingRule },
  policy: CustomerPolicy,
): BookDecision {
  if (customer.rule === 'deny') return { ok: false, reason: 'denied' }
  if (customer.upcoming >= policy.maxUpcomingBookings)
    return { ok: false, reason: 'limit-reached', limit: policy.maxUpcomingBookings }
  return { ok: true, status: customer.rule === 'approval' ? 'pending' : 'booked' }
}

/**
 * What a booking is after it got another time. Whoever needs the approval of an admin needs it for the new time, too; an
 * admin who moves what waits for approval has given it.
 */
export function statusAfterMove(
  status: BookingStatus,
  rule: BookingRule,
  by: 'customer' | 'admin',
): BookingStatus {
  if (by === 'admin') return status === 'pending' ? 'booked' : status
  return rule === 'approval' ? 'pending' : status
}

/**
 * May the customer cancel or move this booking now? Grace counts from the first booking (`createdAt`), so moving does
 * not renew it.
 */
export function mayChange(
  booking: { startsAt: number; createdAt: number; status: BookingStatus },
  change: BookingChange,
  policy: CustomerPolicy,
  now: number,
): ChangeDecision {
  if (!(ACTIVE_STATUSES as readonly BookingStatus[]).includes(booking.status))
    return { ok: false, reason: 'not-active' }
  if (now >= booking.startsAt) return { ok: false, reason: 'already-started' }
  const withinGrace = now < booking.createdAt + policy.graceMinutes * MINUTE_MS
  const hours = change === 'cancel' ? policy.cancellationHours : policy.rescheduleHours
  const beforeDeadline = now <= booking.startsAt - hours * 60 * MINUTE_MS
  return withinGrace || beforeDeadline ? { ok: true } : { ok: false, reason: 'deadline-passed' }
}

/** May an admin move, change or cancel this booking? As long as nobody has said how it ended. */
export function adminMayChange(booking: {
  status: BookingStatus
}): { ok: true } | { ok: false; reason: 'not-active' } {
  return (ACTIVE_STATUSES as readonly BookingStatus[]).includes(booking.status)
    ? { ok: true }
    : { ok: false, reason: 'not-active' }
}

/** Who takes a booking for "anyone": the least loaded that day, then the lowest id. Sorted, best first. */
export function rankStaff(candidates: readonly { staffId: number; bookingsThatDay: number }[]): number[] {
  return candidates
    .toSorted((a, b) => a.bookingsThatDay - b.bookingsThatDay || a.staffId - b.staffId)
    .map((candidate) => candidate.staffId)
}
