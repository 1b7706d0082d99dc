import { Composer } from 'grammy'
import { onButton, showEnd } from '../../dialogue/screen.ts'
import { holidaysOf } from '../../domain/holidays.ts'
import { localDate } from '../../domain/time.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { countBlocksAhead } from '../../storage/blocks.ts'
import { countSpecialDays } from '../../storage/business-hours.ts'
import { button, inline } from '../../telegram/keyboards.ts'

/** Who may change the calendar: everything about when the business works. */
export function calendarScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'calendar', async (ctx) => {
    const { tx, texts, now, settings } = ctx.turn
    const today = localDate(now, settings.timeZone)
    const thisYear = Number(today.slice(0, 4))
    const year = holidaysOf(thisYear).some(({ date }) => date >= today) ? thisYear : thisYear + 1
    const days = await countSpecialDays(tx, today)
    const blocks = await countBlocksAhead(tx, now)
    showEnd(ctx, {
      kind: 'screen',
      html: texts.html('calendar-home'),
      keyboard: inline(
        [button(texts.plain('calendar-week-button'), { to: 'calendar-week' })],
        [button(texts.plain('calendar-days-button', { count: days }), { to: 'calendar-days', page: 0 })],
        [button(texts.plain('calendar-holidays-button'), { to: 'calendar-holidays', year })],
        [button(texts.plain('calendar-block-add'), { to: 'calendar-block' })],
        [
          button(texts.plain('calendar-blocks-button', { count: blocks }), {
            to: 'calendar-blocks',
            page: 0,
          }),
        ],
        [button(texts.plain('button-back'), { to: 'panel' })],
      ),
    })
    return undefined
  })
  return screen
}
