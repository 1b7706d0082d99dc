import { Composer } from 'grammy'
import { ask, onAnswer } from '../../dialogue/input.ts'
import { pageOf } from '../../dialogue/pages.ts'
import { onButton, show } from '../../dialogue/screen.ts'
import { shortHash } from '../../dialogue/short-hash.ts'
import { monthOf } from '../../domain/calendar.ts'
import type { MassTask } from '../../domain/mass.ts'
import { mayDo } from '../../domain/permissions.ts'
import { MINUTE_MS } from '../../domain/time.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { findService, listStaff } from '../../storage/catalogue.ts'
import { type Button, encodeButton, permissionFor } from '../../telegram/callback-data.ts'
import { button, type InlineButton, inline } from '../../telegram/keyboards.ts'
import { keepReason, keptReason, REASON_MAX } from '../kept-reason.ts'
import { adminShop } from '../schedule/admin-flow.ts'
import { type MassPlan, MOST_AT_ONCE, planMass, sealOfPlan, spanOf } from './plan.ts'
import { refuseDays } from './refuse.ts'
import { canBeTold } from './tell.ts'
import { plannedLines, whatWords, whoName } from './words.ts'

/** Admins who run the bookings: what a task would do, before it is done; the reason for cancelling. */
export function viewScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'mass-view', async (ctx, { task, page }) => {
    const refused = await refuseTask(ctx, task)
    if (refused === undefined) await showView(ctx, task, page)
    return refused
  })
  onButton(screen, 'mass-reason', (ctx, { task }) => {
    const draft = ctx.turn.dialogue?.draft
    ask(ctx, {
      about: { to: 'mass-reason', task },
      html: ctx.turn.texts.html('calendar-block-reason'),
      back: { to: 'mass-view', task, page: 0 },
      ...(draft ? { draft } : {}),
    })
    return undefined
  })
  onAnswer(screen, 'mass-reason', async (ctx, { task }, text) => {
    if ([...text].length > REASON_MAX)
      return ctx.turn.texts.html('calendar-reason-long', { limit: REASON_MAX })
    const refused = await refuseTask(ctx, task)
    if (refused === undefined) await showView(ctx, task, 0, text === '-' ? '' : text)
    return refused
  })
  return screen
}

/** Why a task cannot be done (any more), whatever the bookings are. */
export async function refuseTask(ctx: BotContext, task: MassTask): Promise<string | undefined> {
  const { tx, texts } = ctx.turn
  if (task.kind === 'cancel') return refuseDays(ctx, task.span, task.staffId)
  const day = { from: task.date, to: task.date }
  const refused = await refuseDays(ctx, day, task.kind === 'shift' ? task.staffId : null)
  if (refused !== undefined || task.kind === 'shift') return refused
  const isOnOffer = task.toId !== task.serviceId && (await findService(tx, task.toId)) !== undefined
  return isOnOffer ? undefined : texts.plain('schedule-not-on-offer')
}

/** The reason that was typed for this task; empty where there is none, or it was lost. */
export function reasonFor(ctx: BotContext, task: MassTask): string {
  return keptReason(ctx.turn, aboutOf(task))
}

function aboutOf(task: MassTask): string {
  return encodeButton({ to: 'mass-reason', task })
}

