import {
  type ArchiveEntry,
  type ArchiveHeader,
  OBJECTS_BLOCK,
  readEntry,
  readHeader,
  TABLE_BLOCK,
} from './format.ts'
import { BeyondWindow, INT_BYTES, Reader } from './reader.ts'
import type { Source } from './source.ts'
import { damaged, unknown } from './unsplittable.ts'

/** Where something lies in the archive. */
export interface Extent {
  start: number
  end: number
}

/** An archive of pg_dump's custom format: where everything lies, not what is in it. */
export interface Archive {
  header: ArchiveHeader
  /** In their own order, which is that of a restore. */
  entries: readonly ArchiveEntry[]
  /** Rows of tables, by the entry's id. */
  blocks: ReadonlyMap<number, Extent>
}

/** What is read at once, and so what an archive costs in memory, however large its tables are. */
export const WINDOW_BYTES = 262_144
/** The longest entry that is believed; the usual one has some hundred bytes. */
const LONGEST_ENTRY_BYTES = 16_777_216

/**
 * Reads an archive's table of contents and finds the data of each entry. An archive that came through a pipe does not
 * say where its data lies, so the data is walked through to the last byte, which also shows that nothing is missing.
 * @throws ArchiveUnsplittable when it is not one that this bookctl knows from its first byte to its last.
 */
export async function readArchive(source: Source): Promise<Archive> {
  const { value: header, reader } = await parse(source, await windowAt(source, 0), readHeader)
  const entries = await readEntries(source, reader, header)
  const blocks = await findBlocks(source, entries)
  for (const { id, hasData, dataAt } of entries) {
    const block = blocks.get(id)
    if (hasData && !block) throw damaged(`the data of entry ${id} is missing`)
    if (dataAt !== undefined && dataAt !== block?.start)
      throw damaged(`the data of entry ${id} is not where it should be`)
  }
  return { header, entries, blocks }
}

async function readEntries(source: Source, first: Reader, header: ArchiveHeader): Promise<ArchiveEntry[]> {
  const entries: ArchiveEntry[] = []
  const ids = new Set<number>()
  let reader = first
  while (entries.length < header.count) {
    const next = await parse(source, reader, (from) => readEntry(from, header))
    if (ids.has(next.value.id)) throw damaged(`there are two entries ${next.value.id}`)
    ids.add(next.value.id)
    entries.push(next.value)
    reader = next.reader
  }
  return entries
}

/** Walks over the data: blocks of a type, an entry's id, and chunks of which the last one is empty. */
async function findBlocks(source: Source, entries: readonly ArchiveEntry[]): Promise<Map<number, Extent>> {
  const missing = new Map(entries.filter(({ hasData }) => hasData).map((entry) => [entry.id, entry]))
  const blocks = new Map<number, Extent>()
  let reader = await windowAt(source, entries.at(-1)?.end ?? source.size)
  while (reader.position < source.size) {
    const start = reader.position
    if (!reader.holds(1 + INT_BYTES)) reader = await windowAt(source, start)
    const type = reader.byte()
    const id = reader.int()
    const entry = missing.get(id)
    if (type === OBJECTS_BLOCK && entry?.kind.startsWith('BLOB')) throw unknown('it holds large objects')
    if (type !== TABLE_BLOCK || !entry)
      throw damaged(`the data at byte ${start} belongs to no entry, or to two`)
    missing.delete(id)
    for (;;) {
      if (!reader.holds(INT_BYTES)) reader = await windowAt(source, reader.position)
      const length = reader.int()
      if (length === 0) break
      if (length < 0) throw damaged(`there is no data before byte ${reader.position}`)
      reader.skip(length)
    }
    blocks.set(id, { start, end: reader.position })
  }
  return blocks
}

/** Parses from here on, with a larger window where this one ends too early. */
async function parse<T>(
  source: Source,
  first: Reader,
  read: (reader: Reader) => T,
): Promise<{ value: T; reader: Reader }> {
  const start = first.position
  let reader = first
  for (let length = WINDOW_BYTES; ; length *= 4) {
    try {
      return { value: read(reader), reader }
    } catch (error) {
      if (!(error instanceof BeyondWindow)) throw error
      if (length > LONGEST_ENTRY_BYTES) throw damaged(`there is no entry at byte ${start}`)
      reader = await windowAt(source, start, length)
    }
  }
}

async function windowAt(source: Source, position: number, length = WINDOW_BYTES): Promise<Reader> {
  const bytes = await source.read(position, Math.min(length, source.size - position))
  return new Reader(bytes, position, source.size)
}
