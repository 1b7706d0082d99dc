import { Composer } from 'grammy'
import { ask, onAnswer } from '../../dialogue/input.ts'
import { onButton, showEnd, whenOptions } from '../../dialogue/screen.ts'
import { spanWords } from '../../dialogue/words.ts'
import type { DateSpan } from '../../domain/dates-text.ts'
import { planDates } from '../../domain/hours-plan.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { findSpecialDays, writeNote } from '../../storage/business-hours.ts'
import type { Button } from '../../telegram/callback-data.ts'
import { button, inline } from '../../telegram/keyboards.ts'
import { audit } from '../audit.ts'
import { changeHours } from './change-hours.ts'
import { showDays } from './days.ts'
import { askOutside, savedLine } from './outside.ts'
import { hoursWords } from './words.ts'

const NOTE_MAX = 200

/** Who may change the calendar: one entry of special days, its note, and its removal. */
export function dayCardScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'calendar-day-card', (ctx, { span }) => showDayCard(ctx, span))
  onButton(screen, 'calendar-day-note', (ctx, about) => {
    const html = ctx.turn.texts.html('calendar-day-note')
    ask(ctx, { about, html, back: { to: 'calendar-day-card', span: about.span } })
    return undefined
  })
  onAnswer(screen, 'calendar-day-note', async (ctx, { span }, text) => {
    const { tx, texts } = ctx.turn
    if ([...text].length > NOTE_MAX) return texts.html('calendar-note-long', { limit: NOTE_MAX })
    const entry = await findSpecialDays(tx, span)
    const note = text === '-' ? '' : text
    if (entry && entry.note !== note) {
      await writeNote(tx, span, note)
      await audit(ctx, 'hours.note', targetOf(span), { before: entry.note, after: note })
    }
    await showDayCard(ctx, span)
    return undefined
  })
  onButton(screen, 'calendar-day-remove', remove)
  return screen
}

/** Shows an entry, or the list where it is gone; what it gives back is for the toast. */
export async function showDayCard(ctx: BotContext, span: DateSpan, saved = ''): Promise<string | undefined> {
  const { texts, tx } = ctx.turn
  const entry = await findSpecialDays(tx, span)
  if (!entry) {
    await showDays(ctx, 0)
    return texts.plain('calendar-day-gone')
  }
  const note = entry.note ? `\n${texts.html('calendar-line-note', { note: entry.note })}` : ''
  showEnd(ctx, {
    kind: 'screen',
    html: `${saved}${texts.html('calendar-day-card', {
      days: spanWords(span, whenOptions(ctx.turn)),
      hours: hoursWords(texts, entry.ranges),
      note: { html: note },
    })}`,
    keyboard: inline(
      [button(texts.plain('calendar-day-change'), { to: 'calendar-day-hours', span })],
      [button(texts.plain('calendar-day-note-button'), { to: 'calendar-day-note', span })],
      [button(texts.plain('calendar-day-remove'), { to: 'calendar-day-remove', span, sure: 'ask' })],
      [button(texts.plain('button-back'), { to: 'calendar-days', page: 0 })],
    ),
  })
  return undefined
}

async function remove(
  ctx: BotContext,
  tapped: Button & { to: 'calendar-day-remove' },
): Promise<string | undefined> {
  const { span, sure } = tapped
  if (!(await findSpecialDays(ctx.turn.tx, span))) return showDayCard(ctx, span)
  const outcome = await changeHours(ctx, (rows) => planDates(rows, 'exception', span, 'as-usual'), {
    sure,
    action: 'hours.days.remove',
    target: targetOf(span),
  })
  if (outcome.kind === 'week-empty') return ctx.turn.texts.plain('calendar-week-empty')
  if (outcome.kind === 'ask')
    askOutside(ctx, outcome.outside, {
      yes: { ...tapped, sure: 'yes' },
      back: { to: 'calendar-day-card', span },
    })
  else await showDays(ctx, 0, savedLine(ctx, outcome))
  return undefined
}

function targetOf({ from, to }: DateSpan): string {
  return `${from}..${to}`
}
