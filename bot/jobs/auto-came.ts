import { markUnmarkedAsCame } from '../storage/booking-changes.ts'
import type { Job } from './job.ts'

/** Visits that nobody has marked count as come after a while: most people come. */
export const autoCame: Job = {
  name: 'auto-came',
  async run({ client, tx, settings, now }) {
    if (settings.autoCameHours === 0) return []
    const count = await markUnmarkedAsCame(tx, settings.autoCameHours, now)
    if (count > 0) client.log.info({ event: 'visits_counted_as_come', count })
    return []
  },
}
