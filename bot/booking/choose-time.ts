import { Composer } from 'grammy'
import { onButton, showStep } from '../dialogue/screen.ts'
import { bookableDates, bookingWindow } from '../domain/availability.ts'
import { type IsoMonth, monthBounds, monthOf } from '../domain/calendar.ts'
import { dayBounds, localDate } from '../domain/time.ts'
import type { BotContext } from '../runtime/turn.ts'
import { calendarRows } from '../telegram/calendar.ts'
import { button, inline } from '../telegram/keyboards.ts'
import { type OpenFlow, openFlow } from './flow.ts'
import { readQuery } from './offer.ts'
import { shopOf } from './shop.ts'
import { dayScreen, footer, nearestScreen } from './times.ts'

/** Any customer: the next free times, a month, a day. The same screens serve booking and moving. */
export function chooseTimeScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'nearest', async (ctx, { flow }) => {
    const open = await openFlow(ctx, flow)
    if (open.kind === 'refused') return open.say
    showStep(ctx, 'nearest', await nearestScreen(ctx, open))
    return undefined
  })
  onButton(screen, 'month', async (ctx, { flow, month }) => {
    const open = await openFlow(ctx, flow)
    if (open.kind === 'refused') return open.say
    await showMonth(ctx, open, month)
    return undefined
  })
  onButton(screen, 'day', async (ctx, { flow, date, part }) => {
    const open = await openFlow(ctx, flow)
    if (open.kind === 'refused') return open.say
    const day = await dayScreen(ctx, open, date, part)
    if (day) {
      showStep(ctx, 'times', day)
      return undefined
    }
    await showMonth(ctx, open, monthOf(date))
    return ctx.turn.texts.plain('day-no-longer-free')
  })
  onButton(screen, 'closed-day', (ctx, { why }) => ctx.turn.texts.plain(`day-${why}`))
  onButton(screen, 'nothing', () => undefined)
  return screen
}

/** A month that lies outside what can be booked is answered with the nearest one that does not. */
async function showMonth(ctx: BotContext, open: OpenFlow, wanted: IsoMonth): Promise<void> {
  const { turn } = ctx
  const { timeZone } = turn.settings
  const { lastDate } = bookingWindow({ now: turn.now, rules: turn.settings, timeZone })
  const today = localDate(turn.now, timeZone)
  const month = [monthOf(today), wanted].toSorted()[1] ?? wanted
  const shown = month > monthOf(lastDate) ? monthOf(lastDate) : month
  const { first, last } = monthBounds(shown)
  const query = await readQuery(turn.tx, shopOf(turn), open.offer, {
    start: dayBounds(first, timeZone).start,
    end: dayBounds(last, timeZone).end,
  })
  showStep(ctx, 'calendar', {
    kind: 'screen',
    html: turn.texts.html('choose-day', { service: open.name }),
    keyboard: inline(
      ...calendarRows({
        flow: open.flow,
        month: shown,
        open: bookableDates(query, first, last),
        today,
        last: lastDate,
        language: turn.texts.language,
      }),
      ...footer(
        ctx,
        open.flow,
        button(turn.texts.plain('button-nearest'), { to: 'nearest', flow: open.flow }),
      ),
    ),
  })
}
