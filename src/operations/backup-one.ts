import type { ArchiveKey } from '../backup/archive-file.ts'
import { type BackupOptions, createBackup } from '../backup/create.ts'
import type { Openable } from '../backup/pg-restore.ts'
import { type BackupSet, isOfClient } from '../backup/sets.ts'
import { clientSubject } from '../backup/subject.ts'
import { verifyBackup } from '../backup/verify.ts'
import { readEnvFile } from '../env/env-file.ts'
import { clientNames } from '../fleet/names.ts'
import { generateIdentity } from '../secrets/age.ts'
import { findIdentity } from '../secrets/identity-file.ts'
import type { ClientRow } from './client-rows.ts'
import { declarationOf } from './declaration-of.ts'
import type { Services } from './services.ts'

/** What all backups of a fleet have in common. */
export function backupParts(
  services: Services,
): Pick<
  BackupOptions,
  'db' | 'openAdmin' | 'engine' | 'fleet' | 'recipients' | 'encryptArchives' | 'workFolder'
> & { key: ArchiveKey } {
  const { paths, settings } = services.fleet
  const { id, name, backup } = settings
  return {
    db: services.db,
    openAdmin: (database) => services.openDb(database),
    engine: services.engine,
    fleet: { id, name },
    recipients: [backup.ageRecipient, ...backup.recipients],
    encryptArchives: backup.encryptArchives,
    key: { file: paths.identity },
    workFolder: paths.backups,
  }
}

/**
 * Backs up one client before its data is changed for good, and restores the archive into a scratch database, so that
 * it can be relied on. Where the identity is kept elsewhere, an encrypted archive gets one more recipient, whose
 * identity is gone when this ends. The client's lock must be held.
 * @throws BookctlError exit 14 when the archive does not hold what the client has.
 */
export async function backUpAndProve(
  services: Services,
  client: ClientRow,
  options: Pick<BackupOptions, 'reason' | 'keepUntil' | 'onPid' | 'signal'> & Pick<Openable, 'onRead'>,
): Promise<BackupSet> {
  const { fleet } = services
  const parts = backupParts(services)
  const subject = clientSubject(
    fleet.paths.clientBackups(client.client_id),
    clientNames(client.client_id),
    await declarationOf(services, client),
    await readEnvFile(fleet),
  )
  const own =
    parts.encryptArchives && !(await findIdentity(fleet.paths.identity))
      ? await generateIdentity()
      : undefined
  const recipients = own ? ([...parts.recipients, own.recipient] as const) : parts.recipients
  const set = await createBackup({ ...parts, ...options, recipients }, subject)
  if (!isOfClient(set)) throw new Error(`${set.manifest} is no client's`)
  const { onPid, onRead } = options
  const key = own ?? parts.key
  await verifyBackup({ ...parts, set, key, onRead, level: 'restore', ...(onPid ? { onPid } : {}) })
  return set
}
