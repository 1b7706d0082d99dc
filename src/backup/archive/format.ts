import { INT_BYTES, OFFSET_BYTES, type Reader } from './reader.ts'
import { damaged, unknown } from './unsplittable.ts'

/** What stands before an archive's table of contents. */
export interface ArchiveHeader {
  /** Of the format 1.x: 14 is written by pg_dump 12 to 15, 15 by 16, 16 by 17 and 18. */
  minor: number
  pgDump: string
  /** How many entries follow, and where that number stands: all that differs in a piece's header. */
  count: number
  countAt: number
  /** Where the first entry begins. */
  end: number
}

/** One thing of the table of contents: a table, the rows of a table, an index, … */
export interface ArchiveEntry {
  id: number
  /** `TABLE`, `TABLE DATA`, `INDEX`, … in pg_dump's words. */
  kind: string
  tag: string
  /** Undefined for what is in no schema, and for a schema itself. */
  schema: string | undefined
  dependsOn: readonly number[]
  hasData: boolean
  /** Where its data begins; undefined where pg_dump wrote into a pipe and could not go back to say it. */
  dataAt: number | undefined
  /** Its bytes, of which the last nine are the position of its data. */
  start: number
  end: number
}

const KNOWN_MINORS = new Set([14, 15, 16])
const CUSTOM_FORMAT = 1
/** Names have up to 63 bytes, but a function's tag holds the types of its arguments, too. */
const LONGEST_NAME = 65_536
const LONGEST_NUMBER = 10
/** Section none, pre-data, data, post-data. */
const SECTIONS = new Set([1, 2, 3, 4])

const NOT_SET = 1
const SET = 2
const NO_DATA = 3

/** What a block of data begins with: that of a table's rows, and that of large objects. */
export const TABLE_BLOCK = 1
export const OBJECTS_BLOCK = 3

/** @throws ArchiveUnsplittable for an archive of another version or format, or none at all. */
export function readHeader(reader: Reader): ArchiveHeader {
  for (const letter of Buffer.from('PGDMP'))
    if (reader.byte() !== letter) throw damaged('it does not begin as archives do')
  const [major, minor, revision] = [reader.byte(), reader.byte(), reader.byte()]
  if (major !== 1 || !KNOWN_MINORS.has(minor) || revision !== 0)
    throw unknown(`this bookctl does not know archives of version ${major}.${minor}.${revision}`)
  if (
    reader.byte() !== INT_BYTES - 1 ||
    reader.byte() !== OFFSET_BYTES - 1 ||
    reader.byte() !== CUSTOM_FORMAT
  )
    throw unknown('this bookctl does not know this form of archive')
  // How the data is compressed, a level before 1.15 and an algorithm since: blocks are copied as they are.
  if (minor < 15) reader.int()
  else reader.byte()
  for (let part = 0; part < 7; part++) reader.int() // When it was made.
  reader.skipText() // The database.
  reader.skipText() // The server's version.
  const pgDump = needed(reader.text(LONGEST_NAME), reader)
  const countAt = reader.position
  const count = reader.int()
  if (count < 1) throw damaged('it has no table of contents')
  return { minor, pgDump, count, countAt, end: reader.position }
}

/**
 * Reads the next entry of the table of contents. It is strict, for there is no checksum: a wrong length must not make
 * one entry of two.
 * @throws ArchiveUnsplittable where a field holds what pg_dump never writes.
 */
export function readEntry(reader: Reader, { minor }: Pick<ArchiveHeader, 'minor'>): ArchiveEntry {
  const start = reader.position
  const id = reader.int()
  const hasDumper = reader.int()
  number(reader.text(LONGEST_NUMBER), reader) // The catalogue's oid.
  number(reader.text(LONGEST_NUMBER), reader) // The object's oid.
  const tag = needed(reader.text(LONGEST_NAME), reader)
  const kind = needed(reader.text(LONGEST_NAME), reader)
  const section = reader.int()
  for (let text = 0; text < 3; text++) reader.skipText() // Statements: to create, to drop, to copy.
  const schema = reader.text(LONGEST_NAME)
  reader.skipText() // The tablespace.
  reader.skipText() // The access method.
  if (minor >= 16) reader.int() // What kind of relation it is.
  reader.skipText() // The owner.
  const withOids = reader.text(LONGEST_NUMBER)
  const dependsOn: number[] = []
  for (;;) {
    const on = reader.text(LONGEST_NUMBER)
    if (on === null) break
    dependsOn.push(number(on, reader))
  }
  const { state, position } = reader.offset()
  const fits =
    id > 0 &&
    SECTIONS.has(section) &&
    withOids === 'false' &&
    (hasDumper === 1 ? state === NOT_SET || state === SET : hasDumper === 0 && state === NO_DATA)
  if (!fits) throw damaged(`there is no entry at byte ${start}`)
  return {
    id,
    kind,
    tag,
    schema: schema === null || schema === '' ? undefined : schema,
    dependsOn,
    hasData: hasDumper === 1,
    dataAt: state === SET ? position : undefined,
    start,
    end: reader.position,
  }
}

export function intBytes(value: number): Buffer {
  const bytes = Buffer.alloc(INT_BYTES)
  bytes.writeUInt32LE(value, 1)
  return bytes
}

/** Where an entry's data lies; undefined for an entry without any. */
export function offsetBytes(position: number | undefined): Buffer {
  const bytes = Buffer.alloc(OFFSET_BYTES)
  bytes.writeUInt8(position === undefined ? NO_DATA : SET)
  bytes.writeBigUInt64LE(BigInt(position ?? 0), 1)
  return bytes
}

function needed(text: string | null, reader: Reader): string {
  if (text === null) throw damaged(`a name is missing before byte ${reader.position}`)
  return text
}

function number(text: string | null, reader: Reader): number {
  if (text === null || !/^\d+$/.test(text))
    throw damaged(`a number is missing before byte ${reader.position}`)
  return Number(text)
}
