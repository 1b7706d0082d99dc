import { Composer } from 'grammy'
import { shopOf } from '../../booking/shop.ts'
import { onButton, showEnd, whenOptions } from '../../dialogue/screen.ts'
import { dateWords } from '../../dialogue/words.ts'
import { monthOf } from '../../domain/calendar.ts'
import { openOnDay } from '../../domain/schedule.ts'
import { addDays, dayBounds, type IsoDate, localDay, weekdayOf } from '../../domain/time.ts'
import { type DayLoad, loadOf } from '../../domain/visits.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { listStaff } from '../../storage/catalogue.ts'
import { readBusy, readWorkingHours } from '../../storage/schedule.ts'
import { countByDay } from '../../storage/visits.ts'
import { button, inline, inRows } from '../../telegram/keyboards.ts'
import { filterOf, knownDay } from './day.ts'
import { staffLine } from './words.ts'

const DAYS = 7

/** Admins who run the bookings: a week, Monday first: how many bookings each day has, and how full it is, in words. */
export function weekScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'schedule-week', async (ctx, { date, staffId }) => {
    await showWeek(ctx, knownDay(ctx, date), staffId)
    return undefined
  })
  return screen
}

async function showWeek(ctx: BotContext, date: IsoDate, staffId: number | null): Promise<void> {
  const { tx, texts, settings } = ctx.turn
  const { timeZone } = settings
  const monday = addDays(date, 1 - weekdayOf(date))
  const days = Array.from({ length: DAYS }, (_, day) => addDays(monday, day))
  const whole = {
    start: dayBounds(monday, timeZone).start,
    end: dayBounds(addDays(monday, DAYS - 1), timeZone).end,
  }
  const counts = await countByDay(tx, whole, timeZone, staffId)
  const loads = await loadsOf(ctx, days, staffId)
  const words = (day: IsoDate, month: 'long' | 'short' = 'short') =>
    dateWords(dayBounds(day, timeZone).start, { ...whenOptions(ctx.turn), month })
  const lines = days.map((day, index) =>
    texts.html('schedule-week-day', {
      date: words(day),
      count: counts.get(day) ?? 0,
      load: texts.plain(`schedule-load-${loads[index] ?? 'closed'}`),
    }),
  )
  const week = (label: string, there: IsoDate) => button(label, { to: 'schedule-week', date: there, staffId })
  showEnd(ctx, {
    kind: 'screen',
    html: texts.html('schedule-week', {
      from: words(monday),
      to: words(addDays(monday, DAYS - 1)),
      staff: staffLine(texts, (await filterOf(ctx, staffId)).name),
      days: { html: lines.join('\n') },
    }),
    keyboard: inline(
      ...inRows(
        days.map((day) =>
          button(`${words(day)} · ${counts.get(day) ?? 0}`, {
            to: 'schedule-day',
            date: day,
            staffId,
            page: 0,
          }),
        ),
        2,
      ),
      [week('‹', addDays(monday, -DAYS)), week('›', addDays(monday, DAYS))],
      [
        button(texts.plain('schedule-month-button'), { to: 'schedule-month', month: monthOf(date), staffId }),
        button(texts.plain('schedule-day-button'), { to: 'schedule-day', date, staffId, page: 0 }),
      ],
    ),
  })
}

async function loadsOf(
  ctx: BotContext,
  days: readonly IsoDate[],
  staffId: number | null,
): Promise<DayLoad[]> {
  const { tx, settings, now } = ctx.turn
  const { timeZone } = settings
  const members = (await listStaff(tx)).filter(({ id }) => staffId === null || id === staffId)
  const rows = await readWorkingHours(tx, shopOf(ctx.turn).workHours)
  // Hours that close after midnight reach into the day after.
  const span = {
    start: dayBounds(days[0] ?? '', timeZone).start,
    end: dayBounds(addDays(days.at(-1) ?? '', 1), timeZone).end,
  }
  const busy = await readBusy(
    tx,
    members.map(({ id }) => id),
    span,
    now,
  )
  return days
    .map((date) => localDay(date, timeZone))
    .map((day) =>
      loadOf(members.map(({ id }) => ({ open: openOnDay(rows, id, day), busy: busy.get(id) ?? [] }))),
    )
}
