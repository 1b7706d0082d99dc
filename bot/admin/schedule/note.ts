import { Composer } from 'grammy'
import { ask, onAnswer } from '../../dialogue/input.ts'
import { onButton } from '../../dialogue/screen.ts'
import { escapeHtml } from '../../i18n/texts.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { writeNote } from '../../storage/booking-changes.ts'
import { lockCustomer } from '../../storage/bookings.ts'
import { findVisit, type Visit } from '../../storage/visits.ts'
import { button } from '../../telegram/keyboards.ts'
import { audit, lengthOf } from '../audit.ts'
import { isChangedSince, seenText } from '../seen-text.ts'
import { showCard } from './card.ts'
import { openVisit, refuseAnswer } from './open-visit.ts'

const NOTE_MAX = 500

/** Admins who run the bookings: the business's own words on a booking. */
export function noteScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'visit-note', async (ctx, { bookingId }) => {
    const opened = await openVisit(ctx, bookingId)
    if (!opened.ok) return opened.say
    askNote(ctx, opened.visit)
    return undefined
  })
  onButton(screen, 'visit-note-clear', async (ctx, { bookingId }) => {
    const opened = await openVisit(ctx, bookingId)
    if (!opened.ok) return opened.say
    await changeNote(ctx, opened.visit, '')
    return ctx.turn.texts.plain('schedule-note-cleared')
  })
  onAnswer(screen, 'visit-note', async (ctx, { bookingId }, text, draft) => {
    const { tx, texts, client } = ctx.turn
    const length = [...text].length
    if (length > NOTE_MAX) return texts.html('schedule-note-long', { count: length })
    const opened = await openVisit(ctx, bookingId)
    if (!opened.ok) return refuseAnswer(ctx, opened.say)
    await lockCustomer(tx, client.clientId, opened.visit.customer.id)
    const visit = (await findVisit(tx, bookingId)) ?? opened.visit
    if (isChangedSince(draft, visit.note)) askNote(ctx, visit, texts.html('note-changed-meanwhile'))
    else await changeNote(ctx, visit, text)
    return undefined
  })
  return screen
}

function askNote(ctx: BotContext, { id: bookingId, note }: Visit, first?: string): void {
  const { texts } = ctx.turn
  const clear = button(texts.plain('schedule-note-clear'), { to: 'visit-note-clear', bookingId })
  ask(ctx, {
    about: { to: 'visit-note', bookingId },
    html: texts.html('schedule-note-ask', {
      now: { html: note === '' ? '' : `\n\n${texts.html('schedule-note-now', { note: escapeHtml(note) })}` },
    }),
    first,
    back: { to: 'visit', bookingId },
    choices: note === '' ? [] : [[clear]],
    draft: seenText(note),
  })
}

async function changeNote(ctx: BotContext, visit: Visit, note: string): Promise<void> {
  const { tx, now, texts } = ctx.turn
  if (note !== visit.note) {
    await writeNote(tx, visit.id, note, now)
    // What the record says for ever is that there was a note, and not what it says of a customer.
    await audit(ctx, 'booking.note', `booking:${visit.id}`, {
      before: lengthOf(visit.note),
      after: lengthOf(note),
    })
  }
  const after = (await findVisit(tx, visit.id)) ?? visit
  await showCard(ctx, after, [texts.html(note === '' ? 'schedule-note-cleared' : 'schedule-note-saved')])
}
