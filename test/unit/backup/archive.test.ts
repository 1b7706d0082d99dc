import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { type Piece, planPieces } from '../../../src/backup/archive/plan-pieces.ts'
import { type Archive, readArchive, WINDOW_BYTES } from '../../../src/backup/archive/read-archive.ts'
import type { Source } from '../../../src/backup/archive/source.ts'
import { ArchiveUnsplittable } from '../../../src/backup/archive/unsplittable.ts'
import { pieceBytes, writePiece } from '../../../src/backup/archive/write-piece.ts'
import { type MadeEntry, makeArchive } from '../../support/archive-writer.ts'

const MINORS = [14, 15, 16]
// Thousands of broken archives, on a busy machine.
vi.setConfig({ testTimeout: 120_000 })
const ANNA = 'client_anna'
const BORIS = 'client_boris'
const CLIENTS = [ANNA, BORIS]

const COMMON: MadeEntry[] = ['ENCODING', 'STDSTRINGS', 'SEARCHPATH'].map((kind, index) => ({
  id: 9001 + index,
  kind,
  tag: kind,
  definition: `SET ${kind};\n`,
}))
const DATABASE: MadeEntry[] = ['DATABASE', 'DATABASE PROPERTIES'].map((kind, index) => ({
  id: 9004 + index,
  kind,
  tag: 'booking_saas',
  definition: CLIENTS.map((role) => `ALTER ROLE ${role} IN DATABASE booking_saas SET x TO y;\n`).join(''),
}))

/** What a client has, in the order in which pg_dump writes it; the second client's ids follow the first one's. */
function entriesOf(schema: string, first: number): MadeEntry[] {
  const data = (text: string) => [Buffer.from(`${schema} ${text}\n`), Buffer.from(text.repeat(40))]
  const inside = { schema, dependsOn: [first] }
  return [
    { id: first, kind: 'SCHEMA', tag: schema, definition: `CREATE SCHEMA ${schema};\n` },
    { id: first + 1, kind: 'ACL', tag: `SCHEMA ${schema}`, dependsOn: [first], definition: 'GRANT;\n' },
    {
      ...inside,
      id: first + 2,
      kind: 'TABLE',
      tag: 'users',
      definition: `CREATE TABLE ${schema}.users ();\n`,
    },
    { ...inside, id: first + 3, kind: 'SEQUENCE', tag: 'users_id_seq', definition: 'ALTER TABLE …;\n' },
    {
      ...inside,
      id: first + 4,
      kind: 'TABLE',
      tag: 'bookings',
      definition: `CREATE TABLE ${schema}.bookings ();\n`,
    },
    { schema, id: first + 5, kind: 'TABLE DATA', tag: 'users', dependsOn: [first + 2], data: data('user') },
    { schema, id: first + 6, kind: 'TABLE DATA', tag: 'bookings', dependsOn: [first + 4], data: [] },
    {
      schema,
      id: first + 7,
      kind: 'FK CONSTRAINT',
      tag: 'bookings fk',
      dependsOn: [first + 2, first + 4, 16_000],
    },
  ]
}
const anna = entriesOf(ANNA, 100)
const boris = entriesOf(BORIS, 200)
/** As pg_dump sorts them: by kind, then by schema. */
const together = [...COMMON, ...DATABASE, ...anna.flatMap((entry, index) => [entry, boris[index] ?? entry])]

interface Watched extends Source {
  largest: number
  reads: number
}
/** An archive in memory; with `size` it goes on with zeros up to there. */
function sourceOf(bytes: Buffer, size = bytes.length): Watched {
  const source: Watched = {
    size,
    largest: 0,
    reads: 0,
    read(position, length) {
      if (position + length > size) throw new Error('read beyond the end')
      source.largest = Math.max(source.largest, length)
      source.reads += 1
      const found = bytes.subarray(position, position + length)
      const missing = length - found.length
      return Promise.resolve(
        missing === 0 ? Buffer.from(found) : Buffer.concat([found, Buffer.alloc(missing)]),
      )
    },
  }
  return source
}

async function split(source: Source, schemas = CLIENTS): Promise<Buffer[]> {
  const archive = await readArchive(source)
  const pieces: Buffer[] = []
  for (const piece of planPieces(archive, schemas)) pieces.push(await bytesOf(source, archive, piece))
  return pieces
}

async function bytesOf(source: Source, archive: Archive, piece: Piece): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of pieceBytes(source, archive, piece)) parts.push(Buffer.from(part))
  return Buffer.concat(parts)
}

