import { Composer } from 'grammy'
import { menuWords } from '../dialogue/menu.ts'
import { onButton, showEnd } from '../dialogue/screen.ts'
import { visitLine } from '../dialogue/visits.ts'
import { addDays, dayBounds, type Interval, localDate } from '../domain/time.ts'
import { VISIT_STATUSES } from '../domain/visits.ts'
import type { BotContext } from '../runtime/turn.ts'
import { listVisitsOf } from '../storage/visits.ts'
import { button, inline } from '../telegram/keyboards.ts'

const PARTS = ['today', 'tomorrow', 'week'] as const
type Part = (typeof PARTS)[number]

const ON_PAGE = 8

/** A member of staff whose account is linked: own bookings, and nobody else's. To all others it does not exist. */
export function myScheduleScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  const forStaff = screen.filter((ctx) => ctx.turn.member !== undefined)
  forStaff.command('schedule', (ctx) => showSchedule(ctx, 'today', 0))
  forStaff.hears(menuWords('menu-my-schedule'), (ctx) => showSchedule(ctx, 'today', 0))
  onButton(forStaff, 'my-schedule', async (ctx, { part, page }) => {
    await showSchedule(ctx, part, page)
    return undefined
  })
  return screen
}

async function showSchedule(ctx: BotContext, part: Part, wanted: number): Promise<void> {
  const { tx, texts, member } = ctx.turn
  if (!member) throw new Error('a schedule without a member of staff')
  const visits = await listVisitsOf(tx, member.id, spanOf(ctx, part), VISIT_STATUSES)
  const pages = Math.max(1, Math.ceil(visits.length / ON_PAGE))
  const page = Math.min(wanted, pages - 1)
  showEnd(ctx, {
    kind: 'screen',
    html: [
      texts.html(`staff-my-${part}`, { name: member.name, count: visits.length }),
      ...visits.slice(page * ON_PAGE, (page + 1) * ON_PAGE).map((visit) => visitLine(ctx, visit)),
    ].join('\n\n'),
    keyboard: inline(
      [
        ...(page > 0 ? [button('‹', { to: 'my-schedule', part, page: page - 1 })] : []),
        ...(page < pages - 1 ? [button('›', { to: 'my-schedule', part, page: page + 1 })] : []),
      ],
      PARTS.map((other) => {
        const label = texts.plain(`staff-my-part-${other}`)
        return button(other === part ? `• ${label}` : label, { to: 'my-schedule', part: other, page: 0 })
      }),
    ),
  })
}

/** The week is the next seven days: on a Friday evening nobody wants to read about Monday to Thursday. */
function spanOf({ turn: { now, settings } }: BotContext, part: Part): Interval {
  const { timeZone } = settings
  const today = localDate(now, timeZone)
  const first = part === 'tomorrow' ? addDays(today, 1) : today
  const last = part === 'week' ? addDays(today, 6) : first
  return { start: dayBounds(first, timeZone).start, end: dayBounds(last, timeZone).end }
}
