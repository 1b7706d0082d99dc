import { Composer } from 'grammy'
import { toMyBookings } from '../dialogue/menu.ts'
import { customerOf, onButton, showEnd, whenOptions } from '../dialogue/screen.ts'
import { serviceName, whenWords } from '../dialogue/words.ts'
import { mayChange } from '../domain/policy.ts'
import { escapeHtml, shorten } from '../i18n/texts.ts'
import type { BotContext } from '../runtime/turn.ts'
import { findBooking } from '../storage/booking-lookup.ts'
import { button, inline } from '../telegram/keyboards.ts'
import { bookingDetails, endRemark } from './details.ts'
import { policyOf } from './offer.ts'

/** The owner of a booking: what it is, and what can be done with it. */
export function cardScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'card', async (ctx, { bookingId }) => {
    const { tx, texts, settings, now } = ctx.turn
    const booking = await findBooking(tx, customerOf(ctx).id, bookingId)
    if (!booking) return texts.plain('not-yours')
    const allowed = mayChange(booking, 'cancel', policyOf(settings), now)
    // Past the deadline, for cancelling or for moving, the buttons stay: they lead to the business's contact.
    const changeable = allowed.ok || allowed.reason === 'deadline-passed'
    const actions = changeable
      ? [
          button(texts.plain('button-reschedule'), { to: 'nearest', flow: { kind: 'move', bookingId } }),
          button(texts.plain('button-cancel-booking'), { to: 'ask-cancel', bookingId }),
        ]
      : []
    // An old button may open what is over: then it says so.
    const name = escapeHtml(shorten(serviceName(booking))).html
    showEnd(ctx, {
      kind: 'screen',
      html: texts
        .html('card', {
          service: { html: `${name}${endRemark(texts, booking.status)}` },
          when: whenWords(booking.startsAt, booking.endsAt, whenOptions(ctx.turn)),
          details: await bookingDetails(ctx.turn, booking),
        })
        .concat(booking.status === 'pending' ? `\n\n${texts.html('approval-waits-still')}` : ''),
      keyboard: inline(
        actions,
        changeable ? [button(texts.plain('button-calendar-file'), { to: 'calendar-file', bookingId })] : [],
        [toMyBookings(texts)],
      ),
    })
    return undefined
  })
  return screen
}
