import type { Stored, StoredBackup } from '../backup/stored.ts'
import { counts } from '../backup/stored.ts'
import { SHARED } from '../backup/subject.ts'
import type { Done } from './due.ts'

/** Ids whose newest proved backup is not as young as `since`: of living clients, and of what they share. */
export function notBackedUpSince(stored: readonly Stored[], since: Date, now: Date): string[] {
  return stored
    .filter((one) => isAlive(one) && !newestProved(one, now, ({ createdAt }) => createdAt >= since))
    .map((one) => one.id)
}

/**
 * What the archives tell of each task. Where there is a place off site, only what was found whole there is backed up.
 * `prunable` says whether a prune at that moment would have left something to do.
 */
export function readDone(
  stored: readonly Stored[],
  {
    now,
    offsite,
    prunable,
  }: { now: Date; offsite: boolean; prunable: (stored: Stored, at: Date) => boolean },
): Done {
  const living = stored.filter(isAlive)
  const safe = (backup: StoredBackup) => backup.offsite || !offsite
  const newest = living.map((one) => newestProved(one, now, safe)?.createdAt.getTime() ?? 0)
  const restored = stored.flatMap((one) =>
    one.backups.flatMap((backup) => (counts(backup, now) ? (backup.restoredAt?.getTime() ?? []) : [])),
  )
  const anything = stored.some((one) => one.backups.some((backup) => counts(backup, now)))
  return {
    // Without clients there is nothing to back up, without backups nothing to restore.
    backup: new Date(living.length === 0 ? now : Math.min(...newest)),
    drill: new Date(anything ? Math.max(0, ...restored) : now),
    prunable: (at) =>
      stored.some((one) => {
        const before = one.backups.filter((backup) => backup.createdAt <= at)
        return prunable({ ...one, backups: before }, at)
      }),
  }
}

function isAlive({ id, uuid }: Stored): boolean {
  return uuid !== undefined || id === SHARED
}

function newestProved(
  { id, uuid, backups }: Stored,
  now: Date,
  wanted: (backup: StoredBackup) => boolean,
): StoredBackup | undefined {
  return backups
    .filter((one) => counts(one, now) && one.proof !== null && one.owner === (uuid ?? id))
    .filter(wanted)
    .toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime())[0]
}
