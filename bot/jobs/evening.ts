import { eveningSpan, eveningList as listMessage } from '../admin/schedule/evening-list.ts'
import { instantOf } from '../domain/time.ts'
import { listAdminIds } from '../storage/admins.ts'
import { listUnmarked } from '../storage/visits.ts'
import { dailyJob } from './daily.ts'

/** In the evening: admins are asked who came, where that is not known yet. */
export const eveningList = dailyJob({
  name: 'evening-list',
  timeOf: (settings) => settings.eveningListTime,
  recipientsOf: ({ tx, client }) => listAdminIds(tx, client.staticAdminIds),
  // Those that had begun by then: a day without any question is not asked about a visit that begins later.
  read: ({ tx, settings }, date) =>
    listUnmarked(
      tx,
      eveningSpan(date, settings),
      instantOf(date, settings.eveningListTime, settings.timeZone),
    ),
  write(visits, { texts }, { settings, now }, date) {
    if (visits.length === 0) return undefined
    return listMessage(texts, { date, visits, page: 0, timeZone: settings.timeZone, now })
  },
})
