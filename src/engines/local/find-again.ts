import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { POSTGRES, REDIS } from '../../fleet/names.ts'
import { findDataFolder } from './data-folder.ts'
import { type LocalLayout, MARK } from './layout.ts'
import { processesMarked, runsIn } from './processes.ts'

/**
 * Pids of the fleet's living processes by service, found without our own record of them: a supervisor may be killed
 * between a start and its record. Linux only; elsewhere that window of microseconds stays open.
 */
export function findUnrecorded(layout: LocalLayout): Map<string, number> {
  const prefix = `${layout.folder}:`
  const found = new Map(
    [...processesMarked(MARK, prefix)].map(([mark, pid]) => [mark.slice(prefix.length), pid]),
  )
  // Both servers overwrite their environment, and their children may keep the mark: their own pid files say more.
  for (const name of [POSTGRES, REDIS]) found.delete(name)
  const data = findDataFolder(layout)
  if (data === undefined) return found
  const servers = {
    [POSTGRES]: ['postgres/data', 'postmaster.pid'],
    [REDIS]: ['redis', 'redis.pid'],
  } as const
  for (const [name, [home, pidFile]] of Object.entries(servers)) {
    const path = join(data, home, pidFile)
    const pid = existsSync(path) ? Number.parseInt(readFileSync(path, 'utf8'), 10) : Number.NaN
    if (pid > 1 && runsIn(pid, join(data, home))) found.set(name, pid)
  }
  return found
}
