import { feedbackMessage } from '../booking/visit-messages.ts'
import { feedbackTime, quietAround } from '../domain/reminders.ts'
import { listToAsk, markAsked } from '../storage/reminders.ts'
import type { Job, JobMessage } from './job.ts'

const HOUR_MS = 3_600_000
/** Who was not asked within so many days, because the bot was down or the question switched off, is not asked any more. */
const LATE_MS = 3 * 24 * HOUR_MS

/** Asks customers how their visit was, once, some hours after it. */
export const feedback: Job = {
  name: 'feedback',
  async run({ tx, settings, now, textsIn }) {
    const { feedbackHours: hours, quietFrom, quietTo, timeZone } = settings
    if (hours === 0) return []
    const rules = { quiet: { from: quietFrom, to: quietTo }, timeZone }
    // Whose time came by day, while the bot was down, is not woken for it either.
    if (quietAround(now, rules.quiet, timeZone)) return []
    const until = now - hours * HOUR_MS
    const messages: JobMessage[] = []
    for (const { booking, chatId, language } of await listToAsk(tx, { after: until - LATE_MS, until })) {
      if (feedbackTime(booking.endsAt, hours, rules) > now) continue
      if (!(await markAsked(tx, booking.id, now))) continue
      messages.push({
        key: `feedback:${booking.id}`,
        chatId,
        message: feedbackMessage({ texts: await textsIn(language), settings, now }, booking),
      })
    }
    return messages
  },
}
