import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/**
 * What tells a process from a later one that got the same pid: boot and start time. Undefined when no such
 * process lives (a zombie is dead). Node has no call for it: /proc on Linux, `ps` elsewhere.
 */
export function processIdentity(pid: number): string | undefined {
  if (process.platform === 'linux') {
    const stat = readOrUndefined(`/proc/${pid}/stat`)
    if (stat === undefined) return undefined
    // The second field, the program's name, may itself hold spaces and parentheses.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined
    return `${bootId()}:${fields[19]}`
  }
  try {
    const line = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()
    const [state = '', ...started] = line.split(/\s+/)
    return state === '' || state.startsWith('Z') ? undefined : started.join(' ')
  } catch (error) {
    // ps exits with 1 when there is no such process.
    if ((error as { status?: number }).status === 1) return undefined
    throw error
  }
}

export function isAlive(pid: number, identity: string): boolean {
  return processIdentity(pid) === identity
}

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

let boot: string | undefined
function bootId(): string {
  boot ??= (readOrUndefined('/proc/sys/kernel/random/boot_id') ?? 'boot').trim()
  return boot
}

function readOrUndefined(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // Gone in the meantime, or somebody else's: either way not ours.
    return undefined
  }
}
