import { writeHashed } from '../durable.ts'
import { intBytes, offsetBytes } from './format.ts'
import type { Piece } from './plan-pieces.ts'
import { type Archive, type Extent, WINDOW_BYTES } from './read-archive.ts'
import { INT_BYTES, OFFSET_BYTES } from './reader.ts'
import type { Source } from './source.ts'

/**
 * Writes the archive of one schema: its own part of the table of contents with new positions, and its data as it is.
 * It is on the disk when this ends; hash and size are those of the bytes that were written.
 */
export async function writePiece(
  source: Source,
  archive: Archive,
  piece: Piece,
  path: string,
): Promise<{ sha256: string; bytes: number }> {
  return await writeHashed(path, gathered(pieceBytes(source, archive, piece)))
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
    const [{ start } = { start: 0 }] = run
    const bytes = await source.read(start, (run.at(-1)?.end ?? start) - start)
    for (const { id, end } of run) {
      const block = archive.blocks.get(id)
      offsetBytes(block && position).copy(bytes, end - start - OFFSET_BYTES)
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

/** Entries that lie side by side, to be read at once: those of one schema mostly do. */
function* runsOf<E extends Extent>(entries: readonly E[]): Generator<E[]> {
  let run: E[] = []
  for (const entry of entries) {
    const [first = entry] = run
    if (run.length > 0 && (run.at(-1)?.end !== entry.start || entry.end - first.start > WINDOW_BYTES)) {
      yield run
      run = []
    }
    run.push(entry)
  }
  yield run
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
