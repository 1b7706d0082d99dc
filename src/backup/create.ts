import { randomUUID } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Engine } from '../engines/engine.ts'
import { BookctlError } from '../errors.ts'
import { mapLimited } from '../files/map-limited.ts'
import type { AdminDb } from '../postgres/admin.ts'
import type { RedisAdmin } from '../redis/admin.ts'
import { encryptTo } from '../secrets/age.ts'
import { BOOKCTL_VERSION } from '../version.ts'
import { type Dumped, type DumpResult, dumpSchemas } from './dump-schemas.ts'
import { nameFinished, partialOf, removeUnfinished, requireWritten, writeSynced } from './durable.ts'
import { type AnyManifest, type BackupReason, MANIFEST_FORMAT, PLAIN_FORMAT } from './manifest.ts'
import { writeProof } from './proof.ts'
import { writeKeys } from './redis-keys.ts'
import { countRowsApart } from './row-counts.ts'
import { type AnySet, backupFiles, filesOf, filesOfManifest, setOf } from './sets.ts'
import type { BackupSubject } from './subject.ts'

/** Each waits for the disk several times before its files are safe. */
const FINISHED_AT_ONCE = 8

export interface BackupOptions {
  db: AdminDb
  /** Opens another admin session: the snapshot must stay open while pg_dump runs. */
  openAdmin: (database: string) => Promise<AdminDb>
  engine: Engine
  fleet: { id: string; name: string }
  /** age recipients that the secrets are encrypted to, the fleet's own first; each of them can open them alone. */
  recipients: readonly [string, ...string[]]
  /** Encrypts the archives, too. */
  encryptArchives: boolean
  /** Given where the clients' keys are to be in their backups. */
  redis?: RedisAdmin | undefined
  reason: BackupReason
  /** Not pruned before. */
  keepUntil?: Date
  signal?: AbortSignal
  /** Where the dumps of many lie for a while, before each has its own archive. */
  workFolder: string
  /** Hears the pid of pg_dump, for the journal. */
  onPid?: (pid: number) => void
  /** Hears why it takes longer: not all could be dumped at once. */
  onFellBack?: (reason: string) => void
  now?: () => Date
}

interface Planned {
  subject: BackupSubject
  files: ReturnType<typeof backupFiles>
}

export type BackupOutcome = { id: string; ok: true; set: AnySet } | { id: string; ok: false; error: unknown }

/**
 * Dumps schemas inside one snapshot and writes for each archive, `secrets.age` and, last, the manifest; then reads the
 * archive again from the disk, and notes that its hash is right. A failure of one does not stop the others. Whatever
 * kills it, an unfinished backup is never listed, and the next one in this folder takes away what it left: the
 * clients' locks must be held.
 */
export async function createBackups(
  options: BackupOptions,
  subjects: readonly BackupSubject[],
  onDone: (outcome: BackupOutcome) => void = () => undefined,
): Promise<BackupOutcome[]> {
  const { where, versions } = await readVersions(options.db)
  const outcomes: BackupOutcome[] = []
  const done = (outcome: BackupOutcome) => {
    outcomes.push(outcome)
    onDone(outcome)
  }
  const createdAt = (options.now ?? (() => new Date()))()
  const plan = subjects.map((subject) => ({
    subject,
    files: backupFiles(subject.id, createdAt, options.encryptArchives),
  }))
  const failed = async ({ subject, files }: Planned, error: unknown) => {
    // The manifest first: without it the rest is no backup.
    await removeAll(subject.folder, [files.manifest, files.secrets, files.keys, files.archive])
    done({ id: subject.id, ok: false, error })
  }
  const { results, counted } = await dumpInSnapshot(options, plan, where.database, failed)
  const bySchema = new Map([...counted.keys()].map((one) => [one.subject.schema, one]))
  const snapshot = randomUUID()
  // The snapshot has ended by now: it would hold back vacuum for the whole fleet.
  await mapLimited(results, FINISHED_AT_ONCE, async (result) => {
    const one = bySchema.get(result.schema)
    if (!one) return
    if (!result.ok) return await failed(one, result.error)
    try {
      const set = await finish(options, one, {
        snapshot,
        createdAt,
        dumped: result,
        rows: counted.get(one) ?? {},
        server: where.server,
        version: versions.get(one.subject.schema) ?? 0,
      })
      done({ id: one.subject.id, ok: true, set })
    } catch (error) {
      await failed(one, error)
    }
  })
  return outcomes
}

