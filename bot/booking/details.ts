import { detailLines } from '../dialogue/words.ts'
import { totalPrice } from '../domain/money.ts'
import type { BookingStatus } from '../domain/policy.ts'
import type { Html, Texts } from '../i18n/texts.ts'
import type { Turn } from '../runtime/turn.ts'
import type { Booking } from '../storage/booking-lookup.ts'
import { listStaff } from '../storage/catalogue.ts'
import type { Tx } from '../storage/database.ts'

/** How a booking ended where its visit did not take place, to stand behind its name (HTML). */
export function endRemark(texts: Texts, status: BookingStatus): string {
  return status === 'cancelled' || status === 'no_show' || status === 'expired'
    ? ` (${texts.html(`status-${status}`)})`
    : ''
}

/** The member of staff of a booking, where the business has more than one: else nobody wants to read the name. */
export async function staffNameToShow(
  tx: Tx,
  booking: Pick<Booking, 'staffName'>,
): Promise<string | undefined> {
  return (await listStaff(tx)).length > 1 ? booking.staffName : undefined
}

/** What stands under the time of a booking as its customer sees it: as sold, whatever the catalogue says today. */
export async function bookingDetails(
  { tx, texts, settings }: Pick<Turn, 'tx' | 'texts' | 'settings'>,
  booking: Booking,
): Promise<Html> {
  return detailLines(texts, settings, {
    staffName: await staffNameToShow(tx, booking),
    priceMinor: booking.priceMinor,
    priceFrom: totalPrice(booking.lines).priceFrom,
    currency: booking.currency,
  })
}
