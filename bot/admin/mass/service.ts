import { Composer } from 'grammy'
import { pageOf } from '../../dialogue/pages.ts'
import { onButton, showEnd, whenOptions } from '../../dialogue/screen.ts'
import { dayWords } from '../../dialogue/words.ts'
import { monthOf } from '../../domain/calendar.ts'
import { dayBounds, type IsoDate } from '../../domain/time.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { listServices } from '../../storage/catalogue.ts'
import { type ComingBooking, listStarting } from '../../storage/coming.ts'
import { button, inline } from '../../telegram/keyboards.ts'
import { MOST_AT_ONCE } from './plan.ts'
import { refuseDays } from './refuse.ts'

/** Admins who run the bookings: which service of a day is to become which. */
export function serviceScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'mass-service', async (ctx, { date, page }) => {
    const refused = await refuseDays(ctx, { from: date, to: date }, null)
    if (refused === undefined) await showService(ctx, date, page)
    return refused
  })
  onButton(screen, 'mass-service-to', async (ctx, { date, serviceId, page }) => {
    const refused = await refuseDays(ctx, { from: date, to: date }, null)
    return refused ?? showOthers(ctx, { date, serviceId, page })
  })
  return screen
}

/** What was sold for a day, with how often. */
export async function showService(ctx: BotContext, date: IsoDate, page: number): Promise<void> {
  const { tx, texts, settings } = ctx.turn
  const found = await listStarting(tx, dayBounds(date, settings.timeZone), null, MOST_AT_ONCE)
  const shown = pageOf(countServices(found), {
    page,
    turnTo: (there) => ({ to: 'mass-service', date, page: there }),
  })
  const day = dayWords(date, whenOptions(ctx.turn))
  showEnd(ctx, {
    kind: 'screen',
    html: texts.html(shown.items.length === 0 ? 'mass-service-none' : 'mass-service', { day }),
    keyboard: inline(
      ...shown.items.map(({ id, name, count }) => [
        button(`${name} · ${count}`, { to: 'mass-service-to', date, serviceId: id, page: 0 }),
      ]),
      shown.arrows,
      [
        button(texts.plain('button-back'), {
          to: 'mass-pick',
          op: 'service',
          month: monthOf(date),
          from: null,
        }),
      ],
    ),
  })
}

function countServices(bookings: readonly ComingBooking[]): { id: number; name: string; count: number }[] {
  const counts = new Map<number, { id: number; name: string; count: number }>()
  for (const { serviceId: id, name } of bookings.flatMap(({ lines }) => lines)) {
    const one = counts.get(id) ?? { id, name, count: 0 }
    counts.set(id, { ...one, count: one.count + 1 })
  }
  return [...counts.values()].toSorted((a, b) => b.count - a.count || a.id - b.id)
}

async function showOthers(
  ctx: BotContext,
  { date, serviceId, page }: { date: IsoDate; serviceId: number; page: number },
): Promise<string | undefined> {
  const { tx, texts } = ctx.turn
  const others = (await listServices(tx)).filter(({ id }) => id !== serviceId)
  if (others.length === 0) return texts.plain('mass-service-no-other')
  const shown = pageOf(others, {
    page,
    turnTo: (there) => ({ to: 'mass-service-to', date, serviceId, page: there }),
  })
  showEnd(ctx, {
    kind: 'screen',
    html: texts.html('mass-service-to', { day: dayWords(date, whenOptions(ctx.turn)) }),
    keyboard: inline(
      ...shown.items.map(({ id, name }) => [
        button(name, { to: 'mass-view', task: { kind: 'service', date, serviceId, toId: id }, page: 0 }),
      ]),
      shown.arrows,
      [button(texts.plain('button-back'), { to: 'mass-service', date, page: 0 })],
    ),
  })
  return undefined
}
