import { Composer } from 'grammy'
import { drawPng } from '../../charts/draw.ts'
import { monthSvg } from '../../charts/month-svg.ts'
import { chatOf, onButton } from '../../dialogue/screen.ts'
import { type IsoMonth, monthBounds, monthGrid } from '../../domain/calendar.ts'
import { formatMoney } from '../../domain/money.ts'
import { dayBounds, localDate } from '../../domain/time.ts'
import type { BotContext, Turn } from '../../runtime/turn.ts'
import { readDays } from '../../storage/statistics.ts'
import { monthName } from '../../telegram/calendar.ts'

/** Who may see the business's figures: a month as a picture, drawn when it is asked for. */
export function chartScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'dashboard-chart', async (ctx, { month }) => {
    const { texts, effects } = ctx.turn
    const { svg, caption } = await chartOf(ctx.turn, month)
    effects.sendPhoto(chatOf(ctx), {
      kind: 'chart',
      caption,
      file: { name: `${month}.png`, content: await drawPng(svg) },
    })
    return texts.plain('dashboard-chart-sent')
  })
  return screen
}

async function chartOf(turn: Turn, month: IsoMonth): Promise<{ svg: string; caption: string }> {
  const { tx, texts, now, settings } = turn
  const { timeZone } = settings
  const { first, last } = monthBounds(month)
  const span = { start: dayBounds(first, timeZone).start, end: dayBounds(last, timeZone).end }
  const { days: figures, currency = 'RUB' } = await readDays(tx, span, { timeZone, now })
  const today = localDate(now, timeZone)
  const days = monthGrid(month)
    .flat()
    .filter((date) => date !== null)
    .map((date) => ({ bookings: 0, minor: 0, ...figures.get(date), isAhead: date > today }))
  const money = (minor: number) => formatMoney(minor, currency, texts.language)
  const name = monthName(month, texts.language)
  const count = days.reduce((sum, { bookings }) => sum + bookings, 0)
  const sum = money(days.reduce((all, { minor }) => all + minor, 0))
  return {
    svg: monthSvg({
      title: settings.title,
      subtitle: name,
      days,
      bookingsWord: texts.plain('dashboard-chart-bookings'),
      revenueWord: texts.plain('dashboard-chart-revenue'),
      empty: texts.plain('dashboard-chart-empty'),
      formatMoney: money,
    }),
    caption: texts.html('dashboard-chart-caption', { month: name, count, sum }),
  }
}
