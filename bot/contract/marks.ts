/**
 * In bookings.reminders_sent: when a booking came over from the predecessor. What was due before that instant was the
 * old bot's to send, so nothing is sent for it; what is due later goes out as for any other booking.
 */
export const IMPORTED_MARK = 'imported'
