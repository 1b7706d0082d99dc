import { Composer } from 'grammy'
import { onButton, showEnd } from '../../dialogue/screen.ts'
import { monthOf } from '../../domain/calendar.ts'
import { findHoliday, type Holiday, holidaysOf } from '../../domain/holidays.ts'
import { type HoursPlan, type HoursRow, joinPlans, planDates } from '../../domain/hours-plan.ts'
import { type IsoDate, localDate } from '../../domain/time.ts'
import { textsFor } from '../../i18n/texts.ts'
import type { BotContext, Turn } from '../../runtime/turn.ts'
import type { Button } from '../../telegram/callback-data.ts'
import { button, type InlineButton, inline, inRows } from '../../telegram/keyboards.ts'
import { changeHours, readOwnHours } from './change-hours.ts'
import { askOutside, savedLine } from './outside.ts'
import { shortDay } from './words.ts'

/** Who may change the calendar: on which public holidays the business is closed. */
export function holidaysScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'calendar-holidays', async (ctx, { year }) => {
    await showHolidays(ctx, year)
    return undefined
  })
  onButton(screen, 'calendar-holiday', (ctx, tapped) => {
    const holiday = findHoliday(tapped.date)
    if (!holiday || holiday.date < todayOf(ctx.turn)) return ctx.turn.texts.plain('calendar-dates-past')
    return change(ctx, tapped, yearOf(holiday.date), (rows) =>
      tapped.become === 'closed'
        ? planClosed(rows, holiday)
        : planDates(rows, 'holiday', dayOf(holiday), 'as-usual'),
    )
  })
  onButton(screen, 'calendar-holidays-all', (ctx, tapped) => {
    const year = offeredYear(ctx.turn, tapped.year)
    return change(ctx, tapped, year, (rows) =>
      joinPlans(
        comingHolidays(ctx.turn, year)
          .filter(({ date }) => !rowOf(rows, date))
          .map((holiday) => planClosed(rows, holiday)),
      ),
    )
  })
  return screen
}

async function change(
  ctx: BotContext,
  tapped: Button & { to: 'calendar-holiday' | 'calendar-holidays-all' },
  year: number,
  planOf: (rows: readonly HoursRow[]) => HoursPlan,
): Promise<string | undefined> {
  const outcome = await changeHours(ctx, planOf, {
    sure: tapped.sure,
    action: 'hours.holidays',
    target: tapped.to === 'calendar-holiday' ? tapped.date : String(year),
  })
  if (outcome.kind === 'week-empty') return ctx.turn.texts.plain('calendar-week-empty')
  if (outcome.kind === 'ask')
    askOutside(ctx, outcome.outside, {
      yes: { ...tapped, sure: 'yes' },
      back: { to: 'calendar-holidays', year },
    })
  else await showHolidays(ctx, year, savedLine(ctx, outcome))
  return undefined
}

async function showHolidays(ctx: BotContext, wanted: number, saved = ''): Promise<void> {
  const { turn } = ctx
  const { texts } = turn
  const year = offeredYear(turn, wanted)
  const otherYear = year === yearOf(todayOf(turn)) ? year + 1 : year - 1
  const rows = await readOwnHours(turn)
  const holidays = comingHolidays(turn, year)
  const isClosed = (date: IsoDate) => rowOf(rows, date)?.opens === null
  const isSpecial = (date: IsoDate) => rowOf(rows, date, 'exception') !== undefined
  const tick = ({ date }: Holiday, name = ''): InlineButton =>
    button(`${isClosed(date) ? '✅' : '▫️'} ${shortDay(turn, date)}${name}${isSpecial(date) ? ' ✏️' : ''}`, {
      to: 'calendar-holiday',
      date,
      become: isClosed(date) ? 'usual' : 'closed',
      sure: 'ask',
    })
  const isJanuary = ({ date }: Holiday) => monthOf(date).endsWith('-01')
  const special = holidays.some(({ date }) => isSpecial(date))
  showEnd(ctx, {
    kind: 'screen',
    html: `${saved}${texts.html(holidays.length > 0 ? 'calendar-holidays' : 'calendar-holidays-none', {
      // A number would be written with a separator of thousands.
      year: String(year),
      special: { html: special ? `\n${texts.html('calendar-holidays-special')}` : '' },
    })}`,
    keyboard: inline(
      ...inRows(
        holidays.filter(isJanuary).map((holiday) => tick(holiday)),
        4,
      ),
      ...holidays
        .filter((holiday) => !isJanuary(holiday))
        .map((holiday) => [tick(holiday, ` · ${texts.plain(`calendar-holiday-${holiday.name}`)}`)]),
      holidays.every(({ date }) => rowOf(rows, date))
        ? []
        : [button(texts.plain('calendar-holidays-all'), { to: 'calendar-holidays-all', year, sure: 'ask' })],
      [
        button(texts.plain('calendar-holidays-add'), {
          to: 'calendar-pick',
          aim: { kind: 'hours' },
          month: monthOf(todayOf(turn)),
          from: null,
        }),
      ],
      [button(String(otherYear), { to: 'calendar-holidays', year: otherYear })],
      [button(texts.plain('button-back'), { to: 'calendar' })],
    ),
  })
}

/** This year's or the next one's; a forged year is this one. */
function offeredYear(turn: Turn, wanted: number): number {
  const thisYear = yearOf(todayOf(turn))
  return wanted === thisYear + 1 ? wanted : thisYear
}

function comingHolidays(turn: Turn, year: number): Holiday[] {
  return holidaysOf(year).filter(({ date }) => date >= todayOf(turn))
}

/** The business is closed; the note is the holiday's name in the language of the law. */
function planClosed(rows: readonly HoursRow[], holiday: Holiday): HoursPlan {
  const name = textsFor('ru').plain(`calendar-holiday-${holiday.name}`)
  return planDates(rows, 'holiday', dayOf(holiday), [], name)
}

function rowOf(rows: readonly HoursRow[], date: IsoDate, kind: 'holiday' | 'exception' = 'holiday') {
  return rows.find((row) => row.kind === kind && row.fromDate <= date && date <= row.toDate)
}

function dayOf({ date }: Holiday) {
  return { from: date, to: date }
}

function todayOf({ now, settings }: Turn): IsoDate {
  return localDate(now, settings.timeZone)
}

function yearOf(date: IsoDate): number {
  return Number(date.slice(0, 4))
}
