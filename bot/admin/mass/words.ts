import { whenOptions } from '../../dialogue/screen.ts'
import { priceWords, serviceName, slotLabel, spanWords } from '../../dialogue/words.ts'
import type { MassTask } from '../../domain/mass.ts'
import { type IsoDate, localDate, localTime } from '../../domain/time.ts'
import { escapeHtml, type Html, shorten } from '../../i18n/texts.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { findStaffName, listStaff } from '../../storage/catalogue.ts'
import { nameOf } from '../schedule/words.ts'
import { clockOf, type Fate, type Planned } from './plan.ts'
import { canBeTold } from './tell.ts'

const NAME_MAX = 30

/** Which days, from which hour, and whose: a line for each. */
export async function whatWords(
  ctx: BotContext,
  task: Exclude<MassTask, { kind: 'shift' }> | Omit<MassTask & { kind: 'shift' }, 'minutes'>,
): Promise<Html> {
  const { texts, tx } = ctx.turn
  const span = task.kind === 'cancel' ? task.span : { from: task.date, to: task.date }
  const days = spanWords(span, whenOptions(ctx.turn))
  const from =
    task.kind !== 'shift'
      ? []
      : [
          task.from === null
            ? texts.plain('mass-whole-day')
            : texts.plain('mass-from-time', { time: clockOf(task.from) }),
        ]
  const who = task.kind === 'service' ? undefined : await whoName(ctx, task.staffId)
  const several = who !== undefined && (await listStaff(tx)).length > 1
  return {
    html: [[days, ...from].join(', '), ...(several ? [who] : [])]
      .map((line) => escapeHtml(line).html)
      .join('\n'),
  }
}

/** Whose bookings; undefined for somebody who is not there any more. */
export async function whoName({ turn }: BotContext, staffId: number | null): Promise<string | undefined> {
  return staffId === null ? turn.texts.plain('schedule-everybody') : findStaffName(turn.tx, staffId)
}

/**
 * Bookings as lines, each after a line break: what becomes of when and what, who, with whom; why where it stays; a sign
 * where the customer cannot be told.
 */
export function plannedLines(
  ctx: BotContext,
  entries: readonly Planned[],
  options: { several: boolean; withDay: boolean },
): Html {
  return { html: entries.map((entry) => `\n${plannedLine(ctx, entry, options)}`).join('') }
}

function plannedLine(
  ctx: BotContext,
  entry: Planned,
  { several, withDay }: { several: boolean; withDay: boolean },
): string {
  const { settings } = ctx.turn
  const { booking, fate } = entry
  const parts = [
    timesOf(ctx, entry, withDay),
    nameOf(booking.customer),
    serviceName(booking),
    ...(several ? [booking.staffName] : []),
  ].map((part) => escapeHtml(shorten(part, NAME_MAX + 10)).html)
  const sign = fate.kind === 'stays' ? '⚠️' : canBeTold(booking) ? '•' : '📵'
  const why = fate.kind === 'stays' ? [stayWords(ctx, fate)] : []
  return [`${sign} ${parts.join(' · ')}`, ...why, ...termsOf(ctx, entry, settings.timeZone)].join('\n   ')
}

function stayWords({ turn: { texts, settings } }: BotContext, fate: Fate & { kind: 'stays' }): string {
  if (fate.why !== 'held') return texts.html(`mass-stay-${fate.why}`)
  return texts.html('mass-stay-held', { time: localTime(fate.until, settings.timeZone) })
}

/** `10:00 → 10:30`, `10:00`; with the day where there are several, or where it changes. */
function timesOf({ turn }: BotContext, { booking, fate }: Planned, withDay: boolean): string {
  const { timeZone } = turn.settings
  const day = (instant: number): IsoDate => localDate(instant, timeZone)
  const words = (instant: number, isDayKnown: boolean) =>
    isDayKnown ? localTime(instant, timeZone) : slotLabel(instant, whenOptions(turn))
  const was = words(booking.startsAt, !withDay)
  if (fate.kind !== 'becomes' || fate.to.startsAt === booking.startsAt) return was
  return `${was} → ${words(fate.to.startsAt, day(fate.to.startsAt) === day(booking.startsAt))}`
}

/** For another service: `до 11:30, 1 500 ₽`, what the booking will be then. */
function termsOf({ turn: { texts } }: BotContext, { booking, fate }: Planned, timeZone: string): string[] {
  if (fate.kind !== 'becomes' || fate.to.startsAt !== booking.startsAt) return []
  const { to } = fate
  const price = priceWords(texts, {
    priceMinor: to.priceMinor,
    priceFrom: to.lines.some((line) => line.priceFrom === true),
    currency: to.currency,
  })
  const until = texts.html('mass-until', { time: localTime(to.endsAt, timeZone) })
  return [price === undefined ? until : `${until}, ${escapeHtml(price).html}`]
}
