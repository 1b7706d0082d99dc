import { Composer } from 'grammy'
import { ask, onAnswer } from '../../dialogue/input.ts'
import { onButton, showEnd } from '../../dialogue/screen.ts'
import { planWeek } from '../../domain/hours-plan.ts'
import { type HoursRange, parseRanges } from '../../domain/hours-text.ts'
import { weekOf } from '../../domain/week.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { weekdayNames } from '../../telegram/calendar.ts'
import type { Button } from '../../telegram/callback-data.ts'
import { button, inline, inRows } from '../../telegram/keyboards.ts'
import { changeHours, readOwnHours } from './change-hours.ts'
import { askOutside, savedLine } from './outside.ts'
import { hoursWords } from './words.ts'

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const

/** Who may change the calendar: the hours of each day of the week, and copying them to other days. */
export function weekScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'calendar-week', async (ctx) => {
    await showWeek(ctx)
    return undefined
  })
  onButton(screen, 'calendar-weekday', async (ctx, { weekday }) => {
    await askWeekday(ctx, weekday)
    return undefined
  })
  onAnswer(screen, 'calendar-weekday', async (ctx, { weekday }, text) => {
    const parsed = parseRanges(text)
    if (!parsed.ok) return ctx.turn.texts.html(`calendar-hours-${parsed.reason}`)
    return setWeek(ctx, { to: 'calendar-week-set', weekdays: [weekday], ranges: parsed.ranges, sure: 'ask' })
  })
  onButton(screen, 'calendar-week-set', setWeek)
  onButton(screen, 'calendar-copy', async (ctx, { weekday, weekdays }) => {
    await showCopy(ctx, weekday, weekdays)
    return undefined
  })
  return screen
}

async function setWeek(
  ctx: BotContext,
  wanted: Button & { to: 'calendar-week-set' },
): Promise<string | undefined> {
  const { weekdays, ranges, sure } = wanted
  const outcome = await changeHours(ctx, (rows) => planWeek(rows, weekdays, ranges), {
    sure,
    action: 'hours.week',
    target: `weekdays:${weekdays.join('')}`,
  })
  if (outcome.kind === 'week-empty') return ctx.turn.texts.plain('calendar-week-empty')
  if (outcome.kind === 'ask') {
    const back: Button = { to: 'calendar-week' }
    askOutside(ctx, outcome.outside, { yes: { ...wanted, sure: 'yes' }, back })
  } else await showWeek(ctx, savedLine(ctx, outcome))
  return undefined
}

async function showWeek(ctx: BotContext, saved = ''): Promise<void> {
  const { texts } = ctx.turn
  const names = weekdayNames(texts.language)
  const hours = await readWeek(ctx)
  showEnd(ctx, {
    kind: 'screen',
    html: `${saved}${texts.html('calendar-week')}`,
    keyboard: inline(
      ...WEEKDAYS.map((weekday) => [
        button(`${names[weekday - 1]}: ${hoursWords(texts, hours(weekday))}`, {
          to: 'calendar-weekday',
          weekday,
        }),
      ]),
      [button(texts.plain('button-back'), { to: 'calendar' })],
    ),
  })
}

async function askWeekday(ctx: BotContext, weekday: number): Promise<void> {
  const { texts } = ctx.turn
  const ranges = (await readWeek(ctx))(weekday)
  ask(ctx, {
    about: { to: 'calendar-weekday', weekday },
    html: texts.html('calendar-weekday', {
      day: weekdayNames(texts.language, 'long')[weekday - 1] ?? '',
      hours: hoursWords(texts, ranges),
    }),
    choices: [
      ranges.length === 0
        ? []
        : [
            button(texts.plain('calendar-day-off'), {
              to: 'calendar-week-set',
              weekdays: [weekday],
              ranges: [],
              sure: 'ask',
            }),
          ],
      [button(texts.plain('calendar-copy-open'), { to: 'calendar-copy', weekday, weekdays: [] })],
    ],
    back: { to: 'calendar-week' },
  })
}

/** Days are ticked one by one; nothing changes before the last button. */
async function showCopy(ctx: BotContext, weekday: number, ticked: readonly number[]): Promise<void> {
  const { texts } = ctx.turn
  const names = weekdayNames(texts.language)
  const ranges = (await readWeek(ctx))(weekday)
  const toggled = (day: number) =>
    ticked.includes(day)
      ? ticked.filter((other) => other !== day)
      : [...ticked, day].toSorted((a, b) => a - b)
  const days = WEEKDAYS.filter((day) => day !== weekday).map((day) =>
    button(`${ticked.includes(day) ? '✅' : '▫️'} ${names[day - 1]}`, {
      to: 'calendar-copy',
      weekday,
      weekdays: toggled(day),
    }),
  )
  showEnd(ctx, {
    kind: 'screen',
    html: texts.html('calendar-copy', {
      day: weekdayNames(texts.language, 'long')[weekday - 1] ?? '',
      hours: hoursWords(texts, ranges),
    }),
    keyboard: inline(
      ...inRows(days, 3),
      ticked.length === 0
        ? []
        : [
            button(texts.plain('calendar-copy-do', { count: ticked.length }), {
              to: 'calendar-week-set',
              weekdays: ticked,
              ranges,
              sure: 'ask',
            }),
          ],
      [button(texts.plain('button-back'), { to: 'calendar-weekday', weekday })],
    ),
  })
}

async function readWeek(ctx: BotContext): Promise<(weekday: number) => HoursRange[]> {
  const days = weekOf(await readOwnHours(ctx.turn))
  return (weekday) => days[weekday - 1] ?? []
}
