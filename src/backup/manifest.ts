import { readFile } from 'node:fs/promises'
import * as z from 'zod'
import { BookctlError } from '../errors.ts'
import { parseJson } from '../files/json.ts'
import { clientDeclarationSchema } from '../fleet/schema.ts'

/** The newest format that this bookctl writes and reads. */
export const MANIFEST_FORMAT = 2
/** Of archives that are not encrypted: a bookctl that knows no encryption may read them. */
export const PLAIN_FORMAT = 1

/** Why a backup was made. */
export const BACKUP_REASONS = ['manual', 'schedule', 'before-restore', 'removal'] as const
export type BackupReason = (typeof BACKUP_REASONS)[number]

const measure = { bytes: z.int().nonnegative(), sha256: z.string().regex(/^[0-9a-f]{64}$/) }

/** A file beside the manifest. */
const stored = {
  file: z.string(),
  ...measure,
  /** How the file is encrypted, and what is in it then. */
  encryption: z.literal('age').optional(),
  plain: z.looseObject(measure).optional(),
}

const common = {
  format: z.literal([PLAIN_FORMAT, MANIFEST_FORMAT]),
  /** Whose backup it is, so that archives of two fleets in one place are told apart. */
  fleet: z.looseObject({ id: z.uuid(), name: z.string() }).optional(),
  /** Backups of one moment have the same: they were made inside one snapshot. */
  snapshot: z.uuid().optional(),
  schema: z.looseObject({ name: z.string(), version: z.int() }),
  createdAt: z.iso.datetime(),
  reason: z.enum(BACKUP_REASONS),
  /** Never pruned before. */
  keepUntil: z.iso.datetime().optional(),
  versions: z.looseObject({ server: z.string(), pgDump: z.string(), bookctl: z.string() }),
  archive: z.looseObject({ ...stored, bytes: z.int().positive() }),
  /** Keys in Redis, where the backup was asked for them: how many, and the version of the server that dumped them. */
  keys: z.looseObject({ ...stored, count: z.int().nonnegative(), server: z.string() }).optional(),
  /** `recipient` is the fleet's own; `recipients` are all that can open secrets and archive. */
  secrets: z.looseObject({
    file: z.string(),
    recipient: z.string(),
    recipients: z.array(z.string()).optional(),
  }),
  /** Rows of each table, counted in the snapshot that was dumped. */
  rows: z.record(z.string(), z.int().nonnegative()),
}

/**
 * What stands in the manifest of a client's backup. Unknown fields of a later bookctl are kept and ignored; what an
 * old reader must not ignore raises `format`. Nothing secret is in it.
 */
export const manifestSchema = z.looseObject({
  ...common,
  kind: z.literal('client').default('client'),
  client: z.looseObject({ id: z.string(), uuid: z.uuid(), title: z.string() }),
  /** The `x-bookctl` block of the client when the backup was made. */
  declaration: clientDeclarationSchema.loose(),
})
export type Manifest = z.infer<typeof manifestSchema>

/** The manifest of a backup of schema `fleet`, which all clients share. */
export const sharedManifestSchema = z.looseObject({
  ...common,
  kind: z.literal('shared'),
  /** Text of `fleet.yml`. Nothing secret is in it. */
  settings: z.string(),
})
export type SharedManifest = z.infer<typeof sharedManifestSchema>

export type AnyManifest = Manifest | SharedManifest

const anyFormat = z.looseObject({ format: z.int(), kind: z.string().default('client') })

/**
 * Reads a manifest. Undefined for a file that is no manifest at all.
 * @throws BookctlError `manifest-newer` or `manifest-damaged` (exit 10).
 */
export async function findManifest(file: string): Promise<AnyManifest | undefined> {
  const content = anyFormat.safeParse(parseJson(await readFile(file, 'utf8')))
  if (!content.success) return undefined
  if (content.data.format > MANIFEST_FORMAT)
    throw new BookctlError(
      'manifest-newer',
      'configuration',
      `${file} has format ${content.data.format}, this bookctl reads ${MANIFEST_FORMAT}`,
      { hint: 'Update bookctl; the archive beside it can be read with stock pg_restore all the same.' },
    )
  const schema = content.data.kind === 'shared' ? sharedManifestSchema : manifestSchema
  const manifest = schema.safeParse(content.data)
  if (manifest.success) return manifest.data
  throw new BookctlError('manifest-damaged', 'configuration', `${file}: ${z.prettifyError(manifest.error)}`, {
    hint: 'The archive beside it can be read with stock pg_restore all the same.',
  })
}

/** For a `.catch`: a manifest that is damaged or newer than this bookctl is passed over; other errors go on. */
export function passOverUnreadable(error: unknown): undefined {
  if (!(error instanceof BookctlError)) throw error
}
