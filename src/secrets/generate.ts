import { randomBytes } from 'node:crypto'

/** A password of 256 bits in letters, digits, `-` and `_`: nothing in it needs quoting in a URL, a shell or a file. */
export function generatePassword(): string {
  return randomBytes(32).toString('base64url')
}
