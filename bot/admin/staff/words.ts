import { whenOptions } from '../../dialogue/screen.ts'
import { dayWords } from '../../dialogue/words.ts'
import type { DatesRefusal } from '../../domain/dates-text.ts'
import { formatRanges, type HoursRange, type HoursRefusal } from '../../domain/hours-text.ts'
import { formatPattern } from '../../domain/rota-text.ts'
import { type Ordinary, ordinaryOf } from '../../domain/week.ts'
import type { Texts } from '../../i18n/texts.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { readWorkingHours } from '../../storage/schedule.ts'

export async function readOrdinary(ctx: BotContext, staffId: number): Promise<Ordinary> {
  const { tx, client } = ctx.turn
  return ordinaryOf(await readWorkingHours(tx, client.defaults.workHours), staffId)
}

/** What a member's ordinary days follow, in one line (HTML). */
export function hoursLine(ctx: BotContext, ordinary: Ordinary): string {
  const { texts } = ctx.turn
  if (ordinary.kind === 'business') return texts.html('staff-hours-as-business')
  if (ordinary.kind === 'own') return texts.html('staff-hours-own')
  return texts.html('staff-hours-rota', {
    pattern: formatPattern(ordinary.pattern),
    date: dayWords(ordinary.anchorDate, whenOptions(ctx.turn)),
    hours: formatRanges(ordinary.ranges),
  })
}

/** Hours of a day without HTML: `09:00–13:00, 14:00–18:00`, or that it is off. */
export function rangesWords(texts: Texts, ranges: readonly HoursRange[]): string {
  return ranges.length > 0 ? formatRanges(ranges) : texts.plain('staff-day-off')
}

/** What is wrong with typed hours, and an example (HTML). */
export function wrongHours(texts: Texts, reason: HoursRefusal): string {
  return texts.html(`staff-hours-${reason}`)
}

/** What is wrong with typed days, and an example (HTML). */
export function wrongDates(texts: Texts, reason: DatesRefusal): string {
  return texts.html(`staff-dates-${reason}`)
}
