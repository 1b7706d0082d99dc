import { Composer } from 'grammy'
import { onButton, showEnd, whenOptions } from '../../dialogue/screen.ts'
import { spanWords } from '../../dialogue/words.ts'
import { addMonths, monthOf } from '../../domain/calendar.ts'
import {
  type Comparison,
  changePercent,
  comparePeriods,
  PERIODS,
  type Period,
  ratingsOf,
  type Stretch,
  textBar,
} from '../../domain/statistics.ts'
import { localTime } from '../../domain/time.ts'
import type { BotContext, Turn } from '../../runtime/turn.ts'
import { readExpected, readRatings, readTotals, type Totals } from '../../storage/statistics.ts'
import { monthName } from '../../telegram/calendar.ts'
import { button, inline } from '../../telegram/keyboards.ts'
import { loadOf } from './load.ts'
import { figureLine, meanWords, sumsWords } from './words.ts'

/** Who may see the business's figures: today, this week or this month, beside the same part of the one before. */
export function figuresScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'dashboard', async (ctx, { period }) => {
    const { turn } = ctx
    const { texts, now, settings } = turn
    const comparison = comparePeriods(period, now, settings.timeZone)
    const blocks = [
      headOf(turn, period, comparison),
      await figuresOf(turn, comparison),
      await aheadOf(turn, comparison),
      await ratingLines(turn, comparison),
    ]
    const month = monthOf(comparison.present.days.to)
    const chart = (one: string) =>
      button(texts.plain('dashboard-chart-button', { month: monthName(one, texts.language) }), {
        to: 'dashboard-chart',
        month: one,
      })
    showEnd(ctx, {
      kind: 'screen',
      html: blocks.filter((block) => block !== '').join('\n\n'),
      keyboard: inline(
        PERIODS.map((one) =>
          button(`${one === period ? '• ' : ''}${texts.plain(`dashboard-period-${one}`)}`, {
            to: 'dashboard',
            period: one,
          }),
        ),
        [chart(month)],
        [chart(addMonths(month, -1))],
        [button(texts.plain('button-back'), { to: 'panel' })],
      ),
    })
    return undefined
  })
  return screen
}

/** `пн, 23 ноября – ср, 25 ноября, до 09:00` */
function stretchWords(turn: Turn, { days, span }: Stretch): string {
  return turn.texts.plain('dashboard-stretch', {
    days: spanWords(days, whenOptions(turn)),
    time: localTime(span.end, turn.settings.timeZone),
  })
}

function headOf(turn: Turn, period: Period, { present, before }: Comparison): string {
  const { texts } = turn
  return texts.html('dashboard-title', {
    period: texts.plain(`dashboard-period-${period}`),
    present: stretchWords(turn, present),
    before: stretchWords(turn, before),
  })
}

async function figuresOf(turn: Turn, { present, before }: Comparison): Promise<string> {
  const { tx, texts, now } = turn
  const totals = await readTotals(tx, present.span, now)
  const previous = await readTotals(tx, before.span, now)
  const [load, previousLoad] = [await loadOf(turn, present), await loadOf(turn, before)]
  const comparable = hasAny(previous)
  const count = (name: 'bookings' | 'cancelled' | 'noShows' | 'newCustomers' | 'returning') =>
    figureLine(texts, texts.plain(`dashboard-${name}`), {
      value: String(totals[name]),
      before: comparable ? String(previous[name]) : undefined,
      percent: changePercent(totals[name], previous[name]),
    })
  const percents = (value: number | undefined) => (value === undefined ? '—' : `${value} %`)
  return [
    count('bookings'),
    figureLine(texts, texts.plain('dashboard-revenue'), {
      value: sumsWords(texts, totals.revenue),
      before: comparable ? sumsWords(texts, previous.revenue) : undefined,
      percent: revenueChange(totals, previous),
    }),
    figureLine(texts, texts.plain('dashboard-load'), {
      value: percents(load),
      before: comparable ? percents(previousLoad) : undefined,
    }),
    count('cancelled'),
    count('noShows'),
    count('newCustomers'),
    count('returning'),
    ...(comparable ? [] : [texts.html('dashboard-first')]),
  ].join('\n')
}

function hasAny({ bookings, cancelled }: Totals): boolean {
  return bookings + cancelled > 0
}

/** Sums of several currencies are not to be compared. */
function revenueChange({ revenue }: Totals, previous: Totals): number | undefined {
  const [sum, ...others] = revenue
  const [old, ...oldOthers] = previous.revenue
  if (!old || others.length + oldOthers.length > 0) return undefined
  if (sum && sum.currency !== old.currency) return undefined
  return changePercent(sum?.minor ?? 0, old.minor)
}

async function aheadOf({ tx, texts, ...turn }: Turn, { ahead }: Comparison): Promise<string> {
  const { bookings, sums } = await readExpected(tx, ahead.span)
  if (bookings === 0) return ''
  const until = spanWords({ from: ahead.days.to, to: ahead.days.to }, whenOptions({ texts, ...turn }))
  return texts.html('dashboard-ahead', { until, count: bookings, sum: sumsWords(texts, sums) })
}

async function ratingLines({ tx, texts }: Turn, { present, before }: Comparison): Promise<string> {
  const { counts, total, mean } = ratingsOf(await readRatings(tx, present.span))
  const previous = ratingsOf(await readRatings(tx, before.span)).mean
  if (mean === undefined) return texts.html('dashboard-unrated')
  const greatest = Math.max(...counts.map(({ count }) => count))
  return [
    texts.html('dashboard-rating', { mean: meanWords(texts, mean), count: total }) +
      (previous === undefined
        ? ''
        : ` ${texts.html('dashboard-was', { value: meanWords(texts, previous) })}`),
    ...counts.map(({ stars, count }) => `${stars} ★ ${textBar(count, greatest)} ${count}`.replace('  ', ' ')),
  ].join('\n')
}
