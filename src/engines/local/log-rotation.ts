import { copyFileSync, existsSync, statSync, truncateSync } from 'node:fs'

const LOG_BYTES = 10 * 1024 * 1024

/**
 * Keeps a log below 10 MB with one older copy (`.1`). Copies and empties, instead of renaming: the process writes
 * to the file itself, so that it can go on doing so after the supervisor's death.
 */
export function rotate(path: string): void {
  if (!existsSync(path) || statSync(path).size < LOG_BYTES) return
  copyFileSync(path, `${path}.1`)
  truncateSync(path)
}
