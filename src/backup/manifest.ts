import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { BookctlError } from '../errors.ts'
import { clientDeclarationSchema } from '../fleet/schema.ts'

/** The newest format that this bookctl writes and reads. */
export const MANIFEST_FORMAT = 1

/**
 * What stands in a backup's manifest. Unknown fields of a later bookctl are kept and ignored; what an old reader
 * must not ignore raises `format`. Nothing secret is in it.
 */
export const manifestSchema = z.looseObject({
  format: z.literal(MANIFEST_FORMAT),
  client: z.looseObject({ id: z.string(), uuid: z.uuid(), title: z.string() }),
  schema: z.looseObject({ name: z.string(), version: z.int() }),
  createdAt: z.iso.datetime(),
  reason: z.enum(['removal', 'manual']),
  versions: z.looseObject({ server: z.string(), pgDump: z.string(), bookctl: z.string() }),
  /** Names of files in the manifest's own folder. */
  archive: z.looseObject({
    file: z.string(),
    bytes: z.int().positive(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  secrets: z.looseObject({ file: z.string(), recipient: z.string() }),
  /** Rows of each table, counted in the snapshot that was dumped. */
  rows: z.record(z.string(), z.int().nonnegative()),
  /** The `x-bookctl` block of the client when the backup was made. */
  declaration: clientDeclarationSchema.loose(),
})
export type Manifest = z.infer<typeof manifestSchema>

const anyFormat = z.looseObject({ format: z.int() })

/**
 * Reads a manifest. Undefined for a file that is no manifest at all.
 * @throws BookctlError `manifest-newer` or `manifest-damaged` (exit 10).
 */
export async function findManifest(file: string): Promise<Manifest | undefined> {
  const content = anyFormat.safeParse(parseJson(await readFile(file, 'utf8')))
  if (!content.success) return undefined
  if (content.data.format > MANIFEST_FORMAT)
    throw new BookctlError(
      'manifest-newer',
      'configuration',
      `${file} has format ${content.data.format}, this bookctl reads ${MANIFEST_FORMAT}`,
      { hint: 'Update bookctl; the archive beside it can be read with stock pg_restore all the same.' },
    )
  const manifest = manifestSchema.safeParse(content.data)
  if (manifest.success) return manifest.data
  throw new BookctlError('manifest-damaged', 'configuration', `${file}: ${z.prettifyError(manifest.error)}`, {
    hint: 'The archive beside it can be read with stock pg_restore all the same.',
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
