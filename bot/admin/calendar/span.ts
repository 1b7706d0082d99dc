import { monthOf } from '../../domain/calendar.ts'
import { type DateSpan, judgeSpan } from '../../domain/date-text.ts'
import { localDate } from '../../domain/time.ts'
import type { Turn } from '../../runtime/turn.ts'
import type { Aim } from '../../telegram/buttons/calendar.ts'
import { button, type InlineButton } from '../../telegram/keyboards.ts'

/** What is wrong with days that came with a button: it may be old or forged. */
export function refuseSpan({ texts, now, settings }: Turn, span: DateSpan): string | undefined {
  const refusal = judgeSpan(span, localDate(now, settings.timeZone))
  return refusal && texts.plain(`calendar-dates-${refusal}`)
}

/** Leads from the first day to the choice of the last one. */
export function moreDays({ texts }: Turn, aim: Aim, { from, to }: DateSpan): InlineButton[] {
  if (from !== to) return []
  return [button(texts.plain('calendar-more-days'), { to: 'calendar-pick', aim, month: monthOf(from), from })]
}
