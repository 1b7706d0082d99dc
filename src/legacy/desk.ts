import type { LegacyData } from './data.ts'
import { type Ledger, openLedger } from './ledger.ts'
import { readTimestamp } from './time.ts'
import { iso } from './values.ts'

/** What is here already when an import begins. */
export interface Existing {
  /** Name of the business. */
  title: string
  services: { id: number; name: string; isActive: boolean }[]
  staff: { id: number; name: string; isActive: boolean }[]
  settings: Readonly<Record<string, unknown>>
}

export interface PlanInput {
  /** The client's zone: where the old bot's dates are read. */
  timeZone: string
  /** Epoch milliseconds. */
  now: number
  existing: Existing
}

/** What the parts of a plan work at together. */
export interface Desk extends PlanInput {
  ledger: Ledger
  /** Says what is not as it was with the predecessor; numbers and names of the business only. */
  changed(what: string): void
  /** The first of these timestamps that is there, else the time of the import; one that cannot be read is told of. */
  at(table: string, ...texts: (string | null)[]): string
  /** Everything that `changed` was told. */
  changes(): string[]
}

export function openDesk(data: LegacyData, input: PlanInput): Desk {
  const changes = new Map<string, number>()
  const unreadable = new Map<string, number>()
  return {
    ...input,
    ledger: openLedger(data),
    changed: (what) => void changes.set(what, (changes.get(what) ?? 0) + 1),
    at(table, ...texts) {
      const text = texts.find((one) => one !== null)
      if (text === undefined) return iso(input.now)
      const instant = readTimestamp(text, input.timeZone)
      if (instant === undefined) unreadable.set(table, (unreadable.get(table) ?? 0) + 1)
      return iso(instant ?? input.now)
    },
    changes: () => [
      ...[...changes].map(([what, times]) => (times === 1 ? what : `${what} (${times} times)`)),
      ...[...unreadable].map(
        ([table, count]) =>
          `${table}: ${count} timestamps cannot be read; the time of the import stands for them`,
      ),
    ],
  }
}
