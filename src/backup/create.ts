import { createReadStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import type { Engine } from '../engines/engine.ts'
import { BookctlError } from '../errors.ts'
import type { ClientNames } from '../fleet/names.ts'
import type { ClientDeclaration } from '../fleet/schema.ts'
import type { AdminDb } from '../postgres/admin.ts'
import { encryptTo } from '../secrets/age.ts'
import { BOOKCTL_VERSION } from '../version.ts'
import { hashFile, nameFinished, partialOf, removeUnfinished, streamTo, writeSynced } from './durable.ts'
import { MANIFEST_FORMAT, type Manifest } from './manifest.ts'
import { countRows } from './row-counts.ts'
import { type BackupSet, backupFiles, filesOfManifest, setOf } from './sets.ts'

export { restoreByHandLines } from './restore-by-hand.ts'
export { type BackupSet, listBackups } from './sets.ts'
export { verifyBackup } from './verify.ts'

export interface BackupSecrets {
  token: string
  adminIds: string
  databasePassword?: string
  redisPassword?: string
  /** The client's own project for reports of faults. */
  sentryDsn?: string
}

/**
 * Dumps a client's schema inside one snapshot and writes archive, `secrets.age` and, last, the manifest. Whatever
 * kills it, an unfinished backup is never listed, and the next one in this folder takes away what it left: the
 * client's lock must be held. Prove the set with `verifyBackup` before relying on it.
 * @throws BookctlError `schema-missing` (exit 4) when there is nothing to dump.
 */
export async function createBackup(options: {
  db: AdminDb
  /** Opens another admin session: the snapshot must stay open while pg_dump runs. */
  openAdmin: (database: string) => Promise<AdminDb>
  engine: Engine
  names: ClientNames
  declaration: ClientDeclaration
  secrets: BackupSecrets
  /** age recipient that the secrets are encrypted to. */
  recipient: string
  folder: string
  reason: 'removal' | 'manual'
  /** Hears the pid of pg_dump, for the journal. */
  onPid?: (pid: number) => void
  now?: () => Date
}): Promise<BackupSet> {
  const { names, declaration, folder } = options
  const createdAt = (options.now ?? (() => new Date()))()
  const files = backupFiles(names.id, createdAt)
  const part = (file: string) => partialOf(join(folder, file))
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await removeUnfinished(folder, filesOfManifest)
  const { rows: where } = await options.db.query<{
    database: string
    server: string
    version: number | null
  }>(
    `select current_database() as database,
            current_setting('server_version') as server,
            (select version from fleet.schema_versions where client_id = $1) as version`,
    [names.id],
  )
  const { database = '', server = '', version } = where[0] ?? {}
  try {
    const rows = await dumpInSnapshot(options, database, part(files.archive))
    await writeSecrets(options, part(files.secrets))
    const data: Manifest = {
      format: MANIFEST_FORMAT,
      client: { id: names.id, uuid: declaration.uuid, title: declaration.title },
      schema: { name: names.schema, version: version ?? 0 },
      createdAt: createdAt.toISOString(),
      reason: options.reason,
      versions: {
        server,
        pgDump: await dumpedBy(options.engine, database, part(files.archive)),
        bookctl: BOOKCTL_VERSION,
      },
      archive: { file: files.archive, ...(await hashFile(part(files.archive))) },
      secrets: { file: files.secrets, recipient: options.recipient },
      rows,
      declaration,
    }
    await writeSynced(part(files.manifest), (file) => file.writeFile(`${JSON.stringify(data, null, 2)}\n`))
    await nameFinished(folder, [files.archive, files.secrets, files.manifest])
    return setOf(folder, files.manifest, data)
  } catch (error) {
    for (const file of [files.secrets, files.archive])
      for (const path of [join(folder, file), part(file)]) await rm(path, { force: true })
    await rm(part(files.manifest), { force: true })
    throw error
  }
}

type Options = Parameters<typeof createBackup>[0]

/** Row counts and archive of one and the same moment. Owners and rights are left out: provisioning gives them. */
async function dumpInSnapshot(options: Options, database: string, archive: string) {
  const { engine, names, onPid } = options
  const session = await options.openAdmin(database)
  try {
    return await session.transaction(async (tx) => {
      await tx.query('set transaction isolation level repeatable read, read only')
      const { rows } = await tx.query<{ snapshot: string }>('select pg_export_snapshot() as snapshot')
      const counts = await countRows(tx, names.schema)
      if (Object.keys(counts).length === 0)
        throw new BookctlError(
          'schema-missing',
          'notFound',
          `${names.id}: there is no schema ${names.schema} to back up`,
          {
            hint: `See what there is: bookctl client show ${names.id}`,
          },
        )
      await writeSynced(archive, (file) =>
        engine.pgTool(
          'pg_dump',
          [
            '--format=custom',
            `--schema=${names.schema}`,
            '--strict-names',
            '--no-owner',
            '--no-acl',
            `--snapshot=${rows[0]?.snapshot ?? ''}`,
            '--lock-wait-timeout=10000',
          ],
          {
            database,
            stdout: streamTo(file),
            ...(onPid ? { onStart: onPid } : {}),
          },
        ),
      )
      return counts
    })
  } finally {
    await session.end()
  }
}

/** The version of pg_dump, as the archive itself tells it; also the first look whether it can be read at all. */
async function dumpedBy(engine: Engine, database: string, archive: string): Promise<string> {
  let text = ''
  const stdout = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString('utf8')
      done()
    },
  })
  await engine.pgTool('pg_restore', ['--list'], { database, stdin: createReadStream(archive), stdout })
  return /Dumped by pg_dump version: (\S+)/.exec(text)?.[1] ?? 'unknown'
}

/** Lines of `.env` under the client's names, so that a person can decrypt them straight into the file. */
async function writeSecrets(options: Options, path: string): Promise<void> {
  const { names, secrets } = options
  const lines = [
    [names.env.token, secrets.token],
    [names.env.adminIds, secrets.adminIds],
    [names.env.databasePassword, secrets.databasePassword],
    [names.env.redisPassword, secrets.redisPassword],
    [names.env.sentryDsn, secrets.sentryDsn],
  ]
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${value}\n`)
  const encrypted = await encryptTo(options.recipient, new TextEncoder().encode(lines.join('')))
  await writeSynced(path, (file) => file.writeFile(encrypted))
}
