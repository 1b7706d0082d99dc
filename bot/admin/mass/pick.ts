import { Composer } from 'grammy'
import { ask, onAnswer } from '../../dialogue/input.ts'
import { onButton, whenOptions } from '../../dialogue/screen.ts'
import { dayWords } from '../../dialogue/words.ts'
import { monthBounds } from '../../domain/calendar.ts'
import type { DateSpan } from '../../domain/dates-text.ts'
import { dayBounds } from '../../domain/time.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { countByDay } from '../../storage/visits.ts'
import type { Button } from '../../telegram/callback-data.ts'
import { daysAhead, monthAhead } from '../calendar/days-ahead.ts'
import { readDaysAhead } from '../calendar/span.ts'
import { showService } from './service.ts'
import { showShift } from './shift.ts'
import { showView } from './view.ts'

type Picking = Button & { to: 'mass-pick' }

/** Admins who run the bookings: the day whose bookings are to change, or the first and the last of several to cancel. */
export function pickScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'mass-pick', async (ctx, picking) => {
    await showPick(ctx, picking)
    return undefined
  })
  onAnswer(screen, 'mass-pick', async (ctx, { op, from }, text) => {
    const days = readDaysAhead(ctx.turn, text, from)
    if (!days.ok) return days.html
    const { span } = days
    if (op === 'cancel') await showView(ctx, { kind: 'cancel', span, staffId: null }, 0)
    else if (span.from !== span.to) return ctx.turn.texts.html('mass-one-day')
    else if (op === 'shift') await showShift(ctx, { date: span.from, staffId: null, from: null })
    else await showService(ctx, span.from, 0)
    return undefined
  })
  return screen
}

async function showPick(ctx: BotContext, picking: Picking): Promise<void> {
  const { tx, texts, settings } = ctx.turn
  const { timeZone } = settings
  const { op, from } = picking
  const { first, last } = monthBounds(monthAhead(ctx.turn, picking.month, from))
  const bounds = { start: dayBounds(first, timeZone).start, end: dayBounds(last, timeZone).end }
  const counts = await countByDay(tx, bounds, timeZone, null)
  ask(ctx, {
    about: picking,
    html:
      from === null
        ? texts.html(`mass-pick-${op}`)
        : texts.html('calendar-pick-last', { from: dayWords(from, whenOptions(ctx.turn)) }),
    choices: daysAhead(ctx.turn, {
      month: picking.month,
      from,
      turnTo: (month) => ({ ...picking, month }),
      picked: (date) => pickedButton(op, { from: from ?? date, to: date }),
      mark: (date) => (counts.has(date) ? `·${counts.get(date)}` : ''),
    }),
    back: from === null ? { to: 'mass' } : pickedButton(op, { from, to: from }),
  })
}

function pickedButton(op: Picking['op'], span: DateSpan): Button {
  switch (op) {
    case 'shift':
      return { to: 'mass-shift', date: span.from, staffId: null, from: null }
    case 'service':
      return { to: 'mass-service', date: span.from, page: 0 }
    case 'cancel':
      break
  }
  return { to: 'mass-view', task: { kind: 'cancel', span, staffId: null }, page: 0 }
}
