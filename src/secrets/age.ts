import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import { BookctlError } from '../errors.ts'

/** A new age key pair: the identity is the secret half, the recipient may stand in git. */
export async function generateIdentity(): Promise<{ identity: string; recipient: string }> {
  const identity = await generateX25519Identity()
  return { identity, recipient: await identityToRecipient(identity) }
}

/** Encrypts as stock `age --encrypt --recipient` would. */
export async function encryptTo(recipient: string, bytes: Uint8Array): Promise<Uint8Array> {
  const encrypter = new Encrypter()
  encrypter.addRecipient(recipient)
  return await encrypter.encrypt(bytes)
}

/**
 * Decrypts what was encrypted to the identity's recipient.
 * @throws BookctlError `wrong-key` (exit 12) for another identity, and for changed or truncated bytes.
 */
export async function decryptWith(identity: string, bytes: Uint8Array): Promise<Uint8Array> {
  const decrypter = new Decrypter()
  try {
    decrypter.addIdentity(identity)
    return await decrypter.decrypt(bytes)
  } catch (error) {
    throw new BookctlError('wrong-key', 'wrongKey', 'the age identity does not open this file', {
      hint: 'Use the identity that `bookctl init` made for this fleet (.bookctl/age-identity.txt, or your copy of it).',
      cause: error,
    })
  }
}