/** The pieces, or the refusal; anything else fails the test. */
const splitOrRefuse = (source: Source) =>
  split(source).catch((error: unknown) => {
    if (error instanceof ArchiveUnsplittable) return error
    throw error
  })

const alone = (minor: number, own: readonly MadeEntry[]) =>
  makeArchive(minor, [...COMMON, ...own], { piped: false }).bytes

function flipped(bytes: Buffer, at: number, bit: number): Buffer {
  const copy = Buffer.from(bytes)
  copy[at] = (copy[at] ?? 0) ^ (1 << bit)
  return copy
}

const differing = (a: Buffer, b: Buffer) =>
  a.length === b.length ? a.filter((byte, index) => byte !== b[index]).length : Number.POSITIVE_INFINITY

describe.each(MINORS)('an archive of version 1.%i', (minor) => {
  test.each([true, false])(
    'gives each client byte by byte what an archive of it alone is (through a pipe: %s)',
    async (piped) => {
      const { bytes } = makeArchive(minor, together, { piped })
      expect(await split(sourceOf(bytes))).toEqual([alone(minor, anna), alone(minor, boris)])
      // And once more: what a piece says of itself is true.
      expect(await split(sourceOf(alone(minor, anna)), [ANNA])).toEqual([alone(minor, anna)])
    },
  )

  test('that was cut short anywhere is refused', async () => {
    const { bytes } = makeArchive(minor, together)
    for (let length = 0; length < bytes.length; length++)
      await expect(split(sourceOf(bytes.subarray(0, length)))).rejects.toMatchObject({ kind: 'damaged' })
    await expect(split(sourceOf(Buffer.concat([bytes, Buffer.alloc(1)])))).rejects.toThrow(
      ArchiveUnsplittable,
    )
  })

  test('with any bit of any of its lengths and numbers flipped is refused, or nothing else of its pieces changes', async () => {
    const whole = makeArchive(minor, [...COMMON, ...anna.slice(0, 6), ...boris.slice(0, 6)])
    const good = await split(sourceOf(whole.bytes))
    let refused = 0
    for (const at of whole.numbers)
      for (let bit = 0; bit < 40; bit++) {
        const found = await splitOrRefuse(sourceOf(flipped(whole.bytes, at + (bit >> 3), bit & 7)))
        if (found instanceof ArchiveUnsplittable) refused += 1
        else
          for (const [index, piece] of found.entries())
            expect(differing(piece, good[index] ?? Buffer.alloc(0)), `bit ${bit} at ${at}`).toBeLessThan(2)
      }
    // What may pass is what has no meaning for the split: when it was made, a section, the id of a thing without data.
    expect(refused / (whole.numbers.length * 40)).toBeGreaterThan(0.8)
  })
})

test('any bytes may be wrong: an archive is split or refused, without end never', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...MINORS),
      fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(255)), {
        minLength: 1,
        maxLength: 8,
      }),
      async (minor, changes) => {
        const { bytes } = makeArchive(minor, together)
        for (const [where, value] of changes) bytes[Math.floor(where * (bytes.length - 1))] = value
        const source = sourceOf(bytes)
        await splitOrRefuse(source)
        expect(source.reads).toBeLessThan(100)
      },
    ),
    { numRuns: 2000 },
  )
})

test('a wrong length in a huge archive costs no memory', async () => {
  const { bytes, numbers } = makeArchive(16, together)
  for (const at of numbers.slice(0, 45))
    for (const bit of [25, 28, 30]) {
      const source = sourceOf(flipped(bytes, at + 1 + (bit >> 3), bit & 7), 8 * 2 ** 30)
      expect(await splitOrRefuse(source)).toBeInstanceOf(ArchiveUnsplittable)
      expect(source.largest).toBeLessThanOrEqual(16 * 2 ** 20)
      expect(source.reads).toBeLessThan(20)
    }
})

