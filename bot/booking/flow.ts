import { customerOf, showEnd } from '../dialogue/screen.ts'
import { serviceName } from '../dialogue/words.ts'
import { mayChange } from '../domain/policy.ts'
import type { BotContext } from '../runtime/turn.ts'
import { type Booking, findBooking } from '../storage/booking-lookup.ts'
import type { Service } from '../storage/catalogue.ts'
import { type BookFlow, type Flow, wantedServices } from '../telegram/button-fields.ts'
import { button, type InlineButton } from '../telegram/keyboards.ts'
import { mayBookNow } from './judge.ts'
import { type Offer, openMoveOffer, openServiceOffer, policyOf, type Shop } from './offer.ts'
import { nothingToBook, refuseBooking, refuseChange } from './refusals.ts'
import { shopOf } from './shop.ts'
import { CUSTOMER_WAYS, type FlowWays } from './ways.ts'

/** A flow that may go on: what is wanted, who can give it, under whose rules. */
export type OpenFlow = { name: string; offer: Offer; shop: Shop } & FlowWays &
  (
    | { kind: 'book'; flow: BookFlow; services: readonly [Service, ...Service[]] }
    | { kind: 'move'; flow: Flow & { kind: 'move' }; booking: Booking }
  )

/**
 * Opens the flow that a button names, checking again all that may have changed since it was shown. Where it cannot go
 * on, the customer has been told why, and `say` is for the toast.
 */
export async function openFlow(
  ctx: BotContext,
  flow: Flow,
): Promise<OpenFlow | { kind: 'refused'; say: string | undefined }> {
  const { turn } = ctx
  const customer = customerOf(ctx)
  const shop = shopOf(turn)
  const ways: FlowWays = { ways: CUSTOMER_WAYS, exits: [exitsOf(ctx, flow)] }
  if (flow.kind === 'move') {
    const booking = await findBooking(turn.tx, customer.id, flow.bookingId)
    if (!booking) return { kind: 'refused', say: turn.texts.plain('not-yours') }
    const allowed = mayChange(booking, 'move', policyOf(turn.settings), turn.now)
    if (!allowed.ok) return { kind: 'refused', say: await refuseChange(ctx, 'move', { ...allowed, booking }) }
    const offer = { ...(await openMoveOffer(turn.tx, shop, booking)), customerId: customer.id }
    return { kind: 'move', flow, booking, offer, name: serviceName(booking), shop, ...ways }
  }
  if (!(await withinLimit(ctx))) return { kind: 'refused', say: undefined }
  const offer = await openServiceOffer(turn.tx, shop, wantedServices(flow), flow.staffId)
  if (!offer) {
    showEnd(ctx, nothingToBook(ctx))
    return { kind: 'refused', say: undefined }
  }
  const { services } = offer
  const name = serviceName({ lines: services })
  return { kind: 'book', flow, services, offer: { ...offer, customerId: customer.id }, name, shop, ...ways }
}

/** May whoever is in this flow wait for a full day? Who moves a booking has a time, and the business waits for nobody. */
export function mayWait(open: OpenFlow): open is OpenFlow & { kind: 'book' } {
  return open.kind === 'book' && !open.shop.admin && open.shop.settings.waitlist
}

function exitsOf(ctx: BotContext, flow: Flow): InlineButton[] {
  const { texts } = ctx.turn
  const back =
    flow.kind === 'move'
      ? button(texts.plain('button-back'), { to: 'card', bookingId: flow.bookingId })
      : button(texts.plain('button-services'), { to: 'services', page: 0 })
  return [back, button(texts.plain('button-cancel'), { to: 'stop' })]
}

/** False when the customer may make no more bookings, which they have been told then. */
export async function withinLimit(ctx: BotContext): Promise<boolean> {
  const allowed = await mayBookNow(ctx.turn.tx, shopOf(ctx.turn), customerOf(ctx).id)
  if (!allowed.ok) showEnd(ctx, refuseBooking(ctx, allowed))
  return allowed.ok
}
