import { Composer } from 'grammy'
import { onAnswer } from '../../dialogue/input.ts'
import { onButton } from '../../dialogue/screen.ts'
import type { DateSpan } from '../../domain/dates-text.ts'
import type { BotContext } from '../../runtime/turn.ts'
import type { Aim } from '../../telegram/buttons/calendar.ts'
import type { Button } from '../../telegram/callback-data.ts'
import { showBlockTime } from './block-time.ts'
import { showDayHours } from './day-hours.ts'
import { askDays } from './days-ahead.ts'
import { readDaysAhead } from './span.ts'

/** Who may change the calendar: a day, or the first and the last of several, tapped in a month or typed. */
export function pickScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'calendar-pick', (ctx, picking) => {
    showPick(ctx, picking)
    return undefined
  })
  onAnswer(screen, 'calendar-pick', (ctx, { aim, from }, text) => {
    const days = readDaysAhead(ctx.turn, text, from)
    if (!days.ok) return days.html
    const { span } = days
    if (aim.kind === 'hours') showDayHours(ctx, span)
    else showBlockTime(ctx, aim.staffId, span)
    return undefined
  })
  return screen
}

/** A month to tap a day in; `from`: the first day is known, the last one is asked for. */
export function showPick(ctx: BotContext, picking: Button & { to: 'calendar-pick' }): void {
  const { aim } = picking
  askDays(ctx, picking, {
    html: ctx.turn.texts.html(aim.kind === 'hours' ? 'calendar-pick-day' : 'calendar-pick-block-day'),
    back: aim.kind === 'hours' ? { to: 'calendar-days', page: 0 } : { to: 'calendar-blocks', page: 0 },
    picked: (span) => pickedButton(aim, span),
  })
}

function pickedButton(aim: Aim, span: DateSpan): Button {
  return aim.kind === 'hours'
    ? { to: 'calendar-day-hours', span }
    : { to: 'calendar-block-time', staffId: aim.staffId, span }
}
