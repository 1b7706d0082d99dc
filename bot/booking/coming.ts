import { Composer } from 'grammy'
import { customerOf, onButton, show } from '../dialogue/screen.ts'
import { serviceName } from '../dialogue/words.ts'
import type { BotContext } from '../runtime/turn.ts'
import { markBooking } from '../storage/booking-changes.ts'
import { findBooking } from '../storage/booking-lookup.ts'
import { lockCustomer } from '../storage/bookings.ts'
import { button, inline } from '../telegram/keyboards.ts'
import { CUSTOMER } from './confirm.ts'
import { bookingDetails } from './details.ts'
import { dayWords } from './visit-messages.ts'

/** The owner of a booking, asked by a reminder: they will come. Moving and cancelling stay possible. */
export function comingScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'coming', async (ctx, { bookingId }) => {
    const { tx, texts, client, now } = ctx.turn
    const { id } = customerOf(ctx)
    await lockCustomer(tx, client.clientId, id)
    const booking = await findBooking(tx, id, bookingId)
    if (!booking) return texts.plain('not-yours')
    if (now >= booking.startsAt) return texts.plain('already-started')
    const { status } = booking
    // Reminded before it was moved: its new time is the admins' to confirm.
    if (status === 'pending') return texts.plain('approval-waits-still')
    const confirmed =
      status === 'confirmed' ||
      (status === 'booked' && (await markBooking(tx, booking, 'confirmed', CUSTOMER, now)))
    if (!confirmed) return texts.plain('not-active')
    show(ctx, {
      kind: 'screen',
      html: texts.html('reminder-thanks', {
        service: serviceName(booking),
        when: dayWords(ctx.turn, booking),
        details: await bookingDetails(ctx.turn, booking),
      }),
      keyboard: inline([button(texts.plain('button-my-booking'), { to: 'card', bookingId })]),
    })
    return undefined
  })
  return screen
}