test('a client with much data is copied a window at a time', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bookctl-piece-'))
  try {
    const rows = { schema: ANNA, id: 150, kind: 'TABLE DATA', tag: 'photos' }
    const chunks = [Buffer.alloc(9_000_000, 1), Buffer.alloc(3, 2), Buffer.alloc(4_000_000, 3)]
    const own = [...anna, { ...rows, data: chunks }]
    const source = sourceOf(makeArchive(15, [...COMMON, ...boris, ...own]).bytes)
    const archive = await readArchive(source)
    const [piece = { schema: '', entries: [], tables: 0 }] = planPieces(archive, CLIENTS)
    expect(piece.tables).toBe(3)
    const path = join(folder, 'piece')
    const written = await writePiece(source, archive, piece, path)
    expect(source.largest).toBeLessThanOrEqual(WINDOW_BYTES)
    const expected = alone(15, own)
    expect(expected.equals(await readFile(path))).toBe(true)
    expect(written).toEqual({
      bytes: expected.length,
      sha256: createHash('sha256').update(expected).digest('hex'),
    })
    expect((await stat(path)).mode & 0o777).toBe(0o600)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

test('an entry longer than a window is read whole', async () => {
  const long = {
    schema: ANNA,
    id: 150,
    kind: 'FUNCTION',
    tag: 'long()',
    definition: 'x'.repeat(3 * WINDOW_BYTES),
  }
  const own = [...anna, long]
  const [piece] = await split(sourceOf(makeArchive(14, [...COMMON, ...own, ...boris]).bytes))
  expect(piece?.equals(alone(14, own))).toBe(true)
})

const withVersion = (...version: number[]) => {
  const { bytes } = makeArchive(16, together)
  bytes.set(version, 5)
  return bytes
}
const made = (...more: MadeEntry[]) => makeArchive(15, [...together, ...more]).bytes

/** The last block is that of large objects then, as pg_dump 15 writes it. */
const withObjects = () => {
  const bytes = made({ id: 300, kind: 'BLOBS', tag: 'BLOBS', data: [] })
  bytes[bytes.length - 11] = 3
  return bytes
}

test.each<[string, Buffer, string]>([
  ['a version to come', withVersion(1, 99, 0), 'this bookctl does not know archives of version 1.99.0'],
  ['an old version', withVersion(1, 13, 0), 'this bookctl does not know archives of version 1.13.0'],
  ['other lengths of numbers', withVersion(1, 16, 0, 8), 'this bookctl does not know this form of archive'],
  [
    'a kind of entry that belongs to nobody',
    made({ id: 300, kind: 'EVENT TRIGGER', tag: 'audit' }),
    'this bookctl does not know whose EVENT TRIGGER audit is',
  ],
  ['large objects', withObjects(), 'it holds large objects'],
  [
    'a schema that was not asked for',
    made({ id: 300, kind: 'TABLE', tag: 'notes', schema: 'public' }),
    'TABLE notes is in schema public, which was not asked for',
  ],
  [
    'a client that depends on another',
    made({ id: 300, kind: 'VIEW', tag: 'both', schema: ANNA, dependsOn: [102, 202] }),
    'VIEW both of client_anna depends on something of client_boris',
  ],
])('an archive with %s is not split, and says why', async (_title, bytes, reason) => {
  await expect(split(sourceOf(bytes))).rejects.toMatchObject({ kind: 'unknown', message: reason })
})

test.each<[string, Buffer, string[], RegExp]>([
  ['no archive at all', Buffer.from('-- PostgreSQL database dump\n'.repeat(9)), CLIENTS, /does not begin/],
  ['one that lacks a client', made(), [...CLIENTS, 'client_vera'], /schema client_vera is not in it/],
  ['one with two entries of one number', made(anna[2] as MadeEntry), CLIENTS, /two entries 102/],
])('what is damaged is told from what is unknown: %s', async (_title, bytes, schemas, reason) => {
  await expect(split(sourceOf(bytes), schemas)).rejects.toMatchObject({ kind: 'damaged' })
  await expect(split(sourceOf(bytes), schemas)).rejects.toThrow(reason)
})

test('data that is missing, not where it should be, or of nobody is found', async () => {
  const { bytes, dataFrom } = makeArchive(16, together, { piped: false })
  const moved = makeArchive(16, together, { piped: false }).bytes
  moved.writeBigUInt64LE(
    BigInt(dataFrom + 1),
    moved.indexOf(Buffer.concat([Buffer.from([2]), eight(dataFrom)])) + 1,
  )
  await expect(split(sourceOf(moved))).rejects.toThrow(/not where it should be/)
  await expect(split(sourceOf(bytes.subarray(0, dataFrom)))).rejects.toThrow(/data of entry 105 is missing/)
  const strange = Buffer.from(bytes)
  strange[dataFrom + 2] = 99
  await expect(split(sourceOf(strange))).rejects.toThrow(/belongs to no entry/)
})

function eight(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(BigInt(value))
  return bytes
}
