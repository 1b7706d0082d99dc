import { Composer } from 'grammy'
import { ask } from '../../dialogue/input.ts'
import { showEnd } from '../../dialogue/screen.ts'
import { type HoursRange, parseRanges } from '../../domain/hours-text.ts'
import type { Ordinary } from '../../domain/week.ts'
import type { BotContext } from '../../runtime/turn.ts'
import type { Member } from '../../storage/staff.ts'
import { lockMemberHours, writeOwnWeek } from '../../storage/staff-hours.ts'
import { weekdayNames } from '../../telegram/calendar.ts'
import { button, type InlineButton, inline, inRows } from '../../telegram/keyboards.ts'
import { audit } from '../audit.ts'
import { changeMemberHours, outsideRemark } from './change-hours.ts'
import { onMember, onMemberAnswer, showGone } from './members.ts'
import { hoursLine, rangesWords, readOrdinary, wrongHours } from './words.ts'

/** A member's ordinary week: each day's own hours, as many ranges as it takes. */
export function weekScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onMember(screen, 'member-hours', async (ctx, member) => {
    await showWeek(ctx, member)
    return undefined
  })
  onMember(screen, 'member-day', async (ctx, member, { weekday }) => {
    const days = await editableDays(ctx, member.id)
    const ranges = days?.[weekday - 1]
    if (!ranges) return outdated(ctx, member)
    askDay(ctx, member, weekday, ranges)
    return undefined
  })
  onMemberAnswer(screen, 'member-day', async (ctx, member, { weekday }, text) => {
    const parsed = parseRanges(text)
    if (!parsed.ok) return wrongHours(ctx.turn.texts, parsed.reason)
    const said = await writeDays(ctx, member, [weekday], parsed.ranges)
    return said === 'staff-week-empty' ? ctx.turn.texts.html(said) : undefined
  })
  onMember(screen, 'member-day-off', async (ctx, member, { weekday }) => {
    const said = await writeDays(ctx, member, [weekday], [])
    return said && ctx.turn.texts.plain(said)
  })
  return screen
}

/** Days that can be changed one by one; undefined while a rota decides. */
export async function editableDays(ctx: BotContext, staffId: number): Promise<HoursRange[][] | undefined> {
  const ordinary = await readOrdinary(ctx, staffId)
  return ordinary.kind === 'rota' ? undefined : ordinary.days
}

/**
 * Gives weekdays of a member other hours and shows the week. The first change of one day takes the business's week over
 * as the member's own, or the other days would be off. Gives back the text that says why not; where the screen was out of
 * date, a fresh one is shown already.
 */
export async function writeDays(
  ctx: BotContext,
  member: Member,
  weekdays: readonly number[],
  ranges: readonly HoursRange[],
): Promise<'staff-week-empty' | 'outdated' | 'staff-gone' | undefined> {
  const { tx } = ctx.turn
  if (!(await lockMemberHours(tx, member.id))) {
    await showGone(ctx)
    return 'staff-gone'
  }
  const before = await editableDays(ctx, member.id)
  if (!before || weekdays.some((weekday) => weekday < 1 || weekday > 7)) {
    await showWeek(ctx, member)
    return 'outdated'
  }
  const after = before.map((day, index) => (weekdays.includes(index + 1) ? [...ranges] : day))
  // No rows at all would mean "as the business": the contrary.
  if (after.every((day) => day.length === 0)) return 'staff-week-empty'
  let outside = 0
  if (JSON.stringify(after) !== JSON.stringify(before)) {
    outside = await changeMemberHours(ctx, member.id, () => writeOwnWeek(tx, member.id, after))
    await audit(ctx, 'staff.hours', `staff:${member.id}`, { before, after })
  }
  await showWeek(ctx, member, outside)
  return undefined
}

/** A button of a week that a rota has replaced meanwhile, or of a day that no week has. */
export async function outdated(ctx: BotContext, member: Member): Promise<string> {
  await showWeek(ctx, member)
  return ctx.turn.texts.plain('outdated')
}

/** `outside`: how many bookings a change has just left outside of the hours. */
export async function showWeek(
  ctx: BotContext,
  { id: staffId, name }: Member,
  outside: number = 0,
): Promise<void> {
  const { texts } = ctx.turn
  const remark = outsideRemark(ctx, staffId, outside)
  const ordinary = await readOrdinary(ctx, staffId)
  showEnd(ctx, {
    kind: 'screen',
    html: texts.html('staff-week', {
      name,
      kind: { html: hoursLine(ctx, ordinary) },
      days: { html: `${daysText(ctx, ordinary)}${remark.html}` },
    }),
    keyboard: inline(
      remark.row,
      ...dayButtons(ctx, staffId, ordinary),
      [
        button(texts.plain(ordinary.kind === 'rota' ? 'staff-button-rota-change' : 'staff-button-rota'), {
          to: 'rota',
          staffId,
        }),
        ...(ordinary.kind === 'rota'
          ? [button(texts.plain('staff-button-rota-end'), { to: 'rota-end', staffId })]
          : []),
      ],
      ordinary.kind === 'business'
        ? []
        : [button(texts.plain('staff-button-as-business'), { to: 'as-business', staffId, sure: 'ask' })],
      [button(texts.plain('staff-button-next-days'), { to: 'next-days', staffId })],
      [button(texts.plain('button-back'), { to: 'staff-member', staffId })],
    ),
  })
}

function daysText({ turn: { texts } }: BotContext, ordinary: Ordinary): string {
  if (ordinary.kind === 'rota') return texts.html('staff-week-by-rota')
  const names = weekdayNames(texts.language)
  return ordinary.days.map((ranges, day) => `${names[day]}  ${rangesWords(texts, ranges)}`).join('\n')
}

function dayButtons({ turn: { texts } }: BotContext, staffId: number, ordinary: Ordinary): InlineButton[][] {
  if (ordinary.kind === 'rota') return []
  const names = weekdayNames(texts.language)
  return inRows(
    names.map((name, day) => button(name, { to: 'member-day', staffId, weekday: day + 1 })),
    4,
  )
}

function askDay(
  ctx: BotContext,
  { id: staffId }: Member,
  weekday: number,
  ranges: readonly HoursRange[],
): void {
  const { texts } = ctx.turn
  ask(ctx, {
    about: { to: 'member-day', staffId, weekday },
    html: texts.html('staff-ask-day', {
      day: weekdayNames(texts.language)[weekday - 1] ?? '',
      now: rangesWords(texts, ranges),
    }),
    choices: [
      ranges.length > 0
        ? [button(texts.plain('staff-button-day-off'), { to: 'member-day-off', staffId, weekday })]
        : [],
      [button(texts.plain('staff-button-copy'), { to: 'copy-day', staffId, weekday })],
    ],
    back: { to: 'member-hours', staffId },
  })
}
