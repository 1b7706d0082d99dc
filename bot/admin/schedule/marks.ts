import { Composer } from 'grammy'
import { onButton } from '../../dialogue/screen.ts'
import { decideMark, type Mark } from '../../domain/visits.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { markBooking } from '../../storage/booking-changes.ts'
import { lockCustomer } from '../../storage/bookings.ts'
import { findVisit, type Visit } from '../../storage/visits.ts'
import { adminAuthor, audit } from '../audit.ts'
import { showCard } from './card.ts'
import { openVisit } from './open-visit.ts'
import { tellConcerned } from './tell.ts'

/** Admins who run the bookings: what became of a booking, as its card asks it. */
export function marksScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'visit-mark', async (ctx, { bookingId, mark, was }) => {
    const opened = await openVisit(ctx, bookingId)
    if (!opened.ok) return opened.say
    const said = await markVisit(ctx, opened.visit, mark, was)
    const after = (await findVisit(ctx.turn.tx, bookingId)) ?? opened.visit
    const told =
      said.done && mark === 'confirmed' ? [(await tellConcerned(ctx, after, { what: 'confirmed' })).html] : []
    await showCard(ctx, after, told)
    return said.toast
  })
  return screen
}

/** Marks a booking that had the status `was` on the screen; the toast says what was done, or why nothing was. */
export async function markVisit(
  ctx: BotContext,
  { id: bookingId, customer }: Visit,
  mark: Mark,
  was: Visit['status'],
): Promise<{ done: boolean; toast: string }> {
  const { tx, texts, client, now, settings } = ctx.turn
  await lockCustomer(tx, client.clientId, customer.id)
  const visit = await findVisit(tx, bookingId)
  if (!visit) return { done: false, toast: texts.plain('schedule-gone') }
  const isNow = () => ({
    done: false,
    toast: texts.plain('schedule-is-now', { status: texts.plain(`schedule-status-${visit.status}`) }),
  })
  if (visit.status === mark) return { done: false, toast: texts.plain('schedule-already') }
  if (visit.status !== was) return isNow()
  const decision = decideMark(visit, mark, now, settings.timeZone)
  if (!decision.ok)
    switch (decision.reason) {
      case 'not-active':
      case 'already-so':
        return isNow()
      case 'not-begun':
      case 'already-begun':
      case 'too-late':
        return { done: false, toast: texts.plain(`schedule-${decision.reason}`) }
    }
  // The job that counts forgotten visits takes no lock; whoever comes second sees what the first has made of it.
  if (!(await markBooking(tx, visit, mark, adminAuthor(ctx), now))) return isNow()
  await audit(ctx, 'booking.mark', `booking:${bookingId}`, { before: visit.status, after: mark })
  return {
    done: true,
    toast: texts.plain('schedule-marked', { status: texts.plain(`schedule-status-${mark}`) }),
  }
}
