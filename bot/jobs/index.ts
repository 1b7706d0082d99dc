import { autoCame } from './auto-came.ts'
import { broadcasts } from './broadcasts.ts'
import { eveningList } from './evening.ts'
import { expiry } from './expiry.ts'
import { feedback } from './feedback.ts'
import type { Job } from './job.ts'
import { morningList } from './morning.ts'
import { reminders } from './reminders.ts'
import { requests } from './requests.ts'
import { retention } from './retention.ts'
import { waitlist } from './waitlist.ts'

/** Everything that a client's bot does of its own accord. */
export const JOBS: readonly Job[] = [
  expiry,
  requests,
  waitlist,
  reminders,
  feedback,
  morningList,
  eveningList,
  autoCame,
  retention,
  broadcasts,
]
