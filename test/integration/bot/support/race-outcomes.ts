import type { Round } from './race-checks.ts'
import type { RaceSalon } from './race-salon.ts'

/** Each act, each thing done, each thing said: rounds without one of them would prove nothing about it. */
const MUST_HAPPEN = {
  act: `choose, confirm, move, cancel, stop, join the waitlist, leave the waitlist, wait-take, wait-decline, wait-leave,
        block, open what was closed, shift, book by hand, rule, answer a request, admin moves, admin cancels,
        admin changes, admin confirms`,
  done: `created by customer, created by admin, rescheduled by customer, rescheduled by admin, cancelled by customer,
         cancelled by admin, changed by admin, status by admin, status by system, a choice became a booking,
         a choice ran out, a choice was given up, an offer became a booking, an offer ran out, an offer was given up,
         a block was shown again, a shift was shown again`,
  said: `booking-confirmed, booking-awaits, booking-moved, booking-cancelled, booking-cancelled-by-business,
         booking-denied, limit-reached, other-times, customer-booked, customer-moved, customer-changed,
         customer-cancelled, customer-declined, customer-confirmed, customer-approved, request-expired,
         waitlist-joined, waitlist-offer`,
}

/** What has not happened in any round so far. */
export function notHappened({ seen }: RaceSalon): string[] {
  return Object.entries(MUST_HAPPEN)
    .flatMap(([sort, list]) => list.split(',').map((one) => `${sort}: ${one.trim()}`))
    .filter((what) => !seen.has(what))
}

/** Notes what a round has brought; `newest` is the last version before it. */
export function countOutcomes(
  { count, salon }: RaceSalon,
  { said, left, done, versions }: Round,
  newest: number,
): void {
  for (const { kind } of [...said, ...left]) count(`said: ${kind}`)
  for (const { action, line, was } of done) {
    count(`done: ${action} by ${line.actor}`)
    if (action === 'created' && was)
      count(`done: ${was.waitingId === null ? 'a choice' : 'an offer'} became a booking`)
  }
  for (const { v, status, waitingId, expiresAt, staffId } of versions) {
    if (v <= newest || staffId === null || expiresAt === null || status !== 'expired') continue
    const how = expiresAt <= salon.clock.now ? 'ran out' : 'was given up'
    count(`done: ${waitingId === null ? 'a choice' : 'an offer'} ${how}`)
  }
}
