import { type BackupOptions, createBackup } from '../backup/create.ts'
import { type BackupSet, isOfClient } from '../backup/sets.ts'
import { clientSubject } from '../backup/subject.ts'
import { verifyBackup } from '../backup/verify.ts'
import { readEnvFile } from '../env/env-file.ts'
import { clientNames } from '../fleet/names.ts'
import type { ClientRow } from './client-rows.ts'
import { declarationOf } from './declaration-of.ts'
import type { Services } from './services.ts'

/** What all backups of a fleet have in common. */
export function backupParts(
  services: Services,
): Pick<BackupOptions, 'db' | 'openAdmin' | 'engine' | 'fleet' | 'recipient' | 'workFolder'> {
  const { paths, settings } = services.fleet
  const { id, name, backup } = settings
  return {
    db: services.db,
    openAdmin: (database) => services.openDb(database),
    engine: services.engine,
    fleet: { id, name },
    recipient: backup.ageRecipient,
    workFolder: paths.backups,
  }
}

/**
 * Backs up one client before its data is changed for good, and restores the archive into a scratch database, so that
 * it can be relied on. The client's lock must be held.
 * @throws BookctlError exit 14 when the archive does not hold what the client has.
 */
export async function backUpAndProve(
  services: Services,
  client: ClientRow,
  options: Pick<BackupOptions, 'reason' | 'keepUntil' | 'onPid'>,
): Promise<BackupSet> {
  const { fleet } = services
  const parts = backupParts(services)
  const subject = clientSubject(
    fleet.paths.clientBackups(client.client_id),
    clientNames(client.client_id),
    await declarationOf(services, client),
    await readEnvFile(fleet),
  )
  const set = await createBackup({ ...parts, ...options }, subject)
  if (!isOfClient(set)) throw new Error(`${set.manifest} is no client's`)
  const { onPid } = options
  await verifyBackup({ ...parts, set, level: 'restore', ...(onPid ? { onPid } : {}) })
  return set
}
