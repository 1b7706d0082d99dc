import { Composer } from 'grammy'
import { onButton } from '../../dialogue/screen.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { approveBooking } from '../../storage/booking-changes.ts'
import { lockCustomer } from '../../storage/bookings.ts'
import { findVisit } from '../../storage/visits.ts'
import { adminAuthor, audit } from '../audit.ts'
import { showCard } from './card.ts'
import { openActive, openVisit, refuse } from './open-visit.ts'
import { tellConcerned } from './tell.ts'

/** Admins who run the bookings: yes to what a customer has asked for. No is to cancel it. */
export function approveScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'visit-approve', async (ctx, shown) => {
    const { tx, client, now, texts } = ctx.turn
    const { bookingId } = shown
    const found = await openVisit(ctx, bookingId)
    if (!found.ok) return found.say
    await lockCustomer(tx, client.clientId, found.visit.customer.id)
    const opened = await openActive(ctx, shown)
    if (!opened.ok) return opened.say
    if (opened.visit.status !== 'pending') return refuse(ctx, bookingId, 'not-active')
    if (now >= opened.visit.startsAt) {
      await showCard(ctx, opened.visit)
      return texts.plain('schedule-already-begun')
    }
    if (!(await approveBooking(tx, bookingId, adminAuthor(ctx), now)))
      return refuse(ctx, bookingId, 'not-active')
    await audit(ctx, 'booking.approve', `booking:${bookingId}`, { before: 'pending', after: 'booked' })
    const after = (await findVisit(tx, bookingId)) ?? opened.visit
    const said = await tellConcerned(ctx, after, { what: 'approved' })
    await showCard(ctx, after, [texts.html('approval-approved'), said.html])
    return undefined
  })
  return screen
}
