import { isActive } from '../../domain/visits.ts'
import { escapeHtml } from '../../i18n/texts.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { findVisit, type Visit } from '../../storage/visits.ts'
import { showCard } from './card.ts'
import { showToday } from './day.ts'

export type Opened = { ok: true; visit: Visit } | { ok: false; say: string }

/** The booking behind a button. One that is not there is answered with the day, and `say` is for the toast. */
export async function openVisit(ctx: BotContext, bookingId: number): Promise<Opened> {
  const visit = await findVisit(ctx.turn.tx, bookingId)
  if (visit) return { ok: true, visit }
  await showToday(ctx)
  return { ok: false, say: ctx.turn.texts.plain('schedule-gone') }
}

/** The same, for what can be done only to a booking that is still to take place, and still lies where it was `seen`. */
export async function openActive(
  ctx: BotContext,
  { bookingId, seen }: { bookingId: number; seen?: number },
): Promise<Opened> {
  const opened = await openVisit(ctx, bookingId)
  if (!opened.ok) return opened
  const { visit } = opened
  if (!isActive(visit.status)) return { ok: false, say: await refuse(ctx, bookingId, 'not-active') }
  if (seen !== undefined && visit.startsAt !== seen)
    return { ok: false, say: await refuse(ctx, bookingId, 'changed') }
  return opened
}

/** The card as it is now, and why nothing was done, for the toast. */
export async function refuse(ctx: BotContext, bookingId: number, reason: string): Promise<string> {
  const { texts } = ctx.turn
  const opened = await openVisit(ctx, bookingId)
  if (!opened.ok) return opened.say
  await showCard(ctx, opened.visit)
  if (reason === 'changed') return texts.plain('schedule-moved-meanwhile')
  return texts.plain('schedule-is-now', { status: texts.plain(`schedule-status-${opened.visit.status}`) })
}

/** A refusal of something typed, which no toast can say. The question is over: nothing is left to be answered. */
export function refuseAnswer(ctx: BotContext, say: string): undefined {
  if (ctx.chat) ctx.turn.effects.send(ctx.chat.id, { kind: 'refusal', html: escapeHtml(say).html })
  return undefined
}
