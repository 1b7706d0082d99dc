import { Composer } from 'grammy'
import { ask } from '../../dialogue/input.ts'
import { pageOf } from '../../dialogue/pages.ts'
import { showEnd, whenOptions } from '../../dialogue/screen.ts'
import { visitLine } from '../../dialogue/visits.ts'
import { spanWords } from '../../dialogue/words.ts'
import { type DateSpan, parseDates } from '../../domain/dates-text.ts'
import { localDate } from '../../domain/time.ts'
import type { BotContext } from '../../runtime/turn.ts'
import type { Member } from '../../storage/staff.ts'
import { button, inline } from '../../telegram/keyboards.ts'
import { onMember, onMemberAnswer } from './members.ts'
import { saveSpecialDays, visitsHit } from './save-special-days.ts'
import { showSpecialDays } from './special-days.ts'
import { wrongDates } from './words.ts'

const NOTE_MAX = 100

/** Days off, a holiday, an illness: what they hit is shown before they are written. Bookings in them stay. */
export function timeOffScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onMember(screen, 'off-add', (ctx, { id }) => {
    askOff(ctx, id)
    return undefined
  })
  onMemberAnswer(screen, 'off-add', async (ctx, member, _, text) => {
    const parsed = parseDates(text, today(ctx))
    if (!parsed.ok) return wrongDates(ctx.turn.texts, parsed.reason)
    await showTimeOff(ctx, member, parsed.span, 0)
    return undefined
  })
  onMember(screen, 'off-check', async (ctx, member, { first, last, page }) => {
    if (!isStillOpen(ctx, { from: first, to: last })) return tooLate(ctx, member)
    await showTimeOff(ctx, member, { from: first, to: last }, page)
    return undefined
  })
  onMember(screen, 'off-save', async (ctx, member, { first, last }) => {
    if (!isStillOpen(ctx, { from: first, to: last })) return tooLate(ctx, member)
    await saveSpecialDays(ctx, member, { from: first, to: last, ranges: [], note: '' })
    return undefined
  })
  onMember(screen, 'off-note', (ctx, { id: staffId }, { first, last }) => {
    ask(ctx, {
      about: { to: 'off-note', staffId, first, last },
      html: ctx.turn.texts.html('staff-ask-off-note'),
      back: { to: 'off-check', staffId, first, last, page: 0 },
    })
    return undefined
  })
  onMemberAnswer(screen, 'off-note', async (ctx, member, { first, last }, text) => {
    const { texts } = ctx.turn
    if (text.length > NOTE_MAX) return texts.html('staff-note-length', { limit: NOTE_MAX })
    if (isStillOpen(ctx, { from: first, to: last }))
      await saveSpecialDays(ctx, member, { from: first, to: last, ranges: [], note: text })
    else askOff(ctx, member.id, texts.html('staff-dates-past'))
    return undefined
  })
  return screen
}

function askOff(ctx: BotContext, staffId: number, first?: string): void {
  ask(ctx, {
    about: { to: 'off-add', staffId },
    html: ctx.turn.texts.html('staff-ask-off'),
    first,
    back: { to: 'special-days', staffId, page: 0 },
  })
}

export async function showTimeOff(
  ctx: BotContext,
  { id: staffId, name }: Member,
  span: DateSpan,
  page: number,
): Promise<void> {
  const { texts } = ctx.turn
  const at = { staffId, first: span.from, last: span.to }
  const hit = await visitsHit(ctx, staffId, { ...span, ranges: [] })
  const { items, arrows } = pageOf(hit, { page, turnTo: (to) => ({ to: 'off-check', ...at, page: to }) })
  showEnd(ctx, {
    kind: 'screen',
    html: [
      texts.html('staff-off-check', { name, days: spanWords(span, whenOptions(ctx.turn)) }),
      hit.length > 0
        ? texts.html('staff-off-hits', { count: hit.length })
        : texts.html('staff-off-hits-none'),
      ...items.map((visit) => visitLine(ctx, visit)),
    ].join('\n\n'),
    keyboard: inline(
      arrows,
      [button(texts.plain('staff-button-off-save'), { to: 'off-save', ...at })],
      [button(texts.plain('staff-button-off-note'), { to: 'off-note', ...at })],
      [button(texts.plain('button-back'), { to: 'special-days', staffId, page: 0 })],
    ),
  })
}

/** An old or forged button may name days that are over, or the wrong way round. */
function isStillOpen(ctx: BotContext, { from, to }: DateSpan): boolean {
  return from <= to && today(ctx) <= to
}

async function tooLate(ctx: BotContext, member: Member): Promise<string> {
  await showSpecialDays(ctx, member, 0)
  return ctx.turn.texts.plain('outdated')
}

function today({ turn: { now, settings } }: BotContext): string {
  return localDate(now, settings.timeZone)
}
