import { Composer } from 'grammy'
import { ask, onAnswer } from '../../dialogue/input.ts'
import { onButton, whenOptions } from '../../dialogue/screen.ts'
import { spanWords } from '../../dialogue/words.ts'
import { monthOf } from '../../domain/calendar.ts'
import type { DateSpan } from '../../domain/dates-text.ts'
import { parseRanges } from '../../domain/hours-text.ts'
import { addDays, dayBounds, type Interval, type IsoDate, instantOf } from '../../domain/time.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { button } from '../../telegram/keyboards.ts'
import { refuseClosing, showBlockView } from './block-view.ts'
import { moreDays, refuseSpan } from './span.ts'

/** Who may change the calendar: which time of a day is to be closed, or the whole of it, or of several days. */
export function blockTimeScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'calendar-block-time', (ctx, { staffId, span }) => {
    const refused = refuseSpan(ctx.turn, span)
    if (refused !== undefined) return refused
    showBlockTime(ctx, staffId, span)
    return undefined
  })
  onAnswer(screen, 'calendar-block-time', async (ctx, { staffId, span }, text) => {
    const { texts, settings } = ctx.turn
    if (span.from !== span.to) return texts.html('calendar-block-days-whole')
    const parsed = parseRanges(text)
    const range = parsed.ok && parsed.ranges.length === 1 ? parsed.ranges[0] : undefined
    if (!range) return texts.html('calendar-block-time-wrong')
    const closing = { staffId, ...intervalOn(span.from, range, settings.timeZone) }
    const refused = await refuseClosing(ctx, closing)
    if (refused !== undefined) return refused
    await showBlockView(ctx, closing, '')
    return undefined
  })
  return screen
}

export function showBlockTime(ctx: BotContext, staffId: number | null, span: DateSpan): void {
  const { texts, settings } = ctx.turn
  const whole = {
    startsAt: dayBounds(span.from, settings.timeZone).start,
    endsAt: dayBounds(span.to, settings.timeZone).end,
  }
  const isDay = span.from === span.to
  ask(ctx, {
    about: { to: 'calendar-block-time', staffId, span },
    html: texts.html(isDay ? 'calendar-block-time' : 'calendar-block-days', {
      days: spanWords(span, whenOptions(ctx.turn)),
    }),
    choices: [
      [
        button(texts.plain(isDay ? 'calendar-whole-day' : 'calendar-whole-days'), {
          to: 'calendar-block-view',
          staffId,
          ...whole,
        }),
      ],
      moreDays(ctx.turn, { kind: 'block', staffId }, span),
    ],
    back: { to: 'calendar-pick', aim: { kind: 'block', staffId }, month: monthOf(span.from), from: null },
  })
}

/** A range of a local day; one that ends at or before its start ends on the next day. */
function intervalOn(date: IsoDate, range: { opens: string; closes: string }, timeZone: string): Interval {
  const { opens, closes } = range
  return {
    start: instantOf(date, opens, timeZone),
    end: instantOf(closes <= opens ? addDays(date, 1) : date, closes, timeZone),
  }
}
