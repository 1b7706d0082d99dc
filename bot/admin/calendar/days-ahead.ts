import { addMonths, type IsoMonth, monthOf } from '../../domain/calendar.ts'
import { type IsoDate, localDate } from '../../domain/time.ts'
import type { Turn } from '../../runtime/turn.ts'
import { monthRows } from '../../telegram/calendar.ts'
import type { Button } from '../../telegram/callback-data.ts'
import { button, type InlineButton } from '../../telegram/keyboards.ts'

const MONTHS_AHEAD = 23

/** The month nearest to the wanted one in which days can be picked. */
export function monthAhead({ now, settings }: Turn, month: IsoMonth, from: IsoDate | null): IsoMonth {
  const today = localDate(now, settings.timeZone)
  const first = monthOf(from !== null && from >= today ? from : today)
  const last = addMonths(monthOf(today), MONTHS_AHEAD)
  return month < first ? first : month > last ? last : month
}

/** A month to tap a day in, today or later; `from`: the first of several days, which their last one cannot precede. */
export function daysAhead(
  turn: Turn,
  options: {
    month: IsoMonth
    from: IsoDate | null
    turnTo: (month: IsoMonth) => Button
    picked: (date: IsoDate) => Button
    /** What stands on a day behind its number. */
    mark?: (date: IsoDate) => string
  },
): InlineButton[][] {
  const { from, turnTo, picked, mark } = options
  const today = localDate(turn.now, turn.settings.timeZone)
  const first = from !== null && from >= today ? from : today
  return monthRows({
    first: monthOf(first),
    last: addMonths(monthOf(today), MONTHS_AHEAD),
    month: monthAhead(turn, options.month, from),
    language: turn.texts.language,
    turnTo,
    cell: (date) =>
      date < first
        ? button('·', { to: 'nothing' })
        : button(`${Number(date.slice(8))}${mark?.(date) ?? ''}`, picked(date)),
  })
}
