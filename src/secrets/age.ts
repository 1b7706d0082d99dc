import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import { BookctlError } from '../errors.ts'

/** A new age key pair: the identity is the secret half, the recipient may stand in git. */
export async function generateIdentity(): Promise<{ identity: string; recipient: string }> {
  const identity = await generateX25519Identity()
  return { identity, recipient: await identityToRecipient(identity) }
}

/** Encrypts as stock `age --encrypt --recipient` would; each of the recipients can open it alone. */
export async function encryptTo(recipients: readonly string[], bytes: Uint8Array): Promise<Uint8Array> {
  return await encrypterTo(recipients).encrypt(bytes)
}

/** The same for a stream, of which 64 kB at a time are in memory. */
export async function* encryptedTo(
  recipients: readonly string[],
  parts: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  const sealed = await encrypterTo(recipients).encrypt(ReadableStream.from(parts))
  for await (const part of sealed) yield asBuffer(part)
}

/**
 * Decrypts what was encrypted to the identity's recipient.
 * @throws BookctlError `wrong-key` (exit 12) for another identity, and for changed or truncated bytes.
 */
export async function decryptWith(identity: string, bytes: Uint8Array): Promise<Uint8Array> {
  try {
    return await decrypterOf(identity).decrypt(bytes)
  } catch (error) {
    throw wrongKey(error)
  }
}

/**
 * The same for a stream. The key is tried before this resolves; changed or truncated bytes behind the file's head make
 * the stream fail where they are.
 * @throws BookctlError `wrong-key` (exit 12) for another identity.
 */
export async function decryptedWith(
  identity: string,
  parts: AsyncIterable<Uint8Array>,
): Promise<AsyncIterable<Buffer>> {
  const opened = await decrypterOf(identity)
    .decrypt(ReadableStream.from(parts))
    .catch((error: unknown) => {
      throw wrongKey(error)
    })
  return (async function* () {
    for await (const part of opened) yield asBuffer(part)
  })()
}

function encrypterTo(recipients: readonly string[]): Encrypter {
  const encrypter = new Encrypter()
  for (const recipient of recipients)
    try {
      encrypter.addRecipient(recipient)
    } catch (error) {
      throw new BookctlError('recipient-invalid', 'configuration', `${recipient} is no age recipient`, {
        hint: 'Correct backup.ageRecipient or backup.recipients in fleet.yml.',
        cause: error,
      })
    }
  return encrypter
}

function decrypterOf(identity: string): Decrypter {
  const decrypter = new Decrypter()
  try {
    decrypter.addIdentity(identity)
  } catch (error) {
    throw wrongKey(error)
  }
  return decrypter
}

function wrongKey(cause: unknown): BookctlError {
  return new BookctlError('wrong-key', 'wrongKey', 'the age identity does not open this file', {
    hint: 'Use the identity that `bookctl init` made for this fleet (.bookctl/age-identity.txt, or your copy of it).',
    cause,
  })
}

const asBuffer = (part: Uint8Array) => Buffer.from(part.buffer, part.byteOffset, part.byteLength)
