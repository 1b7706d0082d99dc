import { Composer } from 'grammy'
import { onButton, showEnd } from '../../dialogue/screen.ts'
import { shortHash } from '../../dialogue/short-hash.ts'
import type { MassTask } from '../../domain/mass.ts'
import type { BotContext } from '../../runtime/turn.ts'
import type { ComingBooking } from '../../storage/coming.ts'
import type { Button } from '../../telegram/callback-data.ts'
import { button, inline } from '../../telegram/keyboards.ts'
import { adminAuthor, audit } from '../audit.ts'
import { bookingLines } from '../calendar/words.ts'
import { adminShop } from '../schedule/admin-flow.ts'
import { carryOut, wasCarriedOut } from './carry-out.ts'
import type { Planned } from './plan.ts'
import { tellCustomers, tellMembers } from './tell.ts'
import { reasonFor, refuseTask, showView } from './view.ts'
import { whatWords } from './words.ts'

const ACTIONS = {
  shift: 'bookings.shift',
  service: 'bookings.service',
  cancel: 'bookings.cancel',
} as const satisfies Record<MassTask['kind'], string>

/** Admins who run the bookings: the decision about a task whose effects were shown. */
export function doScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'mass-do', decide)
  return screen
}

async function decide(ctx: BotContext, tapped: Button & { to: 'mass-do' }): Promise<string | undefined> {
  const { tx, texts } = ctx.turn
  const { task, seen, intent } = tapped
  const refused = await refuseTask(ctx, task)
  if (refused !== undefined) return refused
  const reason = reasonFor(ctx, task)
  const target = `mass:${intent}`
  const shop = adminShop(ctx)
  if (shortHash(reason) !== tapped.reason && !(await wasCarriedOut(tx, target, shop.now))) {
    await showView(ctx, task, 0)
    return texts.plain('calendar-reason-lost')
  }
  const outcome = await carryOut(tx, shop, { task, seen, reason, target, author: adminAuthor(ctx) })
  switch (outcome.kind) {
    // A second tap must not take the screen away that says who could not be told.
    case 'done-before':
      return texts.plain('mass-done-before')
    case 'changed':
      await showView(ctx, task, 0)
      return texts.plain('calendar-block-changed')
    case 'done':
      break
  }
  const { entries } = outcome.plan
  const changed = entries.filter(({ fate }) => fate.kind !== 'stays')
  const { kind: _, ...what } = task
  const kept = entries.filter(({ fate }) => fate.kind === 'stays')
  await audit(ctx, ACTIONS[task.kind], target, {
    before: Object.fromEntries(
      changed.map(({ booking: { id, startsAt } }) => [id, new Date(startsAt).toISOString()]),
    ),
    after: { ...what, reason, changed: idsOf(changed), kept: idsOf(kept) },
  })
  await tellMembers(ctx, task.kind, entries)
  const untold = await tellCustomers(ctx, entries, reason)
  await showDone(ctx, task, { changed: changed.length, kept: kept.length, untold })
  return undefined
}

async function showDone(
  ctx: BotContext,
  task: MassTask,
  { changed, kept, untold }: { changed: number; kept: number; untold: ComingBooking[] },
): Promise<void> {
  const { texts } = ctx.turn
  const told = changed - untold.length
  const parts = [
    texts.html(`mass-done-${task.kind}`, { count: changed, what: await whatWords(ctx, task) }),
    ...(kept > 0 ? [texts.html('mass-kept', { count: kept })] : []),
    ...(told > 0 ? [texts.html('calendar-block-told', { count: told })] : []),
    ...(untold.length > 0
      ? [texts.html('calendar-block-untold', { list: bookingLines(ctx.turn, untold) })]
      : []),
  ]
  const date = task.kind === 'cancel' ? task.span.from : task.date
  showEnd(ctx, {
    kind: 'screen',
    html: parts.join('\n\n'),
    keyboard: inline(
      [button(texts.plain('schedule-open-day'), { to: 'schedule-day', date, staffId: null, page: 0 })],
      [button(texts.plain('button-back'), { to: 'mass' })],
    ),
  })
}

function idsOf(entries: readonly Planned[]): number[] {
  return entries.map(({ booking }) => booking.id)
}
