import { detailLines } from '../dialogue/words.ts'
import type { Html } from '../i18n/texts.ts'
import type { BotContext } from '../runtime/turn.ts'
import type { Booking } from '../storage/booking-lookup.ts'
import { listStaff } from '../storage/catalogue.ts'

/** The member of staff of a booking, where the business has more than one: else nobody wants to read the name. */
export async function staffNameToShow(
  ctx: BotContext,
  booking: Pick<Booking, 'staffName'>,
): Promise<string | undefined> {
  return (await listStaff(ctx.turn.tx)).length > 1 ? booking.staffName : undefined
}

/** What stands under the time of a booking as its customer sees it: as sold, whatever the catalogue says today. */
export async function bookingDetails(ctx: BotContext, booking: Booking): Promise<Html> {
  const { texts, settings } = ctx.turn
  return detailLines(texts, settings, {
    staffName: await staffNameToShow(ctx, booking),
    priceMinor: booking.priceMinor,
    currency: booking.currency,
  })
}
