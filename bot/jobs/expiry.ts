import { expireAllHolds } from '../storage/holds.ts'
import type { Job } from './job.ts'

/** Times that were kept for customers who never confirmed: the rows say what readers of the clock know already. */
export const expiry: Job = {
  name: 'expiry',
  async run({ tx, now }) {
    await expireAllHolds(tx, now)
    return []
  },
}
