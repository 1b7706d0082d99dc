import { Composer } from 'grammy'
import { onButton, showEnd } from '../../dialogue/screen.ts'
import { addMonths, type IsoMonth, monthBounds, monthGrid, monthOf } from '../../domain/calendar.ts'
import { dayBounds } from '../../domain/time.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { countByDay } from '../../storage/visits.ts'
import { monthName, weekdayNames } from '../../telegram/calendar.ts'
import { button, inline } from '../../telegram/keyboards.ts'
import { filterOf, knownDay, todayOf } from './day.ts'
import { staffLine } from './words.ts'

/** Admins who run the bookings: a month with the number of bookings of each day, to jump to one. */
export function monthScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'schedule-month', async (ctx, { month, staffId }) => {
    await showMonth(ctx, monthOf(knownDay(ctx, `${month}-01`)), staffId)
    return undefined
  })
  return screen
}

async function showMonth(ctx: BotContext, month: IsoMonth, staffId: number | null): Promise<void> {
  const { tx, texts, settings } = ctx.turn
  const { timeZone } = settings
  const { first, last } = monthBounds(month)
  const span = { start: dayBounds(first, timeZone).start, end: dayBounds(last, timeZone).end }
  const counts = await countByDay(tx, span, timeZone, staffId)
  const today = todayOf(ctx)
  const cells = monthGrid(month).map((week) =>
    week.map((date) => {
      if (date === null) return button(' ', { to: 'nothing' })
      const count = counts.get(date)
      const label = `${Number(date.slice(8))}${count === undefined ? '' : `·${count}`}`
      return button(date === today ? `•${label}` : label, { to: 'schedule-day', date, staffId, page: 0 })
    }),
  )
  const arrow = (label: string, months: number) =>
    button(label, { to: 'schedule-month', month: addMonths(month, months), staffId })
  const name = monthName(month, texts.language)
  const back = monthOf(today) === month ? today : first
  showEnd(ctx, {
    kind: 'screen',
    html: texts.html('schedule-month', {
      month: name,
      staff: staffLine(texts, (await filterOf(ctx, staffId)).name),
    }),
    keyboard: inline(
      [arrow('‹', -1), button(name, { to: 'nothing' }), arrow('›', 1)],
      weekdayNames(texts.language).map((day) => button(day, { to: 'nothing' })),
      ...cells,
      [
        button(texts.plain('schedule-week-button'), { to: 'schedule-week', date: back, staffId }),
        button(texts.plain('schedule-day-button'), { to: 'schedule-day', date: back, staffId, page: 0 }),
      ],
    ),
  })
}
