import { Composer } from 'grammy'
import { tellStaff } from '../../booking/notices.ts'
import { customerOf, onButton, showEnd } from '../../dialogue/screen.ts'
import { shortHash } from '../../dialogue/short-hash.ts'
import { serviceName, whenWords } from '../../dialogue/words.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { findSameBlock } from '../../storage/blocks.ts'
import type { ComingBooking } from '../../storage/coming.ts'
import { bookFlow } from '../../telegram/button-fields.ts'
import type { Button } from '../../telegram/callback-data.ts'
import { button, inline } from '../../telegram/keyboards.ts'
import { adminAuthor, audit } from '../audit.ts'
import { closingOf, closingWords, reasonOf, refuseClosing, showBlockView } from './block-view.ts'
import { type CloseOutcome, type Closing, closeTime, listHit } from './close-time.ts'
import { bookingLines } from './words.ts'

/** Who may change the calendar: the decision about a block whose cost was shown. */
export function blockDoScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'calendar-block-do', decide)
  return screen
}

async function decide(
  ctx: BotContext,
  tapped: Button & { to: 'calendar-block-do' },
): Promise<string | undefined> {
  const { tx, texts, client, now } = ctx.turn
  const closing = closingOf(tapped)
  const refused = await refuseClosing(ctx, closing)
  if (refused !== undefined) return refused
  const isDone =
    (await findSameBlock(tx, closing)) !== undefined &&
    (tapped.bookings === 'keep' || (await listHit(tx, closing, now)).length === 0)
  // A second tap must not take the screen away that says who could not be told.
  if (isDone) return texts.plain('calendar-block-done-before')
  const reason = reasonOf(ctx.turn, closing)
  if (shortHash(reason) !== tapped.reason) {
    await showBlockView(ctx, closing, reason)
    return texts.plain('calendar-reason-lost')
  }
  const { bookings, seen } = tapped
  const outcome = await closeTime(
    tx,
    { clientId: client.clientId, now },
    { closing, bookings, seen, reason, author: adminAuthor(ctx) },
  )
  if (outcome.kind === 'changed') {
    await showBlockView(ctx, closing, reason)
    return texts.plain('calendar-block-changed')
  }
  await audit(ctx, 'block.add', `block:${outcome.blockId}`, {
    after: { ...closing, reason, cancelled: idsOf(outcome.cancelled), kept: idsOf(outcome.kept) },
  })
  for (const booking of outcome.cancelled)
    await tellStaff(ctx, { notice: 'admin-cancelled', booking, customer: booking.customer }, [
      customerOf(ctx).telegramId ?? 0,
    ])
  await showClosed(ctx, closing, reason, outcome)
  return undefined
}

async function showClosed(
  ctx: BotContext,
  closing: Closing,
  reason: string,
  { cancelled, kept }: CloseOutcome & { kind: 'closed' },
): Promise<void> {
  const { texts } = ctx.turn
  const untold = cancelled.filter((booking) => !tellCancelled(ctx, booking, reason))
  const told = cancelled.length - untold.length
  const parts = [
    texts.html('calendar-block-done', { what: await closingWords(ctx, closing, reason) }),
    ...(cancelled.length > 0 ? [texts.html('calendar-block-cancelled', { count: cancelled.length })] : []),
    ...(told > 0 ? [texts.html('calendar-block-told', { count: told })] : []),
    ...(untold.length > 0
      ? [texts.html('calendar-block-untold', { list: bookingLines(ctx.turn, untold) })]
      : []),
    ...(kept.length > 0 ? [texts.html('calendar-block-kept', { count: kept.length })] : []),
  ]
  showEnd(ctx, {
    kind: 'screen',
    html: parts.join('\n\n'),
    keyboard: inline([button(texts.plain('calendar-to-blocks'), { to: 'calendar-blocks', page: 0 })]),
  })
}

/** Tells a customer, in their own language, and offers other times. False where there is no way to. */
function tellCancelled({ turn }: BotContext, booking: ComingBooking, reason: string): boolean {
  const { customer, startsAt, endsAt, lines } = booking
  if (customer.telegramId === null || customer.isGone) return false
  const texts = turn.textsIn(customer.language)
  const options = { language: texts.language, timeZone: turn.settings.timeZone, now: turn.now }
  turn.effects.send(customer.telegramId, {
    kind: 'booking-cancelled-by-business',
    html: texts.html('calendar-cancelled-notice', {
      service: serviceName(booking),
      when: whenWords(startsAt, endsAt, options),
      reason: { html: reason ? `\n${texts.html('calendar-line-reason', { reason })}` : '' },
    }),
    keyboard: inline([
      button(texts.plain('calendar-other-times'), {
        to: 'nearest',
        flow: bookFlow(
          lines.map(({ serviceId }) => serviceId),
          null,
        ),
      }),
    ]),
  })
  return true
}

function idsOf(bookings: readonly ComingBooking[]): number[] {
  return bookings.map(({ id }) => id)
}
