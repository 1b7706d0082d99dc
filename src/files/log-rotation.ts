import { copyFileSync, existsSync, rmSync, statSync, truncateSync } from 'node:fs'
import { unlessDiskFull } from './disk-full.ts'

const LOG_BYTES = 10 * 1024 * 1024

/**
 * Keeps a log below 10 MB with one older copy (`.1`). Copies and empties, instead of renaming: the process writes
 * to the file itself, so that it can go on doing so after the supervisor's death.
 */
export function rotate(path: string): void {
  if (!existsSync(path) || statSync(path).size < LOG_BYTES) return
  // Without room for the copy, the room is what is needed.
  if (!unlessDiskFull(() => copyFileSync(path, `${path}.1`))) rmSync(`${path}.1`, { force: true })
  truncateSync(path)
}
