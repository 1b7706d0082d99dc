import { Composer } from 'grammy'
import { customerOf, onButton } from '../dialogue/screen.ts'
import { slotsAround } from '../domain/availability.ts'
import { sameWeekdayAhead } from '../domain/time.ts'
import type { BotContext } from '../runtime/turn.ts'
import { type Booking, findBooking } from '../storage/booking-lookup.ts'
import { findServices } from '../storage/catalogue.ts'
import type { Tx } from '../storage/database.ts'
import { bookFlow } from '../telegram/button-fields.ts'
import { showTime } from './confirm.ts'
import { openFlow } from './flow.ts'
import { openServiceOffer, readQuery, wholeWindow } from './offer.ts'
import { shopOf } from './shop.ts'

/** The customer of a past visit: the same again, proposed for the same weekday and hour, or the free time nearest to it. */
export function repeatScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'repeat', async (ctx, { bookingId }) => {
    const { turn } = ctx
    const { texts, settings, now } = turn
    const shop = shopOf(turn)
    const booking = await findBooking(turn.tx, customerOf(ctx).id, bookingId)
    if (!booking) return texts.plain('not-yours')
    const serviceIds = await stillOffered(turn.tx, booking)
    if (!(await openServiceOffer(turn.tx, shop, serviceIds, null))) return texts.plain('repeat-gone')
    // The same member of staff, while there is one who still gives it.
    const same = await openServiceOffer(turn.tx, shop, serviceIds, booking.staffId)
    const open = await openFlow(ctx, bookFlow(serviceIds, same ? booking.staffId : null))
    if (open.kind === 'refused') return open.say
    const query = await readQuery(turn.tx, shop, open.offer, wholeWindow(shop))
    const [slot] = slotsAround(query, sameWeekdayAhead(booking.startsAt, now, settings.timeZone), 1)
    if (!slot) return texts.plain('repeat-full')
    return showTime(ctx, { to: 'time', flow: open.flow, startsAt: slot.start })
  })
  return screen
}

/** What of a past visit can still be booked. */
async function stillOffered(tx: Tx, { lines }: Booking): Promise<number[]> {
  const services = await findServices(
    tx,
    lines.map(({ serviceId }) => serviceId),
  )
  return services.map(({ id }) => id)
}
