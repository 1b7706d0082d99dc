import { Composer } from 'grammy'
import { pageOf } from '../../dialogue/pages.ts'
import { onButton, showEnd, whenOptions } from '../../dialogue/screen.ts'
import { customerLink, serviceName, slotLabel } from '../../dialogue/words.ts'
import { shorten } from '../../i18n/texts.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { listVisitsOfCustomer } from '../../storage/visits.ts'
import { button, inline } from '../../telegram/keyboards.ts'
import { statusSign } from '../schedule/words.ts'
import { openCustomer } from './card.ts'

const NAME_ON_BUTTON = 26

/** Admins who run the bookings: everything that a customer has booked; a tap opens the booking's card. */
export function bookingsScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'customer-bookings', async (ctx, { customerId, page: wanted }) => {
    const { tx, texts } = ctx.turn
    const opened = await openCustomer(ctx, customerId)
    if (!opened.ok) return opened.say
    const visits = await listVisitsOfCustomer(tx, customerId)
    const { items, arrows } = pageOf(visits, {
      page: wanted,
      turnTo: (page) => ({ to: 'customer-bookings', customerId, page }),
    })
    showEnd(ctx, {
      kind: 'screen',
      html: texts.html(visits.length === 0 ? 'customers-bookings-none' : 'customers-bookings', {
        name: customerLink(opened.file),
      }),
      keyboard: inline(
        ...items.map((visit) => [
          button(
            `${statusSign(visit.status)}${slotLabel(visit.startsAt, whenOptions(ctx.turn))} · ${shorten(serviceName(visit), NAME_ON_BUTTON)}`,
            { to: 'visit', bookingId: visit.id },
          ),
        ]),
        arrows,
        [button(texts.plain('customers-card-back'), { to: 'customer', customerId })],
      ),
    })
    return undefined
  })
  return screen
}
