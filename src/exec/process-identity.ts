import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

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

let boot: string | undefined
function bootId(): string {
  boot ??= (readOrUndefined('/proc/sys/kernel/random/boot_id') ?? 'boot').trim()
  return boot
}

/** The text of a file under /proc. */
export function readOrUndefined(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // Gone in the meantime, or somebody else's: either way not ours.
    return undefined
  }
}