/** What would become of which bookings, a page of them; the button decides about just these. */
export async function showView(
  ctx: BotContext,
  task: MassTask,
  wanted: number,
  reason = reasonFor(ctx, task),
): Promise<void> {
  const { tx, texts, now, updateId } = ctx.turn
  const plan = await planMass(tx, adminShop(ctx), task)
  const changing = plan.entries.filter(({ fate }) => fate.kind !== 'stays')
  const told = changing.filter(({ booking }) => canBeTold(booking))
  const silent = new Set(changing.flatMap((one) => (told.includes(one) ? [] : [one.booking.customerId])))
  const count = changing.length
  const heldUntil = Math.max(
    0,
    ...plan.entries.map(({ fate }) => (fate.kind === 'stays' && fate.why === 'held' ? fate.until : 0)),
  )
  const { items, arrows } = pageOf(plan.entries, {
    page: wanted,
    turnTo: (page) => ({ to: 'mass-view', task, page }),
  })
  const parts = [
    texts.html(titleOf(task), {
      what: await whatWords(ctx, task),
      ...(task.kind === 'shift' ? { minutes: Math.abs(task.minutes) } : {}),
      ...(task.kind === 'service' ? await serviceWords(ctx, task, plan) : {}),
    }),
    ...(reason ? [texts.html('calendar-line-reason', { reason })] : []),
    summaryOf(ctx, task, plan, count),
    plannedLines(ctx, items, {
      several: (await listStaff(tx)).length > 1,
      withDay: task.kind === 'cancel' && task.span.from !== task.span.to,
    }).html.trim(),
    ...(heldUntil > now
      ? [texts.html('mass-held', { minutes: Math.ceil((heldUntil - now) / MINUTE_MS) })]
      : []),
    ...(count > 0 ? [texts.html('mass-reach', { count: told.length })] : []),
    ...(silent.size > 0 ? [texts.html('mass-untold', { count: silent.size })] : []),
    ...(count > 0 && task.kind === 'cancel' ? [texts.html('mass-cancel-free')] : []),
  ]
  const decide: Button = {
    to: 'mass-do',
    task,
    seen: sealOfPlan(plan),
    reason: shortHash(reason),
    intent: updateId.toString(36),
  }
  show(ctx, {
    kind: 'screen',
    html: parts.filter((part) => part !== '').join('\n\n'),
    keyboard: inline(
      arrows,
      count > 0 ? [button(texts.plain(`mass-do-${task.kind}`, { count }), decide)] : [],
      ...(task.kind === 'cancel' ? await cancelChoices(ctx, task, count, reason) : []),
      heldUntil > now ? [button(texts.plain('mass-look-again'), { to: 'mass-view', task, page: 0 })] : [],
      [button(texts.plain('button-back'), backFrom(task))],
    ),
  })
  keepReason(ctx.turn, aboutOf(task), reason)
}

function titleOf(task: MassTask) {
  if (task.kind !== 'shift') return `mass-view-${task.kind}` as const
  return task.minutes > 0 ? 'mass-view-later' : 'mass-view-earlier'
}

function summaryOf(
  { turn: { texts } }: BotContext,
  { kind }: MassTask,
  { entries, isTooMuch }: MassPlan,
  count: number,
): string {
  const staying = entries.length - count
  if (isTooMuch) return texts.html('mass-too-many', { limit: MOST_AT_ONCE })
  if (entries.length === 0) return texts.html('mass-none')
  return [
    texts.html(kind === 'cancel' ? 'mass-go-cancel' : 'mass-go', { count }),
    ...(staying > 0 ? [texts.html('mass-stay', { count: staying })] : []),
  ].join(' ')
}

async function serviceWords(
  { turn: { tx } }: BotContext,
  { serviceId, toId }: MassTask & { kind: 'service' },
  { entries }: MassPlan,
): Promise<{ old: string; new: string }> {
  const lines = entries.flatMap(({ booking }) => booking.lines)
  return {
    old: lines.find((line) => line.serviceId === serviceId)?.name ?? '—',
    new: (await findService(tx, toId))?.name ?? '—',
  }
}

/** A reason, more days, somebody's alone, and closing the time where this admin may. */
async function cancelChoices(
  ctx: BotContext,
  task: MassTask & { kind: 'cancel' },
  count: number,
  reason: string,
): Promise<InlineButton[][]> {
  const { tx, texts, role, settings } = ctx.turn
  const { span, staffId } = task
  const { start: startsAt, end: endsAt } = spanOf(task, settings.timeZone)
  const close: Button = { to: 'calendar-block-view', staffId, startsAt, endsAt }
  const isOneDay = span.from === span.to
  return [
    count === 0
      ? []
      : [
          button(texts.plain(reason ? 'calendar-reason-change' : 'calendar-reason-add'), {
            to: 'mass-reason',
            task,
          }),
        ],
    isOneDay
      ? [
          button(texts.plain('calendar-more-days'), {
            to: 'mass-pick',
            op: 'cancel',
            month: monthOf(span.from),
            from: span.from,
          }),
        ]
      : [],
    (await listStaff(tx)).length > 1
      ? [button(`👤 ${(await whoName(ctx, staffId)) ?? ''}`, { to: 'mass-cancel-who', span, page: 0 })]
      : [],
    mayDo(role, permissionFor(close.to) ?? 'panel') ? [button(texts.plain('mass-close-too'), close)] : [],
  ]
}

function backFrom(task: MassTask): Button {
  switch (task.kind) {
    case 'shift':
      return { to: 'mass-shift', date: task.date, staffId: task.staffId, from: task.from }
    case 'service':
      return { to: 'mass-service-to', date: task.date, serviceId: task.serviceId, page: 0 }
    case 'cancel':
      break
  }
  return { to: 'mass-pick', op: 'cancel', month: monthOf(task.span.from), from: null }
}
