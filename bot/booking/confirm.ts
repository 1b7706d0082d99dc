import { Composer } from 'grammy'
import { toMyBookings } from '../dialogue/menu.ts'
import { customerOf, onButton, showEnd, whenOptions } from '../dialogue/screen.ts'
import { serviceName, whenWords } from '../dialogue/words.ts'
import type { BotContext } from '../runtime/turn.ts'
import { type BookFlow, type Flow, wantedServices } from '../telegram/button-fields.ts'
import type { Button } from '../telegram/callback-data.ts'
import { inline } from '../telegram/keyboards.ts'
import { awaitingScreen } from './awaiting.ts'
import { alreadyBooked, showBooked } from './booked.ts'
import { bookTime, isChangeRefusal, moveTime } from './claim.ts'
import { askContact } from './contact/gate.ts'
import { openFlow } from './flow.ts'
import { keepTime, refuseTime } from './keep-time.ts'
import { tellAdmins } from './notices.ts'
import { refuseChange } from './refusals.ts'
import { shopOf } from './shop.ts'
import { showOtherTimes, showSummary, termsOf } from './summary.ts'

/** The booking knows its customer: the history does not repeat who that is, and has nothing to forget. */
export const CUSTOMER = { actor: 'customer' } as const

/** Any customer: the decision about a time that was shown in a summary. */
export function confirmScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'time', showTime)
  onButton(screen, 'confirm', (ctx, tapped) =>
    tapped.flow.kind === 'move'
      ? decideMove(ctx, tapped.flow, tapped.startsAt)
      : decideBooking(ctx, tapped.flow, tapped),
  )
  return screen
}

/** A time that was tapped: its summary, or first what the business wants to know of its customer. */
export async function showTime(
  ctx: BotContext,
  tapped: Extract<Button, { to: 'time' }>,
): Promise<string | undefined> {
  const open = await openFlow(ctx, tapped.flow)
  if (open.kind === 'refused') return open.say
  // Kept before anything is asked, so that nobody else takes it meanwhile.
  if (!(await keepTime(ctx, open, tapped.startsAt))) return undefined
  if (await askContact(ctx, tapped)) return undefined
  await showSummary(ctx, open, tapped.startsAt)
  return undefined
}

async function decideBooking(
  ctx: BotContext,
  flow: BookFlow,
  tapped: { startsAt: number; intent: string },
): Promise<string | undefined> {
  const { turn } = ctx
  const customer = customerOf(ctx)
  // What was given may have been taken back since the summary.
  if (await askContact(ctx, { to: 'time', flow, startsAt: tapped.startsAt })) return undefined
  const outcome = await bookTime(turn.tx, shopOf(turn), {
    customerId: customer.id,
    serviceIds: wantedServices(flow),
    staffId: flow.staffId,
    startsAt: tapped.startsAt,
    // With the customer's id nobody can use up, or ask about, another one's confirmation.
    intent: `${customer.id}:${tapped.intent}`,
    author: CUSTOMER,
    terms: termsOf(tapped.intent),
  })
  if (outcome.ok) return showBooked(ctx, outcome)
  const open = await openFlow(ctx, flow)
  if (open.kind === 'refused') return open.say
  await refuseTime(ctx, open, tapped.startsAt, outcome)
  return undefined
}

async function decideMove(
  ctx: BotContext,
  flow: Flow & { kind: 'move' },
  startsAt: number,
): Promise<string | undefined> {
  const { turn } = ctx
  const { texts } = turn
  const outcome = await moveTime(turn.tx, shopOf(turn), {
    customerId: customerOf(ctx).id,
    bookingId: flow.bookingId,
    startsAt,
    author: CUSTOMER,
  })
  if (outcome.ok) {
    if (outcome.again) {
      showEnd(ctx, alreadyBooked(ctx, outcome.booking))
      return undefined
    }
    if (outcome.booking.status === 'pending') {
      showEnd(ctx, await awaitingScreen(ctx, outcome.booking))
      await tellAdmins(ctx, 'admin-asked-move', outcome.booking, { old: outcome.old })
      return undefined
    }
    showEnd(ctx, {
      kind: 'booking-moved',
      html: texts.html('moved', {
        service: serviceName(outcome.booking),
        old: whenWords(outcome.old.startsAt, undefined, whenOptions(turn)),
        when: whenWords(outcome.booking.startsAt, outcome.booking.endsAt, whenOptions(turn)),
      }),
      keyboard: inline([toMyBookings(texts)]),
    })
    await tellAdmins(ctx, 'admin-moved', outcome.booking, { old: outcome.old })
    return undefined
  }
  const { reason, booking } = outcome
  if (isChangeRefusal(reason)) return refuseChange(ctx, 'move', { reason, ...(booking ? { booking } : {}) })
  const open = await openFlow(ctx, flow)
  if (open.kind === 'refused') return open.say
  await showOtherTimes(ctx, open, startsAt, reason)
  return undefined
}
