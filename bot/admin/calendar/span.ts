import { monthOf } from '../../domain/calendar.ts'
import { type DateSpan, type DatesRefusal, refuseDates } from '../../domain/dates-text.ts'
import { type IsoDate, localDate } from '../../domain/time.ts'
import type { Turn } from '../../runtime/turn.ts'
import type { Aim } from '../../telegram/buttons/calendar.ts'
import { button, type InlineButton } from '../../telegram/keyboards.ts'

/** Why the business cannot plan these days; what has begun is not planned any more. */
export function refuseAhead(span: DateSpan, today: IsoDate): DatesRefusal | undefined {
  return span.from < today ? 'past' : refuseDates(span, today)
}

/** What is wrong with days that came with a button: it may be old or forged. */
export function refuseSpan({ texts, now, settings }: Turn, span: DateSpan): string | undefined {
  const refusal = refuseAhead(span, localDate(now, settings.timeZone))
  return refusal && texts.plain(`calendar-dates-${refusal}`)
}

/** Leads from the first day to the choice of the last one. */
export function moreDays({ texts }: Turn, aim: Aim, { from, to }: DateSpan): InlineButton[] {
  if (from !== to) return []
  return [button(texts.plain('calendar-more-days'), { to: 'calendar-pick', aim, month: monthOf(from), from })]
}
