import { Composer } from 'grammy'
import { ask, onAnswer } from '../../dialogue/input.ts'
import { onButton, whenOptions } from '../../dialogue/screen.ts'
import { spanWords } from '../../dialogue/words.ts'
import { monthOf } from '../../domain/calendar.ts'
import type { DateSpan } from '../../domain/dates-text.ts'
import { planDates } from '../../domain/hours-plan.ts'
import { parseRanges } from '../../domain/hours-text.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { findSpecialDays } from '../../storage/business-hours.ts'
import type { Button } from '../../telegram/callback-data.ts'
import { button } from '../../telegram/keyboards.ts'
import { changeHours } from './change-hours.ts'
import { showDayCard } from './day-card.ts'
import { askOutside, savedLine } from './outside.ts'
import { moreDays, refuseSpan } from './span.ts'

/** Who may change the calendar: other hours for some dates, or a day off. */
export function dayHoursScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'calendar-day-hours', (ctx, { span }) => {
    const refused = refuseSpan(ctx.turn, span)
    if (refused !== undefined) return refused
    showDayHours(ctx, span)
    return undefined
  })
  onAnswer(screen, 'calendar-day-hours', (ctx, { span }, text) => {
    const parsed = parseRanges(text)
    if (!parsed.ok) return ctx.turn.texts.html(`calendar-hours-${parsed.reason}`)
    return setDays(ctx, { to: 'calendar-day-set', span, ranges: parsed.ranges, sure: 'ask' })
  })
  onButton(screen, 'calendar-day-set', setDays)
  return screen
}

export function showDayHours(ctx: BotContext, span: DateSpan): void {
  const { texts } = ctx.turn
  ask(ctx, {
    about: { to: 'calendar-day-hours', span },
    html: texts.html('calendar-day-hours', { days: spanWords(span, whenOptions(ctx.turn)) }),
    choices: [
      [
        button(texts.plain('calendar-day-closed'), {
          to: 'calendar-day-set',
          span,
          ranges: [],
          sure: 'ask',
        }),
      ],
      moreDays(ctx.turn, { kind: 'hours' }, span),
    ],
    back: { to: 'calendar-pick', aim: { kind: 'hours' }, month: monthOf(span.from), from: null },
  })
}

async function setDays(
  ctx: BotContext,
  wanted: Button & { to: 'calendar-day-set' },
): Promise<string | undefined> {
  const { span, ranges, sure } = wanted
  const refused = refuseSpan(ctx.turn, span)
  if (refused !== undefined) return refused
  const note = (await findSpecialDays(ctx.turn.tx, span))?.note
  const outcome = await changeHours(ctx, (rows) => planDates(rows, 'exception', span, ranges, note), {
    sure,
    action: 'hours.days',
    target: `${span.from}..${span.to}`,
  })
  if (outcome.kind === 'week-empty') return ctx.turn.texts.plain('calendar-week-empty')
  if (outcome.kind === 'ask') {
    const back: Button = { to: 'calendar-day-hours', span }
    askOutside(ctx, outcome.outside, { yes: { ...wanted, sure: 'yes' }, back })
  } else await showDayCard(ctx, span, savedLine(ctx, outcome))
  return undefined
}
