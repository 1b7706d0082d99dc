import { Composer } from 'grammy'
import { toMyBookings } from '../../dialogue/menu.ts'
import { customerOf, onButton, showEnd } from '../../dialogue/screen.ts'
import { isSpent } from '../../domain/waitlist.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { findBooking } from '../../storage/booking-lookup.ts'
import { lockCustomer } from '../../storage/bookings.ts'
import { findHoldById, releaseHold } from '../../storage/holds.ts'
import { findPlace } from '../../storage/waitlist.ts'
import { leavePlace } from '../../storage/waitlist-leave.ts'
import { type BookFlow, bookFlow } from '../../telegram/button-fields.ts'
import { button, inline } from '../../telegram/keyboards.ts'
import { showBooked } from '../booked.ts'
import { CUSTOMER } from '../confirm.ts'
import { askContact } from '../contact/gate.ts'
import { openFlow } from '../flow.ts'
import { confirmHold } from '../hold.ts'
import { refuseTime } from '../keep-time.ts'
import { shopOf } from '../shop.ts'
import { dayButton, endedMessage } from './ended.ts'
import { placeWords } from './places.ts'

/** The customer to whom the waitlist has offered a time: it is taken, or given to the next in line. */
export function offeredScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'wait-take', (ctx, { holdId }) => take(ctx, holdId))
  onButton(screen, 'wait-decline', async (ctx, { holdId }) => {
    const { tx, texts, now } = ctx.turn
    const offer = await readOffer(ctx, holdId)
    if (!offer?.place.isWaiting) return texts.plain('waitlist-gone')
    await releaseHold(tx, holdId, now)
    // What was declined may be an older offer than the one that still waits for an answer.
    const place = await findPlace(tx, offer.place.customerId, offer.place.id, now)
    if (place && isSpent(place)) {
      await leavePlace(tx, place.customerId, place.id, now)
      showEnd(ctx, endedMessage(ctx.turn, place))
      return undefined
    }
    showEnd(ctx, {
      kind: 'screen',
      html: texts.html('waitlist-declined', placeWords(ctx.turn, offer.place)),
      keyboard: inline(
        [dayButton(texts, offer.place)],
        [button(texts.plain('waitlist-leave'), { to: 'wait-leave', waitingId: offer.place.id })],
        [toMyBookings(texts)],
      ),
    })
    return undefined
  })
  return screen
}

async function take(ctx: BotContext, holdId: number): Promise<string | undefined> {
  const { turn } = ctx
  const customerId = customerOf(ctx).id
  const offer = await readOffer(ctx, holdId)
  if (!offer) {
    const booking = await findBooking(turn.tx, customerId, holdId)
    return booking ? showBooked(ctx, { ok: true, booking, again: true }) : turn.texts.plain('waitlist-gone')
  }
  if (await askContact(ctx, { to: 'time', flow: offer.flow, startsAt: offer.hold.startsAt })) return undefined
  const outcome = await confirmHold(turn.tx, shopOf(turn), { customerId, holdId, author: CUSTOMER })
  if (outcome.ok) {
    await leavePlace(turn.tx, customerId, offer.place.id, turn.now)
    return showBooked(ctx, outcome)
  }
  const open = await openFlow(ctx, offer.flow)
  if (open.kind === 'refused') return open.say
  await refuseTime(ctx, open, offer.hold.startsAt, outcome)
  return undefined
}

/** What was offered, and for which place, under the customer's lock; undefined once it is booked, and for anybody else. */
async function readOffer(ctx: BotContext, holdId: number) {
  const { tx, client, now } = ctx.turn
  const customerId = customerOf(ctx).id
  await lockCustomer(tx, client.clientId, customerId)
  const hold = await findHoldById(tx, customerId, holdId)
  const place = hold?.waitingId ? await findPlace(tx, customerId, hold.waitingId, now) : undefined
  if (!hold || !place) return undefined
  const flow: BookFlow = bookFlow(
    hold.lines.map(({ serviceId }) => serviceId),
    place.staffId,
  )
  return { hold, place, flow }
}
