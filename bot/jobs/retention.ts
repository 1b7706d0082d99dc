import { isNight, keptSince } from '../domain/retention.ts'
import { writeAdminAction } from '../storage/admin-actions.ts'
import { erasePersonalData } from '../storage/privacy.ts'
import { lockAway } from '../storage/retention.ts'
import type { Job } from './job.ts'

/** So many customers in one transaction: the next look takes the next ones. */
const PORTION = 100

/** By night: personal data of customers who have been away for longer than the business keeps them. */
export const retention: Job = {
  name: 'retention',
  async run({ client, tx, settings, now }) {
    const { retentionMonths: months, timeZone } = settings
    if (months === 0 || !isNight(now, timeZone)) return []
    const away = { since: keptSince(months, now, timeZone), staticAdminIds: client.staticAdminIds }
    const customerIds = await lockAway(tx, away, PORTION)
    if (customerIds.length === 0) return []
    await erasePersonalData(tx, client.clientId, customerIds, now)
    const count = customerIds.length
    await writeAdminAction(
      tx,
      { telegramId: null, action: 'customers.erase', target: 'customers', after: { count, months } },
      now,
    )
    client.log.info({ event: 'personal_data_erased', customers: count })
    return []
  },
}
