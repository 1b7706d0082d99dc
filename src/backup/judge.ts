import type { BackupSettings } from '../fleet/backup-settings.ts'
import { counts, type Stored, type StoredBackup, type StoredProblem } from './stored.ts'
import { SHARED } from './subject.ts'

/** How safe the data of one client is, judged by the files alone. */
export interface BackupHealth {
  id: string
  /** Nothing is left to do. */
  healthy: boolean
  /** Backed up and restored for proof as lately as the policy wants, whatever else may be wrong with files. */
  safe: boolean
  /** The newest proved backup. */
  backupAt: string | null
  /** The newest trial restore. */
  drillAt: string | null
  problems: StoredProblem[]
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/**
 * Judges what was found of a client: the age of its newest proved backup and of its newest trial restore, whether the
 * former lies off site where it should, and files that are not as they should be. A client that was removed ages no more.
 */
export function judgeStored(stored: Stored, settings: BackupSettings, now: Date): BackupHealth {
  const { id, uuid } = stored
  const removed = uuid === undefined && id !== SHARED
  const own = stored.backups.filter((one) => counts(one, now) && (removed || one.owner === (uuid ?? SHARED)))
  const backupAt = latest(own.filter((one) => one.proof !== null).map((one) => one.createdAt))
  const drillAt = latest(own.flatMap((one) => one.restoredAt ?? []))
  const ages = [backupProblem(id, backupAt, settings, now), drillProblem(id, own, drillAt, settings, now)]
  const old = removed ? [] : [...ages, offsiteProblem(id, own, settings)].filter((one) => one !== undefined)
  const problems = [...old, ...stored.problems]
  return {
    id,
    healthy: problems.length === 0,
    safe: old.length === 0,
    backupAt: backupAt?.toISOString() ?? null,
    drillAt: drillAt?.toISOString() ?? null,
    problems,
  }
}

/** True when the newest proved backup is older than the policy allows. */
export function isTooOld(backupAt: Date, { maxAgeHours }: BackupSettings, now: Date): boolean {
  return maxAgeHours !== null && now.getTime() - backupAt.getTime() > maxAgeHours * HOUR_MS
}

function backupProblem(
  id: string,
  backupAt: Date | undefined,
  settings: BackupSettings,
  now: Date,
): StoredProblem | undefined {
  const hint = `bookctl backup ${id === SHARED ? '--shared' : id}`
  if (!backupAt) return { name: id, what: 'has no proved backup', hint }
  if (!isTooOld(backupAt, settings, now)) return undefined
  return { name: id, what: `has no proved backup of the last ${settings.maxAgeHours} hours`, hint }
}

/** Without a drill so far, the oldest backup tells how long there could have been one. */
function drillProblem(
  id: string,
  own: readonly StoredBackup[],
  drillAt: Date | undefined,
  { maxDrillAgeDays }: BackupSettings,
  now: Date,
): StoredProblem | undefined {
  const since = drillAt ?? earliest(own.map((one) => one.createdAt))
  if (maxDrillAgeDays === null || !since) return undefined
  if (now.getTime() - since.getTime() <= maxDrillAgeDays * DAY_MS) return undefined
  const hint = `bookctl backup drill${id === SHARED ? '' : ` ${id}`}`
  return { name: id, what: `was not restored for proof in the last ${maxDrillAgeDays} days`, hint }
}

/** The newest proved backup is what a lost machine would come back from. */
function offsiteProblem(
  id: string,
  own: readonly StoredBackup[],
  { offsite }: BackupSettings,
): StoredProblem | undefined {
  const newest = own
    .filter((one) => one.proof !== null)
    .toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime())[0]
  if (offsite === null || !newest || newest.offsite) return undefined
  const hint = `bookctl backup push ${id}`
  return { name: id, what: `has its newest backup on this machine only (${newest.name})`, hint }
}

function latest(dates: readonly Date[]): Date | undefined {
  return dates.toSorted((a, b) => b.getTime() - a.getTime())[0]
}

function earliest(dates: readonly Date[]): Date | undefined {
  return dates.toSorted((a, b) => a.getTime() - b.getTime())[0]
}
