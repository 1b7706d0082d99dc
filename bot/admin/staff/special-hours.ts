import { Composer } from 'grammy'
import { ask } from '../../dialogue/input.ts'
import { whenOptions } from '../../dialogue/screen.ts'
import { spanWords } from '../../dialogue/words.ts'
import { parseDates } from '../../domain/dates-text.ts'
import { parseRanges } from '../../domain/hours-text.ts'
import { localDate } from '../../domain/time.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { onMember, onMemberAnswer } from './members.ts'
import { saveSpecialDays } from './save-special-days.ts'
import { showTimeOff } from './time-off.ts'
import { wrongDates, wrongHours } from './words.ts'

/** Other hours for one day or a few: first the days, then the hours. */
export function specialHoursScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onMember(screen, 'special-add', (ctx, { id: staffId }) => {
    ask(ctx, {
      about: { to: 'special-add', staffId },
      html: ctx.turn.texts.html('staff-ask-special-dates'),
      back: { to: 'special-days', staffId, page: 0 },
    })
    return undefined
  })
  onMemberAnswer(screen, 'special-add', (ctx, { id: staffId }, _, text) => {
    const { texts, now, settings } = ctx.turn
    const parsed = parseDates(text, localDate(now, settings.timeZone))
    if (!parsed.ok) return wrongDates(texts, parsed.reason)
    ask(ctx, {
      about: { to: 'special-hours', staffId, first: parsed.span.from, last: parsed.span.to },
      html: texts.html('staff-ask-special-hours', { days: spanWords(parsed.span, whenOptions(ctx.turn)) }),
      back: { to: 'special-add', staffId },
    })
    return undefined
  })
  onMemberAnswer(screen, 'special-hours', async (ctx, member, { first, last }, text) => {
    const parsed = parseRanges(text)
    if (!parsed.ok) return wrongHours(ctx.turn.texts, parsed.reason)
    const span = { from: first, to: last }
    // Days off have a way of their own, which first says what they hit.
    if (parsed.ranges.length === 0) await showTimeOff(ctx, member, span, 0)
    else await saveSpecialDays(ctx, member, { ...span, ranges: parsed.ranges, note: '' })
    return undefined
  })
  return screen
}
