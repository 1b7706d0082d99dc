import { ask } from '../../dialogue/input.ts'
import { whenOptions } from '../../dialogue/screen.ts'
import { dayWords } from '../../dialogue/words.ts'
import { addMonths, type IsoMonth, monthOf } from '../../domain/calendar.ts'
import type { DateSpan } from '../../domain/dates-text.ts'
import { type IsoDate, localDate } from '../../domain/time.ts'
import type { BotContext, Turn } from '../../runtime/turn.ts'
import { monthRows } from '../../telegram/calendar.ts'
import type { Button } from '../../telegram/callback-data.ts'
import { button } from '../../telegram/keyboards.ts'

const MONTHS_AHEAD = 23

/** A button that leads to a month to tap a day in; `from`: the first of several days is known. */
type Picking = Extract<Button, { to: 'calendar-pick' | 'mass-pick' }>

/** The month nearest to the wanted one in which days can be picked. */
export function monthAhead(turn: Turn, { month, from }: Pick<Picking, 'month' | 'from'>): IsoMonth {
  const { first, last } = monthsAhead(turn, from)
  return month < first ? first : month > last ? last : month
}

function monthsAhead({ now, settings }: Turn, from: IsoDate | null): { first: IsoMonth; last: IsoMonth } {
  const today = localDate(now, settings.timeZone)
  return {
    first: monthOf(from !== null && from >= today ? from : today),
    last: addMonths(monthOf(today), MONTHS_AHEAD),
  }
}

/** Asks for a day, today or later, tapped or typed; for the last one where the first of several is known. */
export function askDays(
  ctx: BotContext,
  picking: Picking,
  options: {
    /** The question for the first day, and the way back from it. */
    html: string
    back: Button
    picked: (span: DateSpan) => Button
    /** What stands on a day behind its number. */
    mark?: (date: IsoDate) => string
  },
): void {
  const { turn } = ctx
  const { from } = picking
  const { html, back, picked, mark } = options
  const today = localDate(turn.now, turn.settings.timeZone)
  const first = from !== null && from >= today ? from : today
  ask(ctx, {
    about: picking,
    html:
      from === null
        ? html
        : turn.texts.html('calendar-pick-last', { from: dayWords(from, whenOptions(turn)) }),
    choices: monthRows({
      ...monthsAhead(turn, from),
      month: monthAhead(turn, picking),
      language: turn.texts.language,
      turnTo: (month) => ({ ...picking, month }),
      cell: (date) =>
        date < first
          ? button('·', { to: 'nothing' })
          : button(`${Number(date.slice(8))}${mark?.(date) ?? ''}`, picked({ from: from ?? date, to: date })),
    }),
    back: from === null ? back : picked({ from, to: from }),
  })
}
