/** Where one client's faults are reported. */
export interface FaultOptions {
  /** Address of a Sentry project. */
  dsn: string
  environment: string
  /** The share of updates whose time is reported too. */
  tracesSampleRate: number
}

/** What a report says beside the error. Never anything about a person. */
export type FaultTags = Record<string, string | number>

/**
 * Tells somebody far away of errors that nobody expected. What people did wrong (a bad token, a missing schema) and
 * outages are no faults. Nothing here throws, and a report is never waited for.
 */
export interface Faults {
  report(error: unknown, tags: FaultTags): void
  /** Measures one update where it is in the sample; the answer ends it. */
  measure(kind: string): (outcome: string) => void
  /** Sends what is on its way, for some seconds at most, and ends. */
  close(): Promise<void>
}

/** Reports nothing. */
export const NOWHERE: Faults = {
  report: () => undefined,
  measure: () => () => undefined,
  close: async () => undefined,
}

/** Opens the way that `options` names. The client of Sentry is loaded only then. `secrets` are cut out of every report. */
export async function openFaults(
  options: FaultOptions | undefined,
  about: { clientId: string; version: string; secrets: readonly string[] },
): Promise<Faults> {
  if (options === undefined) return NOWHERE
  const { openSentry } = await import('./sentry.ts')
  return openSentry(options, about)
}
