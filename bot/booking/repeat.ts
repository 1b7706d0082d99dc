import { Composer } from 'grammy'
import { customerOf, onButton } from '../dialogue/screen.ts'
import { slotsAround } from '../domain/availability.ts'
import { sameWeekdayAhead } from '../domain/time.ts'
import type { BotContext } from '../runtime/turn.ts'
import { findBooking } from '../storage/booking-lookup.ts'
import { openFlow } from './flow.ts'
import { keepTime } from './keep-time.ts'
import { openServiceOffer, readQuery, wholeWindow } from './offer.ts'
import { shopOf } from './shop.ts'
import { showSummary } from './summary.ts'

/** The customer of a past visit: the same again, proposed for the same weekday and hour, or the free time nearest to it. */
export function repeatScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'repeat', async (ctx, { bookingId }) => {
    const { turn } = ctx
    const { texts, settings, now } = turn
    const shop = shopOf(turn)
    const booking = await findBooking(turn.tx, customerOf(ctx).id, bookingId)
    if (!booking) return texts.plain('not-yours')
    const serviceId = booking.lines[0]?.serviceId ?? 0
    if (!(await openServiceOffer(turn.tx, shop, [serviceId], null))) return texts.plain('repeat-gone')
    // The same member of staff, while there is one who still gives it.
    const same = await openServiceOffer(turn.tx, shop, [serviceId], booking.staffId)
    const open = await openFlow(ctx, { kind: 'book', serviceId, staffId: same ? booking.staffId : null })
    if (open.kind === 'refused') return open.say
    const query = await readQuery(turn.tx, shop, open.offer, wholeWindow(shop))
    const [slot] = slotsAround(query, sameWeekdayAhead(booking.startsAt, now, settings.timeZone), 1)
    if (!slot) return texts.plain('repeat-full')
    if (await keepTime(ctx, open, slot.start)) await showSummary(ctx, open, slot.start)
    return undefined
  })
  return screen
}
