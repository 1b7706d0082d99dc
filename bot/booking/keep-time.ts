import { Composer } from 'grammy'
import { menuWords } from '../dialogue/menu.ts'
import { customerOf, pressedButton, showEnd } from '../dialogue/screen.ts'
import type { BotContext } from '../runtime/turn.ts'
import { findOfferDeadline, releaseChosen } from '../storage/holds.ts'
import { wantedServices } from '../telegram/button-fields.ts'
import type { Button } from '../telegram/callback-data.ts'
import type { BookOutcome } from './claim.ts'
import type { OpenFlow } from './flow.ts'
import { heldUntil, holdTime } from './hold.ts'
import { nothingToBook, refuseBooking } from './refusals.ts'
import { showOtherTimes, showSummary } from './summary.ts'

/**
 * Keeps the time that a customer has chosen for a new booking, until they confirm it. A move keeps its old time and
 * needs none. False: it is not to be had, and the customer has been told.
 */
export async function keepTime(ctx: BotContext, open: OpenFlow, startsAt: number): Promise<boolean> {
  const { tx } = ctx.turn
  const chosenUntil = heldUntil(open.shop)
  if (open.kind === 'move' || chosenUntil === undefined) return true
  const customerId = customerOf(ctx).id
  // What the waitlist has promised holds, also for who is asked for name and phone on the way.
  const offeredUntil = await findOfferDeadline(tx, customerId, startsAt, open.shop.now)
  const expiresAt = Math.max(chosenUntil, offeredUntil ?? 0)
  const { staffId } = open.flow
  const serviceIds = wantedServices(open.flow)
  const outcome = await holdTime(tx, open.shop, { customerId, serviceIds, staffId, startsAt, expiresAt })
  if (outcome.ok) return true
  await releaseChosen(tx, customerId, open.shop.now)
  await refuseTime(ctx, open, startsAt, outcome)
  return false
}

/** Why a time cannot be booked, and what can be done instead. */
export async function refuseTime(
  ctx: BotContext,
  open: OpenFlow,
  startsAt: number,
  refusal: Extract<BookOutcome, { ok: false }>,
): Promise<void> {
  if (refusal.reason === 'limit-reached' || refusal.reason === 'denied')
    showEnd(ctx, refuseBooking(ctx, refusal))
  else if (refusal.reason === 'not-on-offer') showEnd(ctx, nothingToBook(ctx))
  else if (refusal.reason === 'terms-changed') {
    // They decide anew, about what it takes and costs now.
    if (await keepTime(ctx, open, startsAt)) await showSummary(ctx, open, startsAt, { isChanged: true })
  } else await showOtherTimes(ctx, open, startsAt, refusal.reason)
}

/** Who taps one of these has left the summary for another choice. */
const LEAVING: ReadonlySet<Button['to']> = new Set<Button['to']>([
  'services',
  'category',
  'member',
  'service',
  'more-services',
  'visit-services',
  'nearest',
  'month',
  'day',
  'stop',
])

/** Any customer who leaves a summary without confirming it: the time is free for others at once. Goes before all screens. */
export function letGoScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  const letGo = new Composer<BotContext>()
  letGo.use(async (ctx, next) => {
    await releaseChosen(ctx.turn.tx, customerOf(ctx).id, ctx.turn.now)
    return next()
  })
  screen.filter(hasLeft).use(letGo)
  screen.command(['start', 'book', 'cancel']).use(letGo)
  screen.hears([...menuWords('menu-book'), ...menuWords('button-cancel')]).use(letGo)
  return screen
}

function hasLeft(ctx: BotContext): boolean {
  const pressed = pressedButton(ctx)
  if (pressed === undefined) return false
  // Who moves a booking has given up the new one.
  if (pressed.to === 'time' || pressed.to === 'confirm') return pressed.flow.kind === 'move'
  return LEAVING.has(pressed.to)
}
