import { Composer } from 'grammy'
import { cancelTime } from '../../booking/claim.ts'
import { ask, onAnswer } from '../../dialogue/input.ts'
import { onButton, show, whenOptions } from '../../dialogue/screen.ts'
import { serviceName, whenWords } from '../../dialogue/words.ts'
import type { TextArgs } from '../../i18n/texts.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { findVisit, type Visit } from '../../storage/visits.ts'
import { button, inline } from '../../telegram/keyboards.ts'
import { adminAuthor, audit } from '../audit.ts'
import { REASON_MAX } from '../kept-reason.ts'
import { adminShop } from './admin-flow.ts'
import { contactOf, showCard } from './card.ts'
import { openActive, refuse, refuseAnswer } from './open-visit.ts'
import { reachText, tellConcerned } from './tell.ts'

/** Admins who run the bookings: cancelling one, with a reason for its customer or without. */
export function cancelScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'visit-cancel-ask', async (ctx, shown) => {
    const opened = await openActive(ctx, shown)
    if (!opened.ok) return opened.say
    askReason(ctx, opened.visit)
    return undefined
  })
  // A typed reason is shown once more: what was meant for somebody else must not cancel anything.
  onAnswer(screen, 'visit-cancel-ask', async (ctx, shown, reason) => {
    const { texts, effects } = ctx.turn
    if ([...reason].length > REASON_MAX) return texts.html('schedule-cancel-long')
    const opened = await openActive(ctx, shown)
    if (!opened.ok) return refuseAnswer(ctx, opened.say)
    show(ctx, {
      kind: 'question',
      html: texts.html(isAsked(opened.visit) ? 'approval-decline-sure' : 'schedule-cancel-sure', {
        ...wordsOf(ctx, opened.visit),
        reason,
      }),
      keyboard: inline(
        [
          button(texts.plain(isAsked(opened.visit) ? 'approval-decline-yes' : 'schedule-cancel-yes'), {
            ...shown,
            to: 'visit-cancel',
            told: 'reason',
          }),
        ],
        [button(texts.plain('schedule-cancel-no'), { to: 'visit', bookingId: shown.bookingId })],
      ),
    })
    effects.dialogue({ v: 1, screen: 'visit-cancel', draft: { reason } })
    return undefined
  })
  onButton(screen, 'visit-cancel', async (ctx, { bookingId, seen, told }) => {
    const { tx, texts, dialogue } = ctx.turn
    const opened = await openActive(ctx, { bookingId, seen })
    if (!opened.ok) return opened.say
    const reason = told === 'reason' ? dialogue?.draft?.['reason'] : undefined
    if (told === 'reason' && typeof reason !== 'string') {
      askReason(ctx, opened.visit)
      return texts.plain('schedule-reason-lost')
    }
    const outcome = await cancelTime(tx, adminShop(ctx), {
      customerId: opened.visit.customer.id,
      bookingId,
      seen,
      author: adminAuthor(ctx),
      ...(typeof reason === 'string' ? { reason } : {}),
    })
    if (!outcome.ok) return refuse(ctx, bookingId, outcome.reason)
    await audit(ctx, 'booking.cancel', `booking:${bookingId}`, {
      before: outcome.booking.status,
      after: { status: 'cancelled' },
    })
    const after = (await findVisit(tx, bookingId)) ?? opened.visit
    const said = await tellConcerned(ctx, after, {
      what: isAsked(outcome.booking) ? 'declined' : 'cancelled',
      reason: typeof reason === 'string' ? reason : undefined,
    })
    const done = isAsked(outcome.booking) ? 'approval-declined' : 'schedule-cancelled'
    await showCard(ctx, after, [texts.html(done), said.html])
    return undefined
  })
  return screen
}

function askReason(ctx: BotContext, visit: Visit): void {
  const { texts } = ctx.turn
  const shown = { bookingId: visit.id, seen: visit.startsAt }
  ask(ctx, {
    about: { to: 'visit-cancel-ask', ...shown },
    html: texts.html(isAsked(visit) ? 'approval-decline-ask' : 'schedule-cancel-ask', wordsOf(ctx, visit)),
    back: { to: 'visit', bookingId: visit.id },
    choices: [
      [
        button(texts.plain(isAsked(visit) ? 'approval-decline-plain' : 'schedule-cancel-plain'), {
          to: 'visit-cancel',
          ...shown,
          told: 'plain',
        }),
      ],
    ],
  })
}

/** To say no to what waits for approval is to cancel it, in other words. */
function isAsked({ status }: Pick<Visit, 'status'>): boolean {
  return status === 'pending'
}

function wordsOf(ctx: BotContext, visit: Visit): TextArgs {
  return {
    service: serviceName(visit),
    when: whenWords(visit.startsAt, visit.endsAt, whenOptions(ctx.turn)),
    customer: contactOf(visit),
    reach: reachText(ctx, visit.customer, visit.startsAt),
  }
}
