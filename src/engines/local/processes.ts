import { readdirSync, readlinkSync } from 'node:fs'
import { isAlive, processIdentity, readOrUndefined } from '../../exec/process-identity.ts'

/**
 * Sends a signal only to the process that we started, never to one that got its pid later.
 * `group` reaches its children as well.
 */
export function signalProcess(
  pid: number,
  identity: string,
  signal: NodeJS.Signals,
  options: { group?: boolean } = {},
): void {
  if (!isAlive(pid, identity)) return
  try {
    process.kill(options.group ? -pid : pid, signal)
  } catch (error) {
    // It ended between the look and the signal.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** True when the pid's working folder is `folder`, as it is for our own PostgreSQL and Redis. Linux only. */
export function runsIn(pid: number, folder: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === folder
  } catch {
    return false
  }
}

/** Pids by value of the environment variable `name`, where it starts with `prefix`. Empty where there is no /proc. */
export function processesMarked(name: string, prefix: string): Map<string, number> {
  const found = new Map<string, number>()
  if (process.platform !== 'linux') return found
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue
    const mark = readOrUndefined(`/proc/${entry}/environ`)
      ?.split('\0')
      .find((line) => line.startsWith(`${name}=${prefix}`))
    if (mark !== undefined && processIdentity(Number(entry)) !== undefined) {
      const value = mark.slice(name.length + 1)
      // A program's own children carry its mark too; the oldest is the program.
      const known = found.get(value)
      if (known === undefined || Number(entry) < known) found.set(value, Number(entry))
    }
  }
  return found
}
