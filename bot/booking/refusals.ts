import { toMyBookings } from '../dialogue/menu.ts'
import { showEnd } from '../dialogue/screen.ts'
import { plainContact } from '../dialogue/words.ts'
import type { BookDecision, BookingChange } from '../domain/policy.ts'
import type { BotContext, OutMessage } from '../runtime/turn.ts'
import type { Booking } from '../storage/booking-lookup.ts'
import { inline } from '../telegram/keyboards.ts'
import type { ChangeRefusal } from './claim.ts'
import { tellLateChange } from './notices.ts'
import { policyOf } from './offer.ts'

/** Says why a booking cannot be changed. Past the deadline the customer gets the contact, and the admins are told. */
export async function refuseChange(
  ctx: BotContext,
  change: BookingChange,
  refusal: { reason: ChangeRefusal; booking?: Booking },
): Promise<string | undefined> {
  const { texts } = ctx.turn
  const { reason, booking } = refusal
  if (reason === 'not-yours') return texts.plain('not-yours')
  const html =
    reason === 'deadline-passed' && booking
      ? await deadlineText(ctx, change, booking)
      : texts.html(reason === 'deadline-passed' ? 'not-active' : reason)
  showEnd(ctx, { kind: 'refusal', html, keyboard: inline([toMyBookings(texts)]) })
  return undefined
}

async function deadlineText(ctx: BotContext, change: BookingChange, booking: Booking): Promise<string> {
  const { texts, settings } = ctx.turn
  const told = await tellLateChange(ctx, booking)
  const contact = settings.phone || settings.address
  const { cancellationHours, rescheduleHours } = policyOf(settings)
  const html = texts.html(change === 'cancel' ? 'deadline-passed' : 'deadline-passed-move', {
    hours: change === 'cancel' ? cancellationHours : rescheduleHours,
    contact: told
      ? { html: contact ? texts.html('contact-given', { how: contact }) : texts.html('contact-told') }
      : plainContact(texts, settings),
  })
  return html.trimEnd()
}

/** Says why no booking can be made. That it is meant for this one customer is not said: there may be an error, or a quarrel. */
export function refuseBooking(ctx: BotContext, refusal: Exclude<BookDecision, { ok: true }>): OutMessage {
  const { texts, settings } = ctx.turn
  const keyboard = inline([toMyBookings(texts)])
  if (refusal.reason === 'limit-reached')
    return { kind: 'limit-reached', html: texts.html('limit-reached', { limit: refusal.limit }), keyboard }
  const contact = plainContact(texts, settings)
  return { kind: 'booking-denied', html: texts.html('approval-denied', { contact }).trimEnd(), keyboard }
}

export function nothingToBook(ctx: BotContext): OutMessage {
  const { texts, settings } = ctx.turn
  return {
    kind: 'nothing-to-book',
    html: texts.html('nothing-to-book', { contact: plainContact(texts, settings) }).trimEnd(),
  }
}
