import { monthOf } from '../../domain/calendar.ts'
import { type DateSpan, type DatesRefusal, parseDates, refuseDates } from '../../domain/dates-text.ts'
import { type IsoDate, localDate } from '../../domain/time.ts'
import type { Turn } from '../../runtime/turn.ts'
import type { Aim } from '../../telegram/buttons/calendar.ts'
import { button, type InlineButton } from '../../telegram/keyboards.ts'

/** Why the business cannot plan these days; what has begun is not planned any more. */
export function refuseAhead(span: DateSpan, today: IsoDate): DatesRefusal | undefined {
  return span.from < today ? 'past' : refuseDates(span, today)
}

/** Days ahead that an admin has typed, or the sentence that says what is wrong with them. `from`: the first one is known. */
export function readDaysAhead(
  { texts, now, settings }: Turn,
  typed: string,
  from: IsoDate | null,
): { ok: true; span: DateSpan } | { ok: false; html: string } {
  const today = localDate(now, settings.timeZone)
  const dates = parseDates(typed, today, from ?? undefined)
  if (!dates.ok) return { ok: false, html: texts.html(`calendar-dates-${dates.reason}`) }
  if (refuseAhead(dates.span, today)) return { ok: false, html: texts.html('calendar-dates-past') }
  return { ok: true, span: dates.span }
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
