import { Composer } from 'grammy'
import { onButton, showEnd, whenOptions } from '../../dialogue/screen.ts'
import { spanWords } from '../../dialogue/words.ts'
import { monthOf } from '../../domain/calendar.ts'
import { localDate } from '../../domain/time.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { listSpecialDays } from '../../storage/business-hours.ts'
import { button, inline } from '../../telegram/keyboards.ts'
import { hoursWords } from './words.ts'

const ON_PAGE = 8

/** Who may change the calendar: days with hours of their own, and days off. */
export function daysScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'calendar-days', async (ctx, { page }) => {
    await showDays(ctx, page)
    return undefined
  })
  return screen
}

export async function showDays(ctx: BotContext, wanted: number, saved = ''): Promise<void> {
  const { tx, texts, now, settings } = ctx.turn
  const today = localDate(now, settings.timeZone)
  // A forged page far away would only make the database count.
  const page = Math.min(wanted, 1_000)
  const { entries, hasMore } = await listSpecialDays(tx, today, { offset: page * ON_PAGE, size: ON_PAGE })
  showEnd(ctx, {
    kind: 'screen',
    html: `${saved}${texts.html(entries.length > 0 ? 'calendar-days' : 'calendar-days-none')}`,
    keyboard: inline(
      ...entries.map(({ from, to, ranges }) => [
        button(
          `${spanWords({ from, to }, { ...whenOptions(ctx.turn), month: 'short' })}: ${hoursWords(texts, ranges)}`,
          {
            to: 'calendar-day-card',
            span: { from, to },
          },
        ),
      ]),
      [
        ...(page > 0 ? [button('‹', { to: 'calendar-days', page: page - 1 })] : []),
        ...(hasMore ? [button('›', { to: 'calendar-days', page: page + 1 })] : []),
      ],
      [
        button(texts.plain('calendar-day-add'), {
          to: 'calendar-pick',
          aim: { kind: 'hours' },
          month: monthOf(today),
          from: null,
        }),
      ],
      [button(texts.plain('button-back'), { to: 'calendar' })],
    ),
  })
}
