import { Composer } from 'grammy'
import { ask } from '../../dialogue/input.ts'
import { showEnd, whenOptions } from '../../dialogue/screen.ts'
import { dayWords } from '../../dialogue/words.ts'
import { parseDates } from '../../domain/dates-text.ts'
import { parseRanges } from '../../domain/hours-text.ts'
import { formatPattern, parsePattern, ROTA_DAYS_MAX } from '../../domain/rota-text.ts'
import { addDays, type IsoDate, localDate, weekdayOf } from '../../domain/time.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { endRota, lockMemberHours, writeRota } from '../../storage/staff-hours.ts'
import { button, inline } from '../../telegram/keyboards.ts'
import { audit } from '../audit.ts'
import { changeMemberHours } from './change-hours.ts'
import { onMember, onMemberAnswer, showGone } from './members.ts'
import { showNextDays } from './next-days.ts'
import { showWeek } from './week.ts'
import { readOrdinary, wrongDates, wrongHours } from './words.ts'

const USUAL = ['2/2', '3/3', '5/2'] as const

/** A rota of shifts: which days, from when, at what hours. Each answer stands in the next button, so none is lost. */
export function rotaScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onMember(screen, 'rota', (ctx, { id: staffId }) => {
    const { texts } = ctx.turn
    showEnd(ctx, {
      kind: 'screen',
      html: texts.html('staff-rota'),
      keyboard: inline(
        USUAL.map((text) => {
          const parsed = parsePattern(text)
          if (!parsed.ok) throw new Error(`${text} is no rota`)
          return button(text, { to: 'rota-from', staffId, pattern: parsed.pattern })
        }),
        [button(texts.plain('staff-button-rota-own'), { to: 'rota-type', staffId })],
        [button(texts.plain('button-back'), { to: 'member-hours', staffId })],
      ),
    })
    return undefined
  })
  onMember(screen, 'rota-type', (ctx, { id: staffId }) => {
    ask(ctx, {
      about: { to: 'rota-type', staffId },
      html: ctx.turn.texts.html('staff-ask-rota'),
      back: { to: 'rota', staffId },
    })
    return undefined
  })
  onMemberAnswer(screen, 'rota-type', (ctx, { id }, _, text) => {
    const parsed = parsePattern(text)
    if (!parsed.ok) return ctx.turn.texts.html(`staff-rota-${parsed.reason}`, { days: ROTA_DAYS_MAX })
    askFrom(ctx, id, parsed.pattern)
    return undefined
  })
  onMember(screen, 'rota-from', (ctx, { id }, { pattern }) => {
    if (!pattern.includes('1')) return ctx.turn.texts.plain('outdated')
    askFrom(ctx, id, pattern)
    return undefined
  })
  onMemberAnswer(screen, 'rota-from', (ctx, { id }, { pattern }, text) => {
    const { texts } = ctx.turn
    const parsed = parseDates(text, today(ctx))
    if (!parsed.ok) return wrongDates(texts, parsed.reason)
    if (parsed.span.from !== parsed.span.to) return texts.html('staff-dates-one')
    askHours(ctx, id, pattern, parsed.span.from)
    return undefined
  })
  onMember(screen, 'rota-hours', (ctx, { id }, { pattern, from }) => {
    if (!pattern.includes('1')) return ctx.turn.texts.plain('outdated')
    askHours(ctx, id, pattern, from)
    return undefined
  })
  onMemberAnswer(screen, 'rota-hours', async (ctx, member, { pattern, from }, text) => {
    const { tx, texts } = ctx.turn
    const parsed = parseRanges(text)
    if (!parsed.ok) return wrongHours(texts, parsed.reason)
    if (parsed.ranges.length === 0) return texts.html('staff-rota-hours-closed')
    if (!(await lockMemberHours(tx, member.id))) {
      await showGone(ctx)
      return undefined
    }
    const before = await readOrdinary(ctx, member.id)
    const after = { kind: 'rota' as const, pattern, anchorDate: from, ranges: parsed.ranges }
    const outside = await changeMemberHours(ctx, member.id, () => writeRota(tx, member.id, after))
    await audit(ctx, 'staff.hours', `staff:${member.id}`, { before, after })
    await showNextDays(ctx, member, outside)
    return undefined
  })
  onMember(screen, 'rota-end', async (ctx, member) => {
    const { tx, texts } = ctx.turn
    await lockMemberHours(tx, member.id)
    const before = await readOrdinary(ctx, member.id)
    let outside = 0
    if (before.kind === 'rota') {
      outside = await changeMemberHours(ctx, member.id, () => endRota(tx, member.id))
      const after = await readOrdinary(ctx, member.id)
      await audit(ctx, 'staff.hours', `staff:${member.id}`, { before, after })
    }
    await showWeek(ctx, member, outside)
    return texts.plain('staff-rota-ended')
  })
  return screen
}

function askFrom(ctx: BotContext, staffId: number, pattern: string): void {
  const { texts } = ctx.turn
  const first = today(ctx)
  const choices = [first, addDays(first, 1), addDays(first, 8 - weekdayOf(first))]
  ask(ctx, {
    about: { to: 'rota-from', staffId, pattern },
    html: texts.html('staff-ask-rota-from', { pattern: formatPattern(pattern) }),
    choices: [...new Set(choices)].map((from) => [
      button(dayWords(from, whenOptions(ctx.turn)), { to: 'rota-hours', staffId, pattern, from }),
    ]),
    back: { to: 'rota', staffId },
  })
}

function askHours(ctx: BotContext, staffId: number, pattern: string, from: IsoDate): void {
  ask(ctx, {
    about: { to: 'rota-hours', staffId, pattern, from },
    html: ctx.turn.texts.html('staff-ask-rota-hours', {
      pattern: formatPattern(pattern),
      date: dayWords(from, whenOptions(ctx.turn)),
    }),
    back: { to: 'rota-from', staffId, pattern },
  })
}

function today({ turn: { now, settings } }: BotContext): IsoDate {
  return localDate(now, settings.timeZone)
}
