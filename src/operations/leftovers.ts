import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { BookctlError } from '../errors.ts'

/** Programs that an operation starts and that may outlive it. */
const OURS = /(^|\/)(pg_dump|pg_restore)$/
const PATIENCE_MS = 10_000

/**
 * Ends what a killed operation left running: its lock is free, but a `pg_dump` that it started may still write.
 * A pid that by now belongs to another program is left alone.
 * What a run on another host left is out of reach: its sessions to PostgreSQL end with it.
 * @throws BookctlError (exit 11) when a program does not end.
 */
export async function endLeftovers(row: { host: string; child_pids: readonly number[] }): Promise<void> {
  if (row.host !== hostname()) return
  for (const pid of row.child_pids) {
    if (!isOurProgram(pid)) continue
    process.kill(pid, 'SIGTERM')
    const deadline = Date.now() + PATIENCE_MS
    while (isOurProgram(pid)) {
      if (Date.now() > deadline)
        throw new BookctlError(
          'leftover-running',
          'locked',
          `A program of a killed run still runs: pid ${pid}`,
          {
            hint: `Look at it with: ps -p ${pid}`,
          },
        )
      await sleep(50)
    }
  }
}

function isOurProgram(pid: number): boolean {
  try {
    process.kill(pid, 0)
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
    return words.some((word) => OURS.test(word))
  } catch {
    // Gone, somebody else's, or a host without /proc: nothing that we may end.
    return false
  }
}
