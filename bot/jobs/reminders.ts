import { bookingDetails } from '../booking/details.ts'
import { reminderMessage } from '../booking/visit-messages.ts'
import { dueReminders, REMINDER_REACH_MS } from '../domain/reminders.ts'
import { listToRemind, markReminded } from '../storage/reminders.ts'
import { dropStaleReminders, reminderKey } from '../storage/unsent.ts'
import type { Job, JobMessage } from './job.ts'

const HOUR_MS = 3_600_000

/** Reminds customers of what they have booked: each of the business's hours once, marked at the booking itself. */
export const reminders: Job = {
  name: 'reminders',
  async run({ client, tx, settings, now, textsIn }) {
    await dropStaleReminders(tx, client.clientId, now)
    const { reminderHours: hours, quietFrom, quietTo, timeZone } = settings
    if (hours.length === 0) return []
    const rules = { hours, quiet: { from: quietFrom, to: quietTo }, timeZone }
    const until = now + Math.max(...hours) * HOUR_MS + REMINDER_REACH_MS
    const messages: JobMessage[] = []
    for (const one of await listToRemind(tx, { now, until, hours })) {
      const { booking, chatId, language, timedAt, importedAt, sent } = one
      const { send, done } = dueReminders(
        { startsAt: booking.startsAt, timedAt, importedAt, sent },
        rules,
        now,
      )
      // The mark and the message are one transaction: whoever moves the booking meanwhile has been there before, or comes after.
      if (!send || !(await markReminded(tx, booking, done, now))) continue
      const telling = { texts: await textsIn(language), settings, now }
      const details = await bookingDetails({ tx, ...telling }, booking)
      messages.push({
        key: reminderKey(booking, Math.min(...done)),
        chatId,
        message: reminderMessage(telling, booking, details),
      })
    }
    return messages
  },
}
