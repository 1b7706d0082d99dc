import { Composer } from 'grammy'
import { onAnswer } from '../../dialogue/input.ts'
import { onButton } from '../../dialogue/screen.ts'
import { monthBounds } from '../../domain/calendar.ts'
import type { DateSpan } from '../../domain/dates-text.ts'
import { dayBounds } from '../../domain/time.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { countByDay } from '../../storage/visits.ts'
import type { Button } from '../../telegram/callback-data.ts'
import { askDays, monthAhead } from '../calendar/days-ahead.ts'
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
  const { first, last } = monthBounds(monthAhead(ctx.turn, picking))
  const bounds = { start: dayBounds(first, timeZone).start, end: dayBounds(last, timeZone).end }
  const counts = await countByDay(tx, bounds, timeZone, null)
  askDays(ctx, picking, {
    html: texts.html(`mass-pick-${picking.op}`),
    back: { to: 'mass' },
    picked: (span) => pickedButton(picking.op, span),
    mark: (date) => (counts.has(date) ? `·${counts.get(date)}` : ''),
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
