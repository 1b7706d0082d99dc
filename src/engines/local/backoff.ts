import { BOT_EXIT } from '../../../bot/contract/env.ts'

const FIRST_MS = 500
const LONGEST_MS = 60_000
/** A process that ran this long is healthy: its next crash counts as the first again. */
const STABLE_MS = 60_000

/** Milliseconds to wait before the start that follows the n-th crash in a row (1, 2, …): 0.5 s, 1 s, 2 s … 60 s. */
export function backoffMs(crashes: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(crashes - 1, 20))
}

/** Crashes in a row after one more, of a process that ran for `ranMs`. */
export function crashesInARow(before: number, ranMs: number): number {
  return ranMs >= STABLE_MS ? 1 : before + 1
}

/** Exits of a bot that starting again cannot help: a person (or bookctl) must act first. */
const HOPELESS: ReadonlySet<number> = new Set([BOT_EXIT.configuration, BOT_EXIT.schema, BOT_EXIT.token])

export function isHopeless(exitCode: number | undefined): boolean {
  return exitCode !== undefined && HOPELESS.has(exitCode)
}