/** Rows and archives of one and the same moment. Who has no schema, or is held by somebody, has failed. */
async function dumpInSnapshot(
  options: BackupOptions,
  plan: readonly Planned[],
  database: string,
  failed: (one: Planned, error: unknown) => Promise<void>,
): Promise<{ results: DumpResult[]; counted: Map<Planned, Record<string, number>> }> {
  const session = await options.openAdmin(database)
  try {
    return await session.transaction(async (tx) => {
      await tx.query('set transaction isolation level repeatable read, read only')
      const { rows } = await tx.query<{ snapshot: string }>('select pg_export_snapshot() as snapshot')
      const counted = new Map<Planned, Record<string, number>>()
      for (const one of plan)
        try {
          await mkdir(one.subject.folder, { recursive: true, mode: 0o700 })
          await removeUnfinished(one.subject.folder, filesOfManifest)
          const counts = await countRowsApart(tx, one.subject.schema)
          if (Object.keys(counts).length === 0) throw schemaMissing(one.subject)
          counted.set(one, counts)
        } catch (error) {
          if (!(error instanceof BookctlError)) throw error
          await failed(one, error)
        }
      const { results, fellBack } = await dumpSchemas({
        engine: options.engine,
        database,
        snapshot: rows[0]?.snapshot ?? '',
        items: [...counted.keys()].map(({ subject, files }) => ({
          schema: subject.schema,
          path: partialOf(join(subject.folder, files.archive)),
        })),
        workFolder: options.workFolder,
        recipients: options.encryptArchives ? options.recipients : [],
        signal: options.signal,
        onPid: options.onPid,
      })
      if (fellBack !== undefined) options.onFellBack?.(fellBack)
      return { results, counted }
    })
  } finally {
    await session.end()
  }
}

/** One backup, as `createBackups`. @throws what went wrong; `schema-missing` (exit 4) when there is nothing to dump. */
export async function createBackup(options: BackupOptions, subject: BackupSubject): Promise<AnySet> {
  const [outcome] = await createBackups(options, [subject])
  if (!outcome?.ok) throw outcome?.error
  return outcome.set
}

interface Facts {
  snapshot: string
  createdAt: Date
  dumped: Dumped
  rows: Record<string, number>
  server: string
  version: number
}

/** Keys, secrets and manifest; then all get their names, and what the disk gives back is compared. */
async function finish(options: BackupOptions, { subject, files }: Planned, facts: Facts): Promise<AnySet> {
  const { folder } = subject
  const { sha256, bytes, plain, pgDump } = facts.dumped
  const [recipient] = options.recipients
  const part = (file: string) => partialOf(join(folder, file))
  requireEveryTable(subject, facts)
  const { redis, encryptArchives, recipients } = options
  const keys =
    redis && subject.keyPrefix !== undefined
      ? await writeKeys(part(files.keys), redis, subject.keyPrefix, encryptArchives ? recipients : [])
      : undefined
  const secrets = await encryptTo(options.recipients, new TextEncoder().encode(subject.secrets))
  await writeSynced(part(files.secrets), (file) => file.writeFile(secrets))
  const data: AnyManifest = {
    format: plain ? MANIFEST_FORMAT : PLAIN_FORMAT,
    ...subject.about,
    fleet: options.fleet,
    schema: { name: subject.schema, version: facts.version },
    createdAt: facts.createdAt.toISOString(),
    reason: options.reason,
    ...(options.keepUntil ? { keepUntil: options.keepUntil.toISOString() } : {}),
    snapshot: facts.snapshot,
    versions: { server: facts.server, pgDump, bookctl: BOOKCTL_VERSION },
    archive: { file: files.archive, sha256, bytes, ...(plain ? { encryption: 'age', plain } : {}) },
    ...(keys ? { keys: { file: files.keys, ...keys, ...(keys.plain ? { encryption: 'age' } : {}) } } : {}),
    secrets: { file: files.secrets, recipient, recipients: [...options.recipients] },
    rows: facts.rows,
  }
  await writeSynced(part(files.manifest), (file) => file.writeFile(`${JSON.stringify(data, null, 2)}\n`))
  const set = setOf(folder, files.manifest, data)
  await nameFinished(
    folder,
    filesOf(set).map((path) => basename(path)),
  )
  await requireWritten(subject.id, set.archive, sha256)
  if (keys) await requireWritten(subject.id, join(folder, files.keys), keys.sha256)
  await writeProof(set, 'hash', facts.createdAt)
  return set
}

/** A table that was counted and not dumped would be missed at the restore, when it is too late. */
function requireEveryTable({ id }: BackupSubject, { dumped, rows }: Facts): void {
  const counted = Object.keys(rows).length
  if (dumped.tables === undefined || dumped.tables === counted) return
  throw new BookctlError(
    'dump-incomplete',
    'verification',
    `${id}: its schema has ${counted} tables, its archive ${dumped.tables}`,
    { hint: 'Nothing was kept of it. Run the same command again.' },
  )
}

async function readVersions(db: AdminDb) {
  const { rows } = await db.query<{ database: string; server: string; fleet: number }>(
    `select current_database() as database,
            current_setting('server_version') as server,
            (select coalesce(max(version), 0) from fleet.migrations) as fleet`,
  )
  const { rows: clients } = await db.query<{ schema: string; version: number }>(
    'select client_id as schema, version from fleet.schema_versions',
  )
  const { database = '', server = '', fleet = 0 } = rows[0] ?? {}
  return {
    where: { database, server },
    versions: new Map([['fleet', fleet], ...clients.map((one) => [one.schema, one.version] as const)]),
  }
}

async function removeAll(folder: string, files: readonly string[]): Promise<void> {
  for (const file of files)
    for (const path of [join(folder, file), partialOf(join(folder, file))]) await rm(path, { force: true })
}

function schemaMissing({ id, schema }: BackupSubject): BookctlError {
  return new BookctlError('schema-missing', 'notFound', `${id}: there is no schema ${schema} to back up`, {
    hint: `See what there is: bookctl client show ${id}`,
  })
}
