import type { ArchiveEntry } from './format.ts'
import type { Archive } from './read-archive.ts'
import { damaged, unknown } from './unsplittable.ts'

/** What of an archive makes up the archive of one schema. */
export interface Piece {
  schema: string
  /** In the order of the whole archive. */
  entries: readonly ArchiveEntry[]
  /** How many tables' rows are in it. */
  tables: number
}

/** How texts are to be read: every piece needs them. */
const COMMON = new Set(['ENCODING', 'STDSTRINGS', 'SEARCHPATH'])
/** What is said about the whole database: it names roles of other clients, and pg_restore creates none. */
const DATABASE = new Set(['DATABASE', 'DATABASE PROPERTIES'])
const ABOUT = new Set(['ACL', 'COMMENT', 'SECURITY LABEL'])

/**
 * Sorts the entries of an archive to these schemas, in their order. Nothing is left out in silence: what belongs to
 * no schema of the list, to none at all, or to two, makes the archive one that cannot be split.
 * @throws ArchiveUnsplittable
 */
export function planPieces({ entries }: Archive, schemas: readonly string[]): Piece[] {
  const pieces = new Map(schemas.map((schema) => [schema, [] as ArchiveEntry[]]))
  const owners = new Map<number, string>()
  for (const entry of entries) {
    const owner = ownerOf(entry)
    if (owner === 'nobody') continue
    if (owner === 'everybody') {
      for (const piece of pieces.values()) piece.push(entry)
      continue
    }
    const piece = pieces.get(owner.schema)
    if (!piece)
      throw unknown(`${entry.kind} ${entry.tag} is in schema ${owner.schema}, which was not asked for`)
    piece.push(entry)
    owners.set(entry.id, owner.schema)
  }
  for (const { id, kind, tag, dependsOn } of entries) {
    const owner = owners.get(id)
    for (const other of dependsOn.map((on) => owners.get(on)))
      if (other !== undefined && other !== owner)
        throw unknown(`${kind} ${tag} of ${owner ?? 'the database'} depends on something of ${other}`)
  }
  return [...pieces].map(([schema, own]) => {
    if (!own.some(({ kind, tag }) => kind === 'SCHEMA' && tag === schema))
      throw damaged(`schema ${schema} is not in it`)
    return { schema, entries: own, tables: own.filter(({ kind }) => kind === 'TABLE DATA').length }
  })
}

function ownerOf({ kind, tag, schema }: ArchiveEntry): 'everybody' | 'nobody' | { schema: string } {
  if (schema !== undefined) return { schema }
  if (COMMON.has(kind)) return 'everybody'
  if (kind === 'SCHEMA') return { schema: tag }
  if (DATABASE.has(kind)) return 'nobody'
  if (ABOUT.has(kind)) {
    if (tag.startsWith('DATABASE ')) return 'nobody'
    const about = /^SCHEMA ([a-z0-9_]+)$/.exec(tag)?.[1]
    if (about !== undefined) return { schema: about }
  }
  throw unknown(`this bookctl does not know whose ${kind} ${tag} is`)
}
