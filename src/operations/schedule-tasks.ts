import type { Stored } from '../backup/stored.ts'
import { SHARED } from '../backup/subject.ts'
import type { Context } from '../context.ts'
import type { Fleet } from '../fleet/fleet.ts'
import { readAttempts } from '../schedule/attempts.ts'
import { notBackedUpSince, readDone } from '../schedule/done.ts'
import { judgeTasks, type Task, type TaskState } from '../schedule/due.ts'
import { type BackupWish, backUp } from './backup.ts'
import { planOne, pruneBackups } from './backup-prune.ts'
import { readAllStored } from './backup-stored.ts'
import { drillBackups } from './backup-verify.ts'
import { listClientsWithData } from './client-rows.ts'
import { dropExpiredSchemas } from './kept-schemas.ts'
import { messageOf } from './message-of.ts'
import { pushBackups } from './offsite.ts'
import type { Services } from './services.ts'

/** A drill begins no further restore after this time: the next look may want to make a backup. */
const DRILL_SECONDS = 20 * 60

/** What is overdue and what is due, judged by what lies on the disk. */
export async function readTaskStates(
  fleet: Fleet,
  stored: readonly Stored[],
  now: Date,
): Promise<TaskState[]> {
  const { timeZone, backup } = fleet.settings
  return judgeTasks({
    times: backup.schedule,
    zone: timeZone,
    now,
    done: readDone(stored, {
      now,
      offsite: backup.offsite !== null,
      prunable: (one, at) => planOne(fleet, one, at).decisions.some(({ keep }) => !keep),
    }),
    attempts: await readAttempts(fleet),
  })
}

/** Does one task. What comes back is one line for the log. */
export async function runTask(
  context: Context,
  services: Services,
  task: Task,
  since: Date | null,
): Promise<string> {
  if (task === 'backup') {
    // Here and not with what is pruned: there may be nothing to prune for weeks.
    await dropExpiredSchemas(context, services)
    const wish = await backupWish(context, services, since)
    // A client that could not be backed up must not keep the others' backups on this machine.
    const [made] = await Promise.allSettled([backUp(context, services, wish)])
    const offsite = services.fleet.settings.backup.offsite !== null
    const [pushed] = await Promise.allSettled([offsite ? pushBackups(context, services.fleet, []) : []])
    if (made.status === 'rejected' && pushed.status === 'rejected') context.ui.warn(messageOf(pushed.reason))
    if (made.status === 'rejected') throw made.reason
    if (pushed.status === 'rejected') throw pushed.reason
    return `${made.value.length} backups${offsite ? `, ${pushed.value.length} copied off site` : ''}`
  }
  if (task === 'drill') {
    const wish = { ids: [], seconds: DRILL_SECONDS, identity: undefined }
    const { drilled, left } = await drillBackups(context, services, wish)
    const restored = drilled.filter(({ level }) => level === 'restore').length
    const closed = drilled.length - restored
    const keyless = closed > 0 ? `, ${closed} not restored for want of the key (their hash is right)` : ''
    return `${restored} restored${keyless}, ${left} left for the next drill`
  }
  const pruned = await pruneBackups(context, services, { ids: [], allowMass: false })
  const gone = pruned.flatMap(({ decisions }) => decisions.filter((one) => !one.keep))
  for (const { set } of gone) context.ui.note(`removed ${set.name}`)
  return `${gone.length} removed`
}

/** Whoever has none since then, all in one snapshot; without a time everybody. */
async function backupWish(
  context: Context,
  { fleet, db }: Services,
  since: Date | null,
): Promise<BackupWish> {
  const rest = { consistent: false, keys: false, reason: 'schedule' as const }
  if (since === null) return { ...rest, ids: [], all: true, shared: true }
  const missing = notBackedUpSince(await readAllStored(fleet), since, context.now())
  // A client whose adding was never finished has nothing to back up; `status` tells of it.
  const withData = new Set((await listClientsWithData(db)).map((one) => one.client_id))
  const ids = missing.filter((id) => withData.has(id))
  return { ...rest, ids, all: false, shared: missing.includes(SHARED) }
}
