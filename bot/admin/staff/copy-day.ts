import { Composer } from 'grammy'
import { showEnd } from '../../dialogue/screen.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { weekdayNames } from '../../telegram/calendar.ts'
import { button, inline, inRows } from '../../telegram/keyboards.ts'
import { onMember } from './members.ts'
import { editableDays, outdated, writeDays } from './week.ts'
import { rangesWords } from './words.ts'

const ONTO = { workdays: [1, 2, 3, 4, 5], all: [1, 2, 3, 4, 5, 6, 7] } as const
const WEEKDAYS = ['1', '2', '3', '4', '5', '6', '7'] as const

/** The hours of one day for other days too. */
export function copyDayScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onMember(screen, 'copy-day', async (ctx, member, { weekday }) => {
    const { texts } = ctx.turn
    const { id: staffId } = member
    const ranges = (await editableDays(ctx, staffId))?.[weekday - 1]
    if (!ranges) return outdated(ctx, member)
    const names = weekdayNames(texts.language)
    const others = WEEKDAYS.filter((onto) => Number(onto) !== weekday)
    showEnd(ctx, {
      kind: 'screen',
      html: texts.html('staff-copy', {
        day: names[weekday - 1] ?? '',
        hours: rangesWords(texts, ranges),
      }),
      keyboard: inline(
        ...inRows(
          others.map((onto) =>
            button(names[Number(onto) - 1] ?? '', { to: 'paste-day', staffId, weekday, onto }),
          ),
          3,
        ),
        [
          button(texts.plain('staff-button-workdays'), {
            to: 'paste-day',
            staffId,
            weekday,
            onto: 'workdays',
          }),
          button(texts.plain('staff-button-whole-week'), { to: 'paste-day', staffId, weekday, onto: 'all' }),
        ],
        [button(texts.plain('button-back'), { to: 'member-hours', staffId })],
      ),
    })
    return undefined
  })
  onMember(screen, 'paste-day', async (ctx, member, { weekday, onto }) => {
    const ranges = (await editableDays(ctx, member.id))?.[weekday - 1]
    if (!ranges) return outdated(ctx, member)
    const weekdays = onto === 'workdays' || onto === 'all' ? ONTO[onto] : [Number(onto)]
    const said = await writeDays(ctx, member, weekdays, ranges)
    return ctx.turn.texts.plain(said ?? 'staff-copied')
  })
  return screen
}
