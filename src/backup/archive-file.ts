import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { BookctlError } from '../errors.ts'
import { decryptedWith, encryptedTo } from '../secrets/age.ts'
import { findIdentity } from '../secrets/identity-file.ts'
import { damaged } from './damaged.ts'
import { writeHashed } from './durable.ts'
import { type AnySet, ownerOf } from './sets.ts'

/** The files of a backup that may be encrypted to its recipients. */
export type SealedPart = 'archive' | 'keys'

/** Where that file lies, and what the manifest says of it. */
export function sealedPart(set: AnySet, part: SealedPart) {
  const path = set[part]
  const facts = set.data[part]
  if (path === undefined || facts === undefined) throw new Error(`${set.name} has no ${part}`)
  const { bytes, sha256, encryption, plain } = facts
  return { path, bytes, sha256, encryption, plain }
}

/** Size and SHA-256 (hex) of an archive. */
export type Measure = { bytes: number; sha256: string }

/** What an archive was written as: the file that lies there, and where that is encrypted what it holds. */
export interface WrittenArchive extends Measure {
  plain?: Measure
}

/** What opens an encrypted archive: a file with an age identity, or one that only this process knows. */
export type ArchiveKey = { file: string } | { identity: string }

/** Writes an archive, encrypted where there are recipients; what is not encrypted never gets to the disk then. */
export async function writeArchive(
  path: string,
  parts: AsyncIterable<Buffer>,
  recipients: readonly string[],
): Promise<WrittenArchive> {
  if (recipients.length === 0) return await writeHashed(path, parts)
  const meter = measured(parts)
  const stored = await writeHashed(path, encryptedTo(recipients, meter.parts))
  return { ...stored, plain: meter.measure() }
}

/** An archive as pg_restore reads it. */
export interface OpenArchive {
  stream: Readable
  /** Reads what pg_restore has left of it, and compares all of it with the manifest. */
  compare: () => Promise<void>
}

/**
 * Opens an archive (or the keys beside it), whether it is encrypted or not; it is decrypted as a stream, never on the disk. The key is tried
 * before this resolves.
 * @throws BookctlError `key-missing` or `wrong-key` (exit 12) naming the file that was looked into.
 */
export async function openArchive(
  set: AnySet,
  key: ArchiveKey,
  part: SealedPart = 'archive',
): Promise<OpenArchive> {
  const { path, encryption, plain } = sealedPart(set, part)
  if (encryption === undefined) return { stream: createReadStream(path), compare: async () => undefined }
  const { parts, source } = await decrypted(set, path, key)
  const meter = measured(parts)
  const compare = async () => {
    if (!meter.ended()) {
      const again = await openArchive(set, key, part)
      await drain(again.stream)
      return await again.compare()
    }
    const { bytes, sha256 } = meter.measure()
    if (plain && (bytes !== plain.bytes || sha256 !== plain.sha256))
      throw damaged(
        set,
        'what is encrypted in it is not what the manifest says (SHA-256 differs)',
        undefined,
        path,
      )
  }
  const stream = Readable.from(meter.parts, { objectMode: false })
  // A generator that nobody has begun to read closes nothing.
  stream.once('close', () => source.destroy())
  return { stream, compare }
}

/** Tries the key, and reads no more than the head of the archive. @throws as `openArchive`. */
export async function requireKey(set: AnySet, key: ArchiveKey): Promise<void> {
  if (set.data.archive.encryption === undefined) return
  const { stream } = await openArchive(set, key)
  stream.destroy()
}

async function decrypted(set: AnySet, path: string, key: ArchiveKey) {
  const identity = 'file' in key ? await findIdentity(key.file) : key.identity
  const where = 'file' in key ? key.file : 'this run'
  if (identity === undefined)
    throw new BookctlError(
      'key-missing',
      'wrongKey',
      `${ownerOf(set)}: ${path} is encrypted, and there is no age identity in ${where}`,
      { hint: 'Give the copy that you keep elsewhere: --identity FILE' },
    )
  const source = (await open(path)).createReadStream()
  try {
    return { parts: await decryptedWith(identity, source as AsyncIterable<Buffer>), source }
  } catch (error) {
    source.destroy()
    if (!(error instanceof BookctlError)) throw error
    throw new BookctlError(
      error.code,
      'wrongKey',
      `${ownerOf(set)}: the age identity in ${where} does not open ${path}`,
      { hint: 'Give the identity that it was encrypted to: --identity FILE', cause: error },
    )
  }
}

/** Counts and hashes what passes. */
function measured(parts: AsyncIterable<Buffer>) {
  const hash = createHash('sha256')
  let bytes = 0
  let ended = false
  async function* passing() {
    for await (const part of parts) {
      hash.update(part)
      bytes += part.length
      yield part
    }
    ended = true
  }
  let measure: Measure | undefined
  return {
    parts: passing(),
    ended: () => ended,
    measure: () => (measure ??= { bytes, sha256: hash.digest('hex') }),
  }
}

async function drain(stream: Readable): Promise<void> {
  for await (const _ of stream) continue
}
