import { Composer } from 'grammy'
import { customerOf, onButton, show, showStep, whenOptions } from '../dialogue/screen.ts'
import { serviceName, whenWords } from '../dialogue/words.ts'
import { mayChange } from '../domain/policy.ts'
import type { BotContext } from '../runtime/turn.ts'
import { type Booking, findBooking } from '../storage/booking-lookup.ts'
import { button, inline } from '../telegram/keyboards.ts'
import { askCancelReason } from './cancel-reason.ts'
import { cancelTime } from './claim.ts'
import { CUSTOMER } from './confirm.ts'
import { tellAdmins } from './notices.ts'
import { policyOf } from './offer.ts'
import { refuseChange } from './refusals.ts'
import { shopOf } from './shop.ts'

/** The owner of a booking: cancelling it. The deadline is judged when the question is asked and again when it is answered. */
export function cancelScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'ask-cancel', async (ctx, { bookingId }) => {
    const { tx, texts, settings, now } = ctx.turn
    const booking = await findBooking(tx, customerOf(ctx).id, bookingId)
    if (!booking) return texts.plain('not-yours')
    const allowed = mayChange(booking, 'cancel', policyOf(settings), now)
    if (!allowed.ok) return refuseChange(ctx, 'cancel', { ...allowed, booking })
    showStep(ctx, 'cancel', {
      kind: 'screen',
      html: texts.html('cancel-ask', wordsOf(ctx, booking)),
      keyboard: inline(
        [button(texts.plain('cancel-yes'), { to: 'cancel', bookingId })],
        [button(texts.plain('cancel-no'), { to: 'card', bookingId })],
      ),
    })
    return undefined
  })
  onButton(screen, 'cancel', async (ctx, { bookingId }) => {
    const { tx, texts } = ctx.turn
    const outcome = await cancelTime(tx, shopOf(ctx.turn), {
      customerId: customerOf(ctx).id,
      bookingId,
      author: CUSTOMER,
    })
    if (!outcome.ok) return refuseChange(ctx, 'cancel', outcome)
    show(ctx, {
      kind: 'booking-cancelled',
      html: `${texts.html('cancelled', wordsOf(ctx, outcome.booking))}\n\n${texts.html('cancel-reason-ask')}`,
      keyboard: inline(...askCancelReason(ctx, bookingId), [
        button(texts.plain('button-book-again'), { to: 'services', page: 0 }),
      ]),
    })
    await tellAdmins(ctx, 'admin-cancelled', outcome.booking)
    return undefined
  })
  return screen
}

function wordsOf(ctx: BotContext, booking: Booking) {
  return {
    service: serviceName(booking),
    when: whenWords(booking.startsAt, booking.endsAt, whenOptions(ctx.turn)),
  }
}
