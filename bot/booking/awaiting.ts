import { toMyBookings } from '../dialogue/menu.ts'
import { customerOf, whenOptions } from '../dialogue/screen.ts'
import { serviceName, whenWords } from '../dialogue/words.ts'
import type { BotContext, OutMessage } from '../runtime/turn.ts'
import type { Booking } from '../storage/booking-lookup.ts'
import { findBookingRule } from '../storage/booking-rules.ts'
import { inline } from '../telegram/keyboards.ts'
import { bookingDetails } from './details.ts'

/** What a customer is shown whose booking, or its new time, waits for an admin. */
export async function awaitingScreen(ctx: BotContext, booking: Booking): Promise<OutMessage> {
  const { texts } = ctx.turn
  return {
    kind: 'booking-awaits',
    html: texts.html('approval-awaits', {
      service: serviceName(booking),
      when: whenWords(booking.startsAt, booking.endsAt, whenOptions(ctx.turn)),
      details: await bookingDetails(ctx.turn, booking),
    }),
    keyboard: inline([toMyBookings(texts)]),
  }
}

/** Before somebody books or moves: that it will have to be approved. Nothing for everybody else. */
export async function approvalRemark(ctx: BotContext): Promise<string> {
  const rule = await findBookingRule(ctx.turn.tx, customerOf(ctx).id)
  return rule === 'approval' ? `\n\n${ctx.turn.texts.html('approval-remark')}` : ''
}
