/** One entry of a made-up archive. What is left out is as pg_dump writes it for an ordinary table. */
export interface MadeEntry {
  id: number
  kind: string
  tag: string
  schema?: string
  dependsOn?: readonly number[]
  definition?: string
  /** The chunks of its data; none: it has no data. */
  data?: readonly Buffer[]
}

export interface MadeArchive {
  bytes: Buffer
  /** Where the lengths, counts and other numbers of header and table of contents stand (five bytes each). */
  numbers: number[]
  /** Where the table of contents ends and the data begins. */
  dataFrom: number
}

/**
 * Writes an archive of pg_dump's custom format, version 1.`minor`, byte by byte as its sources do. `piped`: positions of
 * data are not set, as when pg_dump could not go back to write them.
 */
export function makeArchive(
  minor: number,
  entries: readonly MadeEntry[],
  { piped = true }: { piped?: boolean } = {},
): MadeArchive {
  const contents = (positions: ReadonlyMap<number, number>) => {
    const out = writer()
    out.bytes(Buffer.from('PGDMP'), Buffer.from([1, minor, 0, 4, 8, 1]))
    if (minor < 15) out.int(-1)
    else out.bytes(Buffer.from([1]))
    for (const part of [59, 59, 23, 31, 11, 126, 0]) out.int(part)
    for (const text of ['booking_saas', '15.18', '15.18 (made up)']) out.text(text)
    out.int(entries.length)
    for (const entry of entries) {
      out.int(entry.id)
      out.int(entry.data ? 1 : 0)
      for (const text of ['1259', String(16_000 + entry.id), entry.tag, entry.kind]) out.text(text)
      out.int(entry.data ? 3 : 2)
      out.text(entry.definition ?? '')
      out.text(entry.definition === undefined ? '' : `DROP ${entry.tag};\n`)
      out.text(entry.data ? `COPY ${entry.tag} FROM stdin;\n` : null)
      out.text(entry.schema ?? null)
      out.text('')
      out.text('heap')
      if (minor >= 16) out.int(114)
      out.text('fleet_owner')
      out.text('false')
      for (const id of entry.dependsOn ?? []) out.text(String(id))
      out.text(null)
      out.offset(entry.data ? (piped ? 1 : 2) : 3, (!piped && positions.get(entry.id)) || 0)
    }
    return out.done()
  }
  const dataFrom = contents(new Map()).bytes.length
  const positions = new Map<number, number>()
  const data = writer()
  for (const { id, data: chunks } of entries) {
    if (!chunks) continue
    positions.set(id, dataFrom + data.length())
    data.bytes(Buffer.from([1]))
    data.int(id)
    for (const chunk of chunks) {
      data.int(chunk.length)
      data.bytes(chunk)
    }
    data.int(0)
  }
  const { bytes, numbers } = contents(positions)
  return { bytes: Buffer.concat([bytes, data.done().bytes]), numbers, dataFrom }
}

function writer() {
  const parts: Buffer[] = []
  const numbers: number[] = []
  let length = 0
  const bytes = (...more: Buffer[]) => {
    for (const part of more) {
      parts.push(part)
      length += part.length
    }
  }
  const int = (value: number) => {
    numbers.push(length)
    const part = Buffer.alloc(5)
    part.writeUInt8(value < 0 ? 1 : 0)
    part.writeUInt32LE(Math.abs(value), 1)
    bytes(part)
  }
  return {
    bytes,
    int,
    text(value: string | null) {
      int(value === null ? -1 : Buffer.byteLength(value))
      if (value !== null) bytes(Buffer.from(value))
    },
    offset(state: number, position: number) {
      const part = Buffer.alloc(9)
      part.writeUInt8(state)
      part.writeBigUInt64LE(BigInt(position), 1)
      bytes(part)
    },
    length: () => length,
    done: () => ({ bytes: Buffer.concat(parts), numbers }),
  }
}
