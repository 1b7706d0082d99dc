import { toMyBookings } from '../dialogue/menu.ts'
import { showEnd, whenOptions } from '../dialogue/screen.ts'
import { rulesText, serviceName, whenWords } from '../dialogue/words.ts'
import { ACTIVE_STATUSES, type BookingStatus } from '../domain/policy.ts'
import type { BotContext, OutMessage } from '../runtime/turn.ts'
import type { Booking } from '../storage/booking-lookup.ts'
import { inline } from '../telegram/keyboards.ts'
import { awaitingScreen } from './awaiting.ts'
import type { BookOutcome } from './claim.ts'
import { bookingDetails } from './details.ts'
import { askForNewsOnce } from './news-question.ts'
import { tellAdmins } from './notices.ts'
import { refuseChange } from './refusals.ts'

/** What a customer is shown who has just booked, or tapped once more; the admins are told of it once. */
export async function showBooked(
  ctx: BotContext,
  { booking, again }: Extract<BookOutcome, { ok: true }>,
): Promise<string | undefined> {
  const { settings } = ctx.turn
  // It was booked by this confirmation and has been cancelled since.
  if (again && !(ACTIVE_STATUSES as readonly BookingStatus[]).includes(booking.status))
    return refuseChange(ctx, 'move', { reason: 'not-active' })
  const awaits = booking.status === 'pending'
  if (awaits) showEnd(ctx, await awaitingScreen(ctx, booking))
  else showEnd(ctx, again ? alreadyBooked(ctx, booking) : await bookedScreen(ctx, booking))
  if (again) return undefined
  await tellAdmins(ctx, awaits ? 'admin-asked' : 'admin-booked', booking)
  // Where nobody is asked how it was, there is no better moment.
  if (!awaits && settings.feedbackHours === 0) await askForNewsOnce(ctx)
  return undefined
}

async function bookedScreen(ctx: BotContext, booking: Booking): Promise<OutMessage> {
  const { texts, settings } = ctx.turn
  return {
    kind: 'booking-confirmed',
    html: texts.html('booked', {
      service: serviceName(booking),
      when: whenWords(booking.startsAt, booking.endsAt, whenOptions(ctx.turn)),
      details: await bookingDetails(ctx.turn, booking),
      rules: rulesText(texts, settings),
    }),
    keyboard: inline([toMyBookings(ctx.turn.texts)]),
  }
}

/** A second tap of a confirmation. */
export function alreadyBooked(ctx: BotContext, booking: Booking): OutMessage {
  return {
    kind: 'screen',
    html: ctx.turn.texts.html('already-booked', {
      service: serviceName(booking),
      when: whenWords(booking.startsAt, booking.endsAt, whenOptions(ctx.turn)),
    }),
    keyboard: inline([toMyBookings(ctx.turn.texts)]),
  }
}
