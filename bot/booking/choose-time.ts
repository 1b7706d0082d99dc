import { Composer } from 'grammy'
import { onButton, showStep } from '../dialogue/screen.ts'
import { bookableDates, bookingWindow } from '../domain/availability.ts'
import { type IsoMonth, monthBounds, monthOf } from '../domain/calendar.ts'
import { dayBounds, localDate } from '../domain/time.ts'
import type { BotContext } from '../runtime/turn.ts'
import type { Flow } from '../telegram/button-fields.ts'
import { calendarRows } from '../telegram/calendar.ts'
import { button, inline } from '../telegram/keyboards.ts'
import { type OpenFlow, openFlow } from './flow.ts'
import { readQuery, rulesOf } from './offer.ts'
import { dayScreen, footer, nearestScreen } from './times.ts'
import { fullDates, fullDayScreen } from './waitlist/full-day.ts'
import { CUSTOMER_WAYS, type Ways } from './ways.ts'

/** Any customer: the next free times, a month, a day. The same screens serve booking and moving. */
export function chooseTimeScreen(): Composer<BotContext> {
  const screen = timeScreens(CUSTOMER_WAYS, openFlow)
  onButton(screen, 'closed-day', (ctx, { why }) => ctx.turn.texts.plain(`day-${why}`))
  onButton(screen, 'nothing', () => undefined)
  return screen
}

/** The screens of times behind the buttons `ways`; `open` judges a flow again at each step. */
export function timeScreens(
  ways: Ways,
  open: (ctx: BotContext, flow: Flow) => Promise<OpenFlow | { kind: 'refused'; say: string | undefined }>,
): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, ways.nearest, async (ctx, { flow }) => {
    const opened = await open(ctx, flow)
    if (opened.kind === 'refused') return opened.say
    showStep(ctx, 'nearest', await nearestScreen(ctx, opened))
    return undefined
  })
  onButton(screen, ways.month, async (ctx, { flow, month }) => {
    const opened = await open(ctx, flow)
    if (opened.kind === 'refused') return opened.say
    await showMonth(ctx, opened, month)
    return undefined
  })
  onButton(screen, ways.day, async (ctx, { flow, date, part }) => {
    const opened = await open(ctx, flow)
    if (opened.kind === 'refused') return opened.say
    const day = await dayScreen(ctx, opened, date, part)
    if (day) {
      showStep(ctx, 'times', day)
      return undefined
    }
    const full = await fullDayScreen(ctx, opened, date)
    if (full) {
      showStep(ctx, 'full-day', full)
      return undefined
    }
    await showMonth(ctx, opened, monthOf(date))
    return ctx.turn.texts.plain('day-no-longer-free')
  })
  return screen
}

/** A month that lies outside what can be booked is answered with the nearest one that does not. */
async function showMonth(ctx: BotContext, open: OpenFlow, wanted: IsoMonth): Promise<void> {
  const { turn } = ctx
  const { timeZone } = turn.settings
  const { lastDate } = bookingWindow({ now: turn.now, rules: rulesOf(open.shop), timeZone })
  const today = localDate(turn.now, timeZone)
  const month = [monthOf(today), wanted].toSorted()[1] ?? wanted
  const shown = month > monthOf(lastDate) ? monthOf(lastDate) : month
  const { first, last } = monthBounds(shown)
  const query = await readQuery(turn.tx, open.shop, open.offer, {
    start: dayBounds(first, timeZone).start,
    end: dayBounds(last, timeZone).end,
  })
  const free = bookableDates(query, first, last)
  const full = await fullDates(ctx, open, { first, last, free })
  showStep(ctx, 'calendar', {
    kind: 'screen',
    html: [
      turn.texts.html('choose-day', { service: open.name }),
      ...(full.length > 0 ? [turn.texts.html('waitlist-calendar')] : []),
    ].join('\n'),
    keyboard: inline(
      ...calendarRows({
        flow: open.flow,
        ways: open.ways,
        month: shown,
        open: free,
        full,
        today,
        last: lastDate,
        language: turn.texts.language,
      }),
      ...footer(open, button(turn.texts.plain('button-nearest'), { to: open.ways.nearest, flow: open.flow })),
    ),
  })
}
