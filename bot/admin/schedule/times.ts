import { Composer } from 'grammy'
import { timeScreens } from '../../booking/choose-time.ts'
import { showOtherTimes } from '../../booking/summary.ts'
import { ADMIN_WAYS } from '../../booking/ways.ts'
import { ask, onAnswer } from '../../dialogue/input.ts'
import { onButton } from '../../dialogue/screen.ts'
import { readTypedTime } from '../../domain/typed-time.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { type AdminFlow, openAdminFlow, type Preview, previewStart } from './admin-flow.ts'
import { showMoveSummary } from './move.ts'
import { refuseAnswer } from './open-visit.ts'
import { askWho } from './who.ts'
import { hindranceLines } from './words.ts'

/** Admins who run the bookings: a time for a booking, on the customers' screens or typed. */
export function timesScreen(): Composer<BotContext> {
  const screen = timeScreens(ADMIN_WAYS, openAdminFlow)
  onButton(screen, 'admin-time', async (ctx, { flow, startsAt }) => {
    const open = await openAdminFlow(ctx, flow)
    if (open.kind === 'refused') return open.say
    const preview = await previewStart(ctx, open, startsAt)
    if (preview.ok) await goOn(ctx, open, startsAt, preview)
    else await showOtherTimes(ctx, open, startsAt, preview.reason)
    return undefined
  })
  onButton(screen, 'admin-typed-time', async (ctx, { flow }) => {
    const open = await openAdminFlow(ctx, flow)
    if (open.kind === 'refused') return open.say
    ask(ctx, {
      about: { to: 'admin-typed-time', flow },
      html: ctx.turn.texts.html('schedule-type-time-ask', { service: open.name }),
      back: { to: 'admin-nearest', flow },
    })
    return undefined
  })
  onAnswer(screen, 'admin-typed-time', async (ctx, { flow }, text) => {
    const { texts, now, settings } = ctx.turn
    const typed = readTypedTime(text, now, settings.timeZone)
    if (!typed.ok)
      return texts.html(typed.reason === 'no-such-day' ? 'schedule-no-such-day' : 'schedule-time-unclear')
    const open = await openAdminFlow(ctx, flow)
    if (open.kind === 'refused') return refuseAnswer(ctx, open.say ?? texts.plain('schedule-gone'))
    const preview = await previewStart(ctx, open, typed.startsAt)
    if (!preview.ok) return whyNot(ctx, preview)
    await goOn(ctx, open, typed.startsAt, preview)
    return undefined
  })
  return screen
}

async function goOn(
  ctx: BotContext,
  open: AdminFlow,
  startsAt: number,
  preview: Preview & { ok: true },
): Promise<void> {
  if (open.kind === 'move') await showMoveSummary(ctx, open, startsAt, preview)
  else await askWho(ctx, { ...open, startsAt }, preview)
}

function whyNot({ turn }: BotContext, { reason, hindrances }: Preview & { ok: false }): string {
  const { texts, settings } = turn
  if (reason === 'in-the-past' || reason === 'too-soon') return texts.html('schedule-time-past')
  if (reason === 'beyond-horizon') return texts.html('schedule-time-far')
  return texts.html('schedule-time-taken', {
    hindrances: hindranceLines(texts, hindrances, settings.timeZone),
  })
}
