import { setTimeout as sleep } from 'node:timers/promises'

/** Waits, or returns at once when `signal` aborts: the loop that pauses looks at the signal itself. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  // Only an abort ends a timer early.
  await sleep(ms, undefined, { signal }).catch(() => undefined)
}
