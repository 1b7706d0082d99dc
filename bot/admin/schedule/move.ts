import { Composer } from 'grammy'
import { isChangeRefusal, moveTime } from '../../booking/claim.ts'
import { staffNameToShow } from '../../booking/details.ts'
import type { OpenFlow } from '../../booking/flow.ts'
import { showOtherTimes } from '../../booking/summary.ts'
import { onButton, showStep, whenOptions } from '../../dialogue/screen.ts'
import { serviceName, whenWords } from '../../dialogue/words.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { findVisit } from '../../storage/visits.ts'
import { button, inline } from '../../telegram/keyboards.ts'
import { adminAuthor, audit } from '../audit.ts'
import { type AdminFlow, adminShop, openAdminFlow, type Preview, previewStart } from './admin-flow.ts'
import { contactOf, showCard } from './card.ts'
import { openVisit, refuse } from './open-visit.ts'
import { reachText, tellConcerned } from './tell.ts'
import { lineIf, staffLine } from './words.ts'

/** Admins who run the bookings: moving one to a time that was chosen or typed. */
export function moveScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'visit-move', async (ctx, { bookingId, seen, startsAt, starts }) => {
    const { tx, texts } = ctx.turn
    const opened = await openVisit(ctx, bookingId)
    if (!opened.ok) return opened.say
    const outcome = await moveTime(tx, adminShop(ctx, { starts }), {
      customerId: opened.visit.customer.id,
      bookingId,
      startsAt,
      seen,
      author: adminAuthor(ctx),
    })
    if (!outcome.ok) {
      if (isChangeRefusal(outcome.reason)) return refuse(ctx, bookingId, outcome.reason)
      const open = await openAdminFlow(ctx, { kind: 'move', bookingId })
      if (open.kind === 'refused') return open.say
      // Hours that were changed since are asked about; anything else needs another time.
      const preview = outcome.reason === 'outside-hours' ? await previewStart(ctx, open, startsAt) : undefined
      if (preview?.ok && open.kind === 'move') await showMoveSummary(ctx, open, startsAt, preview)
      else await showOtherTimes(ctx, open, startsAt, outcome.reason)
      return undefined
    }
    const after = (await findVisit(tx, bookingId)) ?? opened.visit
    if (outcome.again) {
      await showCard(ctx, after)
      return texts.plain('schedule-already-there')
    }
    const oldStartsAt = outcome.old.startsAt
    await audit(ctx, 'booking.move', `booking:${bookingId}`, {
      before: new Date(oldStartsAt).toISOString(),
      after: new Date(startsAt).toISOString(),
    })
    const said = await tellConcerned(ctx, after, {
      what: 'moved',
      oldStartsAt,
      oldStaffId: outcome.old.staffId,
    })
    await showCard(ctx, after, [texts.html('schedule-moved'), said.html])
    return undefined
  })
  return screen
}

/** What is about to be moved where; a time outside the working hours is asked about. */
export async function showMoveSummary(
  ctx: BotContext,
  { booking, visit }: AdminFlow & OpenFlow & { kind: 'move' },
  startsAt: number,
  { end, starts, staffName }: Preview & { ok: true },
): Promise<void> {
  const { texts } = ctx.turn
  if (!visit) throw new Error('a flow that moves a booking knows whose it is')
  const several = (await staffNameToShow(ctx.turn.tx, booking)) !== undefined
  const outside = starts === 'any'
  showStep(ctx, 'visit-move', {
    kind: 'screen',
    html: texts.html('schedule-move-sure', {
      service: serviceName(booking),
      staff: staffLine(texts, several ? staffName : undefined),
      customer: contactOf(visit),
      old: whenWords(booking.startsAt, booking.endsAt, whenOptions(ctx.turn)),
      when: whenWords(startsAt, end, whenOptions(ctx.turn)),
      warning: lineIf(outside, texts.html('schedule-outside-hours')),
      reach: reachText(ctx, visit.customer, Math.max(startsAt, booking.startsAt)),
    }),
    keyboard: inline(
      [
        button(texts.plain(outside ? 'schedule-anyway' : 'button-move'), {
          to: 'visit-move',
          bookingId: booking.id,
          seen: booking.startsAt,
          startsAt,
          starts,
        }),
      ],
      [
        button(texts.plain('button-back'), {
          to: 'admin-nearest',
          flow: { kind: 'move', bookingId: booking.id },
        }),
      ],
    ),
  })
}
