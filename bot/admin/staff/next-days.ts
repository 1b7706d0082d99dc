import { Composer } from 'grammy'
import { showEnd, whenOptions } from '../../dialogue/screen.ts'
import { dayWords } from '../../dialogue/words.ts'
import { formatRanges, type HoursRange } from '../../domain/hours-text.ts'
import { openIntervals } from '../../domain/schedule.ts'
import { addDays, localDate, localTime } from '../../domain/time.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { readWorkingHours } from '../../storage/schedule.ts'
import type { Member } from '../../storage/staff.ts'
import { button, inline } from '../../telegram/keyboards.ts'
import { outsideRemark } from './change-hours.ts'
import { onMember } from './members.ts'

const DAYS = 14

/** What comes of it all: the hours of the next two weeks, with rotas, special days and holidays in them. */
export function nextDaysScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onMember(screen, 'next-days', async (ctx, member) => {
    await showNextDays(ctx, member)
    return undefined
  })
  return screen
}

/** `outside`: how many bookings a change has just left outside of the hours. */
export async function showNextDays(
  ctx: BotContext,
  { id: staffId, name }: Member,
  outside: number = 0,
): Promise<void> {
  const remark = outsideRemark(ctx, staffId, outside)
  const { tx, texts, client, settings, now } = ctx.turn
  const { timeZone } = settings
  const rows = await readWorkingHours(tx, client.defaults.workHours)
  const first = localDate(now, timeZone)
  const lines = Array.from({ length: DAYS }, (_, n) => addDays(first, n)).map((date) => {
    const ranges: HoursRange[] = openIntervals(rows, staffId, date, timeZone).map(({ start, end }) => ({
      opens: localTime(start, timeZone),
      closes: localTime(end, timeZone),
    }))
    return ranges.length > 0
      ? `<b>${dayWords(date, whenOptions(ctx.turn))}</b>  ${formatRanges(ranges)}`
      : `${dayWords(date, whenOptions(ctx.turn))}  ${texts.html('staff-day-off')}`
  })
  showEnd(ctx, {
    kind: 'screen',
    html: texts.html('staff-next-days', { name, days: { html: `${lines.join('\n')}${remark.html}` } }),
    keyboard: inline(
      remark.row,
      [button(texts.plain('staff-button-hours'), { to: 'member-hours', staffId })],
      [button(texts.plain('staff-button-card'), { to: 'staff-member', staffId })],
    ),
  })
}
