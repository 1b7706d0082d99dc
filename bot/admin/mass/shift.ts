import { Composer } from 'grammy'
import { ask, onAnswer } from '../../dialogue/input.ts'
import { onButton } from '../../dialogue/screen.ts'
import { monthOf } from '../../domain/calendar.ts'
import { readShift } from '../../domain/mass.ts'
import { localTime } from '../../domain/time.ts'
import { readClock } from '../../domain/typed.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { listStaff } from '../../storage/catalogue.ts'
import { listStarting } from '../../storage/coming.ts'
import type { Button } from '../../telegram/callback-data.ts'
import { button, inRows } from '../../telegram/keyboards.ts'
import { MOST_AT_ONCE, spanOf } from './plan.ts'
import { refuseDays } from './refuse.ts'
import { showView } from './view.ts'
import { whatWords, whoName } from './words.ts'

const USUAL_MINUTES = [15, 30, 60] as const
/** Starts on a screen; others are typed. */
const STARTS_MAX = 16

type Shifting = Omit<Button & { to: 'mass-shift' }, 'to'>

/** Admins who run the bookings: which bookings of a day are to be shifted, and by how much. */
export function shiftScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'mass-shift', async (ctx, { to: _, ...shifting }) => {
    const refused = await refuseShifting(ctx, shifting)
    if (refused === undefined) await showShift(ctx, shifting)
    return refused
  })
  onAnswer(screen, 'mass-shift', async (ctx, { to: _, ...shifting }, text) => {
    const minutes = readShift(text)
    if (minutes === undefined) return ctx.turn.texts.html('mass-shift-wrong')
    const refused = await refuseShifting(ctx, shifting)
    if (refused === undefined) await showView(ctx, { kind: 'shift', ...shifting, minutes }, 0)
    return refused
  })
  onButton(screen, 'mass-from', async (ctx, { to: _, ...shifting }) => {
    const refused = await refuseShifting(ctx, shifting)
    if (refused === undefined) await askFrom(ctx, shifting)
    return refused
  })
  onAnswer(screen, 'mass-from', async (ctx, { to: _, ...shifting }, text) => {
    const clock = readClock(text)
    if (!clock) return ctx.turn.texts.html('mass-from-wrong')
    const refused = await refuseShifting(ctx, shifting)
    if (refused === undefined) await showShift(ctx, { ...shifting, from: minutesOf(clock) })
    return refused
  })
  return screen
}

function refuseShifting(ctx: BotContext, { date, staffId }: Shifting): Promise<string | undefined> {
  return refuseDays(ctx, { from: date, to: date }, staffId)
}

export async function showShift(ctx: BotContext, shifting: Shifting): Promise<void> {
  const { tx, texts } = ctx.turn
  const { date, staffId, from } = shifting
  const count = (await listShifted(ctx, shifting)).length
  const by = (minutes: number) =>
    button(texts.plain(minutes > 0 ? 'mass-later' : 'mass-earlier', { minutes: Math.abs(minutes) }), {
      to: 'mass-view',
      task: { kind: 'shift', ...shifting, minutes },
      page: 0,
    })
  const several = (await listStaff(tx)).length > 1
  const who = button(`👤 ${(await whoName(ctx, staffId)) ?? ''}`, {
    to: 'mass-shift-who',
    date,
    from,
    page: 0,
  })
  ask(ctx, {
    about: { to: 'mass-shift', ...shifting },
    html: texts.html(count === 0 ? 'mass-shift-none' : 'mass-shift', {
      what: await whatWords(ctx, { kind: 'shift', ...shifting }),
      count,
    }),
    choices: [
      ...(count === 0 ? [] : [USUAL_MINUTES.map(by), USUAL_MINUTES.map((minutes) => by(-minutes))]),
      [button(texts.plain('mass-from-button'), { to: 'mass-from', ...shifting })],
      several ? [who] : [],
    ],
    back: { to: 'mass-pick', op: 'shift', month: monthOf(date), from: null },
  })
}

function listShifted({ turn }: BotContext, { date, staffId, from }: Shifting) {
  const task = { kind: 'shift' as const, date, staffId, from, minutes: 0 }
  return listStarting(turn.tx, spanOf(task, turn.settings.timeZone), staffId, MOST_AT_ONCE)
}

/** From which hour on: the starts that the day has, or a typed one. */
async function askFrom(ctx: BotContext, shifting: Shifting): Promise<void> {
  const { texts, settings } = ctx.turn
  const found = await listShifted(ctx, { ...shifting, from: null })
  const times = [...new Set(found.map(({ startsAt }) => localTime(startsAt, settings.timeZone)))]
  const there = (from: number | null): Button => ({ to: 'mass-shift', ...shifting, from })
  ask(ctx, {
    about: { to: 'mass-from', ...shifting },
    html: texts.html('mass-from-ask'),
    choices: [
      ...inRows(
        times.slice(0, STARTS_MAX).map((time) => button(time, there(minutesOf(time)))),
        4,
      ),
      [button(texts.plain('mass-whole-day-button'), there(null))],
    ],
    back: there(shifting.from),
  })
}

function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number)
  return hours * 60 + minutes
}
