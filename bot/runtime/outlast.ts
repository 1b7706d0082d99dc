import type { Logger } from 'pino'
import { reasonOf } from '../log.ts'
import { pause } from './pause.ts'

const RETRY_MS = 1_000
/** A long outage is told again about every half minute. */
const TOLD_AGAIN = 30

export interface Outlasting {
  signal: AbortSignal
  log: Logger
  /** Called after each try that failed. */
  onAway: () => void
}

/**
 * Repeats `work` while what it needs (`what`, as it stands in the log) is away. Undefined: the runtime ended first.
 * @throws what `work` throws and `isAway` does not call an outage.
 */
export async function outlast<T>(
  what: 'database' | 'telegram',
  { signal, log, onAway }: Outlasting,
  isAway: (error: unknown) => boolean,
  work: () => Promise<T>,
): Promise<T | undefined> {
  for (let attempt = 1; !signal.aborted; attempt++) {
    try {
      const result = await work()
      if (attempt > 1) log.info({ event: `${what}_back`, attempt })
      return result
    } catch (error) {
      if (!isAway(error)) throw error
      if (attempt % TOLD_AGAIN === 1) log.warn({ event: `${what}_lost`, attempt, reason: reasonOf(error) })
      onAway()
      await pause(RETRY_MS, signal)
    }
  }
  return undefined
}
