import { type QuietHours, quietAround } from './reminders.ts'
import { MINUTE_MS } from './time.ts'

/** Who is refused needs time for other plans. */
const BEFORE_START_MS = 120 * MINUTE_MS
/** A refusal that waits for the morning must come so long before the start. */
const USEFUL_MS = 30 * MINUTE_MS

/** Nothing that starts later than this is given up now. */
export const APPROVAL_REACH_MS = 24 * 60 * MINUTE_MS + BEFORE_START_MS

/**
 * Until when a request waits for an admin: two hours before the start, or, where it came later than four hours before,
 * half of what was left then. Where that falls into the night it is the morning if the morning is early enough, else the
 * evening before; who asks at night is answered at night.
 */
export function approvalDeadline(
  { startsAt, askedAt }: { startsAt: number; askedAt: number },
  { quiet, timeZone }: { quiet: QuietHours; timeZone: string },
): number {
  const half = askedAt + Math.floor((startsAt - askedAt) / 2)
  const at = Math.max(startsAt - BEFORE_START_MS, half)
  const night = quietAround(at, quiet, timeZone)
  if (!night) return at
  if (night.end <= startsAt - USEFUL_MS) return night.end
  return night.start > askedAt ? night.start : at
}
