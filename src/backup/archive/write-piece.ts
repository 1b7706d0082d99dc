import { type WrittenArchive, writeArchive } from '../archive-file.ts'
import { type ArchiveEntry, intBytes, offsetBytes } from './format.ts'
import type { Piece } from './plan-pieces.ts'
import { type Archive, type Extent, WINDOW_BYTES } from './read-archive.ts'
import { INT_BYTES, OFFSET_BYTES } from './reader.ts'
import type { Source } from './source.ts'

/**
 * Writes the archive of one schema: its own part of the table of contents with new positions, and its data as it is.
 * It is on the disk when this ends, encrypted where there are recipients; hash and size are those of the bytes that
 * were written.
 */
export async function writePiece(
  source: Source,
  archive: Archive,
  piece: Piece,
  path: string,
  recipients: readonly string[] = [],
): Promise<WrittenArchive> {
  return await writeArchive(path, gathered(pieceBytes(source, archive, piece)), recipients)
}

/** The same as bytes, of which no part is larger than a window or an entry. */
export async function* pieceBytes(
  source: Source,
  archive: Archive,
  { entries }: Piece,
): AsyncGenerator<Buffer> {
  const { countAt } = archive.header
  yield await source.read(0, countAt)
  yield intBytes(entries.length)
  let position = entries.reduce((sum, entry) => sum + lengthOf(entry), countAt + INT_BYTES)
  const blocks: Extent[] = []
  for (const run of runsOf(entries)) {
    const bytes = await source.read(run.start, lengthOf(run))
    for (const { id, end } of run.entries) {
      const block = archive.blocks.get(id)
      offsetBytes(block && position).copy(bytes, end - run.start - OFFSET_BYTES)
      if (!block) continue
      position += lengthOf(block)
      blocks.push(block)
    }
    yield bytes
  }
  for (const { start, end } of blocks)
    for (let from = start; from < end; from += WINDOW_BYTES)
      yield await source.read(from, Math.min(WINDOW_BYTES, end - from))
}

interface Run extends Extent {
  entries: ArchiveEntry[]
}

/** Entries that lie side by side, to be read at once: those of one schema mostly do. */
function* runsOf(entries: readonly ArchiveEntry[]): Generator<Run> {
  let run: Run | undefined
  for (const entry of entries) {
    if (run?.end === entry.start && entry.end - run.start <= WINDOW_BYTES) {
      run.entries.push(entry)
      run.end = entry.end
      continue
    }
    if (run) yield run
    run = { start: entry.start, end: entry.end, entries: [entry] }
  }
  if (run) yield run
}

/** Joins small parts, so that a small client is written at once. */
async function* gathered(parts: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = []
  let held = 0
  for await (const part of parts) {
    waiting.push(part)
    held += part.length
    if (held < WINDOW_BYTES) continue
    yield Buffer.concat(waiting)
    waiting = []
    held = 0
  }
  yield Buffer.concat(waiting)
}

const lengthOf = ({ start, end }: Extent) => end - start
